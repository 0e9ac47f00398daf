import { randomSource } from '../../network';

/** Resamples drawn: percentiles at 2.5 and 97.5 per cent then rest on 25 values each. */
const RESAMPLES = 1000;
/** The intervals of the same verification are the same whenever it is made. */
const SEED = 5;
const MILLISECONDS_PER_DAY = 86_400_000;
/** Fewer days than this say nothing about how much days differ. */
const LEAST_DAYS = 10;
/** A resample is put together of at least this many blocks. */
const LEAST_BLOCKS = 5;

/** How the days of the test part are drawn, the same for every score, so that differences of scores are drawn together. */
export interface ResamplingPlan {
  readonly days: number;
  /** The day of each window, 0 to days - 1. [n] */
  readonly dayOfWindow: Int32Array;
  /** Days of a block. */
  readonly blockLength: number;
  /** First days of the drawn blocks. [resamples, blocks] */
  readonly draws: Int32Array;
  readonly blocks: number;
}

/**
 * Plans a circular block bootstrap over days: weather of neighbouring days is alike, so whole stretches of days are
 * drawn, and the end is joined to the beginning so that each day is drawn as often as any other. Politis and Romano
 * (1992), in: Exploring the Limits of Bootstrap, 263-270; Kuensch (1989), Annals of Statistics 17, 1217-1241. A block
 * has the cube root of the days, and at least what the lead times span, since their errors overlap.
 * @param time valid time of lead 1 of each window, ascending. [n]
 * @returns null where there are too few days
 */
export function planResampling(
  time: Float64Array,
  horizon: number,
  stepSeconds: number,
): ResamplingPlan | null {
  const dayOfWindow = new Int32Array(time.length);
  let days = 0;
  let last = NaN;
  time.forEach((moment, window) => {
    const day = Math.floor(moment / MILLISECONDS_PER_DAY);
    if (day !== last) days += 1;
    last = day;
    dayOfWindow[window] = days - 1;
  });
  if (days < LEAST_DAYS) return null;

  // A day of coarser readings is one reading.
  const dayMilliseconds = Math.max(MILLISECONDS_PER_DAY, stepSeconds * 1000);
  const spanned = Math.ceil((horizon * stepSeconds * 1000) / dayMilliseconds);
  const wanted = Math.max(spanned, Math.ceil(Math.cbrt(days)));
  const blockLength = Math.min(wanted, Math.floor(days / LEAST_BLOCKS));
  const blocks = Math.ceil(days / blockLength);
  const source = randomSource(SEED, 'bootstrap');
  const draws = Int32Array.from({ length: RESAMPLES * blocks }, () => source.integer(0, days - 1));
  return { days, dayOfWindow, blockLength, draws, blocks };
}

/**
 * Sums of statistics over each resample.
 * @param daily sums over each day: [days, statistics], row-major
 * @returns [resamples, statistics]
 */
export function resampleSums(daily: Float64Array, statistics: number, plan: ResamplingPlan): Float64Array {
  const { days, draws, blocks } = plan;
  const blockSums = sumCircularBlocks(daily, statistics, plan);
  const sums = new Float64Array((draws.length / blocks) * statistics);
  for (let draw = 0; draw < draws.length; draw++) {
    const into = Math.floor(draw / blocks) * statistics;
    const from = (draws[draw]! % days) * statistics;
    for (let k = 0; k < statistics; k++) sums[into + k]! += blockSums[from + k]!;
  }
  return sums;
}

/** For each day the sums over the block that begins with it: [days, statistics]. */
function sumCircularBlocks(
  daily: Float64Array,
  statistics: number,
  { days, blockLength }: ResamplingPlan,
): Float64Array {
  const sums = new Float64Array(days * statistics);
  for (let day = 0; day < days; day++) {
    for (let offset = 0; offset < blockLength; offset++) {
      const from = ((day + offset) % days) * statistics;
      for (let k = 0; k < statistics; k++) sums[day * statistics + k]! += daily[from + k]!;
    }
  }
  return sums;
}

/**
 * The interval that 95 of 100 values fall in, by linear interpolation between the two nearest (as numpy.percentile).
 * Values that are not numbers are left out. @param values is sorted in place
 */
export function percentileInterval(values: Float64Array): { readonly low: number; readonly high: number } {
  const sorted = values.sort();
  // NaN sorts last.
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1])) count -= 1;
  const at = (share: number): number => {
    const position = share * (count - 1);
    const below = Math.floor(position);
    const low = sorted[below]!;
    const high = sorted[Math.min(below + 1, count - 1)]!;
    return low + (position - below) * (high - low);
  };
  return count === 0 ? { low: NaN, high: NaN } : { low: at(0.025), high: at(0.975) };
}
