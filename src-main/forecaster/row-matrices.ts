import type { NetworkShape } from '../contract/network';
import { columnsAt, rowWidth } from '../network';

/**
 * What a network that steps through the lead times reads of a window by row (`layRows`), as matrices of 0 and 1: every format
 * has a product of matrices.
 */
export interface RowMatrices {
  readonly horizon: number;
  /** Inputs by row. */
  readonly inputs: number;
  /** What is read at each step: the features, then lead / horizon. */
  readonly features: number;
  /** [inputs, features]: a row of the window times this is what is read there. */
  readonly window: Float32Array;
  /** [inputs, horizon, features]: the newest row times this, and `shares` added, is what is read at the lead times. */
  readonly leads: Float32Array;
  /** [horizon, features]: lead / horizon in the last place, else 0. */
  readonly shares: Float32Array;
}

/** Null where the network reads the window alone. @throws RangeError where its rows are not laid from a window by row */
export function rowMatrices(network: NetworkShape): RowMatrices | null {
  const { ahead } = network;
  if (ahead === undefined || ahead === null) return null;
  const { horizon, byRow } = ahead;
  if (byRow === undefined) throw new RangeError('The lead times have rows of their own.');
  const [inputs, features] = [rowWidth(network), network.inputs + 1];
  const window = new Float32Array(inputs * features);
  const leads = new Float32Array(inputs * horizon * features);
  const shares = new Float32Array(horizon * features);
  columnsAt(ahead, byRow, 0).forEach((column, feature) => {
    if (column !== null) window[column * features + feature] = 1;
  });
  for (let lead = 1; lead <= horizon; lead++) {
    columnsAt(ahead, byRow, lead).forEach((column, feature) => {
      if (column !== null) leads[(column * horizon + lead - 1) * features + feature] = 1;
    });
    shares[lead * features - 1] = lead / horizon;
  }
  return { horizon, inputs, features, window, leads, shares };
}

/** [length, count]: 1 where a column takes one of the last `count` of `length`. */
export function newestOf(length: number, count: number): Float32Array {
  const taken = new Float32Array(length * count);
  for (let index = 0; index < count; index++) taken[(length - count + index) * count + index] = 1;
  return taken;
}
