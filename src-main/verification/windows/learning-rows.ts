import type { Series } from '../../contract/series';
import { rowsOfWindows, targetVariable, type Preparation } from '../../series';

/** 1 for each row that a training or a validation window holds, else 0: all that may be learned from. [rows] */
export function learningRows(series: Series, { window, horizon, split }: Preparation): Uint8Array {
  const rows = series.time.length;
  const learning = rowsOfWindows(split.train, window + horizon, rows);
  rowsOfWindows(split.validation, window + horizon, rows).forEach((isHeld, row) => {
    if (isHeld === 1) learning[row] = 1;
  });
  return learning;
}

/** Starts of the training and the validation windows, ascending: all that may be learned from. */
export function learningStarts({ train, validation }: Preparation['split']): Int32Array {
  const starts = new Int32Array(train.length + validation.length);
  starts.set(train);
  starts.set(validation, train.length);
  return starts;
}

/**
 * The mean change of the target from one learning reading to the next, in its unit: the error of one-step persistence
 * on the learning part, which the mean absolute scaled error is scaled by. NaN without neighbouring rows.
 */
export function meanStepChange(series: Series, preparation: Preparation): number {
  const { values } = targetVariable(series);
  const learning = learningRows(series, preparation);
  let [sum, count] = [0, 0];
  for (let row = 1; row < values.length; row++) {
    if (learning[row] === 0 || learning[row - 1] === 0) continue;
    sum += Math.abs(values[row]! - values[row - 1]!);
    count += 1;
  }
  return sum / count;
}
