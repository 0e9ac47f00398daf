import { EMPTY, type CellColumn } from '../cells/columns';
import { dayOf } from './dates';
import type { TimeColumn } from '../cells/table';
import { inTheirCenturies } from './centuries';
import { clockBeside } from './clocks';
import { cutAt, isWhole, sampleRows, stepsForward } from './samples';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A column is a part of a date when at least this share of its cells are. */
const LEAST_SHARE = 0.9;

type Key = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'dayOfYear';

interface Part {
  readonly key: Key;
  readonly name: RegExp;
  readonly low: number;
  readonly high: number;
  readonly format: string;
}

/**
 * In the order in which they are looked for: 'mm' is the month until there is one, then the minute. In the languages of
 * the services and consoles that we know.
 */
const PARTS: readonly Part[] = [
  {
    key: 'year',
    name: /^(year|yyyy|yr|yy|jahr|jaar|ann[eé]e|an|a[nñ]o|anno|[aå]r|rok|vuosi|v|год|년|년도|연도|연|年)$/i,
    low: 1650,
    high: 2200,
    format: 'YYYY',
  },
  {
    key: 'month',
    name: /^(month|mm|mo|mon|monat|mois|mes|m[eê]s|mese|maand|m[aå]ned|m[aå]nad|miesi[aą]c|m[eě]s[ií]c|kuukausi|kk|месяц|월|月)$/i,
    low: 1,
    high: 12,
    format: 'MM',
  },
  {
    key: 'day',
    name: /^(day|dd|da|dy|tag|dom|jour|d[ií]a|giorno|dag|dzie[nń]|den|p[aä]iv[aä]|pv|день|일|日)$/i,
    low: 1,
    high: 31,
    format: 'DD',
  },
  {
    key: 'dayOfYear',
    name: /^(doy|jday|jd|jul|yday|ddd|julian ?day|day ?of ?year|day|tag des jahres|jour julien)$/i,
    low: 1,
    high: 366,
    format: 'DDD',
  },
  {
    key: 'hour',
    name: /^(hour|hh|hr|stunde|heure|hora|ora|uur|timme|godzina|hodina|tunti|час|시|시간|時|时)$/i,
    low: 0,
    high: 24,
    format: 'HH',
  },
  {
    key: 'minute',
    name: /^(minute|min|mn|mm(?: \(2\))?|minuut|minuto|minuta|минута|분|分)$/i,
    low: 0,
    high: 59,
    format: 'mm',
  },
];

/**
 * The time by columns of year, month, day, hour and minute, whole numbers even if written '1980.0': by their names, in
 * one language or two ('年/Year'), or by their numbers where they have none that we know. Null without.
 * @param now milliseconds since 1970, for years of two digits
 */
export function timeOfParts(columns: readonly CellColumn[], now = Date.now()): TimeColumn | null {
  const parts = partsByName(columns) ?? partsByShape(columns);
  return parts === null ? null : readParts(columns, parts, now);
}

function partsByName(columns: readonly CellColumn[]): ReadonlyMap<Key, number> | null {
  const parts = new Map<Key, number>();
  const taken = new Set<number>();
  for (const { key, name, low, high } of PARTS) {
    if (key === 'dayOfYear' && parts.has('day') && parts.has('month')) continue;
    const index = columns.findIndex(
      (column, at) =>
        !taken.has(at) &&
        namesOf(column).some((each) => name.test(each)) &&
        (holdsWhole(column, low, high) || (key === 'year' && holdsWhole(column, 0, 99))),
    );
    if (index < 0) continue;
    taken.add(index);
    parts.set(key, index);
  }
  // Without a month 'day' counts the days of the year.
  const day = parts.get('day');
  if (day !== undefined && !parts.has('month') && !parts.has('dayOfYear')) {
    parts.delete('day');
    parts.set('dayOfYear', day);
  }
  if (!parts.has('year') || !(parts.has('month') || parts.has('dayOfYear'))) return null;
  if (!parts.has('day') && !parts.has('dayOfYear')) parts.delete('hour');
  if (!parts.has('hour')) parts.delete('minute');
  return parts;
}

/** The orders in which parts stand where names do not tell them, those with more parts first. */
const SHAPES: readonly (readonly Key[])[] = [
  ['year', 'dayOfYear', 'month', 'day', 'hour', 'minute'],
  ['year', 'month', 'day', 'hour', 'minute'],
  ['day', 'month', 'year', 'hour', 'minute'],
  ['year', 'dayOfYear', 'month', 'day', 'hour'],
  ['year', 'month', 'day', 'hour'],
  ['day', 'month', 'year', 'hour'],
  ['year', 'dayOfYear', 'hour', 'minute'],
  ['year', 'dayOfYear', 'month', 'day'],
  ['year', 'dayOfYear', 'hour'],
  ['year', 'month', 'day'],
  ['day', 'month', 'year'],
  ['month', 'day', 'year'],
  ['year', 'dayOfYear'],
  ['year', 'month'],
];
/** A date stands among the first columns, behind the number of a station or of the row. */
const MOST_BEFORE = 4;
const SHAPE_ROWS = 2000;
/** By their numbers alone columns are a date only if with them nearly each row lies after the one before it. */
const LEAST_FORWARD = 0.9;

