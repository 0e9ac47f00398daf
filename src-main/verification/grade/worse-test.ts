import type { WorseTest } from '../../contract/watch';

/**
 * How likely it is that a model which is no worse than the baseline is ever called worse, however long it is watched.
 */
export const FALSE_ALARM_RATE = 0.05;
/** Shares of what was won that are staked on the model being worse again. Several, since how much worse is not known. */
const STAKES = [0.1, 0.25, 0.5, 0.9] as const;
const MOST_WEALTH = 1e100;

/** What model and baseline lost on the values that came true in one day (one step, where that is longer). */
export interface DayOfLosses {
  /** Days, or steps, since 1970. */
  readonly day: number;
  /** Sums of squared errors over the same values. */
  readonly model: number;
  readonly baseline: number;
}

/**
 * Continues a sequential test of "on an average day the model loses no more than the baseline". Each day it bets on the
 * opposite with what it has won so far: by that hypothesis no one wins by it, and the chance to ever own 1/a times the
 * first stake is at most a (Ville's inequality; Ramdas and others (2023), Statistical Science 38, 576-601: testing by
 * betting). A day's gain is (model - baseline) / (model + baseline), which lies within -1 and 1 whatever the weather.
 *
 * A forecast of several days ahead makes neighbouring days alike: days are dealt in turn into `streams` streams, so that
 * in each of them all forecasts of a day were issued after the day before it had ended; each stream may be wrong in
 * FALSE_ALARM_RATE / streams. Half of the first stake waits for later days, so that a model which was good for years is
 * found out soon after it is not: the weights of all days add up to one.
 * @param days in order, those counted already are passed over
 */
export function goOnTesting(before: WorseTest, days: readonly DayOfLosses[], streams: number): WorseTest {
  const dealt = Array.from({ length: streams }, (_, stream) => before.streams[stream] ?? NO_DAYS);
  let { countedUpTo, since } = before;
  for (const { day, model, baseline } of days) {
    if (countedUpTo !== null && day <= countedUpTo) continue;
    countedUpTo = day;
    const sum = model + baseline;
    if (!(sum > 0)) continue;
    const stream = ((day % streams) + streams) % streams;
    const after = bet(dealt[stream]!, (model - baseline) / sum);
    dealt[stream] = after;
    if (mean(after.wealth) >= streams / FALSE_ALARM_RATE) since ??= day;
  }
  return { countedUpTo, streams: dealt, since };
}

type Stream = WorseTest['streams'][number];
const NO_DAYS: Stream = { days: 0, wealth: STAKES.map(() => 0) };

/** @param gain of the day, -1 to 1 */
function bet({ days, wealth }: Stream, gain: number): Stream {
  const day = days + 1;
  const joins = day === 1 ? 0.5 : 0.5 / (day * (day - 1));
  return {
    days: day,
    wealth: STAKES.map((stake, at) =>
      Math.min(MOST_WEALTH, ((wealth[at] ?? 0) + joins) * (1 + stake * gain)),
    ),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
