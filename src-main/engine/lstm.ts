import type { NetworkShape } from '../contract/network';
import { layerInputs, parameterLayout } from '../network/parameters';
import { attribute, DataType, type GraphBuilder, type Tensor } from './graph-builder';

/** How many windows go through at once: a number, or an int32 scalar of the graph that holds it. */
export type BatchCount = number | Tensor;

/** Theta cut into the weights that the operations take. */
export interface GraphWeights {
  readonly layers: readonly { readonly kernel: Tensor; readonly bias: Tensor; readonly inputs: number }[];
  /** [hidden, outputs] */
  readonly denseKernel: Tensor;
  /** [outputs] */
  readonly denseBias: Tensor;
}

/** Cuts the flat theta: for each layer [in + hidden, 4 hidden] and [4 hidden], then the dense head. */
export function cutWeights(graph: GraphBuilder, network: NetworkShape, theta: Tensor): GraphWeights {
  const { hidden, outputs, layers } = network;
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
    denseKernel: graph.reshape(part(2 * layers), [hidden, outputs]),
    denseBias: part(2 * layers + 1),
  };
}

/** What the backward pass needs of the forward pass. */
export interface GraphPass {
  /** Per layer what BlockLSTMV2 was given and gave. */
  readonly layers: readonly { readonly inputs: readonly Tensor[]; readonly outputs: readonly Tensor[] }[];
  /** Hidden state of the last layer at the newest step, [batch, hidden]. */
  readonly last: Tensor;
  /** [batch, outputs] */
  readonly predictions: Tensor;
}

interface PassOptions {
  readonly network: NetworkShape;
  readonly window: number;
  readonly batch: BatchCount;
  /** For each gap between two layers a [window, batch, hidden] tensor that hidden states are multiplied by. */
  readonly dropoutMasks?: readonly Tensor[];
  /** [window, batch, features] tensor that the inputs are multiplied by. */
  readonly inputMask?: Tensor | undefined;
}

const BLOCK_LSTM_OUTPUTS = 7;
const HIDDEN_OUTPUT = 6;

function zeros(graph: GraphBuilder, batch: BatchCount, before: readonly number[], width: number): Tensor {
  if (typeof batch === 'number') return graph.zeros([...before, batch, width]);
  const known = (size: number): Tensor => graph.scalar(size, DataType.int32);
  return graph.zerosOf(graph.stack([...before.map(known), batch, known(width)], DataType.int32));
}

/**
 * The network's forward pass over `inputs` [window, batch, features].
 * A layer is one BlockLSTMV2, whose gate order i, f, c, o is that of our parameters; no peepholes, no cell clipping.
 */
export function buildForward(
  graph: GraphBuilder,
  weights: GraphWeights,
  inputs: Tensor,
  { network, window, batch, dropoutMasks, inputMask }: PassOptions,
): GraphPass {
  const { hidden } = network;
  const start = zeros(graph, batch, [], hidden);
  const noPeephole = graph.zeros([hidden]);
  const length = graph.scalar(window, DataType.int64);
  let sequence = inputMask === undefined ? inputs : graph.binary('Mul', inputs, inputMask);
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
  const last = graph.pick(sequence, window - 1);
  const predictions = graph.addBias(graph.matMul(last, weights.denseKernel), weights.denseBias);
  return { layers, last, predictions };
}

/** The gradient by theta, flat, from the gradient by the predictions, [batch, outputs]. */
export function buildBackward(
  graph: GraphBuilder,
  weights: GraphWeights,
  pass: GraphPass,
  byPredictions: Tensor,
  { network, window, batch, dropoutMasks }: PassOptions,
): Tensor {
  const { hidden } = network;
  const denseKernel = graph.matMul(pass.last, byPredictions, { left: true });
  const denseBias = graph.sum(byPredictions, [0]);
  const byLast = graph.expand(graph.matMul(byPredictions, weights.denseKernel, { right: true }));

  const noCellGradient = zeros(graph, batch, [window], hidden);
  // The head reads only the newest step.
  let byHidden = window === 1 ? byLast : graph.concat([zeros(graph, batch, [window - 1], hidden), byLast], 0);
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

/** Inverted dropout between layers: for each gap a [window, batch, hidden] tensor of 0 and 1/(1-rate). */
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

/** Inverted dropout of inputs: a [window, batch, inputs] tensor of 0 and 1/(1-rate). */
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
  { window, batch }: PassOptions,
  width: number,
  rate: number,
  { seed, place }: { readonly seed: Tensor; readonly place: number },
): Tensor {
  const known = (size: number): Tensor => graph.scalar(size, DataType.int32);
  const shape =
    typeof batch === 'number'
      ? graph.integers([window, batch, width])
      : graph.stack([known(window), batch, known(width)], DataType.int32);
  const placeSeed = graph.binary('AddV2', seed, graph.integers([0, place]), DataType.int32);
  const uniform = graph.operation('StatelessRandomUniform', [shape, placeSeed], {
    dtype: attribute.type(DataType.float),
    T: attribute.type(DataType.int32),
    Tseed: attribute.type(DataType.int32),
  });
  const kept = graph.isAtLeast(uniform, graph.scalar(rate));
  return graph.binary('Mul', kept, graph.scalar(1 / (1 - rate)));
}
