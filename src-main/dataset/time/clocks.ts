import type { CellColumn } from '../cells/columns';
import { toldMeaning } from '../cells/column-names';
import { EMPTY } from '../cells/columns';
import { parseClock } from './dates';
import type { TimeColumn } from '../cells/table';
import { cutAt, isWhole, sampleRows, stepsForward } from './samples';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A column is a clock when at least this share of its cells are. */
const LEAST_SHARE = 0.9;
/** Numbers beside dates that repeat are a clock, whatever they are called, if with them time nearly always runs on. */
const LEAST_FORWARD = 0.95;

const CLOCK_WORDS =
  'time|zeit|uhrzeit|시간|시각|clock|utc|lst|heure|hora|ora|tijd|tid|kl|hhmm|時刻|时间|godzina|klo|kello|час|время|時間|ura|sat|čas';
const CLOCK_NAME = new RegExp(`^(?:${CLOCK_WORDS})(?![a-z])|\\btime\\b(?! ?of)|uhrzeit`, 'i');
const HOUR_WORDS = 'hour|hr|hrs|hh|h|stunde|heure|hora|ora|uur|시|utc|時|时|timme|time|godz|hod';
const HOUR_NAME = new RegExp(`^(?:${HOUR_WORDS}|${CLOCK_WORDS})$`, 'i');
/** Loggers name the clock by its zone. */
const ZONE_NAME = /^(?:utc|gmt|z|local|lst|[acehjkmpw]e?[ds]t|akst|akdt|a[ce][ds]t|nz[ds]t|cet|mez|msk)$/i;
const NAMELESS = /^column \d/;

export interface Clock {
  readonly format: string;
  /** Milliseconds since midnight; NaN where the cell is no time. */
  read(row: number): number;
}

