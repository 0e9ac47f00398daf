import { canonicalUnitOf, convertUnit, type Quantity } from '../../contract/quantities';
import { coversTime, type Struck } from '../../contract/readings';
import { outlierTest, type Readings } from './readings';

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

export const HOUR = 3_600_000;

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
export type JumpTest = (from: number, to: number, hours: number) => boolean;

/** Null for a quantity that may change at once. */
export function jumpTest(quantity: Quantity, unit: string): JumpTest | null {
  const fastest = FASTEST_CHANGE[quantity];
  if (fastest === undefined) return null;
  const scale = scaleOf(quantity, unit);
  return (from, to, hours) =>
    Math.abs(to - from) * scale > Math.min(fastest.most, fastest.atOnce + fastest.anHour * hours);
}

/** A spike of more readings is a change that stays. */
const LONGEST_SPIKE = 3;
/** Nor is one that is away for longer than the hours in which the weather itself comes and goes. */
const LONGEST_SPIKE_HOURS = 3;
/** Where more of a column are spikes, it changes faster than what it is taken for. */
const MOST_SPIKES = 0.01;
/**
 * Stuck runs that are shorter are only told: days in whole degrees are alike for a week now and then, in official records
 * too, and so are hours of a foggy day.
 */
const LEAST_TAKEN = { readings: 24, hours: 36 };
/** Where more of a column stands still, it is a record of something that does. */
const MOST_STUCK = 0.2;

/** What a reading is taken out for. */
export const FAULTS = ['out-of-range', 'spike', 'stuck'] as const;
export type Fault = (typeof FAULTS)[number];

/** The readings of a column that have a fault. */
export interface FaultsFound {
  /** The place of its fault in `FAULTS` and 1; 0 for none. One for each reading. */
  readonly codes: Uint8Array;
  readonly counts: Readonly<Record<Fault, number>>;
}

export interface Meant {
  readonly quantity: Quantity;
  readonly unit: string;
}

/**
 * The readings of a whole column that count as missing, by the rules that the axis, the report of the column and its marks
 * share. A rule that fits too many of them does not fit the column, and takes none.
 * @param readings in order of time. @param times of them
 * @param kept spans whose readings count whatever they look like; undefined, as in mappings from before there were rules of
 * spikes and stuck runs: of these none is taken
 */
export function faultsIn(
  readings: Readings,
  times: Float64Array,
  { quantity, unit }: Meant,
  kept: Struck | undefined,
): FaultsFound {
  const codes = new Uint8Array(times.length);
  const counts = { 'out-of-range': 0, spike: 0, stuck: 0 };
  const isOut = outlierTest(readings);
  const take = (at: number, fault: Fault): void => {
    if (kept !== undefined && kept.length > 0 && coversTime(kept, times[at] ?? NaN)) return;
    codes[at] = FAULTS.indexOf(fault) + 1;
    counts[fault] += 1;
  };
  const weather = readings.values.slice();
  readings.values.forEach((value, at) => {
    if (!isOut(value)) return;
    weather[at] = NaN;
    take(at, 'out-of-range');
  });
  if (kept === undefined) return { codes, counts };
  const valueAt = (at: number): number => weather[at] ?? NaN;
  const spikes = spikesIn(times, valueAt, { quantity, unit });
  if (spikes.length <= MOST_SPIKES * readings.count) {
    for (const at of spikes) {
      weather[at] = NaN;
      take(at, 'spike');
    }
  }
  const runs = [...stuckRuns(times, valueAt, quantity)].filter(
    ({ start, end }) =>
      end - start >= LEAST_TAKEN.readings &&
      ((times[end - 1] ?? NaN) - (times[start] ?? NaN)) / HOUR >= LEAST_TAKEN.hours,
  );
  const stuck = runs.reduce((sum, { start, end }) => sum + end - start, 0);
  if (stuck <= MOST_STUCK * readings.count) {
    for (const { start, end } of runs) for (let at = start; at < end; at += 1) take(at, 'stuck');
  }
  return { codes, counts };
}

/**
 * The readings that jump away and come back: a change that is faster than the quantity changes leads to them, another one
 * away, and those around them agree. A change that stays, as of a front, is none.
 * @param times in order. @param valueAt the reading at each of them, NaN for none
 */
export function spikesIn(
  times: Float64Array,
  valueAt: (at: number) => number,
  { quantity, unit }: Meant,
): readonly number[] {
  const isJump = jumpTest(quantity, unit);
  if (isJump === null) return [];
  const there: number[] = [];
  for (let at = 0; at < times.length; at += 1) if (!Number.isNaN(valueAt(at))) there.push(at);
  const hours = (from: number, to: number): number => ((times[to] ?? NaN) - (times[from] ?? NaN)) / HOUR;
  const jumps = (from: number, to: number): boolean => isJump(valueAt(from), valueAt(to), hours(from, to));
  const spikes: number[] = [];
  for (let place = 0; place + 2 < there.length; place += 1) {
    const before = there[place]!;
    if (!jumps(before, there[place + 1]!)) continue;
    for (let length = 1; length <= LONGEST_SPIKE && place + length + 1 < there.length; length += 1) {
      const last = there[place + length]!;
      const back = there[place + length + 1]!;
      if (length > 1 && hours(there[place + 1]!, last) > LONGEST_SPIKE_HOURS) break;
      if (!jumps(before, last)) break;
      if (!jumps(last, back)) continue;
      if (!agree(valueAt(before), valueAt(back), valueAt(there[place + 1]!), valueAt(last))) continue;
      for (let off = 1; off <= length; off += 1) spikes.push(there[place + off]!);
      place += length - 1;
      break;
    }
  }
  return spikes;
}

/** Those around a spike differ by less than this share of its height. */
const MOST_APART = 0.25;

const agree = (before: number, back: number, first: number, last: number): boolean =>
  Math.abs(back - before) <= MOST_APART * Math.min(Math.abs(first - before), Math.abs(last - back)) &&
  Math.sign(first - before) === Math.sign(last - back);
