import { describe, expect, it } from 'vitest';
import { NOTHING_COUNTED, type WorseTest } from '../../contract/watch';
import { randomSource, type RandomSource } from '../../network';
import { FALSE_ALARM_RATE, goOnTesting, type DayOfLosses } from './worse-test';

const STREAMS = 2;
const YEAR = 365;
const VALUES_A_DAY = 24;

/**
 * Days of losses of two forecasts whose errors last from hour to hour and from day to day, as weather does.
 * @param worse how many times as large the model's errors are, from the day `from` on
 */
function lossesOf(random: RandomSource, days: number, worse: number, from = 0): DayOfLosses[] {
  let [own, other] = [0, 0];
  return Array.from({ length: days }, (_, day) => {
    let [model, baseline] = [0, 0];
    for (let value = 0; value < VALUES_A_DAY; value += 1) {
      own = 0.9 * own + random.normal();
      other = 0.9 * other + random.normal();
      model += (own * (day >= from ? worse : 1)) ** 2;
      baseline += other ** 2;
    }
    return { day, model, baseline };
  });
}

const testOf = (days: readonly DayOfLosses[]): WorseTest => goOnTesting(NOTHING_COUNTED, days, STREAMS);

describe('the test that a model is worse', () => {
  it('is wrong of equal forecasts no more often than it says, though it is asked every day for two years', () => {
    const random = randomSource(3, 'equal forecasts');
    const trials = 600;
    const alarms = Array.from({ length: trials }, () => testOf(lossesOf(random, 2 * YEAR, 1))).filter(
      ({ since }) => since !== null,
    ).length;
    expect(alarms / trials).toBeLessThanOrEqual(FALSE_ALARM_RATE);
  });

  it('finds a model whose errors are half as large again within a season, and one that turned so after a year', () => {
    const random = randomSource(4, 'a worse model');
    const days = (worse: number, from: number): number[] =>
      Array.from({ length: 40 }, () => testOf(lossesOf(random, from + YEAR, worse, from)).since ?? Infinity)
        .map((since) => since - from)
        .sort((a, b) => a - b);
    expect(days(1.5, 0)[20]).toBeLessThan(100);
    expect(days(1.5, YEAR)[20]).toBeLessThan(150);
  });

  it('says of a better model nothing', () => {
    expect(testOf(lossesOf(randomSource(5, 'a better model'), 4 * YEAR, 0.8)).since).toBeNull();
  });

  it('goes on where it was, and counts no day twice', () => {
    const days = lossesOf(randomSource(6, 'days'), 300, 1.3);
    const inParts = [days.slice(0, 100), days.slice(50, 200), days].reduce(
      (test, part) => goOnTesting(test, part, STREAMS),
      NOTHING_COUNTED,
    );
    expect(inParts).toEqual(testOf(days));
  });
});
