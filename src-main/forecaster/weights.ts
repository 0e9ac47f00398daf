import type { NetworkShape } from '../contract/network';
import {
  concatenate,
  parameterCount,
  parameterLayout,
  type Composite,
  type ParameterSlice,
} from '../network';

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
 * Where each weight lies in weights.bin, by the names of TensorFlow.js: the members one after another, then the share
 * of the LSTM (a diagonal matrix; left out where it is 1), then the linear part.
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
  const { inputs, outputs } = network;
  if (lstmShare !== 1) append('share/kernel', outputs, outputs);
  if (linear) {
    append('linear/kernel', window * inputs, outputs);
    append('linear/bias', outputs);
  }
  return slices;
}

/** Floats in weights.bin. */
export function weightCount(form: WeightForm): number {
  return weightLayout(form).reduce((sum, { size }) => sum + size, 0);
}

/** The content of weights.bin. */
export function packWeights({ network }: WeightForm, composite: Composite): Float32Array {
  const { members, lstmShare, linear } = composite;
  const parts = [...members];
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
  const kernel = bias - window * network.inputs * network.outputs;
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
