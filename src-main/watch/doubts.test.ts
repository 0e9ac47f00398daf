import { describe, expect, it } from 'vitest';
import { describeProblem } from '../contract/problems';
import type { Series } from '../contract/series';
import type { TakenIn } from '../contract/watch';
import { doubtsOf } from './doubts';

const HOUR = 3_600_000;
const NOTHING: TakenIn = { added: 1, late: 0, firstLate: null, changed: 0, firstChanged: null };

function hourly(values: readonly number[], quantity: 'temperature' | 'rain' = 'temperature'): Series {
  return {
    time: Float64Array.from(values, (_, row) => Date.UTC(2026, 0, 1) + row * HOUR),
    step: { seconds: 3600, label: 'hourly' },
    variables: [
      {
        name: 'temp',
        quantity,
        unit: '°C',
        values: Float32Array.from(values),
        filled: new Uint8Array(values.length),
      },
    ],
    inputs: [0],
    target: 0,
    alsoTargets: [],
  };
}
const sentences = (series: Series, from = 0, taken = NOTHING): string[] =>
  doubtsOf('a.csv', series, taken, from).map(describeProblem);

describe('messages about the newest readings', () => {
  it('is nothing where all is well', () => {
    expect(sentences(hourly([1, 2, 3, 2, 1]))).toEqual([]);
  });

  it('is that a sensor stays where no weather stays, but not that no rain falls', () => {
    const still = [3, ...Array.from({ length: 13 }, () => 7)];
    expect(sentences(hourly(still))).toEqual([
      'Column “temp” has stayed at 7.00 °C since 2026-01-01T01:00: its sensor may be stuck. Forecasts go on; look at the sensor.',
    ]);
    expect(sentences(hourly(still, 'rain'))).toEqual([]);
    expect(sentences(hourly(still.slice(2, 13)))).toEqual([]);
  });

  it('name the readings that are missing, but for those reported before', () => {
    const series = hourly([1, NaN, 2, NaN, NaN, 3]);
    expect(sentences(series, 2)[0]).toMatch(
      /^Between 2026-01-01T03:00 and 2026-01-01T04:00 “a.csv” lacks 2 /,
    );
  });

  it('is how many came late or were changed', () => {
    const [late, changed] = [Date.UTC(2026, 0, 1, 2), Date.UTC(2026, 0, 1, 3)];
    const told = sentences(hourly([1, 2]), 0, {
      added: 0,
      late: 1,
      firstLate: late,
      changed: 2,
      firstChanged: changed,
    });
    expect(told[0]).toContain('1 readings of “a.csv” came late, the first of 2026-01-01T02:00');
    expect(told[1]).toContain('2 readings of “a.csv” were changed');
  });
});
