import type { Quantity } from '../../contract/quantities';

/**
 * How the readings of one step become one: amounts add up, of gusts the strongest counts, directions are averaged as
 * arrows (the mean of 350° and 10° is 0°), the rest is averaged.
 */
export type Aggregation = 'mean' | 'sum' | 'max' | 'min' | 'direction';

/** One value a step; NaN where there was no reading. */
export interface Resampled {
  readonly values: Float64Array;
  /** Readings in each step. */
  readonly counts: Uint32Array;
}

/** A step needs this share of the readings that its column usually has in one; else it stands for a part of it only. */
const LEAST_SHARE = 0.75;
/** Increases that a column must show before it is called a running total. */
const LEAST_INCREASES = 8;
/** A resultant shorter than this is no direction: the arrows cancel each other. */
const SHORTEST_RESULTANT = 1e-9;

/** @param unit of the file. @param runningTotal whether the column counts on until it is set back */
export function aggregationFor(quantity: Quantity, unit: string, runningTotal: boolean): Aggregation {
  if (quantity === 'wind gust') return 'max';
  if (quantity === 'wind direction') return 'direction';
  return isAmount(quantity, unit) ? (runningTotal ? 'max' : 'sum') : 'mean';
}

/** Whether readings of two steps add up to one of both: what fell, shone or was received, but no rate and no power. */
export function isAmount(quantity: Quantity, unit: string): boolean {
  if (quantity === 'solar radiation') return /^([MkG]?J|[kM]?Wh)\b/.test(unit);
  return quantity === 'rain' || quantity === 'sunshine';
}

/**
 * Whether readings are a counter that grows until it is set back (rain since midnight, since New Year), rather than
 * what fell in each step: amounts go down as often as up, a counter only where it is set back.
 */
export function isRunningTotal(readings: Float64Array): boolean {
  let increases = 0;
  let decreases = 0;
  let before = NaN;
  for (const value of readings) {
    if (Number.isNaN(value)) continue;
    if (value > before) increases += 1;
    else if (value < before) decreases += 1;
    before = value;
  }
  return increases >= LEAST_INCREASES && decreases * 4 <= increases;
}

/** A count that falls by less than this share was not set back: its gauge rounds, or was corrected. */
const LEAST_FALL = 0.1;
/** Two readings further apart than so many steps of the log have others between them that are not there. */
export const LONGEST_REACH = 1.5;

/**
 * What fell between each reading of a running total and the one before it, all of it where the count was set back. None
 * for the first reading, nor behind a hole that reaches into another step: in which of them it fell is not known.
 * @param times in order. @param slotOfRow the step of each. @param logStep of the log, in milliseconds
 */
export function amountsOfTotal(
  readings: Float64Array,
  times: Float64Array,
  slotOfRow: Uint32Array,
  logStep: number,
): Float64Array {
  const amounts = new Float64Array(readings.length).fill(NaN);
  let last = -1;
  readings.forEach((total, at) => {
    if (Number.isNaN(total)) return;
    const before = readings[last] ?? NaN;
    const isNear = (times[at] ?? 0) - (times[last] ?? 0) <= LONGEST_REACH * logStep;
    if (last >= 0 && (isNear || slotOfRow[at] === slotOfRow[last])) {
      if (total >= before) amounts[at] = total - before;
      else amounts[at] = total >= (1 - LEAST_FALL) * before ? 0 : total;
    }
    last = at;
  });
  return amounts;
}

/**
 * Puts readings into steps. @param slotOfRow the step of each reading, 0 to `length` - 1; NaN readings are left out
 */
export function resample(
  readings: Float64Array,
  slotOfRow: Uint32Array,
  length: number,
  aggregation: Aggregation,
): Resampled {
  if (aggregation === 'direction') return resampleDirections(readings, slotOfRow, length);
  const values = new Float64Array(length).fill(NaN);
  const counts = new Uint32Array(length);
  for (let at = 0; at < readings.length; at += 1) {
    const reading = readings[at] ?? NaN;
    if (Number.isNaN(reading)) continue;
    const slot = slotOfRow[at] ?? 0;
    const before = values[slot] ?? NaN;
    const isFirst = counts[slot] === 0;
    counts[slot] = (counts[slot] ?? 0) + 1;
    if (isFirst) values[slot] = reading;
    else if (aggregation === 'max') values[slot] = Math.max(before, reading);
    else if (aggregation === 'min') values[slot] = Math.min(before, reading);
    else values[slot] = before + reading;
  }
  if (aggregation === 'mean') {
    for (let slot = 0; slot < length; slot += 1) {
      const count = counts[slot] ?? 0;
      if (count > 1) values[slot] = (values[slot] ?? NaN) / count;
    }
  }
  return { values, counts };
}

/** Degrees: the direction of the sum of the unit arrows. A single reading stays as it is. */
function resampleDirections(readings: Float64Array, slotOfRow: Uint32Array, length: number): Resampled {
  const radians = readings.map((degrees) => (degrees * Math.PI) / 180);
  const east = resample(radians.map(Math.sin), slotOfRow, length, 'sum');
  const north = resample(radians.map(Math.cos), slotOfRow, length, 'sum');
  const values = new Float64Array(length).fill(NaN);
  readings.forEach((degrees, at) => {
    if (!Number.isNaN(degrees)) values[slotOfRow[at] ?? 0] = degrees;
  });
  for (let slot = 0; slot < length; slot += 1) {
    const count = east.counts[slot] ?? 0;
    if (count < 2) continue;
    const x = east.values[slot] ?? 0;
    const y = north.values[slot] ?? 0;
    const isNone = Math.hypot(x, y) < SHORTEST_RESULTANT * count;
    values[slot] = isNone ? NaN : ((Math.atan2(x, y) * 180) / Math.PI + 360) % 360;
  }
  return { values, counts: east.counts };
}

/** 1 for each step with too few readings to speak for it, by what steps with readings usually have; else 0. */
export function partialSlots(counts: Uint32Array): Uint8Array {
  const least = leastCount(counts);
  return Uint8Array.from(counts, (count) => (count > 0 && count < least ? 1 : 0));
}

/** The fewest readings with which a step is whole. */
export function leastCount(counts: Uint32Array): number {
  const present = counts.filter((count) => count > 0).sort();
  return Math.ceil((present[present.length >> 1] ?? 1) * LEAST_SHARE);
}
