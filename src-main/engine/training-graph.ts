import { outputsPerTarget } from '../network/losses';
import { parameterCount } from '../network/parameters';
import type { Execution } from './execution';
import { DataType, GraphBuilder, type Tensor } from './graph-builder';
import { dropsHidden, usesDropout, type GraphPlan } from './graph-plan';
import { buildPointLosses } from './losses';
import { buildDropoutMasks, buildInputMask, type BatchCount } from './lstm';
import type { Kernels } from './native';
import type { Masks, NetworkOperations, WindowInputs } from './network-operations';
import { ownOperations } from './own-operations';
import { tensorflowOperations } from './tensorflow-operations';
import { applyAdam, clipByNorm, decayWeights, SCHEDULE_COLUMNS, type AdamVariables } from './optimizer';
import type { GraphNode } from './saved-model';

/** The two ways to have the network computed. Both give the same numbers, but for rounding; the same tests prove both. */
const networkOperations: Readonly<Record<Kernels, NetworkOperations>> = {
  own: ownOperations,
  tensorflow: tensorflowOperations,
};

/** Names of the nodes that the session feeds and fetches. */
export const Node = {
  /** Feeds of `loadData`: [rows, inputs] and [rows, targets]. */
  inputs: 'inputs',
  targets: 'targets',
  loadData: 'load_data',
  /** Feeds of `loadState`, each [parameters]. */
  theta: 'theta',
  firstMoment: 'first_moment',
  secondMoment: 'second_moment',
  loadState: 'load_state',
  readTheta: 'read_theta',
  readFirstMoment: 'read_first_moment',
  readSecondMoment: 'read_second_moment',
  gradient: 'gradient',
  gradientStarts: 'gradient_starts',
} as const;

/** Nodes of a training run: whole batches unrolled, or one batch of any size. */
export type TrainEntry = 'unrolled' | 'single';
export const trainNodes = (entry: TrainEntry) => ({
  /** int32 [windows]: the first row of each window. */
  starts: `${entry}_starts`,
  /** float [steps x SCHEDULE_COLUMNS] */
  schedule: `${entry}_schedule`,
  /** int32 [steps, 2]; fed only with dropout. */
  dropoutSeeds: `${entry}_dropout_seeds`,
  /** Sum of the losses of all windows and outputs. */
  loss: `${entry}_loss`,
});

/** Nodes of one shard of a run without gradients. */
export const evaluateNodes = (shard: number) => ({
  starts: `evaluate_${shard}_starts`,
  loss: `evaluate_${shard}_loss`,
  predictions: `evaluate_${shard}_predictions`,
});

interface Variables extends AdamVariables {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

/** Windows of one shard of one step. */
interface Windows {
  readonly inputs: WindowInputs;
  /** [batch, outputs] */
  readonly observed: Tensor;
}

const NO_MASKS: Masks = { dropoutMasks: [], inputMask: undefined };

function buildMasks(graph: GraphBuilder, plan: GraphPlan, batch: BatchCount, seed: Tensor): Masks {
  const options = { network: plan.network, window: plan.window, batch };
  const { inputDropout = 0 } = plan;
  return {
    dropoutMasks: dropsHidden(plan) ? buildDropoutMasks(graph, options, plan.dropout, seed) : [],
    inputMask: inputDropout > 0 ? buildInputMask(graph, options, inputDropout, seed) : undefined,
  };
}

/** The masks of a whole batch cut along its windows, so that shards change nothing. */
function splitMasks(graph: GraphBuilder, masks: Masks, sizes: readonly number[]): Masks[] {
  const cut = (mask: Tensor): Tensor[] => graph.split(mask, sizes, 1);
  const hidden = masks.dropoutMasks.map(cut);
  const inputs = masks.inputMask === undefined ? [] : cut(masks.inputMask);
  return sizes.map((_, shard) => ({
    dropoutMasks: hidden.map((parts) => parts[shard] as Tensor),
    inputMask: inputs[shard],
  }));
}

/**
 * The whole graph of a training: the data set, the weights and Adam's moments live in variables, and a run feeds only
 * row numbers. Entries: load, read, `unrolled` and `single` training, evaluation, and the bare gradient.
 */
export function buildTrainingGraph(plan: GraphPlan, execution: Execution): readonly GraphNode[] {
  const graph = new GraphBuilder();
  const variables = buildVariables(graph, plan);
  buildUnrolledTraining(graph, plan, variables, execution);
  buildSingleTraining(graph, plan, variables);
  for (let shard = 0; shard < execution.shards; shard++) buildEvaluation(graph, plan, variables, shard);
  buildGradientEntry(graph, plan, variables);
  return graph.nodes;
}

function buildVariables(graph: GraphBuilder, plan: GraphPlan): Variables {
  const { network, rows, targetCount } = plan;
  const parameters = parameterCount(network);
  const declare = (name: string, shape: readonly number[]) => {
    const variable = graph.variable(`${name}_variable`, shape);
    return { variable, assigned: graph.assignCopy(variable, graph.placeholder(name, DataType.float, shape)) };
  };
  const inputs = declare(Node.inputs, [rows, network.inputs]);
  const targets = declare(Node.targets, [rows, targetCount]);
  const theta = declare(Node.theta, [parameters]);
  const firstMoment = declare(Node.firstMoment, [parameters]);
  const secondMoment = declare(Node.secondMoment, [parameters]);

  const loaded = (name: string, after: readonly Tensor[]): Tensor =>
    graph.unary('Identity', graph.scalar(1), { name, after });
  loaded(Node.loadData, [inputs.assigned, targets.assigned]);
  loaded(Node.loadState, [theta.assigned, firstMoment.assigned, secondMoment.assigned]);
  graph.read(theta.variable, { name: Node.readTheta });
  graph.read(firstMoment.variable, { name: Node.readFirstMoment });
  graph.read(secondMoment.variable, { name: Node.readSecondMoment });
  return {
    inputs: inputs.variable,
    targets: targets.variable,
    theta: theta.variable,
    firstMoment: firstMoment.variable,
    secondMoment: secondMoment.variable,
  };
}

const range = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + index);

