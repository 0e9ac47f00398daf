import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineOf } from './outline';

describe('the outline of a target', () => {
  it('has every value within its stretch and the ends of the time axis', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noDefaultInfinity: true }), { minLength: 1, maxLength: 900 }),
        (numbers) => {
          const values = Float32Array.from(numbers);
          const time = Float64Array.from(numbers, (_, row) => 1000 + row * 50);
          const { from, to, low, high } = outlineOf(time, values);
          expect([from, to]).toEqual([time[0], time.at(-1)]);
          const read = [...values].filter((value) => !Number.isNaN(value));
          const lows = low.filter((value) => value !== null);
          const highs = high.filter((value) => value !== null);
          expect(lows.length).toBe(highs.length);
          expect(lows.length === 0).toBe(read.length === 0);
          if (read.length === 0) return;
          expect(Math.min(...lows)).toBe(Math.min(...read));
          expect(Math.max(...highs)).toBe(Math.max(...read));
        },
      ),
    );
  });

  it('leaves a hole where nothing was read', () => {
    const time = Float64Array.from({ length: 480 }, (_, row) => row);
    const values = Float32Array.from({ length: 480 }, (_, row) => (row < 240 ? row : NaN));
    const { low, high } = outlineOf(time, values);
    expect([low[0], high[0]]).toEqual([0, 1]);
    expect(low.slice(121).every((value) => value === null)).toBe(true);
  });
});
