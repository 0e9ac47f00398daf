import {
  GATES,
  MOST_STEPS_INSIDE,
  MOST_UNITS_INSIDE,
  UNIT_VALUES,
  type Gate,
  type GateSum,
  type LayerInside,
  type UnitValue,
} from '../contract/inside';
import type { NetworkShape } from '../contract/network';
import { rowsRead, stepInputs } from './ahead';
import type { Numbers } from './numbers';
import { sliceParameters } from './parameters';
import { forward, type LstmStep } from './reference';

/**
 * One layer at work on a window: what each unit computes at each step, and the three parts that each gate's sum is made
 * of. Of a large network the newest steps and the first units are kept.
 * @param theta flat weights, see `parameterLayout`
 * @param window the rows as `forward` takes them
 * @param layer from 0
 */
export function traceLayer(
  shape: NetworkShape,
  theta: Float32Array,
  window: Numbers,
  layer: number,
): LayerInside {
  const { steps } = forward(shape, theta, window);
  // What it reads of the lead times is not shown.
  const all = steps[layer]?.slice(0, steps[layer].length + 1 - rowsRead(shape, 1));
  if (all === undefined) throw new RangeError(`There is no LSTM layer ${layer + 1}.`);
  const newest = Math.max(0, all.length - MOST_STEPS_INSIDE);
  const shown = all.slice(newest);
  const units = Math.min(shape.hidden, MOST_UNITS_INSIDE);
  const below = steps[layer - 1];
  const first = stepInputs(shape, window);
  const inputsAt = (time: number): Numbers =>
    below === undefined ? (first[time] as Numbers) : (below[time] as LstmStep).hidden;

  const table = (valueAt: (time: number, unit: number) => number): Float64Array =>
    Float64Array.from({ length: shown.length * units }, (_, index) =>
      valueAt(newest + Math.floor(index / units), index % units),
    );
  const values = Object.fromEntries(
    UNIT_VALUES.map((name) => [name, table((time, unit) => (all[time] as LstmStep)[name][unit]!)]),
  ) as Record<UnitValue, Float64Array>;

  const weights = sliceParameters(shape, theta);
  const named = (name: string): Float32Array => weights.get(`lstm_${layer + 1}/${name}`)!.values;
  const [kernel, recurrent, biases] = [named('kernel'), named('recurrent_kernel'), named('bias')];
  const width = 4 * shape.hidden;
  const times = (vector: Numbers, matrix: Float32Array, column: number): number => {
    let sum = 0;
    for (let row = 0; row < vector.length; row++) sum += vector[row]! * matrix[row * width + column]!;
    return sum;
  };
  const nothing = new Float64Array(shape.hidden);
  const sums = Object.fromEntries(
    GATES.map((gate, place): [Gate, GateSum] => {
      const offset = place * shape.hidden;
      return [
        gate,
        {
          fromInputs: table((time, unit) => times(inputsAt(time), kernel, offset + unit)),
          fromHidden: table((time, unit) =>
            times(all[time - 1]?.hidden ?? nothing, recurrent, offset + unit),
          ),
          bias: Float64Array.from(biases.subarray(offset, offset + units)),
        },
      ];
    }),
  ) as Record<Gate, GateSum>;
  return { steps: shown.length, units, values, sums };
}
