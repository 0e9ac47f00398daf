import { mapLevels, type ByLevel, type Ends, type IntervalLevel } from '../../contract/intervals';
import { physicalRange } from '../../contract/quantities';
import type { Series } from '../../contract/series';
import { PINBALL_QUANTILES } from '../../contract/settings';
import { targetVariable, unscaleValue, type Preparation } from '../../series';

/** What a model forecasts for some windows, in the target's unit and within what the quantity can be. */
export interface WindowForecasts {
  /** [n, horizon], row-major. */
  readonly point: Float32Array;
  /** The model's own quantiles at the ends of each level, in the same order; null where it knows none. */
  readonly quantiles: ByLevel<Ends<Float32Array>> | null;
}

const SIZE = PINBALL_QUANTILES.length;
const median = PINBALL_QUANTILES.indexOf(0.5);

/** Where among the quantiles the ends of a level stand. */
export function quantilesOf(level: IntervalLevel): Ends<number> {
  const tail = (100 - level) / 200;
  const place = (wanted: number): number =>
    PINBALL_QUANTILES.findIndex((quantile) => Math.abs(quantile - wanted) < 1e-9);
  return { low: place(tail), high: place(1 - tail) };
}

/**
 * The point forecasts among what a network says: the medians where it has quantiles.
 * @param count windows times lead times
 * @throws RangeError where there are not that many
 */
export function pointsOf<T extends Float32Array | Float64Array>(predicted: T, count: number): T {
  if (predicted.length === count) return predicted;
  if (predicted.length !== count * SIZE) {
    throw new RangeError(`There are to be ${count} forecasts, not ${predicted.length}.`);
  }
  return predicted.filter((_, index) => index % SIZE === median) as T;
}

/** Values cut off at the physical limits of the target (no rain below 0), which never makes an error larger. */
export function keepPossible(series: Series, values: Float32Array): Float32Array {
  const { quantity, unit } = targetVariable(series);
  const [least, most] = physicalRange(quantity, unit);
  return values.map((value) => Math.min(most, Math.max(least, value)));
}

/**
 * Reads what a network says: in the target's unit, and possible. Quantiles that cross are sorted, which never makes
 * them worse: Chernozhukov, Fernandez-Val and Galichon (2010), Econometrica 78, 1093-1125. The median is the point
 * forecast.
 * @param predicted scaled, of `windows` windows: [windows, horizon], or [windows, horizon, quantiles] of the pinball loss
 * @throws RangeError where it has another length
 */
export function readForecasts(
  series: Series,
  { horizon, targetScaler }: Pick<Preparation, 'horizon' | 'targetScaler'>,
  predicted: Float32Array | Float64Array,
  windows: number,
): WindowForecasts {
  const count = windows * horizon;
  const values = keepPossible(
    series,
    Float32Array.from(predicted, (scaled) => unscaleValue(targetScaler, scaled)),
  );
  if (values.length === count) return { point: values, quantiles: null };

  for (let from = 0; from < values.length; from += SIZE) values.subarray(from, from + SIZE).sort();
  const pick = (place: number): Float32Array => values.filter((_, index) => index % SIZE === place);
  return {
    point: pointsOf(values, count),
    quantiles: mapLevels((level) => {
      const { low, high } = quantilesOf(level);
      return { low: pick(low), high: pick(high) };
    }),
  };
}

/** The values at the lead times of each window: [n, horizon], row-major. */
export function valuesAhead(
  values: Float32Array,
  starts: Int32Array,
  window: number,
  horizon: number,
): Float32Array {
  const ahead = new Float32Array(starts.length * horizon);
  starts.forEach((start, index) => {
    ahead.set(values.subarray(start + window, start + window + horizon), index * horizon);
  });
  return ahead;
}
