import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parameterCount } from '../network/index';
import type { Execution } from './execution';
import { TrainingSession, type TrainingData } from './session';
import type { TrainingPlan } from './graph-plan';

/** What scripts/pytorch-parity.py prints; it says how the fixture was made. */
interface Parity {
  readonly learningRate: number;
  readonly shape: Readonly<Record<'rows' | 'inputs' | 'hidden' | 'window' | 'windows' | 'batchSize', number>>;
  readonly cases: readonly {
    readonly layers: number;
    /** Mean over the windows of each epoch, each taken before its batch's update. */
    readonly losses: readonly number[];
    readonly predictions: readonly number[];
  }[];
}

const fixture = JSON.parse(
  readFileSync(new URL('./fixtures/pytorch-parity.json', import.meta.url), 'utf8'),
) as Parity;
const script = resolve('scripts/pytorch-parity.py');
const python = process.env['HINDCAST_PYTHON'] ?? 'python3';
const torchIsHere = spawnSync(python, ['-c', 'import torch']).status === 0;

const wave = (period: number, row: number): number => Math.abs(((row % period) / period) * 4 - 2) - 1;
const scatter = (index: number): number =>
  (Number((BigInt(index + 1) * 48271n * 48271n) % 2147483647n) / 2147483647) * 2 - 1;

function train({ shape, learningRate }: Parity, layers: number, epochs: number, execution: Execution) {
  const { rows, inputs, hidden, window, windows, batchSize } = shape;
  const network = { inputs, hidden, layers, outputs: 1 };
  const readings = Array.from({ length: rows }, (_, row) => [
    wave(24, row),
    0.5 * wave(7, row) + 0.2 * scatter(row),
    scatter(1000 + row),
  ]);
  const data: TrainingData = {
    inputs: Float32Array.from(readings.flat()),
    inputCount: inputs,
    targets: Float32Array.from(readings, ([first = NaN]) => first),
    targetCount: 1,
  };
  const plan: TrainingPlan = {
    network,
    window,
    horizon: 1,
    batchSize,
    loss: { kind: 'mse' },
    dropout: 0,
    clipNorm: null,
    learningRate,
    seed: 0,
  };
  const theta = Float32Array.from(
    { length: parameterCount(network) },
    (_, index) => 0.3 * scatter(5000 + index),
  );
  const session = TrainingSession.open(plan, data, theta, execution);
  const losses = Array.from({ length: epochs }, (_, epoch) => {
    const order = Int32Array.from({ length: windows }, (_, index) => (index * 37 + epoch * 11) % windows);
    return session.trainSteps(order) / windows;
  });
  const predictions = session.predict(Int32Array.from({ length: windows }, (_, index) => index));
  session.close();
  return { losses, predictions };
}

function expectParity(parity: Parity, layers: number, execution: Execution): void {
  const expected = parity.cases.find((one) => one.layers === layers);
  expect(expected?.losses).toHaveLength(200);
  const { losses, predictions } = train(parity, layers, 200, execution);
  const apart = (from: number, to: number): number =>
    losses
      .slice(from, to)
      .reduce(
        (largest, loss, index) =>
          Math.max(largest, Math.abs(loss / (expected?.losses[from + index] ?? NaN) - 1)),
        0,
      );
  expect(apart(0, 20)).toBeLessThan(1e-4);
  // Rounding grows with every step; measured here: 2e-6 over the first 20 epochs, 3e-5 over all, predictions 1e-6 apart.
  expect(apart(20, 200)).toBeLessThan(1e-3);
  expect(predictions).toHaveLength(expected?.predictions.length ?? NaN);
  predictions.forEach((value, index) => {
    expect(Math.abs(value - (expected?.predictions[index] ?? NaN))).toBeLessThan(1e-4);
  });
}

describe('parity with PyTorch: the loss after each of 200 epochs, and the final predictions', () => {
  const executions: Execution[] = [
    { steps: 1, shards: 1 },
    { steps: 5, shards: 2 },
  ];
  it.each([1, 2].flatMap((layers) => executions.map((execution) => ({ layers, ...execution }))))(
    '$layers layer(s), $steps step(s) a run, $shards shard(s), against the fixture',
    ({ layers, ...execution }) => {
      expectParity(fixture, layers, execution);
    },
  );

  it.skipIf(!torchIsHere).each([1, 2])(
    '%s layer(s), against the PyTorch that is installed here',
    (layers) => {
      const { status, stdout } = spawnSync(python, [script], { encoding: 'utf8' });
      expect(status).toBe(0);
      expectParity(JSON.parse(stdout) as Parity, layers, { steps: 5, shards: 1 });
    },
    // PyTorch alone takes some 5 s to load and train, on a busy machine half a minute.
    180_000,
  );
});
