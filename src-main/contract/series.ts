import { z } from 'zod';
import type { Quantity } from './quantities';

/** An instant in milliseconds since 1970, within the range of a JavaScript Date. */
export const instantSchema = z.number().min(-8.64e15).max(8.64e15);

/** The step of a time axis. A month has no fixed length: its label says so and its seconds are the median. */
export interface TimeStep {
  readonly seconds: number;
  /** '10 minutes', 'hourly', 'daily', 'monthly', or 'N minutes|hours|days'. */
  readonly label: string;
}

/** An input as it is called: by the file, or by Hindcast where it was made of the calendar or derived from columns. */
export interface InputName {
  readonly name: string;
  readonly made: boolean;
}

/** Marks of missing values that were filled: from earlier readings alone, or from later readings too. */
export const FILLED = 1;
export const FILLED_BY_LATER = 2;

/** How many values were not read but filled. */
export function countFilled({ filled }: { readonly filled: Uint8Array }): number {
  let count = 0;
  for (let row = 0; row < filled.length; row++) if (filled[row] !== 0) count += 1;
  return count;
}

/** What was read of a variable: NaN where a value was filled. [rows] */
export function observationsOf({ values, filled }: Pick<Variable, 'values' | 'filled'>): Float32Array {
  return values.map((value, row) => (filled[row] === 0 ? value : NaN));
}

/** One variable on the time axis of its series. */
export interface Variable {
  readonly name: string;
  /** Derived by Hindcast from columns of the file, and named by it; the name of any other stands so in the file. */
  readonly made?: boolean;
  /** Of a forecast, such as a weather service's: it is known in its row, and is of the time so many steps later. */
  readonly lead?: number;
  readonly quantity: Quantity;
  /** The unit of the values; '' for none. */
  readonly unit: string;
  /** One value a row. NaN: the row is left out, and no window may touch it. */
  readonly values: Float32Array;
  /** 0 where the value was read, or an empty cell said zero; where the gap policy filled it, `FILLED` or `FILLED_BY_LATER`. */
  readonly filled: Uint8Array;
}

/** Observations on one regular, ascending time axis: an immutable value. */
export interface Series {
  /** Milliseconds since 1970 of the station's own clock, read as if it were UTC; one a row. */
  readonly time: Float64Array;
  readonly step: TimeStep;
  /** The inputs in the order of the mapping, then the targets that are not among them. */
  readonly variables: readonly Variable[];
  /** Rows of `variables` that are inputs, in order. */
  readonly inputs: readonly number[];
  /** The row of `variables` that is the target. */
  readonly target: number;
  /** Rows of `variables` that one network is to forecast with the target; each becomes a model of its own. */
  readonly alsoTargets: readonly number[];
  /**
   * Where there are several stations: their names. Their rows stand one station behind the other, all on the same axis, so
   * that `time` is that axis as often as there are stations; no window goes from one into the next.
   */
  readonly stations?: readonly string[];
  /** Rows of `variables` that are the weather service's forecast of the target at lead time 1, 2, ...; none where left out. */
  readonly service?: readonly number[];
}

/** Rows of the time axis of a series: those of one station. */
export const axisRowsOf = ({ time, stations }: Pick<Series, 'time' | 'stations'>): number =>
  time.length / (stations?.length ?? 1);

/**
 * Last forecasts of a weather service whose mean errors are inputs: their number, or of readings that come more than once a day
 * (beyond the last one) their days. Chosen on the two oldest summers of the Seoul LDAPS set.
 */
export const SERVICE_ERROR_LENGTHS = [1, 3, 7, 20, 60] as const;
export const serviceErrorName = (length: number): string => `service error ${length}`;
/** Of these the one that is taken off the service's forecast, as a part of a blend. Chosen on the same two summers. */
export const SERVICE_CORRECTION_LENGTH = 20;
