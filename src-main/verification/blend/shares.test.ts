import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawTogether, leastErrorShares, trust } from './shares';

describe('shares', () => {
  const errors = fc.array(
    fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 8, maxLength: 8 }),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  const squaredError = (all: readonly number[][], shares: readonly number[]): number =>
    all[0]!.reduce(
      (sum, _, at) => sum + all.reduce((mean, each, index) => mean + shares[index]! * each[at]!, 0) ** 2,
      0,
    );

  it('are not negative, add up to 1, and no others have a smaller error', () => {
    fc.assert(
      fc.property(
        errors,
        fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (all, others) => {
          const products = all.map((one) =>
            all.map((two) => one.reduce((sum, value, at) => sum + value * two[at]!, 0)),
          );
          const shares = leastErrorShares(products);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
          for (const share of shares) expect(share).toBeGreaterThanOrEqual(0);
          const some = others.slice(0, all.length);
          const total = some.reduce((sum, share) => sum + share, 0);
          const elsewhere = squaredError(
            all,
            some.map((share) => share / total),
          );
          expect(squaredError(all, shares)).toBeLessThanOrEqual(elsewhere + 1e-6 * (1 + elsewhere));
          all.forEach((_, only) => {
            const alone = squaredError(
              all,
              all.map((_each, index) => Number(index === only)),
            );
            expect(squaredError(all, shares)).toBeLessThanOrEqual(alone + 1e-6 * (1 + alone));
          });
        },
      ),
    );
  });

  it('are found where two of the forecasts say the same', () => {
    const shares = leastErrorShares([
      [4, 4, 0],
      [4, 4, 0],
      [0, 0, 4],
    ]);
    expect(shares[2]).toBeCloseTo(0.5, 9);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('are drawn towards equal ones of some, the less the more they were chosen by', () => {
    const both = [true, true];
    expect(drawTogether([1, 0], 0, both)).toEqual([0.5, 0.5]);
    expect(drawTogether([1, 0], 30, both)).toEqual([0.75, 0.25]);
    expect(drawTogether([1, 0], 1e9, both)[0]).toBeCloseTo(1, 6);
    expect(drawTogether([1, 0, 0], 30, [false, true, true])).toEqual([0.5, 0.25, 0.25]);
    expect(trust(30)).toBe(0.5);
  });
});
