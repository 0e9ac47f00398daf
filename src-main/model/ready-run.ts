import type { Series } from '../contract/series';
import type { Forecaster } from '../forecaster';
import type { NewRun, RunWeights } from '../library';
import type { Composite } from '../network';
import { targetVariable } from '../series';
import type { TrainedRun } from './trained-run';

/** A trained model that is to become a run. */
export interface ReadyRun {
  readonly run: NewRun;
  readonly series: Series;
  readonly weights: RunWeights;
}

/** A forecaster and its series as a run that can be verified, forecast and exported again. */
export function importedRun(forecaster: Forecaster, series: Series): ReadyRun {
  const { columns, settings, epochs, keptEpoch, versions, scores, composite, target, source } = forecaster;
  const { intervals, combination, event, warnings, stepSeconds, gapLimit, derived } = forecaster;
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
      measured: scores === null ? null : { scores, intervals, combination, event },
      warnings,
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
