import { physicalRange, type Quantity } from '../contract/quantities';
import { EMPTY, MISSING_WORD, NUMBER, WORD, type CellColumn } from './columns';
import { degreesOfCompass } from './compass';
import { isNegativeSentinel, isTrace, sentinelTest } from './missing';

/** A column's cells as numbers in the unit of the file; NaN where there is none. */
export interface Readings {
  readonly values: Float64Array;
  readonly count: number;
  readonly missing: number;
  readonly words: number;
  /** The first row with a word; -1 without. */
  readonly firstWordRow: number;
  readonly outOfRange: number;
}

/**
 * Reads cells as numbers of a quantity: words for missing and sentinels out of its range are missing, a trace is 0, a
 * word of the compass its degrees.
 */
export function readingsOf(
  column: CellColumn,
  quantity: Quantity,
  unit: string,
  rows?: Uint32Array,
): Readings {
  const length = rows?.length ?? column.length;
  const values = new Float64Array(length).fill(NaN);
  const [lowest, highest] = physicalRange(quantity, unit);
  const isSentinel = sentinelTestFor(column, quantity, unit);
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
      if (isSentinel(value)) value = NaN;
    } else if (kind === WORD && isTrace(column.textAt(row), quantity)) {
      value = 0;
    } else if (kind === WORD && quantity === 'wind direction') {
      const degrees = degreesOfCompass(column.textAt(row));
      if (degrees === undefined) {
        words += 1;
        if (firstWordRow < 0) firstWordRow = row;
        continue;
      }
      if (Number.isNaN(degrees)) missing += 1;
      value = degrees;
    } else if (kind === WORD) {
      words += 1;
      if (firstWordRow < 0) firstWordRow = row;
    }
    if (!Number.isNaN(value)) {
      values[at] = value;
      count += 1;
      if (value < lowest || value > highest) outOfRange += 1;
    } else if (kind === EMPTY || kind === MISSING_WORD || kind === NUMBER) {
      missing += 1;
    }
  }
  return { values, count, missing, words, firstWordRow, outOfRange };
}

function sentinelTestFor(column: CellColumn, quantity: Quantity, unit: string): (value: number) => boolean {
  if (column.missing.chosen !== null) return () => false;
  if (quantity !== 'other') return sentinelTest(quantity, unit);
  for (let row = 0; row < column.length; row += 1) {
    const value = column.numberAt(row);
    if (value < 0 && !isNegativeSentinel(value)) return () => false;
  }
  return isNegativeSentinel;
}

const SAMPLE = 2000;

/** Whether nine of ten words in a column are of the compass, and it holds no numbers. */
export function holdsCompassWords(column: CellColumn): boolean {
  const stride = Math.max(1, Math.floor(column.length / SAMPLE));
  let words = 0;
  let ofCompass = 0;
  const different = new Set<string>();
  for (let row = 0; row < column.length; row += stride) {
    const kind = column.kindAt(row);
    if (kind === NUMBER) return false;
    if (kind !== WORD) continue;
    words += 1;
    const text = column.textAt(row);
    if (degreesOfCompass(text) === undefined) continue;
    ofCompass += 1;
    different.add(text);
  }
  // A flag of quality may be an 'E' throughout.
  return different.size >= 3 && ofCompass / words >= 0.9;
}

/** The 5th and 95th percentile of a column's numbers, by a sample over the whole; NaN without numbers. */
export function usualRange(column: CellColumn): readonly [low: number, high: number] {
  const stride = Math.max(1, Math.floor(column.length / SAMPLE));
  const sample: number[] = [];
  for (let row = 0; row < column.length; row += stride) {
    const value = column.numberAt(row);
    if (!Number.isNaN(value)) sample.push(value);
  }
  sample.sort((a, b) => a - b);
  const at = (share: number): number => sample[Math.round(share * (sample.length - 1))] ?? NaN;
  return [at(0.05), at(0.95)];
}