function partsByShape(columns: readonly CellColumn[]): ReadonlyMap<Key, number> | null {
  for (let start = 0; start <= Math.min(MOST_BEFORE, columns.length - 2); start += 1) {
    for (const keys of SHAPES) {
      const parts = new Map(keys.map((key, at) => [key, start + at] as const));
      if (fitsShape(columns, parts)) return parts;
    }
  }
  return null;
}

function fitsShape(columns: readonly CellColumn[], parts: ReadonlyMap<Key, number>): boolean {
  const isFitting = PARTS.every(({ key, low, high }) => {
    const index = parts.get(key);
    const column = index === undefined ? undefined : columns[index];
    return index === undefined || (column !== undefined && holdsWhole(column, low, high));
  });
  if (!isFitting) return false;
  const rows = Math.min(SHAPE_ROWS, columns[0]?.length ?? 0);
  const days = timesOf(columns, parts, rows, (row) => partAt(columns, parts, 'year', row));
  const beside = parts.has('hour') ? null : clockBeside(columns, days, [...parts.values()]);
  const times = days.map((day, row) => day + (beside?.clock.read(row) ?? 0));
  const readable = times.filter((time) => !Number.isNaN(time)).length;
  const { forward, backward } = stepsForward(times);
  const doy = parts.get('dayOfYear');
  const agrees = doy === undefined || !parts.has('month') || saysSameDay(columns, doy, days);
  return agrees && readable >= LEAST_SHARE * rows && Math.max(forward, backward) >= LEAST_FORWARD;
}

/** Whether a day of the year says the same as month and day beside it. */
function saysSameDay(columns: readonly CellColumn[], doy: number, times: Float64Array): boolean {
  const column = columns[doy];
  return times.every((time, row) => {
    const start = Date.UTC(new Date(time).getUTCFullYear(), 0, 1);
    return Number.isNaN(time) || column?.numberAt(row) === Math.floor((time - start) / DAY) + 1;
  });
}

function partAt(
  columns: readonly CellColumn[],
  parts: ReadonlyMap<Key, number>,
  key: Key,
  row: number,
  otherwise = NaN,
): number {
  const index = parts.get(key);
  return index === undefined ? otherwise : (columns[index]?.numberAt(row) ?? NaN);
}

function timesOf(
  columns: readonly CellColumn[],
  parts: ReadonlyMap<Key, number>,
  rows: number,
  yearAt: (row: number) => number,
): Float64Array {
  const at = (key: Key, row: number, otherwise?: number): number =>
    partAt(columns, parts, key, row, otherwise);
  const byMonth = parts.has('month') || !parts.has('dayOfYear');
  return new Float64Array(rows).map((_, row) => {
    const year = yearAt(row);
    const day = byMonth
      ? dayOf(year, at('month', row, 1), at('day', row, 1))
      : dayOf(year, 1, 1) + (at('dayOfYear', row) - 1) * DAY;
    return day + at('hour', row, 0) * HOUR + at('minute', row, 0) * 60_000;
  });
}

const SHORT_YEAR = 100;
const LAST_CENTURY = 1900;

function readParts(columns: readonly CellColumn[], parts: ReadonlyMap<Key, number>, now: number): TimeColumn {
  const year = parts.get('year') ?? 0;
  const rows = columns[year]?.length ?? 0;
  let hasShortYears = false;
  const days = timesOf(columns, parts, rows, (row) => {
    const given = partAt(columns, parts, 'year', row);
    if (!(given < SHORT_YEAR)) return given;
    hasShortYears = true;
    return given + LAST_CENTURY;
  });
  const own = hasShortYears ? inTheirCenturies(days, now) : days;
  const hasDay = parts.has('day') || parts.has('dayOfYear');
  const beside = hasDay && !parts.has('hour') ? clockBeside(columns, own, [...parts.values()]) : null;
  const times = beside === null ? own : own.map((day, row) => day + beside.clock.read(row));
  let unreadable = 0;
  let firstUnreadableRow = -1;
  times.forEach((time, row) => {
    if (!Number.isNaN(time) || columns[year]?.kindAt(row) === EMPTY) return;
    unreadable += 1;
    if (firstUnreadableRow < 0) firstUnreadableRow = row;
  });
  const formats = PARTS.filter(({ key }) => parts.has(key)).map((part) => part.format);
  const format = [...formats, ...(beside === null ? [] : [beside.clock.format])].join(' ');
  const indices = [...parts.values(), ...(beside === null ? [] : [beside.index])];
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

/** The names in a header, which may say the same in two languages: '年/Year'. */
const namesOf = ({ name }: CellColumn): readonly string[] => {
  const plain = cutAt(name, /[([](?!2\))/);
  return [plain, ...plain.split('/').map((each) => each.trim())];
};

function holdsWhole(column: CellColumn, low: number, high: number): boolean {
  const rows = sampleRows(column);
  const whole = rows.filter((row) => isWhole(column.numberAt(row), low, high)).length;
  return rows.length > 0 && whole / rows.length >= LEAST_SHARE;
}
