import type { NetworkShape } from '../contract/network';
import { rowsRead } from '../network/ahead';
import { outputsPerTarget } from '../network/losses';
import { parameterCount, requireParameterCount } from '../network/parameters';
import { deriveSeed } from '../network/random';
import { chooseEvaluationCount, chooseExecution, type Execution } from './execution';
import { GraphSession, type Feed } from './graph-session';
import { usesDropout, type TrainingPlan } from './graph-plan';
import { describeMachine, loadNative, type Kernels } from './native';
import { scheduleRow } from './optimizer';
import { buildTrainingGraph, evaluateNodes, Node, trainNodes, type TrainEntry } from './training-graph';

/** Scaled readings, row-major; kept inside the session, so that a run names only row numbers. */
export interface TrainingData {
  /** [rows, inputCount] */
  readonly inputs: Float32Array;
  readonly inputCount: number;
  /** [rows, targetCount] */
  readonly targets: Float32Array;
  readonly targetCount: number;
}

export interface TrainOptions {
  /** Instead of the plan's: one for the whole call, or by the number of the optimiser step, from 0. */
  readonly learningRate?: number | ((step: number) => number);
}

/** All that resuming a training needs, besides its plan and data. */
export interface TrainingState {
  readonly theta: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  /** Optimiser steps done. */
  readonly step: number;
}

/**
 * A network in training, as a compiled TensorFlow graph. A window is named by the number of its first row, s: its
 * inputs are rows s to s+window-1, its targets rows s+window to s+window+horizon-1, where also lies what is known ahead
 * (what is not may be anything there, NaN too).
 * The same plan, data, state and calls give bit-equal numbers on one machine. Not for use from two threads.
 */
export class TrainingSession {
  /** How many windows to hand to `trainSteps` at once: it then takes a few tens of milliseconds at most. */
  readonly windowsPerRun: number;
  /** How many windows `sumLoss` and `predict` do in one run, likewise. */
  readonly windowsPerEvaluation: number;
  readonly execution: Execution;

  readonly #plan: TrainingPlan;
  readonly #rows: number;
  readonly #dropout: boolean;
  readonly #graph: GraphSession;
  #step = 0;

