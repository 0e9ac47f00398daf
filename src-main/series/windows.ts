import { axisRowsOf, FILLED_BY_LATER, type Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';

/**
 * Windows by the row number they start at, in order of time: readings `start` to `start + window - 1`, targets after them.
 * With several stations a start's place in time is what is left of it when whole axes are taken off.
 */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

type WindowSettings = Pick<TrainingSettings, 'window' | 'horizon' | 'filledWindows'>;

/**
 * Starts of all windows whose rows, inputs and targets alike, hold no NaN in any variable. Unless they are to be kept,
 * those are left out whose newest reading was filled with the help of a later one: a forecast from it would know what
 * is unknown when it is issued. In order of time, and ascending where there is one station.
 */
export function windowStarts(series: Series, { window, horizon, filledWindows }: WindowSettings): Int32Array {
  const rows = series.time.length;
  const span = window + horizon;
  const starts = new Int32Array(Math.max(0, rows - span + 1));
  const { missing, filledByLater } = rowMarks(series);
  const keeps = filledWindows === 'keep';
  const axisRows = axisRowsOf(series);
  let count = 0;
  let complete = 0;
  for (let row = 0; row < rows; row++) {
    if (row % axisRows === 0) complete = 0;
    complete = missing[row] === 1 ? 0 : complete + 1;
    if (complete < span) continue;
    if (keeps || filledByLater[row - horizon] === 0) starts[count++] = row - span + 1;
  }
  return inOrderOfTime(starts.slice(0, count), axisRows, series.stations?.length ?? 1);
}

/**
 * Starts of windows of several stations, the oldest first. Those of one time begin each time with the next station, so that
 * every n-th of them is not always of the same.
 */
function inOrderOfTime(starts: Int32Array, axisRows: number, stations: number): Int32Array {
  if (stations === 1) return starts;
  const turns = Float64Array.from(starts, (start) => {
    const slot = start % axisRows;
    return slot * stations + ((Math.floor(start / axisRows) + slot) % stations);
  }).sort();
  return Int32Array.from(turns, (turn) => {
    const slot = Math.floor(turn / stations);
    const station = (((turn - slot) % stations) + stations) % stations;
    return station * axisRows + slot;
  });
}

/**
 * For each row, 1 where a variable is missing, and where one was filled by later readings. One variable after another:
 * the app's main process looks through half a million rows each time a setting is changed.
 */
function rowMarks({ time, variables }: Series): Readonly<Record<'missing' | 'filledByLater', Uint8Array>> {
  const missing = new Uint8Array(time.length);
  const filledByLater = new Uint8Array(time.length);
  for (const { values, filled } of variables) {
    for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row]!)) missing[row] = 1;
    if (!filled.includes(FILLED_BY_LATER)) continue;
    for (let row = 0; row < filled.length; row++) {
      if (filled[row] === FILLED_BY_LATER) filledByLater[row] = 1;
    }
  }
  return { missing, filledByLater };
}

/**
 * The first of the rows before `border` in whose filled values a reading at or after `border` has a say: where a gap is
 * open at `border`, the rows back to its start; else `border`.
 */
function firstFilledFrom(series: Series, border: number): number {
  const axisRows = axisRowsOf(series);
  let first = border;
  for (const { filled } of series.variables) {
    for (let from = 0; from < filled.length; from += axisRows) {
      let row = Math.min(border, axisRows);
      while (row > 0 && filled[from + row - 1] === FILLED_BY_LATER) row -= 1;
      first = Math.min(first, row);
    }
  }
  return first;
}

/** Shares are decimal fractions: 0.57 of 100 is 57, though the product is 56.99999999999999. */
function shareOf(share: number, count: number): number {
  return Math.floor(share * count + 1e-9);
}

type SplitSettings = Pick<
  TrainingSettings,
  keyof WindowSettings | 'trainShare' | 'validationShare' | 'testFrom' | 'validationFrom'
>;

/** The places where the validation and the test part begin, each as the start of its first window. */
interface Borders {
  /** `test` where no validation part is wanted. */
  readonly validation: number;
  readonly test: number;
}

