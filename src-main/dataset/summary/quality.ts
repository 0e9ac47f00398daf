import type { ColumnReport } from '../../contract/dataset';
import { canonicalUnitOf, convertUnit, type Quantity } from '../../contract/quantities';
import { NUMBER, type CellColumn } from '../cells/columns';
import { withoutOutliers, type Readings } from '../cells/readings';
import { isAmount, isRunningTotal } from '../axis/resample';
import type { TimeOrder } from '../time/time-step';

export type QualityFindings = Pick<
  ColumnReport,
  'runningTotal' | 'sentinels' | 'stuck' | 'jumps' | 'firstJump'
>;

/** How long a quantity stays the same, to the last digit, by itself; a run that is longer is that of a stuck sensor. */
interface LongestCalm {
  readonly hours: number;
  /** And at least as many readings: of daily means two may well be equal. */
  readonly readings: number;
  /** A value at which it does stay: saturated air, an overcast sky. */
  readonly rest?: (value: number) => boolean;
}

/**
 * The tests of persistence that networks run ask that some digit changes within an hour to a day (WMO-No. 8, Guide to
 * Instruments and Methods of Observation; Shafer et al. 2000, J. Atmos. Oceanic Technol. 17, 474-494). Ours are wider,
 * since stations at home round to whole units. A zero is never stuck: it is a calm, a dry spell, a night. Rain, snow on
 * the ground, a capped visibility and what we do not know may stay as they are.
 */
const LONGEST_CALM: Partial<Readonly<Record<Quantity, LongestCalm>>> = {
  temperature: { hours: 24, readings: 7 },
  'dew point': { hours: 24, readings: 7 },
  'relative humidity': { hours: 24, readings: 7, rest: (value) => value >= 98 },
  pressure: { hours: 24, readings: 7 },
  'wind speed': { hours: 24, readings: 7 },
  'wind gust': { hours: 24, readings: 7 },
  'wind direction': { hours: 72, readings: 12 },
  'solar radiation': { hours: 24, readings: 7 },
  'UV index': { hours: 24, readings: 24 },
};

/** The largest change between two readings: `atOnce` and `anHour` more for each hour between them, up to `most`. */
interface FastestChange {
  readonly atOnce: number;
  readonly anHour: number;
  readonly most: number;
}

/**
 * In the canonical unit. At once: about twice the largest difference of two readings a minute apart that WMO-No. 8 lets
 * pass; an hour and a day: beyond what fronts and foehn bring but once in decades. What may start and stop at once
 * (rain, sunshine, radiation, direction) has none.
 */
const FASTEST_CHANGE: Partial<Readonly<Record<Quantity, FastestChange>>> = {
  temperature: { atOnce: 6, anHour: 8, most: 30 },
  'dew point': { atOnce: 8, anHour: 10, most: 35 },
  'relative humidity': { atOnce: 30, anHour: 40, most: 100 },
  pressure: { atOnce: 2, anHour: 6, most: 60 },
  'wind speed': { atOnce: 20, anHour: 10, most: 60 },
  'wind gust': { atOnce: 35, anHour: 10, most: 80 },
  'snow depth': { atOnce: 30, anHour: 20, most: 200 },
};

const HOUR = 3_600_000;

/**
 * What looks wrong in a column; nothing is changed for it.
 * @param readings of all rows, in the unit of the file
 * @param lines of the file, by row
 */
export function findFaults(
  column: CellColumn,
  readings: Readings,
  { quantity, unit }: { readonly quantity: Quantity; readonly unit: string },
  order: TimeOrder,
  lines: Uint32Array,
): QualityFindings {
  const weather = withoutOutliers(readings);
  return {
    runningTotal: isAmount(quantity, unit) && isRunningTotal(readings.values),
    sentinels: countSentinels(column, readings.values),
    stuck: longestRun(weather, quantity, order, lines),
    ...findJumps(weather, jumpTest(quantity, unit), order, lines),
  };
}

/** A column of dates. */
export const NO_FAULTS: QualityFindings = {
  runningTotal: false,
  sentinels: 0,
  stuck: null,
  jumps: 0,
  firstJump: null,
};

/** Cells that hold a number which is none of the readings. */
function countSentinels(column: CellColumn, readings: Float64Array): number {
  let count = 0;
  readings.forEach((value, row) => {
    if (Number.isNaN(value) && column.kindAt(row) === NUMBER) count += 1;
  });
  return count;
}

