import type { Forecast } from '../../../src-main/contract/results';

const secondsPerDay = 86_400;

/** Seconds between the last reading and the first forecast: how finely its times must be written. */
export function forecastStepSeconds(forecast: Pick<Forecast, 'issuedAt' | 'points'>): number {
  const [first] = forecast.points;
  return first === undefined ? secondsPerDay : (first.time - forecast.issuedAt) / 1000;
}