/**
 * The borders between the parts. By share: learning windows start in the oldest `trainShare` of the places where a
 * window could start, and validation is the newest `validationShare` of those. By date: a part begins with the first
 * window whose first target is not before its date. Either way a border is a moment that no reading, and no missing
 * one, can move. Of several stations, whose records may be of some seasons alone, only the places count at which a window
 * of any station starts.
 */
function bordersOf(series: Series, settings: SplitSettings, starts: Int32Array): Borders {
  const { window, horizon, trainShare, validationShare, testFrom, validationFrom } = settings;
  const axisRows = axisRowsOf(series);
  const placeOf = (date: number): number => {
    const row = series.time.subarray(0, axisRows).findIndex((moment) => moment >= date);
    return Math.max(0, (row < 0 ? axisRows : row) - window);
  };
  const places =
    series.stations === undefined
      ? Int32Array.from({ length: Math.max(0, axisRows - window - horizon + 1) }, (_, place) => place)
      : Int32Array.from(new Set(starts.map((start) => start % axisRows)));
  const placeAt = (count: number): number => places[count] ?? Math.max(0, axisRows - window - horizon + 1);
  const test = testFrom === null ? placeAt(shareOf(trainShare, places.length)) : placeOf(testFrom);
  if (validationFrom !== null) return { validation: Math.min(placeOf(validationFrom), test), test };
  const learning = placeIn(places, Math.max(0, test - horizon + 1));
  const validation = shareOf(validationShare, learning);
  return { validation: validation === 0 ? test : placeAt(learning - validation), test };
}

/**
 * Which windows serve for what: training comes first in time, then validation, then the test part. A window is left out
 * (purged) when one of its targets lies at or after the first target of the next part, or (unless such windows are to be
 * kept) one of its values was filled with the help of a reading there: nothing of what a part is scored on is seen before.
 * With a horizon of 1 and no gap at the border none is.
 * @param starts of all its windows, where they are known
 */
export function splitWindows(
  series: Series,
  settings: SplitSettings,
  starts = windowStarts(series, settings),
): Split {
  const { window, horizon, filledWindows } = settings;
  const axisRows = axisRowsOf(series);
  const borders = bordersOf(series, settings, starts);
  const testAt = placeIn(starts, borders.test, axisRows);
  const validationAt = placeIn(starts, borders.validation, axisRows);
  const purged = (from: number, to: number, border: number): Int32Array => {
    const known = filledWindows === 'keep' ? border : firstFilledFrom(series, border + window) - window;
    return purgeBefore(starts.subarray(from, to), known, horizon, axisRows).slice();
  };
  return {
    train: purged(0, validationAt, borders.validation),
    validation: purged(validationAt, testAt, borders.test),
    test: starts.slice(testAt),
  };
}

/** How many of the windows are there only because `filledWindows` keeps them: a filled gap tells them what came later. */
export function countToldByLater(series: Series, settings: SplitSettings, kept: Split): number {
  if (settings.filledWindows === 'leave-out') return 0;
  return countWindows(kept) - countWindows(splitWindows(series, { ...settings, filledWindows: 'leave-out' }));
}

const countWindows = ({ train, validation, test }: Split): number =>
  train.length + validation.length + test.length;

/** How many of the `starts`, in order of time, come before a place. */
function placeIn(starts: Int32Array, place: number, axisRows = Infinity): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! % axisRows < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Those of `earlier` whose last target comes before the first target of `later`. A view.
 * @param axisRows rows of the time axis of each station
 */
export function endingBefore(
  earlier: Int32Array,
  later: Int32Array,
  horizon: number,
  axisRows: number,
): Int32Array {
  return later.length === 0 ? earlier : purgeBefore(earlier, later[0]! % axisRows, horizon, axisRows);
}

/** Those of `starts` whose last target comes before the first target of a window that starts at `border`. A view. */
function purgeBefore(starts: Int32Array, border: number, horizon: number, axisRows: number): Int32Array {
  let count = starts.length;
  while (count > 0 && (starts[count - 1]! % axisRows) + horizon > border) count -= 1;
  return starts.subarray(0, count);
}

/** 1 for each row that one of the windows, `span` rows long, holds; else 0. [rows] */
export function rowsOfWindows(starts: Int32Array, span: number, rows: number): Uint8Array {
  const touched = new Uint8Array(rows);
  for (const start of starts) touched.fill(1, start, start + span);
  return touched;
}
