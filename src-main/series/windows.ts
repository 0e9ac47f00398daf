import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';

/** Windows by the row number they start at, ascending: readings `start` to `start + window - 1`, targets after them. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/** Starts of all windows whose rows, inputs and targets alike, hold no NaN in any variable. Ascending. */
export function windowStarts(series: Series, window: number, horizon: number): Int32Array {
  const rows = series.time.length;
  const span = window + horizon;
  const starts = new Int32Array(Math.max(0, rows - span + 1));
  let count = 0;
  let complete = 0;
  for (let row = 0; row < rows; row++) {
    complete = series.variables.some(({ values }) => Number.isNaN(values[row])) ? 0 : complete + 1;
    if (complete >= span) starts[count++] = row - span + 1;
  }
  return starts.slice(0, count);
}

/** Shares are decimal fractions: 0.57 of 100 is 57, though the product is 56.99999999999999. */
function shareOf(share: number, count: number): number {
  return Math.floor(share * count + 1e-9);
}

/**
 * Learning windows start in the oldest `trainShare` of the `rows`, counted in places where a window could start; the
 * test part is the rest. So the border is a moment that no reading, and no missing one, can move. Validation is the
 * newest `validationShare` of the learning windows. A window is left out (purged) when one of its targets lies at or
 * after the first target of the next part: nothing of what a part is scored on is seen before. With a horizon of 1
 * none is.
 */
export function splitWindows(
  starts: Int32Array,
  rows: number,
  settings: Pick<TrainingSettings, 'window' | 'horizon' | 'trainShare' | 'validationShare'>,
): Split {
  const { window, horizon, trainShare, validationShare } = settings;
  const firstTestStart = shareOf(trainShare, Math.max(0, rows - window - horizon + 1));
  const learningCount = starts.filter((start) => start < firstTestStart).length;
  const test = starts.slice(learningCount);
  const learning = purgeBefore(starts.subarray(0, learningCount), firstTestStart, horizon);
  const trainCount = learning.length - shareOf(validationShare, learning.length);
  const validation = learning.slice(trainCount);
  return {
    train: endingBefore(learning.subarray(0, trainCount), validation, horizon).slice(),
    validation,
    test,
  };
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
