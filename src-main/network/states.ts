import { MOST_UNITS_INSIDE, type WindowStates } from '../contract/inside';
import type { NetworkShape } from '../contract/network';
import { rowsRead } from './ahead';
import type { Numbers } from './numbers';
import { forward, type LstmState, type LstmStep } from './reference';

/**
 * The last layer's states after the last reading of each of the windows, read in their order. Of a large network the first units are kept.
 * @param theta flat weights, see `parameterLayout`
 * @param windows the rows of each, as `forward` takes them
 * @param begin 'carried': each window begins with the states, of every layer, that the one before ended with (the first
 * with zero); 'zero': each with zero
 */
export function statesAfterWindows(
  shape: NetworkShape,
  theta: Float32Array,
  windows: readonly Numbers[],
  begin: 'carried' | 'zero',
): WindowStates {
  const units = Math.min(shape.hidden, MOST_UNITS_INSIDE);
  const hidden = new Float64Array(windows.length * units);
  const cell = new Float64Array(windows.length * units);
  let states: readonly LstmState[] = [];
  windows.forEach((window, index) => {
    const { steps } = forward(shape, theta, window, begin === 'carried' ? states : []);
    const last = steps.map((layer) => layer.at(-rowsRead(shape, 1)) as LstmStep);
    const top = last.at(-1)!;
    hidden.set(top.hidden.subarray(0, units), index * units);
    cell.set(top.cell.subarray(0, units), index * units);
    states = last;
  });
  return { hidden, cell };
}
