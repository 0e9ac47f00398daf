import { describe, expect, it } from 'vitest';
import type { Series } from '../contract/series';
import { takeIn } from './take-in';

const HOUR = 3_600_000;

/** @param filled rows that were not read */
function hourly(values: readonly number[], filled: readonly number[] = [], from = 0): Series {
  return {
    time: Float64Array.from(values, (_, row) => (from + row) * HOUR),
    step: { seconds: 3600, label: 'hourly' },
    variables: [
      {
        name: 'temp',
        quantity: 'temperature',
        unit: '°C',
        values: Float32Array.from(values),
        filled: Uint8Array.from(values, (_, row) => (filled.includes(row) ? 1 : 0)),
      },
    ],
    inputs: [0],
    target: 0,
    alsoTargets: [],
  };
}
const trained = hourly([1, 2, 3]);
const valuesOf = ({ variables }: Series): number[] => [...variables[0]!.values];

describe('new readings', () => {
  it('come behind those there are, and those trained on never change', () => {
    const { series, taken } = takeIn(trained, hourly([1, 2, 3, 4]), hourly([9, 9, 9, 4, 5, 6]));
    expect(valuesOf(series)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(taken).toEqual({ added: 2, late: 0, firstLate: null, changed: 0, firstChanged: null });
  });

  it('that come late fill their row, and those that were changed are as they are now', () => {
    const kept = hourly([1, 2, 3, 4, 4.5, 5], [4]);
    const { series, taken } = takeIn(trained, kept, hourly([1, 2, 3, 40, 4.7, 5]));
    expect(valuesOf(series)).toEqual([1, 2, 3, 40, expect.closeTo(4.7), 5]);
    expect(taken).toEqual({ added: 0, late: 1, firstLate: 4 * HOUR, changed: 1, firstChanged: 3 * HOUR });
    expect([...series.variables[0]!.filled]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('of a file that was begun anew leave those of before', () => {
    const kept = hourly([1, 2, 3, 4, 5, 6]);
    const begunAnew = takeIn(trained, kept, hourly([60, 7], [], 5));
    expect(valuesOf(begunAnew.series)).toEqual([1, 2, 3, 4, 5, 60, 7]);
    const cut = takeIn(trained, kept, hourly([1, 2, 3, 4]));
    expect(valuesOf(cut.series)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(cut.taken.added).toBe(0);
  });

  it('are the same taken twice', () => {
    const found = hourly([1, 2, 3, 4, NaN, 6]);
    const once = takeIn(trained, trained, found);
    const twice = takeIn(trained, once.series, found);
    expect(twice.series).toEqual(once.series);
    expect(twice.taken).toEqual({ added: 0, late: 0, firstLate: null, changed: 0, firstChanged: null });
  });
});
