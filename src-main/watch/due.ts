import type { Schedule } from '../contract/watch';

/** Forecasts that are made up for at most: those of a longer absence are of no use to anybody any more. */
const MOST_CAUGHT_UP = 500;

/** What is known when it is asked which forecasts are due. */
export interface Moment {
  readonly schedule: Schedule;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
  /** Times of all rows that hold a reading, ascending, as `Series.time`. */
  readonly rows: Float64Array;
  /** It is decided up to here; null: nothing is yet. */
  readonly decidedUpTo: number | null;
  readonly decidedAt: number | null;
}

export interface Due {
  /** The rows that a forecast is to be issued from, one after another. */
  readonly rows: readonly number[];
  /** Rows that are too many to be made up for. */
  readonly skipped: readonly number[];
}

const NOTHING: Due = { rows: [], skipped: [] };

/** Which forecasts are due. The first time it is that of the newest row, whatever the schedule. */
export function dueAt({ schedule, now, rows, decidedUpTo, decidedAt }: Moment): Due {
  const newest = rows.at(-1);
  if (newest === undefined || newest <= (decidedUpTo ?? -Infinity)) return NOTHING;
  if (decidedUpTo === null) return { rows: [newest], skipped: [] };
  if (schedule.kind === 'reading') {
    const newer = [...rows].filter((row) => row > decidedUpTo);
    const kept = Math.max(0, newer.length - MOST_CAUGHT_UP);
    return { rows: newer.slice(kept), skipped: newer.slice(0, kept) };
  }
  const last = latestMoment(schedule, now);
  return last === null || last <= (decidedAt ?? -Infinity) ? NOTHING : { rows: [newest], skipped: [] };
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The last moment up to now at which the schedule asks for a forecast; times of day are those of the machine's clock. */
export function latestMoment(schedule: Exclude<Schedule, { kind: 'reading' }>, now: number): number | null {
  if (schedule.kind === 'every') {
    // Full hours are those of the machine's clock, also where its zone lies half an hour off.
    const offset = new Date(now).getTimezoneOffset() * MINUTE_MS;
    const every = schedule.seconds * 1000;
    return Math.floor((now - offset) / every) * every + offset;
  }
  const moments = [now - DAY_MS, now].flatMap((day) => schedule.times.map((time) => momentOf(day, time)));
  return moments.filter((moment) => moment <= now).reduce<number | null>((a, b) => Math.max(a ?? b, b), null);
}

/** 'HH:MM' on the day of an instant. Where summer time leaves that time out it is what the clock shows instead. */
function momentOf(day: number, time: string): number {
  const date = new Date(day);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate(), hours, minutes).getTime();
}
