import type { ReadingOptions } from '../../contract/dataset';
import { DETECT_ALL } from '../../contract/dataset';
import { isTimeName } from '../cells/column-names';
import { EMPTY, type CellColumn } from '../cells/columns';
import {
  isBareNumber,
  offsetOf,
  ordersOfShape,
  parseDate,
  patternOf,
  zoneOf,
  DATE_ORDERS,
  type DateOrder,
} from './dates';
import { addClock } from './clocks';
import { inTheirCenturies } from './centuries';
import { repeatsOf, stepsForward } from './samples';
import { timeOfParts } from './time-parts';
import { asTypicalYear } from './typical-year';
import { zoneOfLetters, zoneOfName, zonesOfColumn } from './zone-names';
import { ZoneClock } from './zones';
import type { TimeColumn } from '../cells/table';

type TimeOptions = Pick<ReadingOptions, 'dateFormat' | 'zone'>;

const SAMPLE_ROWS = 400;
/** A column holds dates when at least this share of its cells can be read as one. */
const LEAST_SHARE = 0.5;
const LEAST_SAMPLE_SHARE = 0.8;

/**
 * The time of the readings, or null: a column of dates (a name such as 'date' or '일시' wins, then the first), with a
 * clock beside it where the dates alone do not tell rows apart, or else columns of year, month, day and hour, or else a
 * column of numbers that can be nothing but days one after another, whatever it is called.
 * @throws Problem 'setting-invalid' for a zone that does not exist
 */
export function findTimeColumn(
  columns: readonly CellColumn[],
  options: TimeOptions = DETECT_ALL,
): TimeColumn | null {
  const candidates = columns
    .map((column, index) => ({ column, index, named: isTimeName(column.name) }))
    .filter(({ column, named }) => ordersOfSample(column, named, options).length > 0)
    .sort((a, b) => Number(b.named) - Number(a.named) || a.index - b.index);
  for (const { column, index } of candidates) {
    const found = readDates(column, index, options);
    if (found !== null) return finished(withClockOrFiner(found, columns), columns, options);
  }
  const found = timeOfParts(columns) ?? unnamedNumbers(columns);
  return found === null ? null : finished(found, columns, options);
}

function finished(found: TimeColumn, columns: readonly CellColumn[], options: TimeOptions): TimeColumn {
  const told = { ...found, zone: found.zone ?? zoneInHeader(found, columns) };
  const placed = inZone(told, columns, options);
  const typical = asTypicalYear(placed.times);
  return typical === null ? placed : { ...placed, times: typical.times, typicalYear: typical.typical };
}

/**
 * Dates with their clock. Where dates stand on several rows without one, columns of year, month, day and hour beside
 * them may tell the hour.
 */
function withClockOrFiner(found: TimeColumn, columns: readonly CellColumn[]): TimeColumn {
  const clocked = addClock(found, columns);
  if (clocked !== found || shareOfRepeats(found.times) < MOST_REPEATS) return clocked;
  const parts = timeOfParts(columns);
  return parts !== null && shareOfRepeats(parts.times) < MOST_REPEATS ? parts : found;
}

/** With a larger share of rows whose time stood before it is no time of single readings. */
export const MOST_REPEATS = 0.5;

/** The share of readable times that stood before. */
export function shareOfRepeats(times: Float64Array): number {
  const { readable, repeats } = repeatsOf(times);
  return readable === 0 ? 0 : repeats / readable;
}

const LEAST_UNNAMED_ROWS = 3;
const LEAST_FORWARD = 0.95;
const UNNAMED_ORDERS: readonly DateOrder[] = ['compact', 'compact-month', 'ydoy', 'unix', 'unix-ms'];

/** Numbers in a column of any name that are dates one after another (20230304, 20230305), with a clock or without. */
function unnamedNumbers(columns: readonly CellColumn[]): TimeColumn | null {
  for (const [index, column] of columns.entries()) {
    const texts = sampleTexts(column);
    for (const order of UNNAMED_ORDERS) {
      if (texts.length < LEAST_UNNAMED_ROWS || texts.some((text) => Number.isNaN(parseDate(text, order))))
        continue;
      const found = addClock(readInOrder(column, index, order), columns);
      const { forward, backward } = stepsForward(found.times);
      const isEven = order === 'compact' || evenShare(found.times.subarray(0, 20_000)) >= LEAST_SHARE;
      if (isEven && Math.max(forward, backward) >= LEAST_FORWARD) return found;
    }
  }
  return null;
}

