import type { Series } from '../../contract/series';
import { dayOfYear, hourOfDay, targetVariable, type Preparation } from '../../series';
import type { FitCertainBaseline } from './baseline';
import { learningRows } from '../windows/learning-rows';

const DAYS = 366;
/** Half the width, in days, of the stretch of the year that is averaged: enough years are rarely at hand for less. */
const HALF_WIDTH = 15;
const SECONDS_PER_DAY = 86_400;

/**
 * The usual value of the day of the year: the mean over the learning rows within 15 days of it, in any year; by hour
 * of day as well where the step is shorter than a day. Where there is no such row the stretch is widened.
 * @returns the usual value at a time, in the target's unit
 */
export function learnUsual(series: Series, preparation: Preparation): (time: number) => number {
  const learning = learningRows(series, preparation);
  const isLearning = (_: number, row: number): boolean => learning[row] === 1;
  const { values } = targetVariable(series);
  return usualByTime(series.time.filter(isLearning), values.filter(isLearning), series.step.seconds);
}

/** The same of any values, each with its time. [n] */
export function usualByTime(
  times: Float64Array,
  values: ArrayLike<number>,
  stepSeconds: number,
): (time: number) => number {
  const hours = stepSeconds < SECONDS_PER_DAY ? 24 : 1;
  const binOf = (time: number): number =>
    Math.floor(dayOfYear(time)) * hours + (hours === 1 ? 0 : Math.floor(hourOfDay(time)));

  const sums = new Float64Array(DAYS * hours);
  const counts = new Float64Array(DAYS * hours);
  times.forEach((time, index) => {
    const bin = binOf(time);
    sums[bin]! += values[index]!;
    counts[bin]! += 1;
  });
  const usual = smoothYear(sums, counts, hours);
  return (time) => usual[binOf(time)]!;
}

/** Climatology: the usual value at the time that the forecast is for. */
export const fitClimatology: FitCertainBaseline = (series, preparation) => {
  const { window, horizon } = preparation;
  const usualAt = learnUsual(series, preparation);
  return {
    forecast(starts) {
      const forecast = new Float32Array(starts.length * horizon);
      starts.forEach((start, index) => {
        for (let lead = 0; lead < horizon; lead++) {
          forecast[index * horizon + lead] = usualAt(series.time[start + window + lead]!);
        }
      });
      return forecast;
    },
  };
};

/** Means over a circular stretch of days around each, hour by hour. [days, hours] */
function smoothYear(sums: Float64Array, counts: Float64Array, hours: number): Float64Array {
  const total = (numbers: Float64Array): number => numbers.reduce((sum, value) => sum + value, 0);
  const overall = total(sums) / total(counts);
  return sums.map((_, bin) => {
    const day = Math.floor(bin / hours);
    const hour = bin % hours;
    for (let reach = HALF_WIDTH; reach < DAYS / 2 + HALF_WIDTH; reach += HALF_WIDTH) {
      let sum = 0;
      let count = 0;
      for (let away = -reach; away <= reach; away++) {
        const near = ((day + away + 2 * DAYS) % DAYS) * hours + hour;
        sum += sums[near]!;
        count += counts[near]!;
      }
      if (count > 0) return sum / count;
    }
    return overall;
  });
}
