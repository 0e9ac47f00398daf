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
const ROUNDING = 1e-20;
const SECONDS_PER_DAY = 86_400;
/** A variance by fewer waves than this is hardly known. */
const LEAST_WAVES = 2;

/**
 * Diebold and Mariano's test of two forecasts of the same observations: Diebold and Mariano (1995), Journal of Business
 * and Economic Statistics 13, 253-263. The variance of the mean is that of the slowest waves in the differences, each
 * counted alike, and the statistic is Student's t with as many degrees of freedom as there are waves: Lazarus, Lewis,
 * Stock and Watson (2018), Journal of Business and Economic Statistics 36, 541-559. Unlike Newey and West's variance
 * with normal critical values it keeps its 5 % where differences of neighbouring windows are alike
 * (`verdict.test.ts` shows it). Windows on both sides of a hole are taken as neighbours, which keeps it consistent:
 * Datta and Du (2012), "equal spacing".
 * @param differences loss of the first forecast minus that of the second, window by window in order of time
 * @param stepSeconds from one window to the next
 */
export function compareForecasts(
  differences: Float64Array,
  horizon: number,
  stepSeconds: number,
): ForecastComparison {
  const count = differences.length;
  const waves = wavesFor(count, horizon, stepSeconds);
  if (waves < LEAST_WAVES) return { statistic: NaN, pValue: NaN, windows: count };

  const mean = differences.reduce((sum, value) => sum + value, 0) / count;
  const variance = slowVariance(differences, mean, waves) / count;
  if (variance <= ROUNDING * mean ** 2) {
    return mean === 0
      ? { statistic: 0, pValue: 1, windows: count }
      : { statistic: Math.sign(mean) * Infinity, pValue: 0, windows: count };
  }
  const statistic = mean / Math.sqrt(variance);
  return { statistic, pValue: twoSidedProbability(statistic, waves), windows: count };
}

/**
 * How many of the slowest waves tell the variance: 0.4 n^(2/3) (Lazarus and others), but none that is shorter than four
 * times the overlapping lead times or than two days, since what is alike within a day says nothing about another day.
 */
export function wavesFor(count: number, horizon: number, stepSeconds: number): number {
  const days = (count * stepSeconds) / SECONDS_PER_DAY;
  return Math.floor(Math.min(0.4 * count ** (2 / 3), count / (2 * horizon), days));
}

/** The mean square of the first cosines of the values, half a wave to `waves` halves over their whole length. */
function slowVariance(values: Float64Array, mean: number, waves: number): number {
  const count = values.length;
  let squares = 0;
  for (let wave = 1; wave <= waves; wave++) {
    // Turned on from value to value: six times as fast as a cosine for each.
    const turn = (Math.PI * wave) / count;
    const [turnCos, turnSin] = [Math.cos(turn), Math.sin(turn)];
    let [cos, sin] = [Math.cos(turn / 2), Math.sin(turn / 2)];
    let sum = 0;
    for (let index = 0; index < count; index++) {
      sum += (values[index]! - mean) * cos;
      const next = cos * turnCos - sin * turnSin;
      sin = sin * turnCos + cos * turnSin;
      cos = next;
    }
    squares += (2 / count) * sum ** 2;
  }
  return squares / waves;
}

/**
 * The difference of two forecasts' squared errors, averaged over the lead times of each window that were observed; a
 * window with no observation is left out.
 * @param observed [n, horizon], row-major, as the forecasts; NaN where there is no observation
 */
export function lossDifferences(
  observed: Float32Array,
  first: Float32Array,
  second: Float32Array,
  horizon: number,
): Float64Array {
  const differences = windowDifferences(observed, first, second, horizon);
  return differences.filter((difference) => !Number.isNaN(difference));
}

/** The same with NaN for a window with no observation: [n]. */
function windowDifferences(
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
  return sums.map((sum, window) => sum / counts[window]!);
}

/**
 * Compares two forecasts of the same observations by their squared errors; all [n, horizon], row-major. Windows of one time,
 * as of several stations, count once, with the mean of their differences: they met the same weather.
 * @param time valid time of lead 1 of each window, in order. [n]
 */
export function compareModels(
  observed: Float32Array,
  first: Float32Array,
  second: Float32Array,
  horizon: number,
  stepSeconds: number,
  time: Float64Array,
): ForecastComparison {
  const differences = windowDifferences(observed, first, second, horizon);
  return compareForecasts(meanByTime(differences, time), horizon, stepSeconds);
}

/** The mean of the values of each time, those that are NaN left out. */
function meanByTime(values: Float64Array, time: Float64Array): Float64Array {
  const means: number[] = [];
  let [sum, count] = [0, 0];
  values.forEach((value, index) => {
    if (!Number.isNaN(value)) {
      sum += value;
      count += 1;
    }
    if (time[index + 1] === time[index]) return;
    if (count > 0) means.push(sum / count);
    [sum, count] = [0, 0];
  });
  return Float64Array.from(means);
}
