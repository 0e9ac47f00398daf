import type { NetworkShape } from '../contract/network';
import { rowsRead } from '../network/ahead';
import { layerInputs } from '../network/parameters';
import type { Kernels, Machine, ThreadSettings } from './native';

/** How a training runs on the machine; changes its speed, not its numbers (beyond the rounding of sums). */
export interface Execution {
  /** Optimiser steps unrolled into one session run. */
  readonly steps: number;
  /** Equal parts of a batch that run side by side on the cores; divides the batch size. */
  readonly shards: number;
}

/** What decides how long a step takes. */
export interface Workload {
  readonly network: NetworkShape;
  readonly window: number;
  readonly batchSize: number;
  /** Windows of an epoch, when known: steps are then chosen to leave few single ones over. */
  readonly trainingWindows?: number | undefined;
}

interface KernelSpeed {
  /** One core's arithmetic in the LSTM and its gradient, at hidden sizes of 10 to 64; float operations a millisecond. */
  readonly arithmeticPerMillisecond: number;
  /** What the graph's other operations cost a step, however small they are; milliseconds. */
  readonly overheadPerStep: number;
  /** Splitting a batch pays from about here; milliseconds of arithmetic. */
  readonly worthSharding: number;
}
/** Measured on a core of 2026 (AMD EPYC). */
const SPEED_OF: Readonly<Record<Kernels, KernelSpeed>> = {
  own: { arithmeticPerMillisecond: 150e6, overheadPerStep: 0.03, worthSharding: 0.08 },
  tensorflow: { arithmeticPerMillisecond: 30e6, overheadPerStep: 0.08, worthSharding: 0.25 },
};
/** oneDNN pays from about here; milliseconds of arithmetic in TensorFlow's kernels. */
const WORTH_ONE_DNN = 2;
/** A run cannot be interrupted: kept well under the 200 ms in which pause and cancel have to act, on slower machines too. */
const LONGEST_RUN = 20;
/** More gains nothing, and each lengthens the first run, in which TensorFlow optimises the graph. */
const MOST_STEPS = 10;
const MOST_EVALUATED = 4096;
/** Floats, 32 MB of them. */
const MOST_ACTIVATIONS = 8e6;
/** Tensors of [window, batch, hidden] that BlockLSTM returns. */
const LSTM_OUTPUTS = 7;

/** Float operations of one training step, forward and backward (twice the forward ones). */
function operationsPerStep({ network, window, batchSize }: Workload): number {
  const steps = rowsRead(network, window);
  let forward = 0;
  for (let layer = 0; layer < network.layers; layer++) {
    forward += 2 * batchSize * steps * 4 * network.hidden * (layerInputs(network, layer) + network.hidden);
  }
  forward += 2 * batchSize * network.hidden * network.outputs;
  return 3 * forward;
}

/** A rule of thumb: shards for the larger shapes, unrolled steps for the small ones. */
export function chooseExecution(workload: Workload, { cores, kernels }: Machine): Execution {
  const { arithmeticPerMillisecond, overheadPerStep, worthSharding } = SPEED_OF[kernels];
  const arithmetic = operationsPerStep(workload) / arithmeticPerMillisecond;
  const shards = arithmetic > worthSharding ? largestDivisor(workload.batchSize, Math.min(cores, 8)) : 1;
  const estimated = overheadPerStep * shards + arithmetic / shards;
  const most = Math.max(1, Math.min(MOST_STEPS, Math.floor(LONGEST_RUN / estimated)));
  if (workload.trainingWindows === undefined) return { steps: most, shards };
  const batches = Math.max(1, Math.floor(workload.trainingWindows / workload.batchSize));
  return { steps: Math.floor(batches / Math.ceil(batches / most)), shards };
}

/**
 * Windows that one run without gradients takes on each shard: bounded by the same time and, as BlockLSTMV2 keeps all
 * its steps, by 32 MB of activations.
 */
export function chooseEvaluationCount(workload: Workload, kernels: Kernels): number {
  const { network, window, batchSize } = workload;
  const activations =
    rowsRead(network, window) * (network.inputs + LSTM_OUTPUTS * network.hidden * network.layers);
  const arithmetic = operationsPerStep(workload) / batchSize / 3 / SPEED_OF[kernels].arithmeticPerMillisecond;
  const held = kernels === 'own' ? Infinity : MOST_ACTIVATIONS / activations;
  return Math.max(1, Math.floor(Math.min(held, LONGEST_RUN / arithmetic, MOST_EVALUATED)));
}

/**
 * TensorFlow's own threads: one for each shard, since handing small operations from thread to thread costs more than
 * it wins; oneDNN's kernels only where matrices are large enough to pay for them.
 */
export function chooseThreads(workload: Workload, machine: Machine): ThreadSettings {
  const arithmetic = operationsPerStep(workload) / SPEED_OF.tensorflow.arithmeticPerMillisecond;
  return {
    intraOpThreads: 1,
    interOpThreads: chooseExecution(workload, machine).shards,
    oneDnn: machine.kernels === 'tensorflow' && arithmetic > WORTH_ONE_DNN,
  };
}

/** The largest divisor of `count` that is at most `limit`. */
function largestDivisor(count: number, limit: number): number {
  let divisor = Math.max(1, Math.min(count, limit));
  while (count % divisor !== 0) divisor--;
  return divisor;
}
