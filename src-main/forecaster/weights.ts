import type { NetworkShape } from '../contract/network';
import {
  concatenate,
  parameterCount,
  parameterLayout,
  rowWidth,
  type Composite,
  type ParameterSlice,
} from '../network';
import { newestOf, rowMatrices } from './row-matrices';

/** What of a model's form decides which weights it has. */
export interface WeightForm {
  readonly network: NetworkShape;
  readonly window: number;
  /** Networks whose mean is taken. */
  readonly members: number;
  readonly lstmShare: number;
  /** Whether there is a linear part. */
  readonly linear: boolean;
}

/** Before the names of a member's layers, where there are several: 'member_2_lstm_1'. Members count from 1. */
export const memberPrefix = (member: number, members: number): string =>
  members === 1 ? '' : `member_${member}_`;

/**
 * Where each weight lies in weights.bin, by the names of TensorFlow.js: the members one after another, then what lays the
 * rows of a network that steps through the lead times (`rowLayers`), then the share of the LSTM (a diagonal matrix; left out
 * where it is 1), then the linear part.
 */
export function weightLayout({
  network,
  window,
  members,
  lstmShare,
  linear,
}: WeightForm): readonly ParameterSlice[] {
  const size = parameterCount(network);
  const slices = Array.from({ length: members }, (_, index) =>
    parameterLayout(network).map((slice) => ({
      ...slice,
      name: `${memberPrefix(index + 1, members)}${slice.name}`,
      offset: index * size + slice.offset,
    })),
  ).flat();
  let offset = members * size;
  const append = (name: string, ...shape: readonly number[]): void => {
    const length = shape.reduce((product, dimension) => product * dimension, 1);
    slices.push({ name, shape, offset, size: length });
    offset += length;
  };
  const { outputs } = network;
  for (const [name, ...shape] of rowLayers(network, window)) append(name, ...shape);
  if (lstmShare !== 1) append('share/kernel', outputs, outputs);
  if (linear) {
    append('linear/kernel', window * rowWidth(network), outputs);
    append('linear/bias', outputs);
  }
  return slices;
}

/**
 * Layers that only move numbers, in a format that has no other way: the rows of the window and of the lead times out of a
 * window by row, and the states of the lead times. None where the network reads the window alone.
 */
function rowLayers(
  { inputs, ahead }: NetworkShape,
  window: number,
): readonly (readonly [name: string, ...shape: number[]])[] {
  if (ahead?.byRow === undefined) return [];
  const { horizon, byRow } = ahead;
  const features = inputs + 1;
  return [
    ['window_rows/kernel', byRow.width, features],
    ['newest_row/kernel', window, 1],
    ['lead_rows/kernel', byRow.width, horizon * features],
    ['lead_rows/bias', horizon * features],
    ['lead_steps/kernel', window + horizon, horizon],
  ];
}

/** The weights of `rowLayers`, in their order. */
function rowWeights(network: NetworkShape, window: number): readonly Float32Array[] {
  const rows = rowMatrices(network);
  if (rows === null) return [];
  const steps = newestOf(window + rows.horizon, rows.horizon);
  return [rows.window, newestOf(window, 1), rows.leads, rows.shares, steps];
}

/** Floats in weights.bin. */
export function weightCount(form: WeightForm): number {
  return weightLayout(form).reduce((sum, { size }) => sum + size, 0);
}

/** The content of weights.bin. */
export function packWeights({ network, window }: WeightForm, composite: Composite): Float32Array {
  const { members, lstmShare, linear } = composite;
  const parts = [...members, ...rowWeights(network, window)];
  if (lstmShare !== 1) {
    const { outputs } = network;
    const diagonal = new Float32Array(outputs * outputs);
    for (let output = 0; output < outputs; output++) diagonal[output * (outputs + 1)] = lstmShare;
    parts.push(diagonal);
  }
  if (linear !== null) parts.push(linear.kernel, linear.bias);
  return concatenate(parts);
}

/** What `packWeights` packed, as views. Throws a RangeError when the length does not fit the form. */
export function unpackWeights(form: WeightForm, packed: Float32Array): Composite {
  const { network, window, members, lstmShare } = form;
  const expected = weightCount(form);
  if (packed.length !== expected) {
    throw new RangeError(`The model has ${expected} weights, but ${packed.length} were given.`);
  }
  const size = parameterCount(network);
  const bias = packed.length - network.outputs;
  const kernel = bias - window * rowWidth(network) * network.outputs;
  return {
    members: Array.from({ length: members }, (_, index) => packed.subarray(index * size, (index + 1) * size)),
    lstmShare,
    linear: form.linear ? { kernel: packed.subarray(kernel, bias), bias: packed.subarray(bias) } : null,
  };
}

/** The form of a model that is there. */
export function formOf(network: NetworkShape, window: number, composite: Composite): WeightForm {
  const { members, lstmShare, linear } = composite;
  return { network, window, members: members.length, lstmShare, linear: linear !== null };
}
