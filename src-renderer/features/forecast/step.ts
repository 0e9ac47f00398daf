import type { Forecast } from '../../../src-main/contract/results';

const SECONDS_PER_DAY = 86_400;

/** Seconds between the last reading and the first forecast: how finely its times must be written. */
export function forecastStepSeconds(forecast: Pick<Forecast, 'issuedAt' | 'points'>): number {
  const [first] = forecast.points;
  return first === undefined ? SECONDS_PER_DAY : (first.time - forecast.issuedAt) / 1000;
}
