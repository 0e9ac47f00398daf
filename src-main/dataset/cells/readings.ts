import { outliersAreMissing } from '../../contract/dataset';
import { physicalRange, type Quantity } from '../../contract/quantities';
import { EMPTY, MISSING_WORD, NUMBER, WORD, type CellColumn } from './columns';
import { compassOf, type Compass } from './compass';
import { isCalm, isFill, isNegativeSentinel, isNothing, isOfNothing, isTrace, sentinelTest } from './missing';

/** A column's cells as numbers in the unit of the file; NaN where there is none. */
export interface Readings {
  readonly values: Float64Array;
  readonly count: number;
  readonly missing: number;
  readonly words: number;
  /** The first row with a word; -1 without. */
  readonly firstWordRow: number;
  readonly outOfRange: number;
  /** What there is of the quantity; of one that is not known, what is anywhere near the other readings. */
  readonly range: Range;
}

type Range = readonly [lowest: number, highest: number];

/**
 * Reads cells as numbers of a quantity: words for missing and sentinels out of its range are missing, a trace and a calm
 * are 0, a word of the compass its degrees.
 */
export function readingsOf(
  column: CellColumn,
  quantity: Quantity,
  unit: string,
  rows?: Uint32Array,
): Readings {
  const length = rows?.length ?? column.length;
  const values = new Float64Array(length).fill(NaN);
  const physical = physicalRange(quantity, unit);
  const isSentinel = sentinelTestFor(column, quantity, unit);
  const compass = quantity === 'wind direction' ? compassOfColumn(column) : null;
  let count = 0;
  let missing = 0;
  let words = 0;
  let firstWordRow = -1;
  let outOfRange = 0;
  for (let at = 0; at < length; at += 1) {
    const row = rows === undefined ? at : (rows[at] ?? 0);
    const kind = column.kindAt(row);
    let value = NaN;
    if (kind === NUMBER) {
      value = column.numberAt(row);
      if (isFill(value, quantity) || isSentinel(value)) value = NaN;
    } else if (kind === WORD && isZero(column.textAt(row), quantity)) {
      value = 0;
    } else if (kind === WORD && compass !== null) {
      const degrees = compass(column.textAt(row));
      if (degrees === undefined) {
        words += 1;
        if (firstWordRow < 0) firstWordRow = row;
        continue;
      }
      if (Number.isNaN(degrees)) missing += 1;
      value = degrees;
    } else if (kind === WORD && isNothing(column.textAt(row))) {
      missing += 1;
    } else if (kind === WORD) {
      words += 1;
      if (firstWordRow < 0) firstWordRow = row;
    }
    if (!Number.isNaN(value)) {
      values[at] = value;
      count += 1;
    } else if (kind === EMPTY || kind === MISSING_WORD || kind === NUMBER) {
      missing += 1;
    }
  }
  const range = quantity === 'other' ? rangeAround(values, usualRange(column)) : physical;
  const [lowest, highest] = range;
  for (const value of values) if (value < lowest || value > highest) outOfRange += 1;
  return { values, count, missing, words, firstWordRow, outOfRange, range };
}

/** Readings that are off the usual range by so many times its width may well be weather: a flood is. */
const FAR_OFF = 20;

/** All numbers, but for those that lie far off the usual range, and many times as far as all others. */
function rangeAround(values: Float64Array, [low, high]: Range): Range {
  const width = high - low;
  if (!(width > 0)) return ANYTHING;
  const distanceOf = (value: number): number => Math.max(low - value, value - high);
  let [nearest, farthest] = [FAR_OFF * width, 0];
  for (const value of values) farthest = Math.max(farthest, distanceOf(value) || 0);
  if (farthest <= nearest) return ANYTHING;
  // What lies near by keeps what lies a little farther, and so on: a tail has no gap in it.
  const far = values
    .filter((value) => distanceOf(value) > nearest)
    .map(distanceOf)
    .sort();
  for (const distance of far) {
    if (distance > FAR_BEYOND * nearest) break;
    nearest = distance;
  }
  return farthest <= nearest ? ANYTHING : [low - nearest, high + nearest];
}

