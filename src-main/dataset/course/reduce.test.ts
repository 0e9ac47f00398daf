import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduceSpan, type OrderedReadings } from './reduce';

const readings = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 9 }),
      value: fc.oneof(fc.integer({ min: -500, max: 500 }), fc.constant(NaN)),
    }),
    { maxLength: 300 },
  )
  .map((rows): OrderedReadings => {
    let time = 1000;
    return {
      times: Float64Array.from(rows, ({ gap }) => (time += gap)),
      values: Float32Array.from(rows, ({ value }) => value),
    };
  });
const reduction = fc
  .record({
    from: fc.integer({ min: 900, max: 3000 }),
    length: fc.integer({ min: 1, max: 2500 }),
    buckets: fc.integer({ min: 1, max: 60 }),
    breakAfter: fc.constantFrom(1, 4, 50, Infinity),
  })
  .map(({ from, length, buckets, breakAfter }) => ({
    span: { from, to: from + length },
    buckets,
    breakAfter,
  }));

describe('readings that are reduced', () => {
  it('keep the lowest and the highest of every bucket, and invent nothing', () => {
    fc.assert(
      fc.property(readings, reduction, ({ times, values }, how) => {
        const { span, buckets } = how;
        const { time, value } = reduceSpan({ times, values }, how);
        const kept = new Set(Array.from(time, (instant, at) => `${instant} ${value[at]}`));
        const width = (span.to - span.from) / buckets;
        const extremes = new Map<number, { low: number; high: number }>();
        times.forEach((instant, at) => {
          const reading = values[at]!;
          if (Number.isNaN(reading) || instant < span.from || instant > span.to) return;
          const bucket = Math.floor((instant - span.from) / width);
          const { low, high } = extremes.get(bucket) ?? { low: Infinity, high: -Infinity };
          extremes.set(bucket, { low: Math.min(low, reading), high: Math.max(high, reading) });
        });
        for (const [bucket, { low, high }] of extremes) {
          const inBucket = [...value].filter(
            (_, at) => Math.floor((time[at]! - span.from) / width) === bucket,
          );
          const shown = inBucket.filter((reading) => !Number.isNaN(reading));
          expect(Math.min(...shown)).toBe(low);
          expect(Math.max(...shown)).toBe(high);
        }
        const all = new Set(Array.from(times, (instant, at) => `${instant} ${values[at]}`));
        for (const point of kept) if (!point.endsWith('NaN')) expect(all).toContain(point);
      }),
    );
  });

  it('are in order, no more than can be drawn, and lead to what lies on either side', () => {
    fc.assert(
      fc.property(readings, reduction, (given, how) => {
        const { time } = reduceSpan(given, how);
        for (let at = 1; at < time.length; at += 1) expect(time[at]!).toBeGreaterThanOrEqual(time[at - 1]!);
        expect(time.length).toBeLessThanOrEqual(6 * (how.buckets + 3));
      }),
    );
    const times = Float64Array.from({ length: 100 }, (_, at) => at);
    const how = { span: { from: 40.5, to: 59.5 }, buckets: 100, breakAfter: 1.5 };
    const { time } = reduceSpan({ times, values: new Float32Array(100) }, how);
    expect([time[0], time.at(-1)]).toEqual([40, 60]);
  });

  it('break where readings are missing, and a lone one is still drawn', () => {
    const times = Float64Array.of(0, 1, 2, 6, 10, 11);
    const values = Float32Array.of(5, 6, NaN, 7, 8, 9);
    const { time, value } = reduceSpan(
      { times, values },
      { span: { from: 0, to: 11 }, buckets: 50, breakAfter: 1.5 },
    );
    expect([...value]).toEqual([5, 6, NaN, 7, 7, NaN, 8, 9]);
    expect([...time]).toEqual([0, 1, 6, 6, 6, 10, 10, 11]);
  });

  it('are those that are wanted alone', () => {
    const times = Float64Array.from({ length: 1000 }, (_, at) => at);
    const values = Float32Array.from({ length: 1000 }, (_, at) => at % 7);
    const how = { span: { from: 0, to: 999 }, buckets: 10, breakAfter: Infinity };
    const { value } = reduceSpan({ times, values }, how, (at) => at === 350);
    expect([...value]).toEqual([0]);
  });
});
