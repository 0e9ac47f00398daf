/** Probabilities of the six ends of the 50, 80 and 95 % intervals, ascending. */
export const END_LEVELS = [0.025, 0.1, 0.25, 0.75, 0.9, 0.975] as const;
/** Of the normal distribution between its 10th and 90th percentile, in standard deviations. */
const NORMAL_WIDTH_80 = 2.5631031310892007;

/**
 * A distribution known by its values at some levels: straight lines between them; beyond them tails that fall off
 * exponentially and begin with half the density of the stretch beside them (those of the normal distribution begin with
 * 0.53 of it); what would lie beyond the limits of the quantity lies at the limits.
 */
export interface QuantileDistribution {
  /** Ascending, at least two, between 0 and 1. */
  readonly levels: readonly number[];
  /** Ascending; equal ones are a value that has a probability of its own. */
  readonly values: ArrayLike<number>;
  readonly limits: readonly [minimum: number, maximum: number];
}

interface Tails {
  /** Over which a tail falls to 1/e; 0: it has no width. */
  readonly lower: number;
  readonly upper: number;
}

function tailsOf({ levels, values }: QuantileDistribution): Tails {
  const last = levels.length - 1;
  const lower = (2 * levels[0]! * (values[1]! - values[0]!)) / (levels[1]! - levels[0]!);
  const upper =
    (2 * (1 - levels[last]!) * (values[last]! - values[last - 1]!)) / (levels[last]! - levels[last - 1]!);
  return { lower, upper };
}

/** The probability of at most `value`. */
export function probabilityAtMost(distribution: QuantileDistribution, value: number): number {
  const { levels, values, limits } = distribution;
  const last = levels.length - 1;
  if (value >= limits[1]) return 1;
  if (value < limits[0]) return 0;
  const { lower, upper } = tailsOf(distribution);
  if (value < values[0]!) return levels[0]! * Math.exp((value - values[0]!) / lower);
  if (value >= values[last]!) {
    const beyond = upper === 0 ? 0 : Math.exp(-(value - values[last]!) / upper);
    return 1 - (1 - levels[last]!) * beyond;
  }
  let place = last - 1;
  while (value < values[place]!) place -= 1;
  const share = (value - values[place]!) / (values[place + 1]! - values[place]!);
  return levels[place]! + share * (levels[place + 1]! - levels[place]!);
}

/** The probability of less than `value`: it differs from that of at most `value` where the value has a probability of its own. */
export function probabilityBelow({ levels, values, limits }: QuantileDistribution, value: number): number {
  const last = levels.length - 1;
  const mirrored = {
    levels: levels.map((_, index) => 1 - levels[last - index]!),
    values: Float64Array.from({ length: last + 1 }, (_, index) => -values[last - index]!),
    limits: [-limits[1], -limits[0]] as const,
  };
  return 1 - probabilityAtMost(mirrored, -value);
}

/** The standard deviation of the normal distribution that has as wide an 80 % interval. @param ends at `END_LEVELS` */
export function spreadOf(ends: ArrayLike<number>): number {
  return (ends[4]! - ends[1]!) / NORMAL_WIDTH_80;
}

/**
 * Continuous ranked probability score, in the unit of the values: the integral of the squared difference of the distribution
 * and the step at what was observed. For a forecast without spread it is the absolute error. Matheson and Winkler (1976),
 * Management Science 22, 1087-1096.
 * @param observed within the limits
 */
export function crpsOfQuantiles(distribution: QuantileDistribution, observed: number): number {
  const { levels, values, limits } = distribution;
  const count = levels.length - 1;
  const { lower, upper } = tailsOf(distribution);
  const [first, last] = [values[0]!, values[count]!];
  let sum = 0;
  // The lower tail: p e^(x - first)/lower, from the limit to the first value; the upper one mirrors it.
  sum += tailIntegral(levels[0]!, lower, first - limits[0], first - observed);
  sum += tailIntegral(1 - levels[count]!, upper, limits[1] - last, observed - last);
  for (let place = 0; place < count; place++) {
    sum += lineIntegral(values[place]!, values[place + 1]!, levels[place]!, levels[place + 1]!, observed);
  }
  return sum;
}

/**
 * Of one tail, seen from where it begins outwards.
 * @param share of the distribution in the tail
 * @param fall over which it falls to 1/e
 * @param end where the limit cuts it
 * @param seen how far out the observation lies; 0 and less: not in the tail
 */
function tailIntegral(share: number, fall: number, end: number, seen: number): number {
  // Up to the observation, 1 - F where the step is 1 (or F where it is 0): all but the tail itself.
  const within = Math.min(Math.max(0, seen), end);
  const falls = (from: number, to: number, times: number): number =>
    fall === 0
      ? 0
      : (fall / times) *
        (Math.exp((-times * from) / fall) - (to === Infinity ? 0 : Math.exp((-times * to) / fall)));
  const before = within - 2 * share * falls(0, within, 1) + share ** 2 * falls(0, within, 2);
  return before + share ** 2 * falls(within, end, 2);
}

/** Of the straight line between two values. */
function lineIntegral(from: number, to: number, low: number, high: number, observed: number): number {
  const seen = Math.min(Math.max(from, observed), to);
  const at = to === from ? low : low + ((seen - from) / (to - from)) * (high - low);
  const below = ((seen - from) * (low ** 2 + low * at + at ** 2)) / 3;
  const [highRest, atRest] = [1 - high, 1 - at];
  return below + ((to - seen) * (atRest ** 2 + atRest * highRest + highRest ** 2)) / 3;
}
