import { FILLED_BY_LATER, type Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';

/** Windows by the row number they start at, ascending: readings `start` to `start + window - 1`, targets after them. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

type WindowSettings = Pick<TrainingSettings, 'window' | 'horizon' | 'filledWindows'>;

/**
 * Starts of all windows whose rows, inputs and targets alike, hold no NaN in any variable. Unless they are to be kept,
 * those are left out whose newest reading was filled with the help of a later one: a forecast from it would know what
 * is unknown when it is issued. Ascending.
 */
export function windowStarts(series: Series, { window, horizon, filledWindows }: WindowSettings): Int32Array {
  const rows = series.time.length;
  const span = window + horizon;
  const starts = new Int32Array(Math.max(0, rows - span + 1));
  const { missing, filledByLater } = rowMarks(series);
  const keeps = filledWindows === 'keep';
  let count = 0;
  let complete = 0;
  for (let row = 0; row < rows; row++) {
    complete = missing[row] === 1 ? 0 : complete + 1;
    if (complete < span) continue;
    if (keeps || filledByLater[row - horizon] === 0) starts[count++] = row - span + 1;
  }
  return starts.slice(0, count);
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
function firstFilledFrom({ variables }: Series, border: number): number {
  const first = variables.map(({ filled }) => {
    let row = Math.min(border, filled.length);
    while (row > 0 && filled[row - 1] === FILLED_BY_LATER) row -= 1;
    return row;
  });
  return Math.min(border, ...first);
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
 * one, can move.
 */
function bordersOf(time: Float64Array, settings: SplitSettings): Borders {
  const { window, horizon, trainShare, validationShare, testFrom, validationFrom } = settings;
  const placeOf = (date: number): number => {
    const row = time.findIndex((moment) => moment >= date);
    return Math.max(0, (row < 0 ? time.length : row) - window);
  };
  const places = Math.max(0, time.length - window - horizon + 1);
  const test = testFrom === null ? shareOf(trainShare, places) : placeOf(testFrom);
  if (validationFrom !== null) return { validation: Math.min(placeOf(validationFrom), test), test };
  const learning = Math.max(0, test - horizon + 1);
  const validation = shareOf(validationShare, learning);
  return { validation: validation === 0 ? test : learning - validation, test };
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
  const borders = bordersOf(series.time, settings);
  const testAt = placeIn(starts, borders.test);
  const validationAt = placeIn(starts, borders.validation);
  const known = (border: number): number =>
    filledWindows === 'keep' ? border : firstFilledFrom(series, border + window) - window;
  return {
    train: purgeBefore(starts.subarray(0, validationAt), known(borders.validation), horizon).slice(),
    validation: purgeBefore(starts.subarray(validationAt, testAt), known(borders.test), horizon).slice(),
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

/** How many of the ascending `starts` come before a place. */
function placeIn(starts: Int32Array, place: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those of `earlier` whose last target comes before the first target of `later`. A view. */
export function endingBefore(earlier: Int32Array, later: Int32Array, horizon: number): Int32Array {
  return later.length === 0 ? earlier : purgeBefore(earlier, later[0]!, horizon);
}

/** Those of `starts` whose last target comes before the first target of a window that starts at `border`. A view. */
function purgeBefore(starts: Int32Array, border: number, horizon: number): Int32Array {
  let count = starts.length;
  while (count > 0 && starts[count - 1]! + horizon > border) count -= 1;
  return starts.subarray(0, count);
}

/** 1 for each row that one of the windows, `span` rows long, holds; else 0. [rows] */
export function rowsOfWindows(starts: Int32Array, span: number, rows: number): Uint8Array {
  const touched = new Uint8Array(rows);
  for (const start of starts) touched.fill(1, start, start + span);
  return touched;
}
