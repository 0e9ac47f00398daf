import { basename } from 'node:path';
import { Problem } from '../contract/problems';
import type { Series } from '../contract/series';
import type { Forecaster } from '../forecaster';
import type { NewRun } from '../library';
import type { Composite } from '../network';
import { prepare, targetVariable, type Scaler } from '../series';
import type { ReadyRun } from './protocol';
import type { TrainedRun } from './trained-run';

/** Scalers are computed anew from the series; between versions they may differ by rounding. */
const scalerTolerance = 1e-6;

/**
 * A forecaster and its series as a run that can be verified, forecast and exported again.
 * @throws Problem 'forecaster-invalid' when the forecaster was not trained on this series
 */
export function importedRun(file: string, forecaster: Forecaster, series: Series): ReadyRun {
  const { columns, settings, epochs, keptEpoch, versions, scores, composite, target, source } = forecaster;
  const { intervals, combination, event, stepSeconds, gapLimit, derived } = forecaster;
  const invalid = (cause: string): Problem =>
    new Problem('forecaster-invalid', { file: basename(file), cause });
  if (keptEpoch === 0) throw invalid('it was never trained');
  if (!columns.some(({ role, name }) => role === 'target' && name === target.name)) {
    throw invalid('its target is not among its columns');
  }
  const { inputScalers, targetScaler } = prepare(series, settings);
  const agree =
    sameScaler(targetScaler, forecaster.targetScaler) &&
    inputScalers.every((scaler, index) => sameScaler(scaler, forecaster.inputScalers[index]));
  if (!agree) throw invalid('its scalers are not those of its readings');
  return {
    run: {
      name: nameOf(target.name, source.fileName),
      sourceFile: source.fileName,
      columns,
      stepSeconds,
      gapLimit,
      derived,
      settings,
      status: 'imported',
      epochs,
      keptEpoch,
      scores,
      intervals,
      combination,
      event,
      versions,
      ...membersOf(composite, { epochs, keptEpoch }),
    },
    series,
    weights: { trained: composite },
  };
}

/** What a run has learned of a further target, as a run of its own. */
export function furtherTarget({ record, series, composite, rehearsal }: TrainedRun): ReadyRun {
  const { sourceFile, columns, stepSeconds, gapLimit, derived, settings, versions } = record;
  const { epochs, keptEpoch } = record;
  return {
    run: {
      name: nameOf(targetVariable(series).name, sourceFile),
      sourceFile,
      columns,
      stepSeconds,
      gapLimit,
      derived,
      settings,
      status: 'alongside',
      epochs,
      keptEpoch,
      versions,
      ...membersOf(composite, { epochs, keptEpoch }),
      ...(record.rehearsal === undefined ? {} : { rehearsal: record.rehearsal }),
    },
    series,
    weights: {
      trained: composite,
      ...(rehearsal === null ? {} : { rehearsal: rehearsal.composite.members[0]! }),
    },
  };
}

const nameOf = (target: string, file: string): string => `${target} · ${file}`.slice(0, 120);

/** Of networks whose own way there is not known. */
function membersOf(
  { members }: Composite,
  end: NonNullable<NewRun['members']>[number],
): Pick<NewRun, 'members'> {
  return members.length === 1 ? {} : { members: members.map(() => end) };
}

function sameScaler(one: Scaler, other: Scaler | undefined): boolean {
  if (other === undefined) return false;
  const near = (a: number, b: number): boolean =>
    Math.abs(a - b) <= scalerTolerance * Math.max(one.scale, Math.abs(a));
  return near(one.mean, other.mean) && near(one.scale, other.scale);
}
