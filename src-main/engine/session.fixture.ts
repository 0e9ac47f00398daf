import { expect } from 'vitest';
import type { LossSettings, NetworkShape } from '../contract/network';
import {
  initialiseParameters,
  lossAndGradient,
  outputsPerTarget,
  randomSource,
  rowsRead,
} from '../network/index';
import type { Execution } from './execution';
import { TrainingSession, type TrainingData, type TrainingState } from './session';
import type { TrainingPlan } from './graph-plan';

export const LOSSES: readonly LossSettings[] = [
  { kind: 'mse' },
  { kind: 'mae' },
  { kind: 'huber', delta: 0.3 },
];
export const SINGLE: Execution = { steps: 1, shards: 1 };

interface Setting {
  readonly layers: number;
  readonly targetCount: number;
  /** How many steps ahead each of the three inputs is known. */
  readonly known: readonly number[];
  readonly overrides: Partial<TrainingPlan>;
}

/** Two targets, three lead times, random readings; seeded. */
export function example({ layers = 1, targetCount = 2, known, overrides = {} }: Partial<Setting> = {}) {
  const [rows, inputs, horizon] = [120, 3, overrides.horizon ?? 3];
  const random = randomSource(99, 'example');
  const draw = (size: number): Float32Array => Float32Array.from({ length: size }, () => random.normal());
  const outputs = horizon * targetCount * outputsPerTarget(overrides.loss ?? { kind: 'mse' });
  const ahead = known === undefined ? null : { horizon, known };
  const network: NetworkShape = { inputs, hidden: 5, layers, outputs, ahead };
  const data: TrainingData = {
    inputs: draw(rows * inputs),
    inputCount: inputs,
    targets: draw(rows * targetCount),
    targetCount,
  };
  const plan: TrainingPlan = {
    network,
    window: 6,
    horizon,
    batchSize: 8,
    loss: { kind: 'mse' },
    dropout: 0,
    clipNorm: null,
    learningRate: 0.01,
    seed: 4,
    ...overrides,
  };
  return { plan, data, theta: initialiseParameters(network, { scheme: 'keras', seed: 1 }) };
}

export type Example = ReturnType<typeof example>;

/** The windows that these first rows name, cut in plain TypeScript. */
export function cutWindows({ plan, data }: Example, starts: Int32Array) {
  const { network, window, horizon, residual = false } = plan;
  const targetsFrom = (row: number, rows: number): Float32Array =>
    data.targets.slice(row * data.targetCount, (row + rows) * data.targetCount);
  return {
    windows: Array.from(starts, (row) =>
      data.inputs.slice(row * data.inputCount, (row + rowsRead(network, window)) * data.inputCount),
    ),
    targets: Array.from(starts, (row) => {
      const ahead = targetsFrom(row + window, horizon);
      if (!residual) return ahead;
      const newest = targetsFrom(row + window - 1, 1);
      return ahead.map((value, index) => value - newest[index % data.targetCount]!);
    }),
  };
}

export const startsOf = (count: number, seed = 7): Int32Array =>
  randomSource(seed, 'starts').permutation(112).subarray(0, count);

export function largestDifference(left: ArrayLike<number>, right: ArrayLike<number>): number {
  expect(left.length).toBe(right.length);
  let largest = 0;
  for (let index = 0; index < left.length; index++) {
    largest = Math.max(largest, Math.abs((left[index] ?? NaN) - (right[index] ?? NaN)));
  }
  return largest;
}

const opened: TrainingSession[] = [];
export function open(
  { plan, data, theta }: Example,
  execution: Execution = SINGLE,
  state: TrainingState | Float32Array = theta,
): TrainingSession {
  const session = TrainingSession.open(plan, data, state, execution);
  opened.push(session);
  return session;
}

/** To be called after each test: closes what `open` opened. */
export function closeAll(): void {
  for (const session of opened.splice(0)) session.close();
}

/** Adam (with weight decay, AdamW) as its authors wrote it, in float64. */
export function referenceTraining(given: Example, starts: Int32Array): { theta: Float64Array; sum: number } {
  const { plan } = given;
  const theta = Float64Array.from(given.theta);
  const [first, second] = [new Float64Array(theta.length), new Float64Array(theta.length)];
  let sum = 0;
  for (let done = 0, step = 1; done < starts.length; done += plan.batchSize, step++) {
    const batch = starts.subarray(done, done + plan.batchSize);
    const { windows, targets } = cutWindows(given, batch);
    const { loss, gradient } = lossAndGradient(plan.network, theta, windows, targets, plan.loss);
    sum += loss * batch.length;
    const norm = Math.hypot(...gradient);
    const scale = plan.clipNorm === null ? 1 : Math.min(1, plan.clipNorm / norm);
    gradient.forEach((value, index) => {
      const slope = value * scale;
      const m = (first[index] = 0.9 * (first[index] ?? 0) + 0.1 * slope);
      const v = (second[index] = 0.999 * (second[index] ?? 0) + 0.001 * slope * slope);
      theta[index] = (theta[index] ?? 0) * (1 - plan.learningRate * (plan.weightDecay ?? 0));
      const change = m / (1 - 0.9 ** step) / (Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8);
      theta[index] = (theta[index] ?? 0) - plan.learningRate * change;
    });
  }
  return { theta, sum };
}
