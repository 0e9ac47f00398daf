import type { TimeStep } from '../contract/series';

const SECONDS_PER_DAY = 86_400;
const MILLISECONDS_PER_DAY = 1000 * SECONDS_PER_DAY;
/** Mean length of the Gregorian year. */
const DAYS_PER_YEAR = 365.2425;

/** Which parts of the calendar the network sees, each as sine and cosine. */
export interface Calendar {
  /** Day of year. */
  readonly year: boolean;
  /** Waves of the day of year: 1, or with those that turn 2, 3, ... times a year. */
  readonly harmonics: number;
  /** Hour of day. */
  readonly day: boolean;
}

/** Days since the year began, with the fraction of the day: 0 at midnight of 1 January. `time` as `Series.time`. */
export function dayOfYear(time: number): number {
  return (time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1)) / MILLISECONDS_PER_DAY;
}

/** Hours since midnight, 0 to under 24. */
export function hourOfDay(time: number): number {
  const sinceMidnight = ((time % MILLISECONDS_PER_DAY) + MILLISECONDS_PER_DAY) % MILLISECONDS_PER_DAY;
  return sinceMidnight / (MILLISECONDS_PER_DAY / 24);
}

/** What turns, once in so many seconds. A sine and a cosine of each are inputs. */
interface Wave {
  readonly name: string;
  readonly seconds: number;
  readonly turnsAt: (time: number) => number;
}

/** The waves of the calendar inputs, in their order: those of the year, then that of the day. */
function wavesOf({ year, harmonics, day }: Calendar): readonly Wave[] {
  const yearly = Array.from({ length: year ? harmonics : 0 }, (_, index): Wave => {
    const times = index + 1;
    return {
      name: times === 1 ? 'day of year' : `${times} x day of year`,
      seconds: (DAYS_PER_YEAR * SECONDS_PER_DAY) / times,
      turnsAt: (time) => (times * dayOfYear(time)) / DAYS_PER_YEAR,
    };
  });
  const daily: Wave = {
    name: 'hour of day',
    seconds: SECONDS_PER_DAY,
    turnsAt: (time) => hourOfDay(time) / 24,
  };
  return day ? [...yearly, daily] : yearly;
}

/** How long, in seconds, each sine and cosine pair of the calendar inputs takes to turn once, in their order. */
export const calendarPeriods = (calendar: Calendar): readonly number[] =>
  wavesOf(calendar).map(({ seconds }) => seconds);

/** Names of the calendar inputs, in the order of `calendarValues`. */
export function calendarNames(calendar: Calendar): readonly string[] {
  return wavesOf(calendar).flatMap(({ name }) => [`sin(${name})`, `cos(${name})`]);
}

/** Gives the calendar inputs at a time, each from -1 to 1: they need no scaler. */
export function calendarReader(calendar: Calendar): (time: number) => readonly number[] {
  const waves = wavesOf(calendar);
  return (time) =>
    waves.flatMap(({ turnsAt }) => {
      const angle = 2 * Math.PI * turnsAt(time);
      return [Math.sin(angle), Math.cos(angle)];
    });
}

/** The time `steps` steps later. A monthly step goes by the calendar: 31 January and one month is the end of February. */
export function timeAfter(time: number, step: TimeStep, steps: number): number {
  if (step.label !== 'monthly') return time + steps * step.seconds * 1000;
  const date = new Date(time);
  const month = date.getUTCMonth() + steps;
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return new Date(time).setUTCMonth(month, Math.min(date.getUTCDate(), lastDay));
}
