import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aggregationFor,
  amountsOfTotal,
  isRunningTotal,
  leastCount,
  partialSlots,
  resample,
} from './resample';

/** Readings with the step of each, ascending, as the rows of a log in order of time. */
const log = (reading: fc.Arbitrary<number>) =>
  fc
    .array(
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.oneof({ weight: 6, arbitrary: reading }, fc.constant(NaN))),
    )
    .map((rows) => {
      rows.sort(([a], [b]) => a - b);
      return {
        slots: Uint32Array.from(rows, ([slot]) => slot),
        readings: Float64Array.from(rows, ([, value]) => value),
      };
    });
const amounts = fc.double({ min: 0, max: 100, noNaN: true });
const total = (values: Float64Array): number =>
  values.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value), 0);

describe('resample', () => {
  it('keeps the sum of rain', () => {
    fc.assert(
      fc.property(log(amounts), ({ readings, slots }) => {
        const { values, counts } = resample(readings, slots, 10, 'sum');
        expect(total(values)).toBeCloseTo(total(readings), 6);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(
          readings.filter((value) => !Number.isNaN(value)).length,
        );
      }),
    );
  });

  it('has least ≤ mean ≤ most, each within the readings, and nothing where nothing was read', () => {
    fc.assert(
      fc.property(log(fc.double({ min: -50, max: 50, noNaN: true })), ({ readings, slots }) => {
        const least = resample(readings, slots, 10, 'min').values;
        const { values: mean, counts } = resample(readings, slots, 10, 'mean');
        const most = resample(readings, slots, 10, 'max').values;
        mean.forEach((value, slot) => {
          expect(Number.isNaN(value)).toBe(counts[slot] === 0);
          if (Number.isNaN(value)) return;
          expect(value).toBeGreaterThanOrEqual(least[slot]! - 1e-9);
          expect(value).toBeLessThanOrEqual(most[slot]! + 1e-9);
          expect(readings).toContain(most[slot]);
        });
      }),
    );
  });

  it('gives a constant direction back, and turns with the readings', () => {
    const turnBy = (degrees: number, by: number): number => (degrees + by) % 360;
    const apart = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 359 }), fc.integer({ min: 1, max: 20 }), (degrees, count) => {
        const readings = new Float64Array(count).fill(degrees);
        const [mean] = resample(readings, new Uint32Array(count), 1, 'direction').values;
        expect(apart(mean!, degrees)).toBeLessThan(1e-9);
      }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 80 }), { minLength: 1 }),
        fc.integer({ min: 0, max: 359 }),
        (degrees, by) => {
          const slots = new Uint32Array(degrees.length);
          const [mean] = resample(Float64Array.from(degrees), slots, 1, 'direction').values;
          const [turned] = resample(
            Float64Array.from(degrees, (each) => turnBy(each, by)),
            slots,
            1,
            'direction',
          ).values;
          expect(apart(turned!, turnBy(mean!, by))).toBeLessThan(1e-6);
          expect(mean).toBeGreaterThanOrEqual(Math.min(...degrees) - 1e-6);
          expect(mean).toBeLessThanOrEqual(Math.max(...degrees) + 1e-6);
        },
      ),
    );
  });

  it('averages directions by way of north, and knows none where the winds cancel each other', () => {
    const slots = Uint32Array.of(0, 0, 1, 1, 2);
    const { values } = resample(Float64Array.of(350, 20, 90, 270, 360), slots, 3, 'direction');
    expect(values[0]).toBeCloseTo(5, 9);
    expect(values[1]).toBeNaN();
    expect(values[2]).toBe(360);
  });
});

describe('aggregationFor', () => {
  it('adds up what falls, takes the strongest gust, averages the rest', () => {
    expect(aggregationFor('rain', 'mm', false)).toBe('sum');
    expect(aggregationFor('rain', 'mm', true)).toBe('max');
    expect(aggregationFor('rain rate', 'mm/h', false)).toBe('mean');
    expect(aggregationFor('sunshine', 'h', false)).toBe('sum');
    expect(aggregationFor('solar radiation', 'MJ/m²', false)).toBe('sum');
    expect(aggregationFor('solar radiation', 'W/m²', false)).toBe('mean');
    expect(aggregationFor('wind gust', 'm/s', false)).toBe('max');
    expect(aggregationFor('wind direction', '°', false)).toBe('direction');
    expect(aggregationFor('temperature', '°C', true)).toBe('mean');
  });
});

describe('isRunningTotal', () => {
  const amountsOf = Array.from({ length: 600 }, (_, hour) =>
    Math.max(0, Math.round(20 * Math.sin(hour * hour)) - 12),
  );

  it('knows rain since midnight from rain of the hour', () => {
    let sum = 0;
    const sinceMidnight = amountsOf.map((amount, hour) => (sum = hour % 24 === 0 ? amount : sum + amount));
    expect(isRunningTotal(Float64Array.from(amountsOf))).toBe(false);
    expect(isRunningTotal(Float64Array.from(sinceMidnight))).toBe(true);
  });

  it('calls nothing so that hardly changes', () => {
    expect(isRunningTotal(Float64Array.of(0, 0, 1, 2, 3, NaN, 3))).toBe(false);
    expect(isRunningTotal(new Float64Array(0))).toBe(false);
  });
});

describe('amounts of a running total', () => {
  const hours = (count: number): Float64Array => Float64Array.from({ length: count }, (_, hour) => hour);
  const slots = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, hour) => hour);

  it('are what fell, however often the count is set back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(7, 24, 100, 1000),
        (amounts, period) => {
          let sum = 0;
          const totals = amounts.map((amount, at) => (sum = at % period === 0 ? amount : sum + amount));
          // A count that stays or rises where it is set back cannot be told from one that goes on.
          const isTold = totals.every(
            (total, at) => at === 0 || at % period > 0 || total < 0.9 * totals[at - 1]!,
          );
          fc.pre(isTold);
          const { length } = amounts;
          const found = amountsOfTotal(Float64Array.from(totals), hours(length), slots(length), 1);
          expect([...found]).toEqual([NaN, ...amounts.slice(1)]);
        },
      ),
    );
  });

  it('are none behind a hole that reaches into another step, and nothing where a gauge was corrected', () => {
    const totals = Float64Array.of(10, 12, NaN, 17, 16.9, 20);
    expect([...amountsOfTotal(totals, hours(6), slots(6), 1)]).toEqual([
      NaN,
      2,
      NaN,
      NaN,
      0,
      expect.closeTo(3.1),
    ]);
    const inOneStep = amountsOfTotal(totals, hours(6), new Uint32Array(6), 1);
    expect([...inOneStep]).toEqual([NaN, 2, NaN, 5, 0, expect.closeTo(3.1)]);
  });
});

describe('partial steps', () => {
  it('hold less than three quarters of what is usual', () => {
    const counts = Uint32Array.of(10, 24, 24, 0, 17, 18, 24);
    expect(leastCount(counts)).toBe(18);
    expect([...partialSlots(counts)]).toEqual([1, 0, 0, 0, 1, 0, 0]);
  });
});
