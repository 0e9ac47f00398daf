import type { Series } from '../contract/series';
import { quantilesLearned, type TrainingSettings } from '../contract/settings';
import type { RunColumn } from '../library';
import { selectOutputs } from '../network';
import { networkShape, withInputs } from '../series';

/**
 * A network that learned several targets is, for each of them, a network of that target alone: the same LSTM layers, and
 * of the output layer what belongs to it. So whatever comes after a training knows of one target only.
 */

/** The series with one of its targets as its only one. @param place 0: the target, from 1 on: among the further ones */
export function seriesOfTarget(series: Series, place: number): Series {
  const { inputs, alsoTargets } = series;
  if (alsoTargets.length === 0) return series;
  const target = [series.target, ...alsoTargets][place];
  if (target === undefined) throw new RangeError(`The series has no target ${place}.`);
  // A target that is no input of this model does not decide which of its windows are whole.
  return withInputs({ ...series, target, alsoTargets: [] }, inputs);
}

/** Which target of how many, in the order of the series. */
export interface TargetPlace {
  readonly place: number;
  readonly count: number;
}

/** The weights of the network of one target out of those of all. @param inputCount calendar inputs counted too */
export function thetaOfTarget(
  theta: Float32Array,
  settings: TrainingSettings,
  inputCount: number,
  target: TargetPlace,
): Float32Array {
  if (target.count === 1) return theta;
  return selectOutputs(
    networkShape(settings, inputCount, target.count),
    theta,
    outputsOfTarget(settings, target),
  );
}

/** [windows, outputs of one target] out of [windows, all outputs]. */
export function forecastsOfTarget(
  forecasts: Float32Array,
  settings: TrainingSettings,
  target: TargetPlace,
): Float32Array {
  if (target.count === 1) return forecasts;
  const outputs = outputsOfTarget(settings, target);
  const width = outputs.length * target.count;
  return Float32Array.from({ length: forecasts.length / target.count }, (_, index) => {
    const window = Math.floor(index / outputs.length);
    return forecasts[window * width + outputs[index % outputs.length]!]!;
  });
}

/** Lead time by lead time, quantiles innermost. */
function outputsOfTarget(settings: TrainingSettings, { place, count }: TargetPlace): readonly number[] {
  const quantiles = quantilesLearned(settings)?.length ?? 1;
  return Array.from({ length: settings.horizon * quantiles }, (_, index) => {
    const lead = Math.floor(index / quantiles);
    return (lead * count + place) * quantiles + (index % quantiles);
  });
}

/** The columns as a run of one target remembers them: the other targets are inputs, or are only named. */
export function columnsOfTarget(columns: readonly RunColumn[], targetName: string): readonly RunColumn[] {
  if (!columns.some(({ role }) => role === 'also-target')) return columns;
  const told = columns.map(({ isInput, ...column }): RunColumn => {
    if (column.name === targetName) return { ...column, role: 'target' };
    if (column.role !== 'target' && column.role !== 'also-target') return column;
    return { ...column, role: isInput === true ? 'feature' : 'ignore' };
  });
  const isTold = ({ role }: RunColumn): boolean => role === 'ignore';
  return [...told.filter((column) => !isTold(column)), ...told.filter(isTold)];
}