const isClockName = (name: string): boolean => {
  const plain = cutAt(name, /[([]/)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/_/g, ' ');
  return CLOCK_NAME.test(plain) || HOUR_NAME.test(plain) || ZONE_NAME.test(plain);
};

/**
 * Joins a column of clock times to a column of dates that all lie at midnight: where it stands right behind the dates,
 * or where dates stand on several rows, so that a time is needed to tell them apart.
 */
export function addClock(found: TimeColumn, columns: readonly CellColumn[]): TimeColumn {
  if (!/D/.test(found.format) || found.times.some((time) => time % DAY !== 0)) return found;
  const beside = clockBeside(columns, found.times, [found.column]);
  const column = beside === null ? undefined : columns[beside.index];
  return beside === null || column === undefined
    ? found
    : withClock(found, column, beside.index, beside.clock);
}

/**
 * The column of times of day that belongs to dates: named as a clock or right behind them, and with numbers alone only
 * where dates stand on several rows. Null without.
 * @param days the dates, one a row
 * @param taken the columns of the date
 */
export function clockBeside(
  columns: readonly CellColumn[],
  days: Float64Array,
  taken: readonly number[],
): { readonly index: number; readonly clock: Clock } | null {
  const repeats = hasRepeats(days);
  const next = Math.max(...taken) + 1;
  for (const [index, column] of columns.entries()) {
    if (taken.includes(index)) continue;
    const isNext = index === next;
    const isNamed = isClockName(column.name);
    const isNamelessNext = isNext && NAMELESS.test(column.name);
    if (!isNext && !(repeats && isNamed)) continue;
    const asNumbers = repeats && (isNamed || isNamelessNext);
    const clock =
      isNext && !isNamed && !isNamelessNext && !repeats ? null : clockReader(column, asNumbers, isNamed);
    if (clock !== null) return { index, clock };
    // A name that says what is measured is none of a clock.
    const mayBe = repeats && isNext && toldMeaning(column.name).quantity === 'other';
    const guessed = mayBe ? clockReader(column, true, isNamed) : null;
    if (guessed !== null && runsOn(days, guessed)) return { index, clock: guessed };
  }
  return null;
}

/** Whether time runs forward, or backward, from row to row with a clock. */
function runsOn(days: Float64Array, clock: Clock): boolean {
  const times = days.subarray(0, 2000).map((day, row) => day + clock.read(row));
  const { forward, backward } = stepsForward(times);
  return Math.max(forward, backward) >= LEAST_FORWARD;
}

/** @param isNamed as a clock: then '13.05' is five past one, and no number */
function clockReader(column: CellColumn, numbersCount: boolean, isNamed: boolean): Clock | null {
  const rows = sampleRows(column);
  if (rows.length === 0) return null;
  const share = (test: (row: number) => boolean): number => rows.filter(test).length / rows.length;
  const textOf = (row: number): string => {
    const text = column.textAt(row);
    return isNamed
      ? text
          .replace(/^(\d{2})(\d{2}) ?(?:utc|gmt|z)$/i, '$1:$2')
          .replace(/^(\d{1,2})\.(\d{2})(?=$|\.\d{2}$)/, '$1:$2')
          .replace(/(:\d{2})\./, '$1:')
      : text;
  };
  if (share((row) => !Number.isNaN(parseClock(textOf(row)))) >= LEAST_SHARE) {
    const texts = rows.map(textOf);
    const half = texts.some((text) => /[ap]\.?m?\.?$|오전|오후/i.test(text));
    const seconds = texts.some((text) => /:\d\d:\d\d/.test(text)) ? ':ss' : '';
    const hour = (half ? 'h' : 'H').repeat(texts.every((text) => /^\d\d:/.test(text)) ? 2 : 1);
    const read = (row: number): number => parseClock(textOf(row));
    return { format: `${hour}:mm${seconds}${half ? ' a' : ''}`, read };
  }
  if (!numbersCount || share((row) => isClockNumber(column.numberAt(row))) < LEAST_SHARE) return null;
  // 0 to 24 are hours; larger numbers hours and minutes, 1330.
  const largest = rows.reduce((most, row) => Math.max(most, column.numberAt(row) || 0), 0);
  if (largest <= 24) return { format: 'H', read: (row) => column.numberAt(row) * HOUR };
  return {
    format: 'HHmm',
    read: (row) => clockOfNumber(column.numberAt(row)),
  };
}

/** Milliseconds since midnight of a clock time written as one number: 1330 is half past one. NaN where it is none. */
export const clockOfNumber = (number: number): number =>
  isClockNumber(number) ? Math.floor(number / 100) * HOUR + (number % 100) * 60_000 : NaN;

const isClockNumber = (number: number): boolean => isWhole(number, 0, 2400) && number % 100 < 60;

function withClock(found: TimeColumn, column: CellColumn, index: number, clock: Clock): TimeColumn {
  const times = found.times.map((day, row) => day + clock.read(row));
  // Excel writes midnight behind dates whose clock stands in the next column.
  const withFormat = (format: string): string => `${format.replace(/[T ][Hh]+:mm.*$/, '')} ${clock.format}`;
  return {
    ...countUnreadable(times, column, found),
    parts: [found.column, index],
    format: withFormat(found.format),
    formats: found.formats.map(withFormat),
  };
}

/** Rows whose date could be read and whose clock cannot count too. */
function countUnreadable(times: Float64Array, column: CellColumn, found: TimeColumn): TimeColumn {
  let { unreadable, firstUnreadableRow } = found;
  for (let row = 0; row < times.length; row += 1) {
    if (!Number.isNaN(times[row]) || Number.isNaN(found.times[row])) continue;
    if (column.kindAt(row) === EMPTY) times[row] = found.times[row] ?? NaN;
    else {
      unreadable += 1;
      if (firstUnreadableRow < 0 || row < firstUnreadableRow) firstUnreadableRow = row;
    }
  }
  return { ...found, times, unreadable, firstUnreadableRow };
}

function hasRepeats(times: Float64Array): boolean {
  const seen = new Set<number>();
  for (const time of times.subarray(0, 5000)) {
    if (Number.isNaN(time)) continue;
    if (seen.has(time)) return true;
    seen.add(time);
  }
  return false;
}
