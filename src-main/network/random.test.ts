import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveSeed, randomSource } from './random';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a random source', () => {
  it('repeats itself for the same seed and purpose', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), (seed, purpose) => {
        const draw = (): number[] => {
          const random = randomSource(seed, purpose);
          return [random.uniform(0, 1), random.normal(), random.integer(0, 99), ...random.permutation(5)];
        };
        expect(draw()).toEqual(draw());
      }),
    );
  });

  it('differs between seeds, also above 2^32, and between purposes', () => {
    const seeds = [0, 1, 2, 42, 2 ** 32, 2 ** 32 + 1, 2 ** 40];
    const starts = seeds.flatMap((seed) =>
      ['shuffle', 'initialise', ''].map((purpose) => deriveSeed(seed, purpose)),
    );
    expect(new Set(starts).size).toBe(starts.length);
  });

  it('draws uniformly and normally', () => {
    const random = randomSource(7, 'statistics');
    const uniform = Array.from({ length: 20_000 }, () => random.uniform(-2, 4));
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...uniform)).toBeLessThan(4);
    expect(mean(uniform)).toBeCloseTo(1, 1);
    const normal = Array.from({ length: 20_000 }, () => random.normal());
    expect(Math.abs(mean(normal))).toBeLessThan(0.03);
    expect(mean(normal.map((value) => value * value))).toBeCloseTo(1, 1);
  });

  it('permutes: every number once', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 300 }), (seed, count) => {
        const order = randomSource(seed, 'shuffle').permutation(count);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
      }),
    );
  });

  it('gives each of the six orders of three equally often', () => {
    const random = randomSource(1, 'orders');
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 6000; draw++) {
      const order = random.permutation(3).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
