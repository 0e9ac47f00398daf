import { mapLevels, type ByLevel, type Ends, type IntervalLevel } from '../../contract/intervals';

/** What is left out at each end of an interval: half of what its level leaves. */
const tailOf = (level: IntervalLevel): number => (1 - level / 100) / 2;

/** Fewest errors that a 95 % interval can be learned from: with fewer its end would be beyond every one of them. */
export const LEAST_ERRORS = Math.ceil(1 / tailOf(95)) - 1;

/**
 * How far an end moves at a miss, as a share of the errors' standard deviation: the more errors it was learned from the
 * less, in the proportion that is best for online gradient descent (Zinkevich (2003), International Conference on Machine
 * Learning, 928-936).
 */
const paceFor = (errors: number): number => 1 / Math.sqrt(errors);

/** The offsets of each level at one lead time, and how far they move at a miss. */
export interface Offsets {
  readonly ends: ByLevel<Ends<number>>;
  readonly step: number;
}

/**
 * The value that the next of exchangeable numbers is at or below with at least this probability: the
 * ceil((n + 1) probability)-th smallest of n. The finite-sample quantile of split-conformal prediction: Vovk, Gammerman
 * and Shafer (2005), Algorithmic Learning in a Random World; Lei et al. (2018), Journal of the American Statistical
 * Association 113, 1094-1111.
 * @param sorted ascending
 * @param together how many of them tell as much as one: of several stations at one time, which share their weather
 * @returns where there are too few Infinity, or (where several tell as much as one) the last
 */
export function conformalQuantile(sorted: Float64Array, probability: number, together = 1): number {
  // The product of decimal fractions may come out a hair above a whole number.
  const rank = Math.ceil((sorted.length + together) * probability - 1e-9);
  if (rank > sorted.length && together === 1) return Infinity;
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1]!;
}

/**
 * Learns the offsets of one lead time, each end for itself, so that errors may be lopsided (as those of rain are).
 * @param errors observation minus the centre that an end starts from, by level; at least `LEAST_ERRORS`
 * @param together as in `conformalQuantile`
 */
export function learnOffsets(errors: ByLevel<Ends<Float64Array>>, together = 1): Offsets {
  const ends = mapLevels((level) => {
    const probability = 1 - tailOf(level);
    const below = errors[level].low.map((error) => -error).sort();
    return {
      low: -conformalQuantile(below, probability, together),
      high: conformalQuantile(errors[level].high.slice().sort(), probability, together),
    };
  });
  const { low, high } = errors[50];
  const centred = low.map((error, index) => (error + high[index]!) / 2);
  return { ends, step: paceFor(low.length) * standardDeviation(centred) };
}

/**
 * The offsets after one more observation: an end that was missed moves outwards, one that held moves inwards a little,
 * in proportions that keep the share of misses at what the level allows, whatever the weather does. Quantile tracking,
 * Angelopoulos, Candes and Tibshirani (2023), Advances in Neural Information Processing Systems 36; it is the adaptive
 * conformal inference of Gibbs and Candes (2021, ibid. 34) on the offset itself, and needs no memory of past errors.
 * @param used the offsets that the forecast was given with
 * @param errors of that forecast, as in `learnOffsets`
 * @param isAtLimit ends that stood at a limit of what is possible and so cannot have been missed: they stay. Otherwise
 * a month without rain would teach that some rain is certain.
 */
export function trackOffsets(
  now: Offsets,
  used: ByLevel<Ends<number>>,
  errors: ByLevel<Ends<number>>,
  isAtLimit: ByLevel<Ends<boolean>>,
): Offsets {
  const ends = mapLevels((level) => {
    const tail = tailOf(level);
    const { low, high } = now.ends[level];
    const missedLow = errors[level].low < used[level].low ? 1 : 0;
    const missedHigh = errors[level].high > used[level].high ? 1 : 0;
    return {
      low: isAtLimit[level].low ? low : low - now.step * (missedLow - tail),
      high: isAtLimit[level].high ? high : high + now.step * (missedHigh - tail),
    };
  });
  return { ends, step: now.step };
}

/**
 * Intervals in order: none has its low end above its high one, and a wider level holds the narrower ones. Each end of
 * each level is learned for itself, so that seldom they may cross.
 */
export function nestIntervals(intervals: ByLevel<Ends<number>>): ByLevel<Ends<number>> {
  const around = (inner: Ends<number>, { low, high }: Ends<number>): Ends<number> => ({
    low: Math.min(inner.low, low, high),
    high: Math.max(inner.high, low, high),
  });
  const narrow = around(intervals[50], intervals[50]);
  const middle = around(narrow, intervals[80]);
  return { 50: narrow, 80: middle, 95: around(middle, intervals[95]) };
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
