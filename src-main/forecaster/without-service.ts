import { Problem } from '../contract/problems';
import type { Forecast } from '../contract/results';
import { observationsOf, type Series } from '../contract/series';
import {
  calendarOf,
  inputVariables,
  prepare,
  scaleInputs,
  targetVariable,
  timeAfter,
  withoutInputs,
} from '../series';
import { learnRidgeForecast } from '../verification';
import { beginningOf } from './forecast-parts';
import type { Forecaster } from './forecaster';

/** It looks back on at least so many steps: what the service says no longer stands for the last days. */
const LEAST_WINDOW = 7;

/**
 * The forecast where that of the weather service is missing: of ridge regression on the readings alone, learned from the
 * learning part of these readings, with its usual error on their test part.
 * @param series with the forecasts. @param end the row after the last window that was read
 * @throws Problem 'service-missing' where these readings are too few to learn from
 */
export function forecastWithoutService(forecaster: Forecaster, series: Series, end: number): Forecast {
  const { horizon, settings } = forecaster;
  const ahead = inputVariables(series).filter(({ lead }) => lead !== undefined);
  const readings = withoutInputs(
    series,
    ahead.map(({ name }) => name),
  );
  const window = Math.max(forecaster.window, LEAST_WINDOW);
  const { point, expectedError } = learned(readings, { ...settings, window }, end, horizon, () => {
    const time = new Date(series.time[end - 1]!).toISOString().slice(0, 16).replace('T', ' ');
    return new Problem('service-missing', { time });
  });
  const beginning = beginningOf(series, window, end);
  return {
    ...beginning,
    points: Array.from(point, (value, index) => ({
      time: timeAfter(beginning.issuedAt, series.step, index + 1),
      lead: index + 1,
      value,
    })),
    expectedError,
    intervals: null,
    event: null,
    warnings: [],
    withoutService: true,
  };
}

function learned(
  readings: Series,
  settings: Forecaster['settings'],
  end: number,
  horizon: number,
  missing: () => Problem,
): { readonly point: Float32Array; readonly expectedError: readonly number[] } {
  const { window } = settings;
  if (end < window) throw missing();
  try {
    const preparation = prepare(readings, settings);
    const forecast = learnRidgeForecast(preparation);
    const { inputs, inputCount, inputScalers, split } = preparation;
    const observed = observationsOf(targetVariable(readings));
    const squares = Array.from({ length: horizon }, () => ({ sum: 0, count: 0 }));
    for (const start of split.test) {
      const said = forecast(inputs.slice(start * inputCount, (start + window) * inputCount));
      squares.forEach((square, lead) => {
        const error = said[lead]! - observed[start + window + lead]!;
        if (Number.isNaN(error)) return;
        square.sum += error ** 2;
        square.count += 1;
      });
    }
    const newest = scaleInputs(readings, inputScalers, calendarOf(settings), end - window, end);
    return {
      point: forecast(newest),
      expectedError: squares.map(({ sum, count }) => Math.sqrt(sum / count)),
    };
  } catch (error) {
    if (error instanceof Problem) throw missing();
    throw error;
  }
}
