import type { NetworkShape } from '../contract/network';
import { headOutputs, headSteps, isSeenAt, rowsRead } from '../network/ahead';
import { layerInputs, parameterLayout } from '../network/parameters';
import { attribute, DataType, type GraphBuilder, type Tensor } from './graph-builder';

/** How many windows go through at once: a number, or an int32 scalar of the graph that holds it. */
export type BatchCount = number | Tensor;

/** Theta cut into the weights that the operations take. */
export interface GraphWeights {
  readonly layers: readonly { readonly kernel: Tensor; readonly bias: Tensor; readonly inputs: number }[];
  /** [hidden, headOutputs] */
  readonly denseKernel: Tensor;
  /** [headOutputs] */
  readonly denseBias: Tensor;
}

/** Cuts the flat theta: for each layer [in + hidden, 4 hidden] and [4 hidden], then the dense head. */
export function cutWeights(graph: GraphBuilder, network: NetworkShape, theta: Tensor): GraphWeights {
  const { hidden, layers } = network;
  const sizeOf = new Map(parameterLayout(network).map(({ name, size }) => [name, size]));
  const size = (name: string): number => sizeOf.get(name) ?? 0;
  const sizes = Array.from({ length: layers }, (_, layer) => `lstm_${layer + 1}`).flatMap((layer) => [
    size(`${layer}/kernel`) + size(`${layer}/recurrent_kernel`),
    size(`${layer}/bias`),
  ]);
  const parts = graph.split(theta, [...sizes, size('dense/kernel'), size('dense/bias')], 0);
  const part = (index: number): Tensor => parts[index] as Tensor;
  return {
    layers: Array.from({ length: layers }, (_, layer) => {
      const inputs = layerInputs(network, layer);
      return {
        kernel: graph.reshape(part(2 * layer), [inputs + hidden, 4 * hidden]),
        bias: part(2 * layer + 1),
        inputs,
      };
    }),
    denseKernel: graph.reshape(part(2 * layers), [hidden, headOutputs(network)]),
    denseBias: part(2 * layers + 1),
  };
}

/** What the backward pass needs of the forward pass. */
export interface GraphPass {
  /** Per layer what BlockLSTMV2 was given and gave. */
  readonly layers: readonly { readonly inputs: readonly Tensor[]; readonly outputs: readonly Tensor[] }[];
  /** Hidden states of the last layer that the head reads, step by step, [headSteps x batch, hidden]. */
  readonly read: Tensor;
  /** [batch, outputs] */
  readonly predictions: Tensor;
}

interface PassOptions {
  readonly network: NetworkShape;
  readonly window: number;
  readonly batch: BatchCount;
  /** For each gap between two layers a [rowsRead, batch, hidden] tensor that hidden states are multiplied by. */
  readonly dropoutMasks?: readonly Tensor[];
  /** [rowsRead, batch, features] tensor that the inputs are multiplied by. */
  readonly inputMask?: Tensor | undefined;
}

const BLOCK_LSTM_OUTPUTS = 7;
const HIDDEN_OUTPUT = 6;

function zeros(graph: GraphBuilder, batch: BatchCount, before: readonly number[], width: number): Tensor {
  if (typeof batch === 'number') return graph.zeros([...before, batch, width]);
  const known = (size: number): Tensor => graph.scalar(size, DataType.int32);
  return graph.zerosOf(graph.stack([...before.map(known), batch, known(width)], DataType.int32));
}

/** What the first layer reads out of `rows` [rowsRead, batch, features]: see `stepInputs` in network/. */
function buildStepInputs(graph: GraphBuilder, rows: Tensor, { network, window, batch }: PassOptions): Tensor {
  const { ahead, inputs } = network;
  if (ahead === undefined || ahead === null) return rows;
  const leads = Array.from({ length: rowsRead(network, window) }, (_, row) => Math.max(0, row - window + 1));
  const seen = leads.flatMap((lead) => ahead.known.map((known) => Number(isSeenAt(lead, known))));
  const shown = graph.select(
    graph.constant(seen, [leads.length, 1, inputs], DataType.bool),
    rows,
    graph.scalar(0),
  );
  const shares = leads.map((lead) => lead / ahead.horizon);
  const column = graph.binary(
    'AddV2',
    zeros(graph, batch, [leads.length], 1),
    graph.constant(shares, [leads.length, 1, 1]),
  );
  return graph.concat([shown, column], 2);
}

/** The outputs of the head, [headSteps x batch, headOutputs], as predictions [batch, outputs]. */
function byWindow(graph: GraphBuilder, { network }: PassOptions, byStep: Tensor): Tensor {
  const steps = headSteps(network);
  if (steps === 1) return byStep;
  const cube = graph.reshape(byStep, [steps, -1, headOutputs(network)]);
  return graph.reshape(graph.transpose(cube, [1, 0, 2]), [-1, network.outputs]);
}

/** The opposite of `byWindow`. */
function byStep(graph: GraphBuilder, { network }: PassOptions, predictions: Tensor): Tensor {
  const steps = headSteps(network);
  if (steps === 1) return predictions;
  const cube = graph.reshape(predictions, [-1, steps, headOutputs(network)]);
  return graph.reshape(graph.transpose(cube, [1, 0, 2]), [-1, headOutputs(network)]);
}

/**
 * The network's forward pass over `rows` [rowsRead, batch, features].
 * A layer is one BlockLSTMV2, whose gate order i, f, c, o is that of our parameters; no peepholes, no cell clipping.
 */
