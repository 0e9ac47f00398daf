import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisEnd } from './axis-end';

describe('axisEnd', () => {
  it('takes round numbers up to the epochs asked for', () => {
    expect([0, 20, 21, 51, 101, 201].map((epoch) => axisEnd(epoch, 300))).toEqual([
      20, 20, 50, 100, 200, 300,
    ]);
    expect(axisEnd(3, 5)).toBe(5);
    expect(axisEnd(1001, 10_000)).toBe(2000);
  });

  it('always has room for the epoch and never for more than was asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }), (epochs, at) => {
        const epoch = Math.min(at, epochs);
        const end = axisEnd(epoch, epochs);
        expect(end).toBeGreaterThanOrEqual(epoch);
        expect(end).toBeLessThanOrEqual(epochs);
      }),
    );
  });
});
