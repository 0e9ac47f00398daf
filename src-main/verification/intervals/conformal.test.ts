import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INTERVAL_LEVELS, mapLevels, type ByLevel, type Ends } from '../../contract/intervals';
import { noise } from '../../series/series.fixture';
import { conformalQuantile, LEAST_ERRORS, learnOffsets, nestIntervals, trackOffsets } from './conformal';

const number = fc.float({ min: -50, max: 50, noNaN: true });
const ends = fc.record({ low: number, high: number });
const intervals = fc.record({ 50: ends, 80: ends, 95: ends });
const same = (errors: Float64Array): ByLevel<Ends<Float64Array>> =>
  mapLevels(() => ({ low: errors, high: errors }));
const neverAtLimit = mapLevels(() => ({ low: false, high: false }));

describe('the conformal quantile', () => {
  it('is the smallest number that at least the wanted share of n + 1 places lie at or below', () => {
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 999 }),
        (values, permille) => {
          const sorted = Float64Array.from(values).sort();
          const quantile = conformalQuantile(sorted, permille / 1000);
          const atOrBelow = sorted.filter((value) => value <= quantile).length;
          const below = sorted.filter((value) => value < quantile).length;
          const wanted = (permille * (values.length + 1)) / 1000;
          if (quantile === Infinity) expect(values.length).toBeLessThan(wanted);
          else expect(atOrBelow).toBeGreaterThanOrEqual(wanted - 1e-9);
          expect(below).toBeLessThan(wanted + 1e-9);
        },
      ),
    );
  });

  it('needs just as many errors as are said to be the least', () => {
    const errors = (count: number): Float64Array => Float64Array.from({ length: count }, (_, k) => k);
    const last = (count: number): number => learnOffsets(same(errors(count))).ends[95].high;
    expect(last(LEAST_ERRORS)).toBe(LEAST_ERRORS - 1);
    expect(last(LEAST_ERRORS - 1)).toBe(Infinity);
  });
});

describe('learning offsets', () => {
  it('covers at least the level of what it learned from, and not much more where errors differ', () => {
    fc.assert(
      fc.property(fc.uniqueArray(number, { minLength: LEAST_ERRORS, maxLength: 200 }), (values) => {
        const errors = Float64Array.from(values);
        const offsets = learnOffsets(same(errors)).ends;
        for (const level of INTERVAL_LEVELS) {
          const { low, high } = offsets[level];
          const inside = errors.filter((error) => error >= low && error <= high).length / errors.length;
          expect(inside).toBeGreaterThanOrEqual(level / 100 - 1e-9);
          expect(inside).toBeLessThanOrEqual(level / 100 + 4 / errors.length);
        }
      }),
    );
  });

  it('moves with the errors and grows with them', () => {
    const errors = noise(100, 4);
    const [plain, moved, grown] = [errors, errors.map((e) => e + 2), errors.map((e) => 3 * e)].map((each) =>
      learnOffsets(same(each)),
    );
    expect(moved!.ends[80].low).toBeCloseTo(plain!.ends[80].low + 2, 12);
    expect(moved!.step).toBeCloseTo(plain!.step, 12);
    expect(grown!.ends[95].high).toBeCloseTo(3 * plain!.ends[95].high, 12);
    expect(grown!.step).toBeCloseTo(3 * plain!.step, 12);
  });
});

describe('tracking', () => {
  const start = learnOffsets(same(noise(60, 8)));
  const follow = (errors: Float64Array) => {
    let now = start;
    const missed = mapLevels(() => ({ low: 0, high: 0 }));
    for (const error of errors) {
      for (const level of INTERVAL_LEVELS) {
        if (error < now.ends[level].low) missed[level].low += 1;
        if (error > now.ends[level].high) missed[level].high += 1;
      }
      now = trackOffsets(
        now,
        now.ends,
        mapLevels(() => ({ low: error, high: error })),
        neverAtLimit,
      );
    }
    return { missed, ends: now.ends };
  };

  it('moves an end by just what its misses are above or below their share, whatever the weather does', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 300 }), (values) => {
        const { missed, ends: last } = follow(Float64Array.from(values));
        for (const level of INTERVAL_LEVELS) {
          const allowed = values.length * (1 - level / 100) * 0.5;
          const moved = (last[level].high - start.ends[level].high) / start.step;
          expect(moved).toBeCloseTo(missed[level].high - allowed, 6);
          const sunk = (start.ends[level].low - last[level].low) / start.step;
          expect(sunk).toBeCloseTo(missed[level].low - allowed, 6);
        }
      }),
    );
  });

  it('so holds the level in the long run, where offsets that stay as they were would not', () => {
    // Errors three times as large as those learned from, and drifting.
    const errors = noise(20_000, 21).map((error, index) => 3 * error + Math.sin(index / 300));
    const { missed } = follow(errors);
    for (const level of INTERVAL_LEVELS) {
      const covered = 1 - (missed[level].low + missed[level].high) / errors.length;
      expect(Math.abs(covered - level / 100)).toBeLessThan(0.02);
      const { low, high } = start.ends[level];
      const frozen = errors.filter((error) => error >= low && error <= high).length / errors.length;
      expect(frozen).toBeLessThan(level / 100 - 0.2);
    }
  });

  it('moves no end that stood at a limit', () => {
    const atLow = mapLevels(() => ({ low: true, high: false }));
    const after = trackOffsets(
      start,
      start.ends,
      mapLevels(() => ({ low: 0, high: 0 })),
      atLow,
    );
    for (const level of INTERVAL_LEVELS) {
      expect(after.ends[level].low).toBe(start.ends[level].low);
      expect(after.ends[level].high).toBeLessThan(start.ends[level].high);
    }
  });
});

describe('nesting', () => {
  it('puts ends in order and every level within the wider one, and leaves alone what is in order', () => {
    fc.assert(
      fc.property(intervals, (crossed) => {
        const nested = nestIntervals(crossed);
        for (const level of INTERVAL_LEVELS)
          expect(nested[level].low).toBeLessThanOrEqual(nested[level].high);
        expect(nested[80].low).toBeLessThanOrEqual(nested[50].low);
        expect(nested[80].high).toBeGreaterThanOrEqual(nested[50].high);
        expect(nested[95].low).toBeLessThanOrEqual(nested[80].low);
        expect(nested[95].high).toBeGreaterThanOrEqual(nested[80].high);
        expect(nestIntervals(nested)).toEqual(nested);
      }),
    );
  });
});