export function buildForward(
  graph: GraphBuilder,
  weights: GraphWeights,
  rows: Tensor,
  options: PassOptions,
): GraphPass {
  const { network, window, batch, dropoutMasks, inputMask } = options;
  const { hidden } = network;
  const steps = rowsRead(network, window);
  const start = zeros(graph, batch, [], hidden);
  const noPeephole = graph.zeros([hidden]);
  const length = graph.scalar(steps, DataType.int64);
  const kept = inputMask === undefined ? rows : graph.binary('Mul', rows, inputMask);
  let sequence = buildStepInputs(graph, kept, options);
  const layers = weights.layers.map(({ kernel, bias }, layer) => {
    const mask = dropoutMasks?.[layer - 1];
    const x = mask === undefined ? sequence : graph.binary('Mul', sequence, mask);
    const given = [length, x, start, start, kernel, noPeephole, noPeephole, noPeephole, bias];
    const lstm = graph.operation('BlockLSTMV2', given, {
      T: attribute.type(DataType.float),
      cell_clip: attribute.float(0),
      use_peephole: attribute.bool(false),
    });
    const outputs = graph.outputs(lstm, BLOCK_LSTM_OUTPUTS);
    sequence = graph.output(lstm, HIDDEN_OUTPUT);
    return { inputs: given, outputs };
  });
  const read = readStates(graph, options, sequence);
  const outputs = graph.addBias(graph.matMul(read, weights.denseKernel), weights.denseBias);
  return { layers, read, predictions: byWindow(graph, options, outputs) };
}

/** Of hidden states [rowsRead, batch, hidden] those that the head reads, [headSteps x batch, hidden]. */
function readStates(graph: GraphBuilder, { network, window }: PassOptions, states: Tensor): Tensor {
  const [all, steps] = [rowsRead(network, window), headSteps(network)];
  if (steps === 1) return graph.pick(states, all - 1);
  const parts = graph.split(states, [all - steps, steps], 0);
  return graph.reshape(parts[1] as Tensor, [-1, network.hidden]);
}

/** The gradient by theta, flat, from the gradient by the predictions, [batch, outputs]. */
export function buildBackward(
  graph: GraphBuilder,
  weights: GraphWeights,
  pass: GraphPass,
  byPredictions: Tensor,
  options: PassOptions,
): Tensor {
  const { network, window, batch, dropoutMasks } = options;
  const { hidden } = network;
  const byOutputs = byStep(graph, options, byPredictions);
  const denseKernel = graph.matMul(pass.read, byOutputs, { left: true });
  const denseBias = graph.sum(byOutputs, [0]);
  const flatStates = graph.matMul(byOutputs, weights.denseKernel, { right: true });
  const byRead = graph.reshape(flatStates, [headSteps(network), -1, hidden]);

  const steps = rowsRead(network, window);
  const noCellGradient = zeros(graph, batch, [steps], hidden);
  // The head reads only the newest steps.
  const unread = steps - headSteps(network);
  let byHidden = unread === 0 ? byRead : graph.concat([zeros(graph, batch, [unread], hidden), byRead], 0);
  const flat: Tensor[] = [];
  for (let layer = network.layers - 1; layer >= 0; layer--) {
    const { inputs = [], outputs = [] } = pass.layers[layer] ?? {};
    const gradient = graph.operation('BlockLSTMGradV2', [...inputs, ...outputs, noCellGradient, byHidden], {
      T: attribute.type(DataType.float),
      use_peephole: attribute.bool(false),
    });
    // Outputs: x, cell before, hidden before, kernel, three peepholes, bias.
    flat.unshift(graph.reshape(graph.output(gradient, 3), [-1]), graph.output(gradient, 7));
    const mask = dropoutMasks?.[layer - 1];
    byHidden = mask === undefined ? gradient : graph.binary('Mul', gradient, mask);
  }
  return graph.concat([...flat, graph.reshape(denseKernel, [-1]), denseBias], 0);
}

/** Inverted dropout between layers: for each gap a [rowsRead, batch, hidden] tensor of 0 and 1/(1-rate). */
export function buildDropoutMasks(
  graph: GraphBuilder,
  options: PassOptions,
  rate: number,
  seed: Tensor,
): Tensor[] {
  const { layers, hidden } = options.network;
  return Array.from({ length: layers - 1 }, (_, gap) =>
    buildMask(graph, options, hidden, rate, { seed, place: gap }),
  );
}

/** Inverted dropout of inputs: a [rowsRead, batch, inputs] tensor of 0 and 1/(1-rate). */
export function buildInputMask(
  graph: GraphBuilder,
  options: PassOptions,
  rate: number,
  seed: Tensor,
): Tensor {
  const { layers, inputs } = options.network;
  return buildMask(graph, options, inputs, rate, { seed, place: layers - 1 });
}

/**
 * Counter-based random numbers: the same seed (int32 [2]) gives the same mask, whatever ran before. `place` tells the
 * masks of one step apart.
 */
function buildMask(
  graph: GraphBuilder,
  { network, window, batch }: PassOptions,
  width: number,
  rate: number,
  { seed, place }: { readonly seed: Tensor; readonly place: number },
): Tensor {
  const steps = rowsRead(network, window);
  const known = (size: number): Tensor => graph.scalar(size, DataType.int32);
  const shape =
    typeof batch === 'number'
      ? graph.integers([steps, batch, width])
      : graph.stack([known(steps), batch, known(width)], DataType.int32);
  const placeSeed = graph.binary('AddV2', seed, graph.integers([0, place]), DataType.int32);
  const uniform = graph.operation('StatelessRandomUniform', [shape, placeSeed], {
    dtype: attribute.type(DataType.float),
    T: attribute.type(DataType.int32),
    Tseed: attribute.type(DataType.int32),
  });
  const kept = graph.isAtLeast(uniform, graph.scalar(rate));
  return graph.binary('Mul', kept, graph.scalar(1 / (1 - rate)));
}