const ANYTHING: Range = [-Infinity, Infinity];

/** Whether a value is one of the few that no weather gives, see `outliersAreMissing`. */
export function outlierTest(readings: Readings): (value: number) => boolean {
  if (!outliersAreMissing(readings)) return () => false;
  const [low, high] = readings.range;
  return (value) => value < low || value > high;
}

/** The values of readings, those that no weather gives missing. */
export function withoutOutliers(readings: Readings): Float64Array {
  const isOut = outlierTest(readings);
  return readings.values.map((value) => (isOut(value) ? NaN : value));
}

function sentinelTestFor(column: CellColumn, quantity: Quantity, unit: string): (value: number) => boolean {
  if (column.missing.chosen !== null) return () => false;
  if (quantity !== 'other') return sentinelTest(quantity, unit);
  let isNegative = false;
  let largest = 0;
  for (let row = 0; row < column.length; row += 1) {
    const value = column.numberAt(row);
    if (Number.isNaN(value) || isNegativeSentinel(value) || isFill(value, quantity)) continue;
    if (value < 0) isNegative = true;
    largest = Math.max(largest, Math.abs(value));
  }
  // Among readings below zero one that is many times as large as all others.
  return isNegative
    ? (value) => isNegativeSentinel(value) && -value >= LARGE_SENTINEL && -value > FAR_BEYOND * largest
    : isNegativeSentinel;
}

const LARGE_SENTINEL = 99;
const FAR_BEYOND = 5;

const SAMPLE = 2000;

const isZero = (text: string, quantity: Quantity): boolean =>
  isTrace(text, quantity) || isCalm(text, quantity) || (isOfNothing(quantity) && isNothing(text));

function compassOfColumn(column: CellColumn): Compass {
  return compassOf(sampleRows(column).map((row) => (column.kindAt(row) === WORD ? column.textAt(row) : '')));
}

/** Rows spread over a whole column. */
function sampleRows(column: CellColumn): number[] {
  const stride = Math.max(1, Math.floor(column.length / SAMPLE));
  return Array.from({ length: Math.ceil(column.length / stride) }, (_, at) => at * stride);
}

/** Whether nine of ten words in a column are of the compass, and it holds no numbers. */
export function holdsCompassWords(column: CellColumn): boolean {
  const rows = sampleRows(column);
  if (rows.some((row) => column.kindAt(row) === NUMBER)) return false;
  const words = rows.filter((row) => column.kindAt(row) === WORD).map((row) => column.textAt(row));
  const compass = compassOf(words);
  const ofCompass = words.filter((word) => compass(word) !== undefined);
  // A flag of quality may be an 'E' throughout.
  return new Set(ofCompass).size >= 3 && ofCompass.length / words.length >= 0.9;
}

/** With fewer rows two values may well be all that fell. */
const LEAST_YES_OR_NO = 20;

/** Whether a column holds nothing but 0 and 1, and both. */
export function holdsYesOrNo(column: CellColumn): boolean {
  const values = sampleRows(column)
    .map((row) => column.numberAt(row))
    .filter((value) => !Number.isNaN(value));
  const ones = values.filter((value) => value === 1).length;
  const zeros = values.filter((value) => value === 0).length;
  return ones > 0 && zeros > 0 && ones + zeros === values.length && values.length >= LEAST_YES_OR_NO;
}

/** The 5th and 95th percentile of a column's numbers, by a sample over the whole; NaN without numbers. */
export function usualRange(column: CellColumn): Range {
  const sample = sampleRows(column)
    .map((row) => column.numberAt(row))
    .filter((value) => !Number.isNaN(value) && !isFill(value, 'other'))
    .sort((a, b) => a - b);
  const at = (share: number): number => sample[Math.round(share * (sample.length - 1))] ?? NaN;
  return [at(0.05), at(0.95)];
}
