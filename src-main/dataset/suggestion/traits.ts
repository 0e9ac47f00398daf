import { clockOfNumber } from '../time/clocks';
import type { TimeOrder } from '../time/time-step';

/** What the values of a column show, beyond its statistics. */
export interface ColumnTraits {
  /** Share of the newest tenth of the rows in which something was read, 0 to 1; 1 where those rows are too few to tell. */
  readonly newestShare: number;
  /** Whole numbers alone. */
  readonly isWhole: boolean;
  /** No more than two different values, as of a flag. */
  readonly isTwoValued: boolean;
  /** From row to row it grows by one and the same: a row number, seconds since some day. */
  readonly risesEvenly: boolean;
  /** Clock times written as one number (905 is five past nine), of the row's own time in whatever zone. */
  readonly tellsClock: boolean;
  /** Readings of some rows, and of the row after each, the same for all columns of a table, in order of time; NaN for none. */
  readonly sample: { readonly now: Float64Array; readonly next: Float64Array };
}

/** Pairs of rows at which columns are compared with each other. */
const SAMPLE_PAIRS = 2048;
/** The newest part of a record: one row in so many. */
const NEWEST = 10;
const FEWEST_NEWEST = 5;
/** Where fewer steps than this are equal it is no counter; a record may have been cut and put together again. */
const LEAST_EVEN_RISES = 0.95;
const FEWEST_RISES = 30;

/** @param readings of all rows, NaN for none. @param order the rows with a time, in order of time */
export function traitsOf(
  readings: Float64Array,
  { rows, times }: Pick<TimeOrder, 'rows' | 'times'>,
): ColumnTraits {
  const length = rows.length;
  const pairs = Math.min(SAMPLE_PAIRS, Math.floor(length / 2));
  const sample = { now: new Float64Array(pairs), next: new Float64Array(pairs) };
  for (let pair = 0; pair < pairs; pair += 1) {
    const at = Math.floor((pair * (length - 1)) / pairs);
    sample.now[pair] = readings[rows[at]!]!;
    sample.next[pair] = readings[rows[at + 1]!]!;
  }
  const newestFrom = length - Math.max(1, Math.ceil(length / NEWEST));
  let newest = 0;
  for (let at = newestFrom; at < length; at += 1) if (!Number.isNaN(readings[rows[at]!]!)) newest += 1;
  let [isWhole, isTwoValued] = [true, true];
  let [first, second, before, rise, rises, even] = [NaN, NaN, NaN, NaN, 0, 0];
  // Of most columns all is known after a twentieth of the rows: the loop ends where no later row can change it.
  const mostUneven = (1 - LEAST_EVEN_RISES) * length;
  for (let at = 0; at < length; at += 1) {
    if (!isWhole && !isTwoValued && rises - even > mostUneven) break;
    const value = readings[rows[at]!]!;
    if (Number.isNaN(value)) continue;
    if (isWhole && !Number.isInteger(value)) isWhole = false;
    if (Number.isNaN(first)) first = value;
    else if (value !== first && Number.isNaN(second)) second = value;
    else if (value !== first && value !== second) isTwoValued = false;
    if (value > before) {
      rises += 1;
      if (Number.isNaN(rise)) rise = value - before;
      if (value - before === rise) even += 1;
    } else if (value <= before) {
      rises += 1;
    }
    before = value;
  }
  return {
    newestShare: length - newestFrom < FEWEST_NEWEST ? 1 : newest / (length - newestFrom),
    isWhole,
    isTwoValued,
    risesEvenly: rises >= FEWEST_RISES && even >= LEAST_EVEN_RISES * rises,
    tellsClock: isWhole && tellsClock(readings, rows, times),
    sample,
  };
}

const MINUTES_A_DAY = 1440;
/** Rows that are looked at, and how many different clock times they must tell. */
const CLOCK_ROWS = 500;
const FEWEST_CLOCKS = 3;

/** Whether a column goes with the time of its row: a second clock, of another zone, beside the one that was read. */
function tellsClock(readings: Float64Array, rows: Uint32Array, times: Float64Array): boolean {
  const clocks = new Set<number>();
  let shift = NaN;
  for (let at = 0; at < Math.min(rows.length, CLOCK_ROWS); at += 1) {
    const value = readings[rows[at]!]!;
    if (Number.isNaN(value)) continue;
    const minutes = Math.floor(clockOfNumber(value) / 60_000) - Math.floor(times[at]! / 60_000);
    const apart = ((minutes % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY;
    if (Number.isNaN(shift)) shift = apart;
    if (apart !== shift) return false;
    clocks.add(value);
  }
  return clocks.size >= FEWEST_CLOCKS;
}
