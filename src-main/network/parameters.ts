import type { NetworkShape } from '../contract/network';
import { headOutputs } from './ahead';

/** One named weight inside the flat parameter vector "theta". */
export interface ParameterSlice {
  /** Keras' names: `lstm_1/kernel`, `lstm_1/recurrent_kernel`, `lstm_1/bias`, ..., `dense/kernel`, `dense/bias`. */
  readonly name: string;
  /** Row-major shape; in LSTM weights the last axis holds the four gates in the order input, forget, candidate, output. */
  readonly shape: readonly number[];
  /** First element in theta. */
  readonly offset: number;
  readonly size: number;
}

/** Width of what layer `layer` (from 0) reads at each step: the first one also the lead time, where something is known ahead. */
export function layerInputs(shape: NetworkShape, layer: number): number {
  const { inputs, hidden, ahead } = shape;
  if (layer > 0) return hidden;
  return ahead === undefined || ahead === null ? inputs : inputs + 1;
}

/**
 * Where each weight lies in the flat Float32Array "theta". A layer's kernel [in, 4H] and recurrent kernel [H, 4H] are
 * neighbours, so that together they are the [in + H, 4H] matrix that TensorFlow's BlockLSTM takes.
 */
export function parameterLayout(shape: NetworkShape): readonly ParameterSlice[] {
  const { hidden, layers } = shape;
  const columns = headOutputs(shape);
  const named: (readonly [name: string, shape: readonly number[]])[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `lstm_${layer + 1}`;
    named.push([`${prefix}/kernel`, [layerInputs(shape, layer), 4 * hidden]]);
    named.push([`${prefix}/recurrent_kernel`, [hidden, 4 * hidden]]);
    named.push([`${prefix}/bias`, [4 * hidden]]);
  }
  named.push(['dense/kernel', [hidden, columns]], ['dense/bias', [columns]]);

  let offset = 0;
  return named.map(([name, dimensions]) => {
    const size = dimensions.reduce((product, dimension) => product * dimension, 1);
    const slice = { name, shape: dimensions, offset, size };
    offset += size;
    return slice;
  });
}

/** Length of theta. */
export function parameterCount(shape: NetworkShape): number {
  return parameterLayout(shape).reduce((sum, { size }) => sum + size, 0);
}

/** The named weights as views into theta (not copies). Throws a RangeError when theta's length does not fit the shape. */
export function sliceParameters<Values extends Float32Array | Float64Array>(
  shape: NetworkShape,
  theta: Values,
): ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Values }> {
  requireParameterCount(shape, theta.length);
  return new Map(
    parameterLayout(shape).map(({ name, shape: dimensions, offset, size }) => [
      name,
      { shape: dimensions, values: theta.subarray(offset, offset + size) as Values },
    ]),
  );
}

/**
 * The weights of a network with some of the outputs of another, in the order given; where each lead time has its own
 * step, alike for every lead time.
 */
export function selectOutputs(
  shape: NetworkShape,
  theta: Float32Array,
  outputs: readonly number[],
): Float32Array {
  const smaller = { ...shape, outputs: outputs.length };
  const selected = new Float32Array(parameterCount(smaller));
  const from = sliceParameters(shape, theta);
  const [columns, width] = [headOutputs(smaller), headOutputs(shape)];
  for (const [name, { values }] of sliceParameters(smaller, selected)) {
    const given = from.get(name)!.values;
    // Only the output layer differs: its rows are as long as there are outputs.
    if (!name.startsWith('dense/')) values.set(given);
    else {
      for (let index = 0; index < values.length; index++) {
        const row = Math.floor(index / columns);
        values[index] = given[row * width + outputs[index % columns]!]!;
      }
    }
  }
  return selected;
}

/** Throws a RangeError unless `length` is the number of parameters of `shape`. */
export function requireParameterCount(shape: NetworkShape, length: number): void {
  const expected = parameterCount(shape);
  if (length !== expected)
    throw new RangeError(`The network has ${expected} parameters, but ${length} were given.`);
}
