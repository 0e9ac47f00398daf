import { mapMethods, type ByMethod } from '../../src-main/contract/results';
import type { LeadSeries } from './hindcast-series';

const MILLISECONDS_PER_DAY = 86_400_000;

/** Predicted minus observed, in the target's unit; NaN where there is no observation. [n] */
export function residualsOf({ observed, forecasts }: LeadSeries): Float32Array {
  return forecasts.model.map((value, index) => value - (observed[index] as number));
}

export interface Histogram {
  /** Of one bar, in the unit of the values. */
  readonly width: number;
  readonly centres: readonly number[];
  readonly counts: readonly number[];
}

/** Before the width is rounded up, by two and a half at most. */
const FEWEST_BARS = 20;
const MOST_BARS = 60;

/** Counts of values in bars of a round width; one bar is centred on zero. Freedman and Diaconis (1981) choose the width. */
export function histogramOf(values: Float32Array): Histogram {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  const count = sorted.length;
  const at = (share: number): number => sorted[Math.floor(share * (count - 1))] ?? 0;
  const [low, high] = [at(0), at(1)];
  if (high === low)
    return { width: 1, centres: count === 0 ? [] : [low], counts: count === 0 ? [] : [count] };
  const wanted = (2 * (at(0.75) - at(0.25))) / Math.cbrt(count);
  const bounded = Math.min((high - low) / FEWEST_BARS, Math.max((high - low) / MOST_BARS, wanted));
  const width = roundStep(bounded);
  const first = Math.round(low / width);
  const counts = new Array<number>(Math.round(high / width) - first + 1).fill(0);
  for (const value of sorted) counts[Math.round(value / width) - first]! += 1;
  return { width, counts, centres: counts.map((_, index) => (first + index) * width) };
}

/** The smallest of 1, 2 and 5 times a power of ten that is no smaller. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const leading = step / power;
  return (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10) * power;
}

/**
 * Autocorrelation of residuals at lags 0 to `lags`, in steps: sums of products over pairs that lie just so far apart,
 * by the sum of squares (the estimator of Box and Jenkins). Near zero at all lags, nothing is left to be learned from
 * one error about the next. A residual that is not known takes no part (its departure counts as none: Parzen (1963),
 * Sankhya A 25, 383-392). NaN where nothing varies.
 */
export function autocorrelation(
  values: Float32Array,
  time: Float64Array,
  stepMilliseconds: number,
  lags: number,
): number[] {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const departures = Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : value - mean));
  const squares = departures.reduce((sum, value) => sum + value * value, 0);
  return Array.from({ length: Math.min(lags, values.length - 1) + 1 }, (_, lag) => {
    const apart = (lag + 0.5) * stepMilliseconds;
    let sum = 0;
    for (let index = lag; index < departures.length; index++) {
      // Behind a hole in the readings the neighbour in the list is no neighbour in time.
      if ((time[index] as number) - (time[index - lag] as number) > apart) continue;
      sum += (departures[index] as number) * (departures[index - lag] as number);
    }
    return squares === 0 ? NaN : sum / squares;
  });
}

/** RMSE of each method in each group of times; NaN in a group without any. */
export function errorByGroup(
  { time, observed, forecasts }: LeadSeries,
  groups: number,
  groupOf: (time: number) => number,
): ByMethod<readonly number[]> {
  const group = Uint8Array.from(time, groupOf);
  return mapMethods(forecasts, (forecast) => {
    const squares = new Float64Array(groups);
    const counts = new Float64Array(groups);
    group.forEach((which, index) => {
      const error = (forecast[index] as number) - (observed[index] as number);
      if (Number.isNaN(error)) return;
      squares[which]! += error ** 2;
      counts[which]! += 1;
    });
    return Array.from(squares, (sum, which) => Math.sqrt(sum / (counts[which] as number)));
  });
}

/** Months from 0, by the station's own clock. */
export const monthOf = (time: number): number => new Date(time).getUTCMonth();

/** Hours from 0, by the station's own clock. */
export const hourOf = (time: number): number => new Date(time).getUTCHours();

/** Places of the groups that have a value. */
export function filledGroups(errors: ByMethod<readonly number[]>): number[] {
  return errors.model.flatMap((value, group) => (Number.isNaN(value) ? [] : [group]));
}

/** The group of the model's largest error; -1 where there is none. */
export function largestGroup({ model }: ByMethod<readonly number[]>): number {
  return model.reduce((worst, value, group) => (value > (model[worst] ?? -1) ? group : worst), -1);
}

export interface WorstDay {
  readonly time: number;
  readonly observed: number;
  readonly predicted: number;
  /** Predicted minus observed. */
  readonly error: number;
}

/** The days of the largest errors, the largest first; of a day with several forecasts the one that missed by most. */
export function worstDays(series: LeadSeries, count: number): WorstDay[] {
  const residuals = residualsOf(series);
  const worstOfDay = new Map<number, number>();
  series.time.forEach((time, index) => {
    if (Number.isNaN(residuals[index] as number)) return;
    const day = Math.floor(time / MILLISECONDS_PER_DAY);
    const known = worstOfDay.get(day);
    const size = Math.abs(residuals[index] as number);
    if (known === undefined || size > Math.abs(residuals[known] as number)) worstOfDay.set(day, index);
  });
  return [...worstOfDay.values()]
    .sort((a, b) => Math.abs(residuals[b] as number) - Math.abs(residuals[a] as number))
    .slice(0, count)
    .map((index) => ({
      time: series.time[index] as number,
      observed: series.observed[index] as number,
      predicted: series.forecasts.model[index] as number,
      error: residuals[index] as number,
    }));
}