function zoneInHeader(found: TimeColumn, columns: readonly CellColumn[]): string | null {
  const names = found.parts.map((part) => columns[part]?.name ?? '');
  return names.map(zoneOfName).find((zone) => zone !== null) ?? null;
}

/** A column that is known to be one of dates, on a clock that runs evenly; null where it holds none. */
export function timeAt(
  columns: readonly CellColumn[],
  index: number,
  options: TimeOptions = DETECT_ALL,
): TimeColumn | null {
  const column = columns[index];
  const found = column === undefined ? null : readDates(column, index, options);
  if (found === null) return null;
  return inZone({ ...found, zone: found.zone ?? zoneInHeader(found, columns) }, columns, options);
}

/**
 * Reads a column as dates. The order of day and month is the one in which most of the whole column can be read and, if
 * several can, in which time runs forward and in even steps. Null where it holds no dates.
 */
export function readTimeColumn(column: CellColumn, index: number): TimeColumn | null {
  return readDates(column, index, DETECT_ALL);
}

function readDates(column: CellColumn, index: number, options: TimeOptions): TimeColumn | null {
  const orders = ordersOfSample(column, true, options);
  const filled = countFilled(column);
  let best: TimeColumn | null = null;
  let bestScore = 0;
  for (const order of orders) {
    const candidate = readInOrder(column, index, order);
    const readable = filled - candidate.unreadable;
    if (readable === 0 || (options.dateFormat === null && readable / filled < LEAST_SHARE)) continue;
    const score = readable + (orders.length === 1 ? 0 : likelihoodOf(candidate, order));
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/** Where nothing else tells them apart: less than one step in 20,000 that is uneven. */
const DAY_FIRST = 1e-6;

/** Below 1: which of several orders, all of which give dates, is meant. */
function likelihoodOf({ times, format }: TimeColumn, order: DateOrder): number {
  const some = times.subarray(0, 20_000);
  // A short year in front is rare; a 12-hour clock is of a country that writes the month first.
  const habit = order === 'y2md' ? -0.2 : order === 'mdy' && format.endsWith(' a') ? 0.02 : 0;
  return 0.3 + 0.3 * forwardShare(some) + 0.3 * evenShare(some) + habit + (order === 'dmy' ? DAY_FIRST : 0);
}

/** The orders in which a sample of a column reads as dates. Bare numbers count only in a column named as a time. */
function ordersOfSample(column: CellColumn, numbersCount: boolean, options: TimeOptions): DateOrder[] {
  const texts = sampleTexts(column);
  if (texts.length === 0) return [];
  return DATE_ORDERS.filter((order) => {
    if (isBareNumber(order) && !numbersCount && !texts.every((text) => /[T:]|^\d{4}[-/]/.test(text)))
      return false;
    if (options.dateFormat !== null && patternOf(texts, order) === options.dateFormat) return true;
    const readable = texts.filter((text) => !Number.isNaN(parseDate(text, order)));
    return readable.length / texts.length >= LEAST_SAMPLE_SHARE;
  }).filter((order, _, all) => {
    if (options.dateFormat === null) return true;
    const chosen = all.filter((each) => patternOf(texts, each) === options.dateFormat);
    return chosen.length === 0 || chosen.includes(order);
  });
}

/** Rows that hold something, spread over the whole column. */
function sampleTexts(column: CellColumn): string[] {
  const stride = Math.max(1, Math.floor(column.length / SAMPLE_ROWS));
  const texts: string[] = [];
  for (let row = 0; row < column.length; row += stride) {
    if (column.kindAt(row) !== EMPTY) texts.push(column.textAt(row));
  }
  return texts;
}

function readInOrder(column: CellColumn, index: number, order: DateOrder): TimeColumn {
  const times = new Float64Array(column.length).fill(NaN);
  let unreadable = 0;
  let firstUnreadableRow = -1;
  for (let row = 0; row < column.length; row += 1) {
    if (column.kindAt(row) === EMPTY) continue;
    const time = parseDate(column.textAt(row), order);
    times[row] = time;
    if (!Number.isNaN(time)) continue;
    unreadable += 1;
    if (firstUnreadableRow < 0) firstUnreadableRow = row;
  }
  const texts = sampleTexts(column);
  const format = patternOf(texts, order);
  const inCentury = /(?<!Y)YY(?!Y)/.test(format) ? inTheirCenturies(times, Date.now()) : times;
  const others = ordersOfShape(texts.slice(0, 50)).map((each) => patternOf(texts, each));
  return {
    column: index,
    parts: [index],
    format,
    formats: [...new Set([format, ...others])],
    zone: order === 'unix' || order === 'unix-ms' ? 'UTC' : zoneOfTexts(texts),
    times: inCentury,
    unreadable,
    firstUnreadableRow,
  };
}

function zoneOfTexts(texts: readonly string[]): string | null {
  return texts.map(zoneOf).find((found) => found !== null) ?? null;
}

const OFFSET = /^[+-]\d\d:\d\d$/;

/**
 * The times on a clock that runs evenly: a chosen zone's standard time, a chosen offset (that which an earlier file of the
 * station had, for times that tell theirs), or, where the offsets behind the times change
 * with summer time, the smallest of them.
 */
function inZone(found: TimeColumn, columns: readonly CellColumn[], { zone }: TimeOptions): TimeColumn {
  const column = columns[found.column];
  if (column === undefined) return found;
  const offsets = offsetsOf(found, column, columns);
  const instants =
    offsets === null ? found.times : found.times.map((time, row) => time - (offsets[row] ?? 0));
  if (zone !== null && OFFSET.test(zone)) {
    const ahead = offsetOf(zone);
    return { ...found, times: offsets === null ? found.times : instants.map((each) => each + ahead), zone };
  }
  if (zone !== null) {
    const [from, to] = rangeOf(instants);
    if (Number.isNaN(from)) return found;
    const clock = new ZoneClock(zone, from, to);
    const times =
      offsets === null ? clock.standardOfWall(found.times) : instants.map((each) => clock.standardOf(each));
    return { ...found, times, zone };
  }
  if (offsets === null || offsets.length === 0) return found;
  const [least, most] = rangeOf(offsets);
  if (least === most || Number.isNaN(least))
    return found.zone === null ? { ...found, zone: offsetText(least) } : found;
  return { ...found, times: instants.map((each) => each + least), zone: offsetText(least) };
}

/** Milliseconds that each row's clock is ahead of UTC; null where nothing tells. */
function offsetsOf(
  found: TimeColumn,
  column: CellColumn,
  columns: readonly CellColumn[],
): Float64Array | null {
  const ofColumn = found.zone === null ? (zonesOfColumn(columns) ?? zonesOfLetters(column)) : null;
  if (found.zone === null && ofColumn === null) return null;
  const offsets = new Float64Array(column.length);
  if (/^Unix/.test(found.format)) return offsets;
  for (let row = 0; row < column.length; row += 1) {
    const zone = ofColumn === null ? zoneOf(column.textAt(row)) : ofColumn(row);
    offsets[row] = Number.isNaN(found.times[row]) ? NaN : offsetOf(zone ?? found.zone ?? '');
  }
  return offsets;
}

/** By the letters of a zone behind each time, '03:00 CEST', where all have them. */
function zonesOfLetters(column: CellColumn): ((row: number) => string | null) | null {
  const texts = sampleTexts(column);
  if (texts.length === 0 || texts.some((text) => zoneOfLetters(text) === null)) return null;
  return (row) => zoneOfLetters(column.textAt(row));
}

function offsetText(offset: number): string {
  if (!(offset !== 0)) return 'UTC';
  const minutes = Math.abs(offset) / 60_000;
  const pad = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${pad(minutes / 60)}:${pad(minutes % 60)}`;
}

function rangeOf(values: Float64Array): readonly [low: number, high: number] {
  let low = NaN;
  let high = NaN;
  for (const value of values) {
    if (!(value >= low)) low = Number.isNaN(value) ? low : value;
    if (!(value <= high)) high = Number.isNaN(value) ? high : value;
  }
  return [low, high];
}

function countFilled(column: CellColumn): number {
  let filled = 0;
  for (let row = 0; row < column.length; row += 1) if (column.kindAt(row) !== EMPTY) filled += 1;
  return filled;
}

/** The share, below 1, of steps from one readable row to the next that go forward. */
function forwardShare(times: Float64Array): number {
  let forward = 0;
  let last = NaN;
  for (const time of times) {
    if (time > last) forward += 1;
    if (!Number.isNaN(time)) last = time;
  }
  return forward / (times.length + 1);
}

/** The share, below 1, of steps that are the commonest one. */
function evenShare(times: Float64Array): number {
  const counts = new Map<number, number>();
  let most = 0;
  for (let row = 1; row < times.length; row += 1) {
    const step = (times[row] ?? NaN) - (times[row - 1] ?? NaN);
    const count = (counts.get(step) ?? 0) + 1;
    counts.set(step, count);
    if (count > most && step !== 0) most = count;
  }
  return most / (times.length + 1);
}
