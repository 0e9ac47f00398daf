import type { NetworkShape } from '../contract/network';
import { hideUnknown } from './ahead';
import type { Numbers } from './numbers';
import { forward } from './reference';

/** A linear map of all scaled rows that a forecast reads (`rowsRead`), one after another, oldest first. */
export interface LinearPart {
  /** [rows x inputs, outputs], row-major. */
  readonly kernel: Float32Array;
  /** [outputs] */
  readonly bias: Float32Array;
}

/**
 * A trained model as a sum, in scaled units: `lstmShare` times the mean over the members' LSTMs, plus the linear part
 * of the window. An LSTM alone is one member, a share of 1 and no linear part.
 */
export interface Composite {
  /** Flat weights of each network (see `parameterLayout`), all of one shape; at least one. */
  readonly members: readonly Float32Array[];
  readonly lstmShare: number;
  readonly linear: LinearPart | null;
}

export function singleNetwork(theta: Float32Array): Composite {
  return { members: [theta], lstmShare: 1, linear: null };
}

/**
 * The forecast of one window in float64: the yardstick for exports and for the compiled graph.
 * @param window [rowsRead, inputs] row-major, scaled, oldest step first
 * @returns [outputs], scaled
 * @throws RangeError for weights that fit neither the shape nor the window
 */
export function forwardComposite(shape: NetworkShape, composite: Composite, window: Numbers): Float64Array {
  const members = composite.members.map((theta) => forward(shape, theta, window).outputs);
  return combine(composite, members, hideUnknown(shape, window));
}

/**
 * The sum, from what the members forecast for windows that lie one after another.
 * @param members of each network: [windows, outputs], row-major, scaled
 * @param windows [windows, rowsRead, inputs], row-major, scaled, without what is unknown (`hideUnknown`); only looked at
 * where there is a linear part
 * @returns [windows, outputs], scaled
 * @throws RangeError
 */
export function combine(
  { lstmShare, linear }: Pick<Composite, 'lstmShare' | 'linear'>,
  members: readonly Numbers[],
  windows: Numbers,
): Float64Array {
  const [first] = members;
  if (first === undefined) throw new RangeError('A model needs at least one network.');
  const sum = new Float64Array(first.length);
  for (const member of members) {
    for (let index = 0; index < sum.length; index++) sum[index]! += member[index]!;
  }
  const share = lstmShare / members.length;
  for (let index = 0; index < sum.length; index++) sum[index]! *= share;
  if (linear !== null) addLinear(linear, windows, sum);
  return sum;
}

/** Adds the linear part of each window to its outputs. */
function addLinear({ kernel, bias }: LinearPart, windows: Numbers, sums: Float64Array): void {
  const outputs = bias.length;
  const count = sums.length / outputs;
  const size = kernel.length / outputs;
  if (!Number.isInteger(count) || windows.length !== count * size) {
    throw new RangeError(`A linear part of ${size} values does not fit ${windows.length} values of windows.`);
  }
  for (let window = 0; window < count; window++) {
    for (let output = 0; output < outputs; output++) sums[window * outputs + output]! += bias[output]!;
    for (let index = 0; index < size; index++) {
      const value = windows[window * size + index]!;
      for (let output = 0; output < outputs; output++) {
        sums[window * outputs + output]! += value * kernel[index * outputs + output]!;
      }
    }
  }
}
