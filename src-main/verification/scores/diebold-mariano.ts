import { twoSidedProbability } from './student';

export interface ForecastComparison {
  /** Below zero: the first forecast has less error. NaN where there are too few windows. */
  readonly statistic: number;
  /** Two-sided: how likely chance alone makes so large a difference between equally good forecasts. NaN as above. */
  readonly pValue: number;
  /** Windows compared. */
  readonly windows: number;
}

/** A variance this small beside the squared mean comes of rounding. */
const rounding = 1e-20;

/**
 * Diebold and Mariano's test of two forecasts of the same observations. Diebold and Mariano (1995), Journal of Business
 * and Economic Statistics 13, 253-263; small-sample correction and Student's t with n - 1 degrees of freedom: Harvey,
 * Leybourne and Newbold (1997), International Journal of Forecasting 13, 281-291. The variance of the mean is Newey and
 * West's (1987, Econometrica 55, 703-708) with Bartlett weights, which is never negative. Windows on both sides of a
 * hole are taken as neighbours, which keeps it consistent: Datta and Du (2012), "equal spacing".
 * @param differences loss of the first forecast minus that of the second, window by window in order of time
 */
export function compareForecasts(differences: Float64Array, horizon: number): ForecastComparison {
  const count = differences.length;
  const correction = (count + 1 - 2 * horizon + (horizon * (horizon - 1)) / count) / count;
  if (horizon >= count || !(correction > 0)) return { statistic: NaN, pValue: NaN, windows: count };

  const mean = differences.reduce((sum, value) => sum + value, 0) / count;
  const variance = longRunVariance(differences, mean, lagsFor(count, horizon)) / count;
  if (variance <= rounding * mean ** 2) {
    return mean === 0
      ? { statistic: 0, pValue: 1, windows: count }
      : { statistic: Math.sign(mean) * Infinity, pValue: 0, windows: count };
  }
  const statistic = (mean / Math.sqrt(variance)) * Math.sqrt(correction);
  return { statistic, pValue: twoSidedProbability(statistic, count - 1), windows: count };
}

/** Lags that count: those that overlapping lead times correlate, and at least Newey and West's rule of thumb (1994). */
export function lagsFor(count: number, horizon: number): number {
  return Math.min(count - 1, Math.max(horizon - 1, Math.floor(4 * (count / 100) ** (2 / 9))));
}

function longRunVariance(values: Float64Array, mean: number, lags: number): number {
  const count = values.length;
  const departures = values.map((value) => value - mean);
  let variance = 0;
  for (let lag = 0; lag <= lags; lag++) {
    let sum = 0;
    for (let index = lag; index < count; index++) sum += departures[index]! * departures[index - lag]!;
    variance += ((lag === 0 ? 1 : 2 * (1 - lag / (lags + 1))) * sum) / count;
  }
  return variance;
}

/**
 * The difference of two forecasts' squared errors, averaged over the lead times of each window that were observed; a
 * window with no observation is left out.
 * @param observed [n, horizon], row-major, as the forecasts; NaN where nobody read it
 */
export function lossDifferences(
  observed: Float32Array,
  first: Float32Array,
  second: Float32Array,
  horizon: number,
): Float64Array {
  const windows = observed.length / horizon;
  const sums = new Float64Array(windows);
  const counts = new Float64Array(windows);
  observed.forEach((seen, index) => {
    if (Number.isNaN(seen)) return;
    const window = Math.floor(index / horizon);
    sums[window]! += (first[index]! - seen) ** 2 - (second[index]! - seen) ** 2;
    counts[window]! += 1;
  });
  return sums.map((sum, window) => sum / counts[window]!).filter((difference) => !Number.isNaN(difference));
}

/** Compares two forecasts of the same observations by their squared errors; all [n, horizon], row-major. */
export function compareModels(
  observed: Float32Array,
  first: Float32Array,
  second: Float32Array,
  horizon: number,
): ForecastComparison {
  return compareForecasts(lossDifferences(observed, first, second, horizon), horizon);
}
