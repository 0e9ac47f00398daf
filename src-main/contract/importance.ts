import type { InputName } from './series';
import { formatWithUnit } from './format';

/** How much the RMSE rises when the model is shown something of another time, over the repeats of the shuffling. */
export interface Rise {
  /** Mean over the repeats, in the target's unit. */
  readonly mean: number;
  /** The smallest and the largest of the repeats. */
  readonly low: number;
  readonly high: number;
}

/** An input; of the calendar 'day of year' or 'hour of day', whose sine and cosine go together. */
export interface InputImportance extends Rise, InputName {}

/** Of readings `from` to `to` steps before the first forecast: 1 is the newest. */
export interface LagImportance extends Rise {
  readonly from: number;
  readonly to: number;
}

/** Permutation importance on the test part: Breiman (2001); Fisher, Rudin and Dominici (2019). */
export interface Importance {
  readonly targetName: string;
  readonly unit: string;
  /** Of the model as it is, over the windows that were shuffled. */
  readonly rmse: number;
  readonly windows: number;
  readonly repeats: number;
  /** Windows that were moved together. */
  readonly blockLength: number;
  /** The most important first. */
  readonly inputs: readonly InputImportance[];
  /** The newest first. */
  readonly lags: readonly LagImportance[];
}

/** A rise below this share of the RMSE is nothing that anybody would notice. */
const NOTICEABLE = 0.01;

/** Inputs that could be done without: shuffling them makes the forecast no worse that one would notice. */
export function dispensableInputs({ inputs, rmse }: Importance): readonly InputImportance[] {
  return inputs.filter(({ mean, low }) => low <= 0 || mean < NOTICEABLE * rmse);
}

/** The English sentence on which input could be done without. */
export function describeDispensable(importance: Importance): string {
  const { inputs, unit } = importance;
  const least = inputs[inputs.length - 1];
  if (least === undefined) return '';
  const spare = dispensableInputs(importance);
  if (spare.length === 0) {
    return `Every input helps. The least is ${least.name}: without its information the RMSE rises by ${formatWithUnit(least.mean, unit)}.`;
  }
  const names = spare.map(({ name }) => name).join(', ');
  const most = formatWithUnit(Math.max(...spare.map(({ mean }) => mean)), unit);
  return `This model could do without ${names}: shuffling ${spare.length === 1 ? 'it' : 'each of them'} raises the RMSE by ${most} at most.`;
}
