import type { LossSettings, NetworkShape } from '../contract/network';
import { headOutputs, headSteps, layRows, rowsRead, stepInputs } from './ahead';
import { outputsPerTarget, pointLoss } from './losses';
import type { Numbers } from './numbers';
import { layerInputs, parameterCount, parameterLayout, requireParameterCount } from './parameters';

/** What one LSTM layer computed at one step; every vector is [hidden]. */
export interface LstmStep {
  readonly input: Float64Array;
  readonly forget: Float64Array;
  readonly candidate: Float64Array;
  readonly output: Float64Array;
  readonly cell: Float64Array;
  readonly hidden: Float64Array;
}

/** What a layer hands on from one step to the next; every vector is [hidden]. */
export type LstmState = Pick<LstmStep, 'cell' | 'hidden'>;

export interface ForwardPass {
  /** [outputs], scaled. */
  readonly outputs: Float64Array;
  /** `steps[layer][time]`, from the oldest step of the window to the newest; then the lead times, where they are read. */
  readonly steps: readonly (readonly LstmStep[])[];
}

interface LayerWeights {
  readonly inputs: number;
  /** [inputs + hidden, 4 hidden]: kernel above recurrent kernel. */
  readonly kernel: Numbers;
  /** [4 hidden] */
  readonly bias: Numbers;
  readonly kernelOffset: number;
  readonly biasOffset: number;
}

