import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitScaler, scaleValue, standardise, unscaleValue } from './scaler';

const all = (values: Float32Array): Uint8Array => new Uint8Array(values.length).fill(1);

describe('the scaler', () => {
  it('has the mean and the population standard deviation of the marked rows', () => {
    const values = Float32Array.of(2, 4, 4, 4, 5, 5, 7, 9, 1000, NaN);
    expect(fitScaler(values, Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1, 0, 1))).toEqual({ mean: 5, scale: 2 });
  });

  it('leaves the spread of equal values at 1', () => {
    const values = new Float32Array(7).fill(0.1);
    const scaler = fitScaler(values, all(values));
    expect(scaler).toEqual({ mean: Math.fround(0.1), scale: 1 });
    expect(scaleValue(scaler, values[0]!)).toBe(0);
  });

  it('scales each column of a table over all its rows', () => {
    const table = Float32Array.of(1, 7, 3, 7, 5, 7);
    const far = Math.sqrt(3 / 2);
    expect(standardise(table, 2)).toEqual(Float32Array.of(-far, 0, 0, 0, far, 0));
  });

  it('gives values back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 50 }),
        (numbers) => {
          const values = Float32Array.from(numbers);
          const scaler = fitScaler(values, all(values));
          for (const value of values) {
            expect(unscaleValue(scaler, scaleValue(scaler, value))).toBeCloseTo(value, 6);
          }
        },
      ),
    );
  });
});
