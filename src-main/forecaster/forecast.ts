import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { Forecast } from '../contract/results';
import type { Series, Variable } from '../contract/series';
import { forwardComposite } from '../network';
import { inputVariables, scaleInputs, targetVariable, timeAfter } from '../series';
import { forecastEvent, forecastIntervals, forecastWarnings, readForecasts } from '../verification';
import type { Forecaster, ForecasterVariable } from './forecaster';
import { beginningOf } from './forecast-parts';
import { forecastWithoutService } from './without-service';

/**
 * Forecasts from the newest window without a missing input, with the float64 reference network.
 * @param series on the forecaster's step, made from its columns (see `mappingFor`)
 * @throws Problem 'columns-differ', 'setting-invalid' (another time step), 'too-few-rows', 'too-few-windows'
 */
export function forecastFrom(forecaster: Forecaster, series: Series): Forecast {
  requireOneStation(series);
  requireSameVariables(forecaster, series);
  const { window, horizon, calendar, inputScalers, network, composite, scores, intervals, event, warnings } =
    forecaster;
  const end = endOfNewestWindow(inputVariables(series), series, window, horizon);
  const newestRead = endOfReadings(series, window, horizon);
  if (end === null || (newestRead ?? 0) > end) {
    if (newestRead === null)
      throw new Problem('too-few-windows', { windows: 0, part: phrase('part-forecast') });
    return forecastWithoutService(forecaster, series, newestRead);
  }
  const newest = scaleInputs(series, inputScalers, calendar, end - window, end);
  const outputs = forwardComposite(network, composite, newest);

  const forecasts = readForecasts(series, forecaster, outputs, 1);
  const beginning = beginningOf(series, window, end);
  const times = Array.from({ length: horizon }, (_, index) =>
    timeAfter(beginning.issuedAt, series.step, index + 1),
  );
  return {
    ...beginning,
    points: times.map((time, index) => ({ time, lead: index + 1, value: forecasts.point[index]! })),
    expectedError: scores === null ? [] : scores.model.byLead.map(({ rmse }) => rmse),
    intervals:
      intervals === null
        ? null
        : {
            byLead: forecastIntervals(series, intervals.calibration, forecasts, times),
            coverage: intervals.coverage,
            part: intervals.calibration.part,
          },
    event: event === null ? null : forecastEvent(event, newest, inputScalers),
    warnings: forecastWarnings(series, warnings, {
      inputs: newest,
      scalers: inputScalers,
      end,
      point: forecasts.point,
    }),
  };
}

/** The end of the newest window by what was read alone; null where that is known ahead too, or there is none. */
function endOfReadings(series: Series, window: number, horizon: number): number | null {
  const read = inputVariables(series).filter(({ lead }) => lead === undefined);
  return read.length === series.inputs.length ? null : endOfNewestWindow(read, series, window, horizon);
}

/** @throws Problem 'stations-together' where a series is of several stations, whose models only verify so far */
export function requireOneStation({ stations = [] }: Series): void {
  if (stations.length > 0) throw new Problem('stations-together', { count: stations.length });
}

/** @throws Problem 'columns-differ', 'setting-invalid' (another time step) */
export function requireSameVariables(forecaster: Forecaster, series: Series): void {
  const { source, step } = forecaster;
  const inputs = inputVariables(series);
  const require = (expected: ForecasterVariable, found: ForecasterVariable | undefined): void => {
    if (found?.name === expected.name && found.unit === expected.unit) return;
    throw new Problem('columns-differ', { file: source.fileName, column: expected.name });
  };
  forecaster.inputs.forEach((input, index) => require(input, inputs[index]));
  require(forecaster.target, targetVariable(series));
  if (series.step.label !== step.label) {
    const wanted = phrase('step', { label: step.label });
    const found = phrase('step', { label: series.step.label });
    const cause = phrase('steps-differ', { wanted, found });
    throw new Problem('setting-invalid', { setting: phrase('setting-step'), cause });
  }
}

/** The row after the newest `window` rows in a row that have all of these inputs; null where there are none. */
function endOfNewestWindow(
  inputs: readonly Variable[],
  series: Series,
  window: number,
  horizon: number,
): number | null {
  const rows = series.time.length;
  if (rows < window) throw new Problem('too-few-rows', { rows, window, horizon, needed: window });
  let complete = 0;
  for (let row = rows - 1; row >= 0; row--) {
    complete = inputs.some(({ values }) => Number.isNaN(values[row])) ? 0 : complete + 1;
    if (complete === window) return row + window;
  }
  return null;
}