/**
 * Windows by the row numbers of their first rows. Inputs are rows start to start+window-1, targets the `horizon` rows
 * after them, flattened lead time by lead time; with `residual` as changes since the window's last row.
 * @param starts int32; [batch], or [groups x batch] for several equal groups, which are gathered at once
 */
function gatherWindows(
  graph: GraphBuilder,
  plan: GraphPlan,
  variables: Variables,
  starts: Tensor,
  groups: number,
  batch: BatchCount,
): Windows[] {
  const { window, horizon, network } = plan;
  const size = typeof batch === 'number' ? batch : -1;
  const gatherTargets = (offsets: readonly number[]): Tensor =>
    graph.gatherRows(
      variables.targets,
      graph.binary(
        'AddV2',
        graph.reshape(starts, [groups, size, 1], DataType.int32),
        graph.constant(offsets, [1, 1, offsets.length], DataType.int32),
        DataType.int32,
      ),
    );
  const ahead = gatherTargets(range(window, horizon));
  const targets = plan.residual === true ? graph.binary('Sub', ahead, gatherTargets([window - 1])) : ahead;
  const observed = graph.reshape(repeatTargets(graph, plan, targets, groups * size), [
    groups,
    size,
    network.outputs,
  ]);
  const inputs = networkOperations[plan.kernels].locateWindows(
    graph,
    plan,
    variables.inputs,
    starts,
    groups,
    batch,
  );
  return graph.unstack(observed, groups).map((group, index) => ({
    inputs: inputs[index] as WindowInputs,
    observed: group,
  }));
}

/** Each target once for each of its quantiles; `windows` is negative where it is known only when the graph runs. */
function repeatTargets(graph: GraphBuilder, plan: GraphPlan, observed: Tensor, windows: number): Tensor {
  const quantiles = outputsPerTarget(plan.loss);
  if (quantiles === 1) return observed;
  const count = plan.horizon * plan.targetCount;
  const column = graph.reshape(observed, [windows < 0 ? -1 : windows, count, 1]);
  return graph.binary('Mul', column, graph.constant(new Array<number>(quantiles).fill(1), [quantiles]));
}

function applyGradient(
  graph: GraphBuilder,
  plan: GraphPlan,
  variables: Variables,
  gradient: Tensor,
  [stepSize, stepEpsilon, decay]: readonly Tensor[],
): Tensor {
  const clipped = plan.clipNorm === null ? gradient : clipByNorm(graph, gradient, plan.clipNorm);
  const decayed =
    plan.weightDecay === undefined || plan.weightDecay === 0
      ? []
      : [decayWeights(graph, variables.theta, clipped, decay as Tensor)];
  return applyAdam(graph, variables, clipped, stepSize as Tensor, stepEpsilon as Tensor, decayed);
}

/** Sum of all losses, fetched once every step was applied. */
function buildLossSum(
  graph: GraphBuilder,
  plan: GraphPlan,
  errors: Tensor,
  axes: number,
  name: string,
  after: readonly Tensor[],
): void {
  const sum = graph.sum(buildPointLosses(graph, plan.loss, errors, plan.network.outputs), range(0, axes));
  graph.unary('Identity', sum, { name, after });
}

