import { describe, expect, it } from 'vitest';
import type { IssuedForecast } from '../contract/forecast-log';
import { fixtureSeries } from '../series/series.fixture';
import { verifyLog } from './verify-log';

const series = fixtureSeries([{ values: [1, 2, 4, 8, 16] }]);
const at = (row: number): number => series.time[0]! + row * 86_400_000;
const issued = (row: number, values: readonly number[], half: number | null = null): IssuedForecast => ({
  issuedAt: at(row),
  madeAt: 0,
  lastReading: [1, 2, 4, 8, 16][row] ?? null,
  points: values.map((value, index) => ({
    time: at(row + index + 1),
    lead: index + 1,
    value,
    low: half === null ? null : value - half,
    high: half === null ? null : value + half,
  })),
});

describe('the log of forecasts', () => {
  it('has no scores before the time of a forecast has come', () => {
    expect(verifyLog([issued(4, [20, 30])], series)).toEqual({ scores: null, verified: [] });
  });

  it('scores every value that was read since, beside persistence', () => {
    const { scores, verified } = verifyLog([issued(1, [5, 9, 13], 2), issued(3, [10, 12])], series);
    // Errors +1, +1, -3 and -6; persistence 2-4, 2-8, 2-16 and 8-16.
    expect(scores).toEqual({
      points: 4,
      rmse: Math.sqrt(47 / 4),
      bias: -7 / 4,
      persistenceRmse: Math.sqrt((4 + 36 + 196 + 64) / 4),
      within: 2 / 3,
      service: null,
    });
    expect(verified.map(({ time, lead, observed }) => [time, lead, observed])).toEqual([
      [at(4), 1, 16],
      [at(4), 3, 16],
      [at(3), 2, 8],
      [at(2), 1, 4],
    ]);
  });

  it('scores the weather service beside it, over the values of which it said something', () => {
    const log = [{ ...issued(1, [5, 9, 13]), service: [4, null, 18] }];
    const { scores, verified } = verifyLog(log, series);
    expect(scores?.service).toEqual({ points: 2, rmse: Math.sqrt(2), modelRmse: Math.sqrt(5) });
    expect(verified.map(({ service }) => service)).toEqual([18, null, 4]);
  });

  it('does not take what was filled for a reading, nor a hole', () => {
    const holed = fixtureSeries([{ values: [1, 2, 4, NaN, 16] }]);
    holed.variables[0]!.filled[2] = 1;
    expect(verifyLog([issued(1, [5, 9, 13])], holed).scores).toMatchObject({ points: 1, bias: -3 });
  });
});
