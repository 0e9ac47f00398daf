import { isDeepStrictEqual } from 'node:util';
import { phrase, type Phrase } from '../contract/phrases';
import type { Problem } from '../contract/problems';
import { isNameOfDerived } from '../contract/words';
import type { Series } from '../contract/series';
import { networkOf, prepare, timeAfter, type Scaler } from '../series';
import type { Forecaster, ForecasterColumn } from './forecaster';

/** Scalers are computed again from the series; between versions they may differ by rounding. */
const SCALER_TOLERANCE = 1e-6;
/** The last reading may lie this share of a step off the axis: months are not of one length. */
const STEP_TOLERANCE = 0.25;

/**
 * A forecaster must be that of the readings beside it, whatever else its document says.
 * @throws Problem what `invalid` makes of the reason
 */
export function requireOwnReadings(
  forecaster: Forecaster,
  series: Series,
  invalid: (cause: Phrase) => Problem,
): void {
  const { columns, settings, keptEpoch, target, horizon, source, step } = forecaster;
  if (keptEpoch === 0) throw invalid(phrase('never-trained'));
  if (!columns.some(({ role, name }) => role === 'target' && name === target.name)) {
    throw invalid(phrase('target-no-column'));
  }
  const first = series.time[0] ?? NaN;
  const last = series.time[series.time.length - 1] ?? NaN;
  if (source.from !== first || source.to !== last) throw invalid(phrase('period-differs'));
  const onAxis = timeAfter(first, step, series.time.length - 1);
  if (!(Math.abs(onAxis - last) <= STEP_TOLERANCE * step.seconds * 1000)) {
    throw invalid(phrase('step-differs'));
  }
  if (Number.isNaN(new Date(timeAfter(last, step, horizon)).getTime())) {
    throw invalid(phrase('beyond-dates'));
  }
  const isOwnNetwork = isDeepStrictEqual(networkOf(series, settings), forecaster.network);
  if (!isOwnNetwork) throw invalid(phrase('other-keys'));
  const { inputScalers, targetScaler } = prepare(series, settings);
  const agree =
    sameScaler(targetScaler, forecaster.targetScaler) &&
    inputScalers.every((scaler, index) => sameScaler(scaler, forecaster.inputScalers[index]));
  if (!agree) throw invalid(phrase('scalers-differ'));
}

function sameScaler(one: Scaler, other: Scaler | undefined): boolean {
  if (other === undefined) return false;
  const near = (a: number, b: number): boolean =>
    Math.abs(a - b) <= SCALER_TOLERANCE * Math.max(one.scale, Math.abs(a));
  return near(one.mean, other.mean) && near(one.scale, other.scale);
}

/** Marks the variables that Hindcast derived: they bear the name of one, and no column of the file is called so. */
export function withMadeKnown(
  series: Series,
  columns: readonly Pick<ForecasterColumn, 'name' | 'extreme'>[],
): Series {
  const isMade = (name: string): boolean => {
    const column = columns.find((each) => each.name === name);
    return column === undefined ? isNameOfDerived(name) : column.extreme !== undefined;
  };
  const variables = series.variables.map((variable) =>
    isMade(variable.name) ? { ...variable, made: true } : variable,
  );
  return { ...series, variables };
}