function buildUnrolledTraining(
  graph: GraphBuilder,
  plan: GraphPlan,
  variables: Variables,
  { steps, shards }: Execution,
): void {
  const { network, batchSize } = plan;
  const nodes = trainNodes('unrolled');
  const shardSize = batchSize / shards;
  const starts = graph.placeholder(nodes.starts, DataType.int32, [steps * batchSize]);
  const schedule = feedSchedule(graph, nodes.schedule, steps);
  const dropoutSeeds = usesDropout(plan)
    ? graph.unstack(graph.placeholder(nodes.dropoutSeeds, DataType.int32, [steps, 2]), steps, DataType.int32)
    : [];
  const windows = gatherWindows(graph, plan, variables, starts, steps * shards, shardSize);
  const share = 1 / (batchSize * network.outputs);

  const operations = networkOperations[plan.kernels];
  const errors: Tensor[] = [];
  let updated: readonly Tensor[] = [];
  for (let step = 0; step < steps; step++) {
    // Reads wait for the update of the step before; all else follows from the reads.
    const theta = graph.read(variables.theta, { after: updated });
    const seed = dropoutSeeds[step];
    const masks =
      seed === undefined
        ? []
        : splitMasks(
            graph,
            buildMasks(graph, plan, batchSize, seed),
            new Array<number>(shards).fill(shardSize),
          );
    const gradients = windows.slice(step * shards, (step + 1) * shards).map((part, shard) => {
      const request = { ...part, theta, share, masks: masks[shard] ?? NO_MASKS };
      const result = operations.buildGradient(graph, plan, request);
      errors.push(result.errors);
      return result.gradient;
    });
    const row = schedule.slice(step * SCHEDULE_COLUMNS, (step + 1) * SCHEDULE_COLUMNS);
    updated = [applyGradient(graph, plan, variables, graph.addAll(gradients), row)];
  }
  buildLossSum(graph, plan, graph.stack(errors), 3, nodes.loss, updated);
}

/** A batch of any size, for what whole batches leave over. */
function buildSingleTraining(graph: GraphBuilder, plan: GraphPlan, variables: Variables): void {
  const nodes = trainNodes('single');
  const starts = graph.placeholder(nodes.starts, DataType.int32, [-1]);
  const schedule = feedSchedule(graph, nodes.schedule, 1);
  const { part, share } = gatherAny(graph, plan, variables, starts);
  const masks = usesDropout(plan)
    ? buildMasks(
        graph,
        plan,
        part.inputs.batch,
        graph.pick(graph.placeholder(nodes.dropoutSeeds, DataType.int32, [1, 2]), 0, DataType.int32),
      )
    : NO_MASKS;
  const request = { ...part, theta: graph.read(variables.theta), share, masks };
  const { gradient, errors } = networkOperations[plan.kernels].buildGradient(graph, plan, request);
  const updated = applyGradient(graph, plan, variables, gradient, schedule);
  buildLossSum(graph, plan, errors, 2, nodes.loss, [updated]);
}

function buildGradientEntry(graph: GraphBuilder, plan: GraphPlan, variables: Variables): void {
  const starts = graph.placeholder(Node.gradientStarts, DataType.int32, [-1]);
  const { part, share } = gatherAny(graph, plan, variables, starts);
  const request = { ...part, theta: graph.read(variables.theta), share, masks: NO_MASKS };
  const { gradient } = networkOperations[plan.kernels].buildGradient(graph, plan, request);
  graph.unary('Identity', gradient, { name: Node.gradient });
}

function buildEvaluation(graph: GraphBuilder, plan: GraphPlan, variables: Variables, shard: number): void {
  const nodes = evaluateNodes(shard);
  const starts = graph.placeholder(nodes.starts, DataType.int32, [-1]);
  const { part } = gatherAny(graph, plan, variables, starts);
  const theta = graph.read(variables.theta);
  const predictions = networkOperations[plan.kernels].buildPredictions(graph, plan, theta, part.inputs);
  graph.unary('Identity', predictions, { name: nodes.predictions });
  buildLossSum(graph, plan, graph.binary('Sub', predictions, part.observed), 2, nodes.loss, []);
}

/** The windows of a feed of any length, and 1 / (windows x outputs). */
function gatherAny(
  graph: GraphBuilder,
  plan: GraphPlan,
  variables: Variables,
  starts: Tensor,
): { readonly part: Windows; readonly share: Tensor } {
  const batch = graph.length(starts, DataType.int32);
  const [part] = gatherWindows(graph, plan, variables, starts, 1, batch);
  const count = graph.toFloat(batch, DataType.int32);
  const share = graph.binary('RealDiv', graph.scalar(1 / plan.network.outputs), count);
  return { part: part as Windows, share };
}

function feedSchedule(graph: GraphBuilder, name: string, steps: number): Tensor[] {
  const count = steps * SCHEDULE_COLUMNS;
  return graph.unstack(graph.placeholder(name, DataType.float, [count]), count);
}
