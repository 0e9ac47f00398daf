import type { Histogram } from '../../contract/dataset';

const SPARK_POINTS = 120;
const BINS = 24;

export interface Statistics {
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Of the population. */
  readonly standardDeviation: number | null;
}

/** NaN values are left out; all null without any other. */
export function statisticsOf(values: Float64Array): Statistics {
  let count = 0;
  let mean = 0;
  let squares = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    // Welford's update: no loss of digits where the mean is large against the spread, as with pressure.
    count += 1;
    const difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) return { min: null, max: null, mean: null, standardDeviation: null };
  return { min, max, mean, standardDeviation: Math.sqrt(squares / count) };
}

/** Means over equal stretches of rows, null where a stretch holds nothing. */
export function sparkOf(values: Float64Array): (number | null)[] {
  const points = Math.min(SPARK_POINTS, values.length);
  return Array.from({ length: points }, (_, point) => {
    const from = Math.floor((point * values.length) / points);
    const to = Math.floor(((point + 1) * values.length) / points);
    return statisticsOf(values.subarray(from, to)).mean;
  });
}

/** Null without values, and where all are equal: one bar tells nothing. */
export function histogramOf(values: Float64Array, min: number | null, max: number | null): Histogram | null {
  if (min === null || max === null || max === min || !Number.isFinite(max - min)) return null;
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const bin = Math.min(BINS - 1, Math.floor(((value - min) / (max - min)) * BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { from: min, to: max, counts };
}