  private constructor(plan: TrainingPlan, data: TrainingData, execution: Execution, kernels: Kernels) {
    this.#plan = plan;
    this.#rows = data.inputs.length / data.inputCount;
    this.execution = execution;
    this.windowsPerRun = execution.steps * plan.batchSize;
    this.windowsPerEvaluation = chooseEvaluationCount(plan, kernels) * execution.shards;
    const graphPlan = { ...plan, rows: this.#rows, targetCount: data.targetCount, kernels };
    this.#dropout = usesDropout(graphPlan);
    this.#graph = new GraphSession(buildTrainingGraph(graphPlan, execution));
  }

  /**
   * Compiles the graph and loads data and weights. `state` is a fresh theta (layout: `parameterLayout`) or the state
   * that an earlier session left. Throws the problem `engine-missing`, and RangeErrors for shapes that do not fit.
   */
  static open(
    plan: TrainingPlan,
    data: TrainingData,
    state: TrainingState | Float32Array,
    given?: Execution,
  ): TrainingSession {
    // First the library: it tells which kernels there are.
    loadNative();
    const machine = describeMachine();
    const execution = given ?? chooseExecution(plan, machine);
    requireFit(plan, data, execution);
    const first = state instanceof Float32Array ? freshState(state) : state;
    requireState(plan.network, first);
    const session = new TrainingSession(plan, data, execution, machine.kernels);
    try {
      const rows = session.#rows;
      session.#graph.run(
        [
          { node: Node.inputs, shape: [rows, data.inputCount], values: data.inputs },
          { node: Node.targets, shape: [rows, data.targetCount], values: data.targets },
        ],
        [Node.loadData],
      );
      session.writeState(first);
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  /**
   * Trains on these windows in this order, batch by batch; what is left over is a last, smaller batch of full right:
   * its loss is the mean over its own windows. Returns the SUM of the windows' losses, each a mean over its outputs
   * and taken before its batch's update.
   */
  trainSteps(starts: Int32Array, options: TrainOptions = {}): number {
    this.#requireStarts(starts);
    const { batchSize } = this.#plan;
    const given = options.learningRate ?? this.#plan.learningRate;
    const rate = typeof given === 'number' ? () => given : given;
    let sum = 0;
    let done = 0;
    while (starts.length - done >= this.windowsPerRun) {
      sum += this.#train(
        'unrolled',
        this.execution.steps,
        starts.subarray(done, done + this.windowsPerRun),
        rate,
      );
      done += this.windowsPerRun;
    }
    while (done < starts.length) {
      const batch = starts.subarray(done, done + batchSize);
      sum += this.#train('single', 1, batch, rate);
      done += batch.length;
    }
    return sum / this.#plan.network.outputs;
  }

  /** The SUM over these windows of the loss without dropout, each a mean over its outputs. Any number of windows. */
  sumLoss(starts: Int32Array): number {
    let sum = 0;
    this.#requireStarts(starts);
    this.#evaluate(starts, 'loss', ([value]) => {
      sum += value ?? NaN;
    });
    return sum / this.#plan.network.outputs;
  }

  /**
   * Predictions without dropout, scaled, [windows, horizon x targets] row-major. Any number of windows, and also such
   * whose targets lie beyond the last row: the forecast. (Rows of what is known ahead must be there.)
   */
  predict(starts: Int32Array): Float32Array {
    const { network, window } = this.#plan;
    this.#requireStarts(starts, rowsRead(network, window));
    const predictions = new Float32Array(starts.length * this.#plan.network.outputs);
    this.#evaluate(starts, 'predictions', (values, first) => {
      predictions.set(values, first * this.#plan.network.outputs);
    });
    return predictions;
  }

  /** The gradient by theta of the mean loss over these windows, without dropout and before clipping. */
  gradient(starts: Int32Array): Float32Array {
    this.#requireStarts(starts);
    if (starts.length === 0) throw new RangeError('No windows were given, so there is no mean loss.');
    const feed = { node: Node.gradientStarts, shape: [starts.length], values: starts };
    const [gradient] = this.#graph.run([feed], [Node.gradient]);
    return gradient as Float32Array;
  }

  /** A copy of the weights and of the optimiser's state. */
  readState(): TrainingState {
    const nodes = [Node.readTheta, Node.readFirstMoment, Node.readSecondMoment];
    const [theta, firstMoment, secondMoment] = this.#graph.run([], nodes) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    return { theta, firstMoment, secondMoment, step: this.#step };
  }

  /** Continues from this state, or starts from this theta. Throws a RangeError when it belongs to another network. */
  writeState(given: TrainingState | Float32Array): void {
    const state = given instanceof Float32Array ? freshState(given) : given;
    requireState(this.#plan.network, state);
    const shape = [state.theta.length];
    this.#graph.run(
      [
        { node: Node.theta, shape, values: state.theta },
        { node: Node.firstMoment, shape, values: state.firstMoment },
        { node: Node.secondMoment, shape, values: state.secondMoment },
      ],
      [Node.loadState],
    );
    this.#step = state.step;
  }

  /** Frees the native memory. May be called twice. */
  close(): void {
    this.#graph.close();
  }

  #train(
    entry: TrainEntry,
    steps: number,
    starts: Int32Array,
    learningRate: (step: number) => number,
  ): number {
    const nodes = trainNodes(entry);
    const indices = Array.from({ length: steps }, (_, index) => this.#step + index);
    const schedule = Float32Array.from(
      indices.flatMap((step) => scheduleRow(learningRate(step), step, this.#plan.weightDecay)),
    );
    const feeds: Feed[] = [
      { node: nodes.starts, shape: [starts.length], values: starts },
      { node: nodes.schedule, shape: [schedule.length], values: schedule },
    ];
    if (this.#dropout) {
      const base = deriveSeed(this.#plan.seed, 'dropout');
      // The second number leaves room for the gaps between layers and the inputs, which the graph adds.
      const seeds = Int32Array.from(indices.flatMap((step) => [base, step * this.#plan.network.layers]));
      feeds.push({ node: nodes.dropoutSeeds, shape: [steps, 2], values: seeds });
    }
    const [loss] = this.#graph.run(feeds, [nodes.loss]);
    this.#step += steps;
    return loss?.[0] ?? NaN;
  }

  #evaluate(
    starts: Int32Array,
    result: 'loss' | 'predictions',
    take: (values: Float32Array, firstWindow: number) => void,
  ): void {
    for (let first = 0; first < starts.length; first += this.windowsPerEvaluation) {
      const count = Math.min(this.windowsPerEvaluation, starts.length - first);
      const shards = Math.min(this.execution.shards, count);
      const bounds = Array.from(
        { length: shards + 1 },
        (_, shard) => first + Math.floor((shard * count) / shards),
      );
      const parts = bounds.slice(1).map((end, shard) => starts.subarray(bounds[shard], end));
      const values = this.#graph.run(
        parts.map((part, shard) => ({
          node: evaluateNodes(shard).starts,
          shape: [part.length],
          values: part,
        })),
        parts.map((_, shard) => evaluateNodes(shard)[result]),
      );
      values.forEach((part, shard) => take(part, bounds[shard] ?? first));
    }
  }

  /** @param span rows that must be there, from the first one of a window */
  #requireStarts(starts: Int32Array, span = this.#plan.window + this.#plan.horizon): void {
    const last = this.#rows - span;
    for (const start of starts) {
      // TensorFlow on a GPU reads zeros, without a word, where a row does not exist.
      if (start < 0 || start > last)
        throw new RangeError(`No window starts at row ${start}: the last is ${last}.`);
    }
  }
}

function freshState(theta: Float32Array): TrainingState {
  return {
    theta,
    firstMoment: new Float32Array(theta.length),
    secondMoment: new Float32Array(theta.length),
    step: 0,
  };
}

function requireState(network: NetworkShape, { theta, firstMoment, secondMoment }: TrainingState): void {
  for (const { length } of [theta, firstMoment, secondMoment]) requireParameterCount(network, length);
}

function requireFit(plan: TrainingPlan, data: TrainingData, { steps, shards }: Execution): void {
  const { network, window, horizon, batchSize } = plan;
  const rows = data.inputs.length / data.inputCount;
  const refuse = (reason: string): never => {
    throw new RangeError(`The training plan does not fit: ${reason}.`);
  };
  if (data.inputCount !== network.inputs)
    refuse(`${data.inputCount} inputs, the network has ${network.inputs}`);
  const perTarget = outputsPerTarget(plan.loss);
  if (network.outputs !== horizon * data.targetCount * perTarget) {
    const each = perTarget === 1 ? '' : ` of ${perTarget} quantiles each`;
    refuse(`${network.outputs} outputs for a horizon of ${horizon} and ${data.targetCount} targets${each}`);
  }
  const { ahead } = network;
  if (ahead !== undefined && ahead !== null) {
    if (ahead.horizon !== horizon)
      refuse(`${ahead.horizon} steps after the window for a horizon of ${horizon}`);
    if (
      ahead.known.length !== network.inputs ||
      !ahead.known.every((steps) => Number.isInteger(steps) && steps >= 0)
    )
      refuse(`${network.inputs} inputs, known ${ahead.known.join(', ')} steps ahead`);
  }
  if (!Number.isInteger(rows) || data.targets.length !== rows * data.targetCount) {
    refuse('inputs and targets do not have the same whole number of rows');
  }
  if (rows < window + horizon) refuse(`${rows} rows hold no window of ${window} and horizon of ${horizon}`);
  for (const share of [plan.dropout, plan.inputDropout ?? 0]) {
    if (!(share >= 0 && share < 1)) refuse(`a dropout of ${share}`);
  }
  if (!((plan.weightDecay ?? 0) >= 0)) refuse(`a weight decay of ${plan.weightDecay}`);
  if (
    plan.loss.kind === 'pinball' &&
    !plan.loss.quantiles.every((quantile) => quantile > 0 && quantile < 1)
  ) {
    refuse(`quantiles ${plan.loss.quantiles.join(', ')}`);
  }
  if (batchSize % shards !== 0) refuse(`a batch of ${batchSize} in ${shards} equal shards`);
  if (steps < 1 || parameterCount(network) < 1) refuse(`${steps} steps a run`);
}
