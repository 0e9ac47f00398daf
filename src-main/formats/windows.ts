import { INTERVAL_LEVELS } from '../contract/intervals';
import type { Series } from '../contract/series';
import type { Forecaster } from '../forecaster';
import { concatenate } from '../network';
import { calendarReader, inputVariables, scaleInputs, timeAfter } from '../series';
import type { ModelParts } from './parts';
import { forecastEvent, forecastIntervals, readForecasts } from '../verification';

/** Windows of readings that a format is tried on; each array row-major. */
export interface Windows {
  readonly count: number;
  /** [count, window, readings], in their units. */
  readonly readings: Float32Array;
  /** [count, window, calendar inputs] */
  readonly calendar: Float32Array;
  /** [count, window, inputs], scaled, calendar included. */
  readonly scaled: Float32Array;
  /** As `Series.time`: of each step [count, window], and of each time that is forecast [count, horizon]. */
  readonly times: Float64Array;
  readonly ahead: Float64Array;
  /** Sine and cosine of the day of the year of each time that is forecast: [count, horizon, 2] */
  readonly season: Float32Array;
}

/** A tensor of float32, row-major. */
export interface FloatTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The inputs that a whole forecaster asks for, by their names. */
export function namedInputs(
  { count, readings, calendar, season }: Windows,
  parts: ModelParts,
): Readonly<Record<string, FloatTensor>> {
  const { window, horizon } = parts;
  const width = parts.calendar.length;
  return {
    readings: { shape: [count, window, parts.readings], values: readings },
    ...(width === 0 ? {} : { calendar: { shape: [count, window, width], values: calendar } }),
    ...(parts.intervals?.season ? { season: { shape: [count, horizon, 2], values: season } } : {}),
  };
}

/** What a model forecasts for such windows, in the target's unit; what it does not give is left out. */
export interface Said {
  /** [count, horizon] */
  readonly forecast: Float32Array;
  /** [count, horizon, ends]: see `INTERVAL_ENDS` */
  readonly intervals?: Float32Array;
  /** [count, horizon] */
  readonly probability?: Float32Array;
}

const seasonAt = calendarReader({ year: true, harmonics: 1, day: false });

/** @param starts first rows of the windows */
export function windowsAt(forecaster: Forecaster, series: Series, starts: Int32Array): Windows {
  const { window, horizon, calendar, inputScalers } = forecaster;
  const variables = inputVariables(series);
  const calendarAt = calendarReader(calendar);
  const rowsOf = (start: number): readonly number[] =>
    Array.from({ length: window }, (_, step) => start + step);
  const lastTimes = Array.from(starts, (start) => series.time[start + window - 1]!);
  const ahead = lastTimes.flatMap((time) =>
    Array.from({ length: horizon }, (_, lead) => timeAfter(time, series.step, lead + 1)),
  );
  const rows = Array.from(starts, rowsOf).flat();
  const scaled = Array.from(starts, (start) =>
    scaleInputs(series, inputScalers, calendar, start, start + window),
  );
  return {
    count: starts.length,
    readings: Float32Array.from(rows.flatMap((row) => variables.map(({ values }) => values[row]!))),
    calendar: Float32Array.from(rows.flatMap((row) => calendarAt(series.time[row]!))),
    scaled: concatenate(scaled),
    times: Float64Array.from(rows, (row) => series.time[row]!),
    ahead: Float64Array.from(ahead),
    season: Float32Array.from(ahead.flatMap(seasonAt)),
  };
}

/**
 * What Hindcast itself forecasts for the windows.
 * @param outputs of the trained model for them: [count, outputs], scaled
 */
export function saidByHindcast(
  forecaster: Forecaster,
  series: Series,
  { count, ahead, scaled }: Windows,
  outputs: Float32Array,
): Required<Said> {
  const { horizon, window, intervals, event, inputScalers } = forecaster;
  const each = outputs.length / count;
  const size = window * inputScalers.length;
  const bounds: number[] = [];
  const probability: number[] = [];
  for (let index = 0; index < count; index++) {
    if (intervals !== null) {
      const own = readForecasts(series, forecaster, outputs.subarray(index * each, (index + 1) * each), 1);
      const times = ahead.subarray(index * horizon, (index + 1) * horizon);
      for (const levels of forecastIntervals(series, intervals.calibration, own, [...times])) {
        bounds.push(...INTERVAL_LEVELS.flatMap((level) => [levels[level].low, levels[level].high]));
      }
    }
    if (event !== null) {
      const newest = scaled.subarray(index * size, (index + 1) * size);
      probability.push(...forecastEvent(event, newest, inputScalers).probabilities);
    }
  }
  return {
    forecast: readForecasts(series, forecaster, outputs, count).point,
    intervals: Float32Array.from(bounds),
    probability: Float32Array.from(probability),
  };
}

/** Greatest differences: of the forecast and its intervals in the target's unit, of probabilities as such. */
export interface Differences {
  readonly values: number;
  readonly probability: number;
}

export function differencesOf(said: Said, expected: Required<Said>): Differences {
  const { forecast, intervals, probability } = said;
  return {
    values: Math.max(
      greatest(forecast, expected.forecast),
      intervals === undefined ? 0 : greatest(intervals, expected.intervals),
    ),
    probability: probability === undefined ? 0 : greatest(probability, expected.probability),
  };
}

/** Infinity where the numbers are not of one count; NaN where one is none. */
function greatest(values: Float32Array, expected: Float32Array): number {
  if (values.length !== expected.length) return Infinity;
  return values.reduce((most, value, index) => Math.max(most, Math.abs(value - expected[index]!)), 0);
}
