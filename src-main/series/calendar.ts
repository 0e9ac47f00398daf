import type { TimeStep } from '../contract/series';

const millisecondsPerDay = 86_400_000;
/** Mean length of the Gregorian year. */
const daysPerYear = 365.2425;

/** Which parts of the calendar the network sees, each as sine and cosine. */
export interface Calendar {
  /** Day of year. */
  readonly year: boolean;
  /** Hour of day. */
  readonly day: boolean;
}

/** Days since the year began, with the fraction of the day: 0 at midnight of 1 January. `time` as `Series.time`. */
export function dayOfYear(time: number): number {
  return (time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1)) / millisecondsPerDay;
}

/** Hours since midnight, 0 to under 24. */
export function hourOfDay(time: number): number {
  const sinceMidnight = ((time % millisecondsPerDay) + millisecondsPerDay) % millisecondsPerDay;
  return sinceMidnight / (millisecondsPerDay / 24);
}

/** Names of the calendar inputs, in the order of `calendarValues`. */
export function calendarNames({ year, day }: Calendar): readonly string[] {
  return [
    ...(year ? ['sin(day of year)', 'cos(day of year)'] : []),
    ...(day ? ['sin(hour of day)', 'cos(hour of day)'] : []),
  ];
}

/** The calendar inputs at a time, each from -1 to 1: they need no scaler. */
export function calendarValues({ year, day }: Calendar, time: number): readonly number[] {
  const values: number[] = [];
  const add = (turns: number): void => {
    values.push(Math.sin(2 * Math.PI * turns), Math.cos(2 * Math.PI * turns));
  };
  if (year) add(dayOfYear(time) / daysPerYear);
  if (day) add(hourOfDay(time) / 24);
  return values;
}

/** The time `steps` steps later. A monthly step goes by the calendar: 31 January and one month is the end of February. */
export function timeAfter(time: number, step: TimeStep, steps: number): number {
  if (step.label !== 'monthly') return time + steps * step.seconds * 1000;
  const date = new Date(time);
  const month = date.getUTCMonth() + steps;
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return new Date(time).setUTCMonth(month, Math.min(date.getUTCDate(), lastDay));
}
