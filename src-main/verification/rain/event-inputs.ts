import type { EventAmount, EventModel } from '../../contract/probability';
import type { Series } from '../../contract/series';
import { inputVariables, rowsOfWindows, unscaleValue, type Preparation, type Scaler } from '../../series';

/** Of the readings, the share that is 0 from which on an input counts as an amount: rain, snow, sunshine. */
const LEAST_DRY_SHARE = 0.2;
/** A reading up to this share of the usual amount is none: what a conversion of units leaves of a 0. */
const TRACE = 0.01;
/** Where, between the greatest trace and the least amount, the border lies: on no round number, which a reading could be. */
const BORDER = 0.37;
/** For each row and amount: its logarithm, and whether there was any. */
export const INPUTS_PER_AMOUNT = 2;

/**
 * The inputs that are amounts: none below 0, many exactly 0. Their scale is the mean of those above 0, in their unit.
 * @param starts of the windows to learn from
 */
export function findAmounts(
  series: Series,
  { window, horizon }: Pick<Preparation, 'window' | 'horizon'>,
  starts: Int32Array,
): readonly EventAmount[] {
  const learned = rowsOfWindows(starts, window + horizon, series.time.length);
  return inputVariables(series).flatMap(({ values }, input): EventAmount[] => {
    const readings = values.filter((value, row) => learned[row] === 1 && !Number.isNaN(value));
    const wet = readings.filter((value) => value > 0);
    const isAmount =
      wet.length > 0 &&
      readings.every((value) => value >= 0) &&
      readings.length - wet.length >= LEAST_DRY_SHARE * readings.length;
    if (!isAmount) return [];
    const scale = wet.reduce((sum, value) => sum + value, 0) / wet.length;
    const isTrace = (value: number): boolean => value <= TRACE * scale;
    const greatestTrace = readings.reduce(
      (most, value) => (isTrace(value) ? Math.max(most, value) : most),
      0,
    );
    const leastAmount = wet.reduce(
      (least, value) => (isTrace(value) ? least : Math.min(least, value)),
      Infinity,
    );
    return [{ input, scale, least: greatestTrace + BORDER * (leastAmount - greatestTrace) }];
  });
}

/** What the logistic regressions of a model see of a window, and what they see it through. */
type EventLayout = Pick<EventModel, 'rows' | 'amounts'>;

/**
 * Gives what the regressions see of the window that ends before row `end`: its newest rows as they are scaled, then for
 * each of these rows and each amount log(1 + amount / scale) and 1 where there was any, else 0. The waves of the calendar
 * are among the scaled inputs; since each lead time has weights of its own, those of the newest row tell the day that is
 * forecast as well as those of that day would.
 * @param inputs scaled, [rows, scalers], row-major
 */
export function eventInputs(
  { rows, amounts }: EventLayout,
  scalers: readonly Scaler[],
): (inputs: Float32Array, end: number) => Float64Array {
  const inputCount = scalers.length;
  return (inputs, end) => {
    const from = (end - rows) * inputCount;
    const seen = new Float64Array(rows * (inputCount + INPUTS_PER_AMOUNT * amounts.length));
    seen.set(inputs.subarray(from, from + rows * inputCount));
    let place = rows * inputCount;
    for (let row = 0; row < rows; row++) {
      for (const { input, scale, least } of amounts) {
        const amount = unscaleValue(scalers[input]!, inputs[from + row * inputCount + input]!);
        seen[place++] = Math.log1p(Math.max(0, amount) / scale);
        seen[place++] = amount > least ? 1 : 0;
      }
    }
    return seen;
  };
}
