import { axisRowsOf, type Series } from '../../contract/series';
import { targetVariable } from '../../series';
import type { FitBaseline } from './baseline';

const MILLISECONDS_PER_DAY = 86_400_000;
/** Readings shorter than a day repeat the day until they span this much; then, and from a day on, they repeat the year. */
const YEARS_FOR_YEARLY = 2;
const DAYS_PER_YEAR = 365.2425;

/**
 * Seasonal naive: the value one season before; a season is a year, or a day where readings more often than daily span
 * less than two years. Where that reading lies after the last one of the window, or is not there, the newest whole
 * season before it serves (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 5.2). Nothing is made up:
 * where one forecast of the asked windows has no reading in any season, there is no seasonal naive forecast at all.
 */
export const fitSeasonalNaive: FitBaseline = (series, { window, horizon }) => {
  const { values } = targetVariable(series);
  const seasonEarlier = rowsSeasonEarlier(series);
  return {
    forecast(starts) {
      const forecast = new Float32Array(starts.length * horizon);
      for (let index = 0; index < starts.length; index++) {
        const end = starts[index]! + window;
        for (let lead = 0; lead < horizon; lead++) {
          let row = seasonEarlier[end + lead]!;
          while (row >= 0 && (row >= end || Number.isNaN(values[row]))) row = seasonEarlier[row]!;
          if (row < 0) return null;
          forecast[index * horizon + lead] = values[row]!;
        }
      }
      return forecast;
    },
  };
};

/** For each row the one a season earlier; -1 where there is none. [rows] */
function rowsSeasonEarlier(series: Series): Int32Array {
  const axisRows = axisRowsOf(series);
  const time = series.time.subarray(0, axisRows);
  const before = seasonOf({ ...series, time });
  const tolerance = (series.step.seconds * 1000) / 2;
  const onAxis = Int32Array.from(time, (moment, own) => {
    const wanted = before(moment);
    const row = nearestRow(time, wanted);
    return row < own && Math.abs(time[row]! - wanted) <= tolerance ? row : -1;
  });
  return Int32Array.from(series.time, (_, row) => {
    const place = row % axisRows;
    return onAxis[place]! < 0 ? -1 : row - place + onAxis[place]!;
  });
}

/** The same moment one season before. */
function seasonOf({ time, step }: Series): (moment: number) => number {
  const span = (time[time.length - 1] ?? 0) - (time[0] ?? 0);
  const isDaily =
    step.seconds * 1000 < MILLISECONDS_PER_DAY &&
    span < YEARS_FOR_YEARLY * DAYS_PER_YEAR * MILLISECONDS_PER_DAY;
  return isDaily ? (moment) => moment - MILLISECONDS_PER_DAY : yearBefore;
}

/** By the calendar; 29 February becomes the 28th. */
function yearBefore(moment: number): number {
  const date = new Date(moment);
  const year = date.getUTCFullYear() - 1;
  const [month, day] = [date.getUTCMonth(), date.getUTCDate()];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(moment).setUTCFullYear(year, month, Math.min(day, lastDay));
}

/** The row whose time is nearest. */
function nearestRow(time: Float64Array, wanted: number): number {
  let [low, high] = [0, time.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low > 0 && wanted - time[low - 1]! < time[low]! - wanted ? low - 1 : low;
}
