import type { IssuedForecast } from '../contract/forecast-log';
import type { Beside } from '../contract/watch';
import type { Forecast } from '../contract/results';

/** A forecast as the log keeps it. @param madeAt milliseconds since 1970, UTC */
export function issuedForecastOf(forecast: Forecast, madeAt: number, beside?: Beside): IssuedForecast {
  const { issuedAt, points, history, intervals, service, withoutService } = forecast;
  const last = history.observed[history.observed.length - 1] ?? NaN;
  return {
    issuedAt,
    madeAt,
    lastReading: Number.isNaN(last) ? null : last,
    points: points.map(({ time, lead, value }) => {
      const ends = intervals?.byLead[lead - 1]?.[95];
      return { time, lead, value, low: ends?.low ?? null, high: ends?.high ?? null };
    }),
    ...(service === undefined ? {} : { service: [...service] }),
    ...(withoutService === undefined ? {} : { withoutService }),
    ...(beside === undefined ? {} : { beside }),
  };
}