function longestRun(
  readings: Float64Array,
  quantity: Quantity,
  { rows, times }: TimeOrder,
  lines: Uint32Array,
): QualityFindings['stuck'] {
  let longest: QualityFindings['stuck'] = null;
  const valueAt = (at: number): number => readings[rows[at] ?? 0] ?? NaN;
  for (const { start, end } of stuckRuns(times, valueAt, quantity)) {
    const count = end - start;
    if (count > (longest?.count ?? 0)) {
      longest = { value: valueAt(start), count, line: lines[rows[start] ?? 0] ?? 0 };
    }
  }
  return longest;
}

/**
 * The runs of one and the same value that are longer than a quantity stays the same by itself.
 * @param times in order. @param valueAt the reading at each of them, NaN for none
 */
export function* stuckRuns(
  times: Float64Array,
  valueAt: (at: number) => number,
  quantity: Quantity,
): Generator<{ readonly start: number; readonly end: number }> {
  const calm = LONGEST_CALM[quantity];
  if (calm === undefined) return;
  let start = 0;
  for (let at = 1; at <= times.length; at += 1) {
    const value = valueAt(start);
    if (at < times.length && valueAt(at) === value) continue;
    const hours = ((times[at - 1] ?? 0) - (times[start] ?? 0)) / HOUR;
    const isLong = at - start >= calm.readings && hours >= calm.hours;
    if (isLong && value !== 0 && calm.rest?.(value) !== true) yield { start, end: at };
    start = at;
  }
}

/** Canonical units in one unit of the file, for differences. */
function scaleOf(quantity: Quantity, unit: string): number {
  const canonical = canonicalUnitOf(quantity);
  return convertUnit(1, quantity, unit, canonical) - convertUnit(0, quantity, unit, canonical);
}

/** Whether a reading is further from another than the quantity changes in the hours between. */
type JumpTest = (from: number, to: number, hours: number) => boolean;

/** Null for a quantity that may change at once. */
function jumpTest(quantity: Quantity, unit: string): JumpTest | null {
  const fastest = FASTEST_CHANGE[quantity];
  if (fastest === undefined) return null;
  const scale = scaleOf(quantity, unit);
  return (from, to, hours) =>
    Math.abs(to - from) * scale > Math.min(fastest.most, fastest.atOnce + fastest.anHour * hours);
}

/** A spike of more readings is a change that stays. */
const LONGEST_SPIKE = 6;

/**
 * 1 for each reading that lies off those around it: the readings between a change that is faster than the quantity changes
 * and the way back. Where there is none within some readings, the first after the change alone.
 * @param times in order. @param valueAt the reading at each of them, NaN for none
 */
export function spikesIn(
  times: Float64Array,
  valueAt: (at: number) => number,
  { quantity, unit }: { readonly quantity: Quantity; readonly unit: string },
): Uint8Array {
  const spikes = new Uint8Array(times.length);
  const isJump = jumpTest(quantity, unit);
  if (isJump === null) return spikes;
  const jumps = (from: number, to: number): boolean =>
    isJump(valueAt(from), valueAt(to), ((times[to] ?? 0) - (times[from] ?? 0)) / HOUR);
  let before = -1;
  for (let at = 0; at < times.length; at += 1) {
    if (Number.isNaN(valueAt(at))) continue;
    if (before < 0 || !jumps(before, at)) {
      before = at;
      continue;
    }
    let back = at + 1;
    for (let seen = 1; back < times.length; back += 1) {
      if (Number.isNaN(valueAt(back))) continue;
      if (!jumps(before, back)) break;
      seen += 1;
      if (seen > LONGEST_SPIKE) back = times.length;
    }
    const isBack = back < times.length;
    const end = isBack ? back : at + 1;
    for (let off = at; off < end; off += 1) if (!Number.isNaN(valueAt(off))) spikes[off] = 1;
    at = isBack ? back : at;
    before = at;
  }
  return spikes;
}

function findJumps(
  readings: Float64Array,
  isJump: JumpTest | null,
  order: TimeOrder,
  lines: Uint32Array,
): Pick<QualityFindings, 'jumps' | 'firstJump'> {
  let jumps = 0;
  let firstJump: QualityFindings['firstJump'] = null;
  if (isJump === null) return { jumps, firstJump };
  let before = NaN;
  let timeBefore = NaN;
  order.rows.forEach((row, at) => {
    const value = readings[row] ?? NaN;
    if (Number.isNaN(value)) return;
    const time = order.times[at] ?? NaN;
    const hours = (time - timeBefore) / HOUR;
    if (isJump(before, value, hours)) {
      jumps += 1;
      firstJump ??= { line: lines[row] ?? 0, from: before, to: value };
    }
    before = value;
    timeBefore = time;
  });
  return { jumps, firstJump };
}
