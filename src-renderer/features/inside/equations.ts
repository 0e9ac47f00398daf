import { GATES, type Gate, type Inside } from '../../../src-main/contract/inside';

/** A gate's equation with the numbers of one unit at one step: activation(fromInputs + fromHidden + bias). */
export interface GateEquation {
  readonly gate: Gate;
  readonly fromInputs: number;
  readonly fromHidden: number;
  readonly bias: number;
  readonly value: number;
}

/** All that one unit computes at one step. */
export interface UnitEquations {
  readonly gates: readonly GateEquation[];
  /** Cell state of the step before; 0 before the first. */
  readonly cellBefore: number;
  readonly cell: number;
  readonly hidden: number;
}

/** Both counted from 0. Of a window longer than what is shown the first step's cell before is not known: NaN. */
export function equationsOf(
  { values, sums, units, steps, window }: Inside,
  step: number,
  unit: number,
): UnitEquations {
  const at = step * units + unit;
  const beginning = steps === window ? 0 : NaN;
  return {
    gates: GATES.map((gate) => ({
      gate,
      fromInputs: sums[gate].fromInputs[at]!,
      fromHidden: sums[gate].fromHidden[at]!,
      bias: sums[gate].bias[unit]!,
      value: values[gate][at]!,
    })),
    cellBefore: step === 0 ? beginning : values.cell[at - units]!,
    cell: values.cell[at]!,
    hidden: values.hidden[at]!,
  };
}

/** The ends of a heat map's colours: gates open from 0 to 1, the others lie on both sides of nothing. */
export function rangeOf(name: keyof Inside['values'], values: Float64Array): readonly [number, number] {
  if (name === 'cell') {
    const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
    return [-most, most];
  }
  return name === 'candidate' || name === 'hidden' ? [-1, 1] : [0, 1];
}

/** Shapes of one gate's weights and of what it gives at a step; all gates of a layer have the same. */
export interface GateShapes {
  readonly kernel: readonly [number, number];
  readonly recurrent: readonly [number, number];
  readonly bias: readonly [number];
  readonly value: readonly [number, number];
}

/** The first layer reads the inputs, each further one the hidden state of the layer below. */
export function gateShapes({
  layer,
  inputs,
  hidden,
}: Pick<Inside, 'layer' | 'inputs' | 'hidden'>): GateShapes {
  return {
    kernel: [layer === 0 ? inputs.length : hidden, hidden],
    recurrent: [hidden, hidden],
    bias: [hidden],
    value: [1, hidden],
  };
}

/** '(4, 10)'; of one size '(10)'. */
export const writeShape = (sizes: readonly number[]): string => `(${sizes.join(', ')})`;
