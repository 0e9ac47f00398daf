import { describe, expect, it } from 'vitest';
import type { IssuedForecast } from '../../contract/forecast-log';
import type { Series } from '../../contract/series';
import { NOTHING_COUNTED } from '../../contract/watch';
import { gradeForecasts } from './grade';

const DAY = 86_400_000;
const DAYS = 60;

/** Daily readings: the number of the day. */
const series: Series = {
  time: Float64Array.from({ length: DAYS }, (_, day) => day * DAY),
  step: { seconds: 86_400, label: 'daily' },
  variables: [
    {
      name: 'temp',
      quantity: 'temperature',
      unit: '°C',
      values: Float32Array.from({ length: DAYS }, (_, day) => day),
      filled: new Uint8Array(DAYS),
    },
  ],
  inputs: [0],
  target: 0,
  alsoTargets: [],
};

/** For the next day: the model is off by `error`, the best baseline by 2, climatology by 5. */
const issuedOn = (day: number, error: number): IssuedForecast => ({
  issuedAt: day * DAY,
  madeAt: day * DAY,
  lastReading: day,
  points: [{ time: (day + 1) * DAY, lead: 1, value: day + 1 + error, low: day, high: day + 2 }],
  beside: { climatology: [day + 6], best: { name: 'ridge', values: [day - 1] } },
});
const days = Array.from({ length: DAYS - 1 }, (_, day) => day);

describe('the running score', () => {
  it('is that of the last thirty days, beside what the others said at the same time', () => {
    const forecasts = days.map((day) => issuedOn(day, day < 25 ? 0.1 : 0.5));
    const { grade } = gradeForecasts(forecasts, series, 'ridge', NOTHING_COUNTED);
    expect(grade).toEqual({
      days: 30,
      points: 30,
      unit: '°C',
      best: 'ridge',
      rmse: { model: 0.5, persistence: 1, climatology: 5, best: 2 },
      bias: 0.5,
      within: 1,
      worseSince: null,
    });
  });

  it('counts no value that was filled, and no forecast beside another baseline or none', () => {
    const filled = { ...series.variables[0]!, filled: new Uint8Array(DAYS).fill(1, 50) };
    const forecasts = days.map((day) => {
      const { beside, ...alone } = issuedOn(day, 0.5);
      if (day === 40) return alone;
      return day === 41
        ? { ...alone, beside: { ...beside!, best: { name: 'persistence' as const, values: [1] } } }
        : { ...alone, beside: beside! };
    });
    const { grade } = gradeForecasts(forecasts, { ...series, variables: [filled] }, 'ridge', NOTHING_COUNTED);
    expect(grade?.points).toBe(20 - 2);
    expect(gradeForecasts([], series, 'ridge', NOTHING_COUNTED).grade).toBeNull();
  });

  it('says since when a model is surely worse, and leaves the day that is not over', () => {
    const forecasts = days.map((day) => issuedOn(day, 8));
    const { grade, worse } = gradeForecasts(forecasts, series, 'ridge', NOTHING_COUNTED);
    expect(worse.countedUpTo).toBe(DAYS - 2);
    expect(grade?.worseSince).toBe(worse.since! * DAY);
    const again = gradeForecasts(forecasts, series, 'ridge', worse);
    expect(again.worse).toEqual(worse);
  });
});
