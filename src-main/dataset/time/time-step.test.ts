import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, findGaps, labelOf, orderByTime, stepsBetween, usualStep } from './time-step';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const instants = (...texts: string[]): Float64Array => Float64Array.from(texts, (text) => Date.parse(text));

describe('usualStep', () => {
  it('finds days, and the share of steps that are one', () => {
    const times = Float64Array.from([0, 1, 2, 4, 5], (day) => day * DAY);
    expect(usualStep(times)).toEqual({ seconds: 86_400, label: 'daily', exactShare: 0.75 });
  });

  it('finds calendar months', () => {
    const times = Float64Array.from({ length: 30 }, (_, month) => Date.UTC(2020, month, 1));
    expect(usualStep(times)).toMatchObject({ label: 'monthly', exactShare: 1 });
    expect(
      stepsBetween(Date.UTC(2020, 0, 1), Date.UTC(2022, 5, 1), { seconds: 2_678_400, label: 'monthly' }),
    ).toBe(29);
  });

  it('lays a log without a common step on a round one', () => {
    const times = Float64Array.from([0, 590, 1201, 1780, 2410, 3050], (second) => second * 1000);
    expect(usualStep(times)).toMatchObject({ seconds: 600, label: '10 minutes' });
  });

  it('needs two instants', () => expect(usualStep(Float64Array.of(5))).toBeNull());

  it.each([
    [60, '1 minute'],
    [600, '10 minutes'],
    [3600, 'hourly'],
    [7200, '2 hours'],
    [86_400, 'daily'],
    [604_800, '7 days'],
    [90, '90 seconds'],
  ])('calls %d seconds %s', (seconds, label) => expect(labelOf(seconds)).toBe(label));
});

describe('addMonths', () => {
  it('keeps to the last day of the month', () => {
    expect(addMonths(Date.parse('2021-01-31T06:00Z'), 1)).toBe(Date.parse('2021-02-28T06:00Z'));
    expect(addMonths(Date.parse('2021-02-28T06:00Z'), 1)).toBe(Date.parse('2021-03-31T06:00Z'));
    expect(addMonths(Date.parse('1969-12-15T06:00Z'), 1)).toBe(Date.parse('1970-01-15T06:00Z'));
  });
});

describe('findGaps', () => {
  it('tells the readings before and after and how many steps are missing', () => {
    const times = instants('2021-01-01', '2021-01-02', '2021-01-05', '2021-01-06');
    expect(findGaps(times, { seconds: 86_400, label: 'daily' }, 100)).toEqual({
      gaps: [{ from: times[1], to: times[2], missingSteps: 2 }],
      gapCount: 1,
    });
  });

  it('keeps the longest, in order of time', () => {
    const times = Float64Array.from([0, 2, 3, 7, 8, 11], (hour) => hour * HOUR);
    const { gaps, gapCount } = findGaps(times, { seconds: 3600, label: 'hourly' }, 2);
    expect(gaps.map(({ missingSteps }) => missingSteps)).toEqual([3, 2]);
    expect(gapCount).toBe(3);
  });
});

describe('orderByTime', () => {
  it('sorts, takes each time once and counts what it did', () => {
    const order = orderByTime(Float64Array.of(3, 1, NaN, 2, 3, 1));
    expect([...order.times]).toEqual([1, 2, 3]);
    expect([...order.rows]).toEqual([1, 3, 0]);
    expect(order).toMatchObject({ duplicates: 2, unsorted: 2 });
  });

  it('keeps each instant within the range once, ascending', () => {
    const times = fc.array(fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(NaN)));
    fc.assert(
      fc.property(times, (given) => {
        const order = orderByTime(Float64Array.from(given), 5, 20);
        const expected = [...new Set(given.filter((time) => time >= 5 && time <= 20))].sort((a, b) => a - b);
        expect([...order.times]).toEqual(expected);
        expect([...order.rows]).toEqual(expected.map((time) => given.indexOf(time)));
      }),
    );
  });
});