function layerWeights(shape: NetworkShape, theta: Numbers): readonly LayerWeights[] {
  const layout = parameterLayout(shape);
  return Array.from({ length: shape.layers }, (_, layer) => {
    const [kernel, recurrent, bias] = layout.slice(3 * layer, 3 * layer + 3);
    if (!kernel || !recurrent || !bias) throw new RangeError(`There is no LSTM layer ${layer + 1}.`);
    return {
      inputs: layerInputs(shape, layer),
      kernel: theta.subarray(kernel.offset, bias.offset),
      bias: theta.subarray(bias.offset, bias.offset + bias.size),
      kernelOffset: kernel.offset,
      biasOffset: bias.offset,
    };
  });
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
const at = (values: Numbers, index: number): number => values[index] as number;
const add = (values: Float64Array, index: number, amount: number): void => {
  values[index] = (values[index] as number) + amount;
};

/** One step of one layer: gates i, f, c, o from [x, h of the step before], then cell and hidden state. */
function advance(
  weights: LayerWeights,
  hidden: number,
  input: Numbers,
  before: LstmState | undefined,
): LstmStep {
  const gates = Float64Array.from(weights.bias);
  const accumulate = (values: Numbers, firstRow: number): void => {
    values.forEach((value: number, index: number) => {
      const row = (firstRow + index) * 4 * hidden;
      for (let unit = 0; unit < 4 * hidden; unit++) add(gates, unit, value * at(weights.kernel, row + unit));
    });
  };
  accumulate(input, 0);
  if (before) accumulate(before.hidden, weights.inputs);

  const gate = (index: number, activation: (value: number) => number): Float64Array =>
    gates.subarray(index * hidden, (index + 1) * hidden).map(activation);
  const [i, f, c, o] = [gate(0, sigmoid), gate(1, sigmoid), gate(2, Math.tanh), gate(3, sigmoid)] as const;
  const cell = c.map(
    (value, unit) => at(i, unit) * value + at(f, unit) * (before ? at(before.cell, unit) : 0),
  );
  const state = cell.map((value, unit) => at(o, unit) * Math.tanh(value));
  return { input: i, forget: f, candidate: c, output: o, cell, hidden: state };
}

/**
 * The network in float64, step by step, without dropout: the yardstick for the compiled graph, the numbers behind
 * "Inside the LSTM", and the second opinion on exported models.
 * @param theta flat weights, see `parameterLayout`
 * @param rows [T, inputs] row-major, scaled, oldest step first: a window, and the rows of the lead times where something
 * is known ahead (what is not known there may be anything)
 * @param initial the state that each layer begins with; left out: all zero
 */
export function forward(
  shape: NetworkShape,
  theta: Numbers,
  rows: Numbers,
  initial: readonly LstmState[] = [],
): ForwardPass {
  requireParameterCount(shape, theta.length);
  const length = layRows(shape, rows).length / shape.inputs;
  if (!Number.isInteger(length) || length < rowsRead(shape, 1)) {
    throw new RangeError(`A window of ${rows.length} values does not hold steps of ${shape.inputs} inputs.`);
  }

  let sequence = stepInputs(shape, rows);
  const steps = layerWeights(shape, theta).map((weights, layer) => {
    const layerSteps: LstmStep[] = [];
    for (const input of sequence) {
      layerSteps.push(advance(weights, shape.hidden, input, layerSteps.at(-1) ?? initial[layer]));
    }
    sequence = layerSteps.map(({ hidden }) => hidden);
    return layerSteps;
  });

  const columns = headOutputs(shape);
  const dense = parameterCount(shape) - (shape.hidden + 1) * columns;
  const bias = dense + shape.hidden * columns;
  const outputs = new Float64Array(shape.outputs);
  sequence.slice(-headSteps(shape)).forEach((state, lead) => {
    for (let column = 0; column < columns; column++) {
      let sum = at(theta, bias + column);
      for (let unit = 0; unit < shape.hidden; unit++) {
        sum += at(state, unit) * at(theta, dense + unit * columns + column);
      }
      outputs[lead * columns + column] = sum;
    }
  });
  return { outputs, steps };
}

/**
 * Mean loss over windows and outputs and its gradient by theta, by back-propagation through time in float64, without
 * dropout.
 * @param windows the rows of each, as `forward` takes them
 * @param targets each [outputs], or with the pinball loss [outputs / quantiles], scaled; one for each window
 */
export function lossAndGradient(
  shape: NetworkShape,
  theta: Numbers,
  windows: readonly Numbers[],
  targets: readonly Numbers[],
  loss: LossSettings,
): { readonly loss: number; readonly gradient: Float64Array } {
  const gradient = new Float64Array(parameterCount(shape));
  const share = 1 / (windows.length * shape.outputs);
  const perTarget = outputsPerTarget(loss);
  let total = 0;
  windows.forEach((window, index) => {
    const pass = forward(shape, theta, window);
    const slopes = new Float64Array(shape.outputs);
    pass.outputs.forEach((prediction, output) => {
      const observation = at(targets[index] as Numbers, Math.floor(output / perTarget));
      const { value, slope } = pointLoss(loss, prediction - observation, output);
      total += value * share;
      slopes[output] = slope * share;
    });
    backPropagate(shape, theta, window, pass, slopes, gradient);
  });
  return { loss: total, gradient };
}

/** Adds one window's share to `gradient`; `slopes` is the loss' derivative by each output. */
function backPropagate(
  shape: NetworkShape,
  theta: Numbers,
  rows: Numbers,
  pass: ForwardPass,
  slopes: Float64Array,
  gradient: Float64Array,
): void {
  const { hidden, layers, inputs } = shape;
  const length = rows.length / inputs;
  const columns = headOutputs(shape);
  const dense = parameterCount(shape) - (hidden + 1) * columns;
  const top = pass.steps[layers - 1] as readonly LstmStep[];

  // What flows into each step's hidden state from above: at first only the dense head, at the steps that it reads.
  let fromAbove: Float64Array[] = Array.from({ length }, () => new Float64Array(hidden));
  slopes.forEach((slope, output) => {
    const time = length - headSteps(shape) + Math.floor(output / columns);
    const column = output % columns;
    add(gradient, dense + hidden * columns + column, slope);
    for (let unit = 0; unit < hidden; unit++) {
      add(gradient, dense + unit * columns + column, slope * at((top[time] as LstmStep).hidden, unit));
      add(fromAbove[time] as Float64Array, unit, slope * at(theta, dense + unit * columns + column));
    }
  });

  const weights = layerWeights(shape, theta);
  const first = stepInputs(shape, rows);
  for (let layer = layers - 1; layer >= 0; layer--) {
    const below = pass.steps[layer - 1];
    const inputAt = (time: number): Numbers =>
      below ? (below[time] as LstmStep).hidden : (first[time] as Numbers);
    fromAbove = backPropagateLayer(
      weights[layer] as LayerWeights,
      pass.steps[layer] as readonly LstmStep[],
      inputAt,
      fromAbove,
      gradient,
    );
  }
}

/** Returns the derivative by the layer's own inputs, one vector a step. */
function backPropagateLayer(
  weights: LayerWeights,
  steps: readonly LstmStep[],
  inputAt: (time: number) => Numbers,
  fromAbove: readonly Float64Array[],
  gradient: Float64Array,
): Float64Array[] {
  const hidden = weights.bias.length / 4;
  const byInput = steps.map(() => new Float64Array(weights.inputs));
  let byHidden = new Float64Array(hidden);
  let byCell = new Float64Array(hidden);
  for (let time = steps.length - 1; time >= 0; time--) {
    const step = steps[time] as LstmStep;
    const before = steps[time - 1];
    const byGates = new Float64Array(4 * hidden);
    const byCellBefore = new Float64Array(hidden);
    for (let unit = 0; unit < hidden; unit++) {
      const [i, f, c, o] = [
        at(step.input, unit),
        at(step.forget, unit),
        at(step.candidate, unit),
        at(step.output, unit),
      ] as const;
      const squashed = Math.tanh(at(step.cell, unit));
      const dh = at(byHidden, unit) + at(fromAbove[time] as Float64Array, unit);
      const dc = at(byCell, unit) + dh * o * (1 - squashed * squashed);
      byGates[unit] = dc * c * i * (1 - i);
      byGates[hidden + unit] = dc * (before ? at(before.cell, unit) : 0) * f * (1 - f);
      byGates[2 * hidden + unit] = dc * i * (1 - c * c);
      byGates[3 * hidden + unit] = dh * squashed * o * (1 - o);
      byCellBefore[unit] = dc * f;
    }

    const byHiddenBefore = new Float64Array(hidden);
    const spread = (values: Numbers, firstRow: number, byValues: Float64Array): void => {
      for (let index = 0; index < values.length; index++) {
        const row = (firstRow + index) * 4 * hidden;
        for (let unit = 0; unit < 4 * hidden; unit++) {
          add(gradient, weights.kernelOffset + row + unit, at(values, index) * at(byGates, unit));
          add(byValues, index, at(weights.kernel, row + unit) * at(byGates, unit));
        }
      }
    };
    spread(inputAt(time), 0, byInput[time] as Float64Array);
    if (before) spread(before.hidden, weights.inputs, byHiddenBefore);
    byGates.forEach((value, unit) => add(gradient, weights.biasOffset + unit, value));
    byHidden = byHiddenBefore;
    byCell = byCellBefore;
  }
  return byInput;
}
