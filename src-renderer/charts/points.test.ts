import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flaggedPoints, thinning, toTable, toTableWithBreaks } from './points';

describe('toTable', () => {
  it('lays columns side by side', () => {
    expect([...toTable([[1, 2], Float32Array.of(5, 6)])]).toEqual([1, 5, 2, 6]);
    expect(toTable([])).toHaveLength(0);
  });
});

it('thins to no more points than asked for', () => {
  expect([0, 6000, 6001, 84_000].map((count) => thinning(count, 6000))).toEqual([1, 1, 2, 14]);
});

describe('toTableWithBreaks', () => {
  it('breaks the line where readings are missing', () => {
    expect([
      ...toTableWithBreaks(
        [
          [0, 10, 40],
          [1, 2, 3],
        ],
        10,
      ),
    ]).toEqual([0, 1, 10, 2, 25, NaN, 40, 3]);
  });

  it('takes a month of 31 days after one of 28 for the next month', () => {
    const day = 86_400_000;
    const months = [0, 31 * day, 59 * day, 90 * day];
    expect(toTableWithBreaks([months, [1, 2, 3, 4]], 28 * day)).toHaveLength(8);
  });

  it('keeps every reading', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: -50, max: 50 })), {
          maxLength: 60,
        }),
        (steps) => {
          let at = 0;
          const time = steps.map(([step]) => (at += step));
          const values = steps.map(([, value]) => value);
          const table = toTableWithBreaks([time, values], 1);
          const kept = [...table].filter((_cell, i) => i % 2 === 1 && !Number.isNaN(table[i]));
          expect(kept).toEqual(values);
        },
      ),
    );
  });
});

describe('flaggedPoints', () => {
  it('gives the pairs that are marked', () => {
    expect([...flaggedPoints([1, 2, 3], [7, 8, 9], [0, 1, 1])]).toEqual([2, 8, 3, 9]);
  });
});
