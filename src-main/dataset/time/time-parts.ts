import { EMPTY, NUMBER, type CellColumn } from '../cells/columns';
import { dayOf, parseClock } from './dates';
import type { TimeColumn } from '../cells/table';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SAMPLE_ROWS = 400;
/** A column is a clock, or a part of a date, when at least this share of its cells are. */
const LEAST_SHARE = 0.9;

const CLOCK_WORDS = 'time|zeit|uhrzeit|시간|시각|clock|utc|lst|heure|hora|ora|tijd|tid|kl|hhmm|時刻|时间';
const CLOCK_NAME = new RegExp(`^(?:${CLOCK_WORDS})(?![a-z])|\\btime\\b(?! ?of)|uhrzeit`, 'i');
const HOUR_WORDS = 'hour|hr|hrs|hh|h|stunde|heure|hora|ora|uur|시|utc';
const HOUR_NAME = new RegExp(`^(?:${HOUR_WORDS}|${CLOCK_WORDS})$`, 'i');
const NAMELESS = /^column \d/;

/**
 * Joins a column of clock times to a column of dates that all lie at midnight: where it stands right behind the dates,
 * or where dates stand on several rows, so that a time is needed to tell them apart.
 */
export function addClock(found: TimeColumn, columns: readonly CellColumn[]): TimeColumn {
  if (!/D/.test(found.format) || found.times.some((time) => time % DAY !== 0)) return found;
  const repeats = hasRepeats(found.times);
  for (const [index, column] of columns.entries()) {
    if (index === found.column) continue;
    const name = cutAt(column.name, /[([]/);
    const isNext = index === found.column + 1;
    const isNamed = CLOCK_NAME.test(name) || HOUR_NAME.test(name);
    const isNamelessNext = isNext && NAMELESS.test(name);
    if (!(isNext && (isNamed || isNamelessNext)) && !(repeats && (isNamed || isNext))) continue;
    const clock = clockReader(column, repeats && (isNamed || isNamelessNext), isNamed);
    if (clock !== null) return withClock(found, column, index, clock);
  }
  return found;
}

interface Clock {
  readonly format: string;
  /** Milliseconds since midnight; NaN where the cell is no time. */
  read(row: number): number;
}

/** @param isNamed as a clock: then '13.05' is five past one, and no number */
function clockReader(column: CellColumn, numbersCount: boolean, isNamed: boolean): Clock | null {
  const rows = sampleRows(column);
  if (rows.length === 0) return null;
  const share = (test: (row: number) => boolean): number => rows.filter(test).length / rows.length;
  const textOf = (row: number): string => {
    const text = column.textAt(row);
    return isNamed
      ? text.replace(/^(\d{1,2})\.(\d{2})(?=$|\.\d{2}$)/, '$1:$2').replace(/(:\d{2})\./, '$1:')
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
  if (!numbersCount || share((row) => isWhole(column.numberAt(row), 0, 2400)) < LEAST_SHARE) return null;
  // 0 to 24 are hours; larger numbers hours and minutes, 1330.
  const largest = rows.reduce((most, row) => Math.max(most, column.numberAt(row) || 0), 0);
  if (largest <= 24) return { format: 'H', read: (row) => column.numberAt(row) * HOUR };
  return {
    format: 'HHmm',
    read: (row) => {
      const number = column.numberAt(row);
      const minutes = number % 100;
      return minutes < 60 ? Math.floor(number / 100) * HOUR + minutes * 60_000 : NaN;
    },
  };
}

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

interface Part {
  readonly key: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'dayOfYear';
  readonly name: RegExp;
  readonly low: number;
  readonly high: number;
  readonly format: string;
}

/** In the order in which they are looked for: 'mm' is the month until there is one, then the minute. */
const PARTS: readonly Part[] = [
  { key: 'year', name: /^#?(year|yyyy|yr|yy|jahr|년|년도|연도|연)$/i, low: 1650, high: 2200, format: 'YYYY' },
  { key: 'month', name: /^(month|mm|mo|mon|monat|월)$/i, low: 1, high: 12, format: 'MM' },
  { key: 'day', name: /^(day|dd|da|dy|tag|일|dom)$/i, low: 1, high: 31, format: 'DD' },
  { key: 'dayOfYear', name: /^(doy|jday|julian ?day|day ?of ?year)$/i, low: 1, high: 366, format: 'DDD' },
  { key: 'hour', name: /^(hour|hh|hr|stunde|시|시간)$/i, low: 0, high: 24, format: 'HH' },
  { key: 'minute', name: /^(minute|min|mn|mm(?: \(2\))?|분)$/i, low: 0, high: 59, format: 'mm' },
];

/** The time by columns of year, month, day, hour and minute, whole numbers even if written '1980.0'. Null without. */
export function timeOfParts(columns: readonly CellColumn[]): TimeColumn | null {
  const parts = new Map<Part['key'], number>();
  const formats: string[] = [];
  const taken = new Set<number>();
  for (const { key, name, low, high, format } of PARTS) {
    const index = columns.findIndex(
      (column, at) =>
        !taken.has(at) &&
        name.test(plainName(column.name)) &&
        (holdsWhole(column, low, high) || isShortYear(key, column)),
    );
    if (index < 0) continue;
    taken.add(index);
    parts.set(key, index);
    formats.push(format);
  }
  if (parts.size === 0) guessLeadingParts(columns, parts, formats);
  const year = parts.get('year');
  if (year === undefined || (parts.get('month') === undefined && parts.get('dayOfYear') === undefined))
    return null;
  if (parts.get('day') === undefined && parts.get('dayOfYear') === undefined) parts.delete('hour');
  const clock =
    parts.get('hour') === undefined
      ? clockBeside(columns, taken, parts.has('day') || parts.has('dayOfYear'))
      : null;
  return readParts(columns, year, parts, formats, clock);
}

function readParts(
  columns: readonly CellColumn[],
  year: number,
  parts: ReadonlyMap<Part['key'], number>,
  formats: readonly string[],
  clock: { readonly index: number; readonly clock: Clock } | null,
): TimeColumn {
  const rows = columns[year]?.length ?? 0;
  const times = new Float64Array(rows);
  const at = (key: Part['key'], row: number, otherwise: number): number => {
    const index = parts.get(key);
    return index === undefined ? otherwise : (columns[index]?.numberAt(row) ?? NaN);
  };
  let unreadable = 0;
  let firstUnreadableRow = -1;
  for (let row = 0; row < rows; row += 1) {
    const given = at('year', row, NaN);
    const fullYear = given < 100 ? given + (given < 70 ? 2000 : 1900) : given;
    const dayOfYear = at('dayOfYear', row, NaN);
    const day = Number.isNaN(dayOfYear)
      ? dayOf(fullYear, at('month', row, 1), at('day', row, 1))
      : dayOf(fullYear, 1, 1) + (dayOfYear - 1) * DAY;
    const behind = clock === null ? 0 : clock.clock.read(row);
    const time = day + at('hour', row, 0) * HOUR + at('minute', row, 0) * 60_000 + behind;
    times[row] = time;
    if (!Number.isNaN(time) || columns[year]?.kindAt(row) === EMPTY) continue;
    unreadable += 1;
    if (firstUnreadableRow < 0) firstUnreadableRow = row;
  }
  const format = [...formats, ...(clock === null ? [] : [clock.clock.format])].join(' ');
  const indices = [...parts.values(), ...(clock === null ? [] : [clock.index])];
  return {
    column: year,
    parts: [year, ...indices.filter((index) => index !== year)],
    format,
    formats: [format],
    zone: null,
    times,
    unreadable,
    firstUnreadableRow,
  };
}

/** A clock right behind the parts of a date: year, month, day, '13:00'. */
function clockBeside(
  columns: readonly CellColumn[],
  taken: ReadonlySet<number>,
  hasDay: boolean,
): { index: number; clock: Clock } | null {
  const index = Math.max(...taken) + 1;
  const column = columns[index];
  if (!hasDay || column === undefined) return null;
  const isNamed = CLOCK_NAME.test(column.name) || HOUR_NAME.test(column.name);
  const clock = clockReader(column, isNamed, isNamed);
  return clock === null ? null : { index, clock };
}

/** Columns without names: the first two to four are year, month (day, hour) if their numbers can be nothing else. */
function guessLeadingParts(
  columns: readonly CellColumn[],
  parts: Map<Part['key'], number>,
  formats: string[],
): void {
  if (!columns.every(({ name }) => /^column \d+$/.test(name))) return;
  const leading = PARTS.filter(({ key }) => key !== 'dayOfYear' && key !== 'minute');
  for (const [index, { key, low, high, format }] of leading.entries()) {
    const column = columns[index];
    if (column === undefined || !holdsWhole(column, low, high)) return;
    parts.set(key, index);
    formats.push(format);
  }
}

/** A name without what stands in brackets, but for the number of a name that stands twice. */
const plainName = (name: string): string => cutAt(name, /[([](?!2\))/);

/** A name up to where a pattern fits, without a comment sign in front. */
function cutAt(name: string, pattern: RegExp): string {
  const at = name.search(pattern);
  return (at < 0 ? name : name.slice(0, at)).replace(/^#/, '').trim();
}

function isShortYear(key: Part['key'], column: CellColumn): boolean {
  return key === 'year' && holdsWhole(column, 0, 99);
}

function holdsWhole(column: CellColumn, low: number, high: number): boolean {
  const rows = sampleRows(column);
  const whole = rows.filter((row) => isWhole(column.numberAt(row), low, high)).length;
  return rows.length > 0 && whole / rows.length >= LEAST_SHARE;
}

const isWhole = (value: number, low: number, high: number): boolean =>
  Number.isInteger(value) && value >= low && value <= high;

function sampleRows(column: CellColumn): number[] {
  const stride = Math.max(1, Math.floor(column.length / SAMPLE_ROWS));
  const rows: number[] = [];
  for (let row = 0; row < column.length; row += stride) {
    const kind = column.kindAt(row);
    if (kind === NUMBER || kind !== EMPTY) rows.push(row);
  }
  return rows;
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
