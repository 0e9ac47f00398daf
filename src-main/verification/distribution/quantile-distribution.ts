/** Probabilities of the six ends of the 50, 80 and 95 % intervals, ascending. */
export const END_LEVELS = [0.025, 0.1, 0.25, 0.75, 0.9, 0.975] as const;
const LAST = 5;
/** Of the normal distribution between its 10th and 90th percentile, in standard deviations. */
const NORMAL_WIDTH_80 = 2.5631031310892007;

/**
 * A forecast distribution known by the values at `END_LEVELS`: straight lines between them; beyond them tails that fall off
 * exponentially and begin with half the density of the stretch beside them (those of the normal distribution begin with
 * 0.53 of it); what would lie beyond the limits of the quantity lies at the limits.
 */
export interface QuantileDistribution {
  /** Ascending; equal ones are a value that has a probability of its own. */
  readonly values: ArrayLike<number>;
  readonly limits: readonly [minimum: number, maximum: number];
}

interface Tails {
  /** Over which a tail falls to 1/e; 0: it has no width. */
  readonly lower: number;
  readonly upper: number;
}

function tailsOf(values: ArrayLike<number>): Tails {
  const lower = (2 * END_LEVELS[0] * (values[1]! - values[0]!)) / (END_LEVELS[1] - END_LEVELS[0]);
  const upper =
    (2 * (1 - END_LEVELS[LAST]) * (values[LAST]! - values[LAST - 1]!)) /
    (END_LEVELS[LAST] - END_LEVELS[LAST - 1]!);
  return { lower, upper };
}

/** The probability of at most `value`. */
export function probabilityAtMost({ values, limits }: QuantileDistribution, value: number): number {
  if (value >= limits[1]) return 1;
  if (value < limits[0]) return 0;
  const { lower, upper } = tailsOf(values);
  if (value < values[0]!) return END_LEVELS[0] * Math.exp((value - values[0]!) / lower);
  if (value >= values[LAST]!) {
    const beyond = upper === 0 ? 0 : Math.exp(-(value - values[LAST]!) / upper);
    return 1 - (1 - END_LEVELS[LAST]) * beyond;
  }
  let place = LAST - 1;
  while (value < values[place]!) place -= 1;
  const share = (value - values[place]!) / (values[place + 1]! - values[place]!);
  return END_LEVELS[place]! + share * (END_LEVELS[place + 1]! - END_LEVELS[place]!);
}

/** The probability of less than `value`: it differs from that of at most `value` where the value has a probability of its own. */
export function probabilityBelow({ values, limits }: QuantileDistribution, value: number): number {
  const mirrored = {
    values: Float64Array.from({ length: LAST + 1 }, (_, index) => -values[LAST - index]!),
    limits: [-limits[1], -limits[0]] as const,
  };
  return 1 - probabilityAtMost(mirrored, -value);
}

/** The standard deviation of the normal distribution that has as wide an 80 % interval. */
export function spreadOf(values: ArrayLike<number>): number {
  return (values[LAST - 1]! - values[1]!) / NORMAL_WIDTH_80;
}

/**
 * Continuous ranked probability score, in the unit of the values: the integral of the squared difference of the distribution
 * and the step at what was observed. For a forecast without spread it is the absolute error. Matheson and Winkler (1976),
 * Management Science 22, 1087-1096.
 * @param observed within the limits
 */
export function crpsOfQuantiles({ values, limits }: QuantileDistribution, observed: number): number {
  const { lower, upper } = tailsOf(values);
  const [first, last] = [values[0]!, values[LAST]!];
  let sum = 0;
  // The lower tail: p e^(x - first)/lower, from the limit to the first value; the upper one mirrors it.
  sum += tailIntegral(END_LEVELS[0], lower, first - limits[0], first - observed);
  sum += tailIntegral(1 - END_LEVELS[LAST], upper, limits[1] - last, observed - last);
  for (let place = 0; place < LAST; place++) {
    sum += lineIntegral(
      values[place]!,
      values[place + 1]!,
      END_LEVELS[place]!,
      END_LEVELS[place + 1]!,
      observed,
    );
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
