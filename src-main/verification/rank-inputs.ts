import type { Series } from '../contract/series';
import { inputVariables, type Preparation } from '../series';
import { thin } from './windows/thin';

/** Windows that the order is found with, evenly spread. */
const MOST_WINDOWS = 3000;
/** The share of a column's variance below which, once others were taken out of it, it says nothing of its own. */
const LEAST_LEFT = 1e-6;

/**
 * Inputs in the order in which each adds most to what those before it explain of the target's mean over the lead times:
 * forward selection by partial correlation with the last reading of each, after the inputs that are not to choose from.
 * Learned from the training part alone. Efroymson (1960), Multiple regression analysis.
 * @param candidates of the inputs, by name
 * @returns their names; those that add nothing last
 */
export function rankInputs(
  series: Series,
  preparation: Preparation,
  candidates: readonly string[],
): readonly string[] {
  const { inputs, inputCount, targets, window, horizon, split } = preparation;
  const starts = thin(split.train, MOST_WINDOWS);
  const names = inputVariables(series).map(({ name }) => name);
  const columns = Array.from({ length: inputCount }, (_, place) => {
    const values = centred(starts, (start) => inputs[(start + window - 1) * inputCount + place]!);
    return { place, values, length: product(values, values) };
  });
  const left = centred(starts, (start) => {
    let sum = 0;
    for (let lead = 0; lead < horizon; lead++) sum += targets[start + window + lead]!;
    return sum / horizon;
  });
  const isCandidate = ({ place }: Column): boolean => candidates.includes(names[place] ?? '');

  const open = new Set(columns);
  /** What a column tells is taken out of the target and out of all columns that are left. */
  const take = (column: Column): void => {
    open.delete(column);
    if (tells(column))
      for (const other of [left, ...[...open].map((each) => each.values)]) takeOut(column, other);
  };
  for (const column of columns) if (!isCandidate(column)) take(column);
  const ranked: string[] = [];
  while (open.size > 0) {
    const gains = new Map([...open].map((column) => [column, gainOf(column, left)]));
    const next = [...open].reduce((best, each) => (gains.get(each)! > gains.get(best)! ? each : best));
    take(next);
    ranked.push(names[next.place]!);
  }
  return ranked;
}

interface Column {
  readonly place: number;
  /** Around their mean; what other columns tell is taken out of them. */
  readonly values: Float64Array;
  /** Squared, of the values as they were. */
  readonly length: number;
}

const tells = ({ values, length }: Column): boolean => product(values, values) > LEAST_LEFT * length;

/** By how much the squares of what is left of the target fall when the column is taken out of it. */
function gainOf(column: Column, left: Float64Array): number {
  const { values } = column;
  return tells(column) ? product(values, left) ** 2 / product(values, values) : -1;
}

function takeOut({ values }: Column, other: Float64Array): void {
  const share = product(values, other) / product(values, values);
  for (let index = 0; index < other.length; index++) other[index]! -= share * values[index]!;
}

function centred(starts: Int32Array, valueAt: (start: number) => number): Float64Array {
  const values = Float64Array.from(starts, valueAt);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += one[index]! * other[index]!;
  return sum;
}
