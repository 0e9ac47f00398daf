import type { Ahead, ByRow, NetworkShape } from '../contract/network';
import type { Numbers } from './numbers';

/** Rows that one forecast reads: those of the window, then one for each lead time where something is known ahead. */
export const rowsRead = ({ ahead }: Pick<NetworkShape, 'ahead'>, window: number): number =>
  window + (ahead?.horizon ?? 0);

/** Steps that the dense head reads, the newest ones: that of each lead time, or else the window's last. */
export const headSteps = ({ ahead }: Pick<NetworkShape, 'ahead'>): number => ahead?.horizon ?? 1;

/** Inputs in each row of a window as it is given: by row, or else the features themselves. */
export const rowWidth = ({ inputs, ahead }: Pick<NetworkShape, 'inputs' | 'ahead'>): number =>
  ahead?.byRow?.width ?? inputs;

/** Outputs of the dense head at each of its steps. */
export const headOutputs = (shape: Pick<NetworkShape, 'ahead' | 'outputs'>): number =>
  shape.outputs / headSteps(shape);

/**
 * Whether a feature that is known `known` steps before its row's time is seen at a lead time (0: within the window, where
 * readings stand alone).
 */
export const isSeenAt = (lead: number, known: number): boolean => (lead === 0 ? known === 0 : known >= lead);

/**
 * The input by row that each feature is read from at a lead time (0: within the window, where it is the row's own; else the
 * window's newest row's); null where it is not seen there.
 */
export const columnsAt = (
  { known }: Pick<Ahead, 'known'>,
  { columns }: ByRow,
  lead: number,
): readonly (number | null)[] =>
  known.map((steps, feature) =>
    isSeenAt(lead, steps) ? (columns[feature]?.[Math.max(0, lead - 1)] ?? null) : null,
  );

/**
 * The rows of one forecast, [rowsRead, features], out of a window of inputs by row (see `Ahead.byRow`); where there is nothing
 * to lay, the rows as they are.
 * @param window [window, inputs] row-major, scaled, oldest first
 */
export function layRows(shape: Pick<NetworkShape, 'inputs' | 'ahead'>, window: Numbers): Numbers {
  const { inputs, ahead } = shape;
  if (ahead === undefined || ahead === null || ahead.byRow === undefined) return window;
  const { byRow, horizon } = ahead;
  const length = window.length / byRow.width;
  const rows = new Float64Array((length + horizon) * inputs);
  const lay = (to: number, from: number, columns: readonly (number | null)[]): void => {
    columns.forEach((column, feature) => {
      if (column !== null) rows[to * inputs + feature] = window[from * byRow.width + column]!;
    });
  };
  const within = columnsAt(ahead, byRow, 0);
  for (let row = 0; row < length; row++) lay(row, row, within);
  for (let lead = 1; lead <= horizon; lead++) {
    lay(length + lead - 1, length - 1, columnsAt(ahead, byRow, lead));
  }
  return rows;
}

/**
 * The rows of one forecast with 0 (of scaled inputs, the mean) in place of what is not known when it is issued, whatever
 * stands there. Where nothing is known ahead, or a window holds nothing that is not known, the rows as they are.
 * @param rows [rowsRead, inputs] row-major, scaled, oldest first
 */
export function hideUnknown<Values extends Numbers>(
  { inputs, ahead }: Pick<NetworkShape, 'inputs' | 'ahead'>,
  rows: Values,
): Values {
  if (ahead === undefined || ahead === null || ahead.byRow !== undefined) return rows;
  const seen = rows.slice() as Values;
  const window = rows.length / inputs - ahead.horizon;
  for (let lead = 1; lead <= ahead.horizon; lead++) {
    ahead.known.forEach((known, input) => {
      if (!isSeenAt(lead, known)) seen[(window + lead - 1) * inputs + input] = 0;
    });
  }
  return seen;
}

/** What the first layer reads at each step. @param given as for `hideUnknown`, or a window for `layRows` */
export function stepInputs(shape: NetworkShape, given: Numbers): Numbers[] {
  const { inputs, ahead } = shape;
  const rows = layRows(shape, given);
  const length = rows.length / inputs;
  const rowAt = (time: number): Numbers => rows.subarray(time * inputs, (time + 1) * inputs);
  if (ahead === undefined || ahead === null) return Array.from({ length }, (_, time) => rowAt(time));
  const window = length - ahead.horizon;
  return Array.from({ length }, (_, time) => seenRow(ahead, rowAt(time), Math.max(0, time - window + 1)));
}

/** A row as it is seen at a lead time (0: within the window), then lead / horizon. */
function seenRow({ known, horizon }: Ahead, row: Numbers, lead: number): Float64Array {
  const seen = new Float64Array(row.length + 1);
  for (let input = 0; input < row.length; input++) {
    if (isSeenAt(lead, known[input]!)) seen[input] = row[input]!;
  }
  seen[row.length] = lead / horizon;
  return seen;
}
