import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { forward, lossAndGradient, parameterCount } from '../network/index';
import type { Execution } from './execution';
import type { TrainingPlan } from './graph-plan';
import type { TrainingData } from './session';
import { closeAll, cutWindows, largestDifference, open } from './session.fixture';

interface Measured {
  /** Over the windows of one batch, with the gradient by theta. */
  readonly loss: number;
  readonly gradient: readonly number[];
}

/** What scripts/pytorch-parity-ahead.py prints, in float64; it says how the fixture was made. */
interface Parity {
  readonly learningRate: number;
  readonly epochs: number;
  readonly known: readonly number[];
  readonly shape: Readonly<
    Record<'rows' | 'hidden' | 'window' | 'horizon' | 'windows' | 'batchSize', number>
  >;
  readonly cases: readonly {
    readonly layers: number;
    /** Before the first step, and after the last, of the first batch. */
    readonly before: Measured;
    readonly after: Measured;
    /** Mean over the windows of each epoch, each taken before its batch's update. */
    readonly losses: readonly number[];
    readonly predictions: readonly number[];
  }[];
}

const fixture = JSON.parse(
  readFileSync(new URL('./fixtures/pytorch-parity-ahead.json', import.meta.url), 'utf8'),
) as Parity;
const { known, shape } = fixture;
const { rows, hidden, window, horizon, windows, batchSize } = shape;

const scatter = (index: number): number =>
  (Number((BigInt(index + 1) * 48271n * 48271n) % 2147483647n) / 2147483647) * 2 - 1;
const orderOf = (epoch: number): Int32Array =>
  Int32Array.from({ length: windows }, (_, index) => (index * 37 + epoch * 11) % windows);
const FIRST = orderOf(0).subarray(0, batchSize);

const readings = Array.from({ length: rows }, (_, row) =>
  known.map((_steps, input) => scatter(1000 * input + row)),
);
const data: TrainingData = {
  inputs: Float32Array.from(readings.flat()),
  inputCount: known.length,
  targets: Float32Array.from(readings, ([first = NaN]) => first),
  targetCount: 1,
};

function example(layers: number) {
  const network = { inputs: known.length, hidden, layers, outputs: horizon, ahead: { horizon, known } };
  const plan: TrainingPlan = {
    ...{ network, window, horizon, batchSize, learningRate: fixture.learningRate },
    ...{ loss: { kind: 'mse' }, dropout: 0, clipNorm: null, seed: 0 },
  };
  const theta = Float32Array.from(
    { length: parameterCount(network) },
    (_, index) => 0.3 * scatter(5000 + index),
  );
  return { plan, data, theta };
}

afterEach(closeAll);

describe('parity with PyTorch, of a network that goes on through the lead times', () => {
  it.each(fixture.cases)('$layers layer(s): the float64 reference', ({ layers, before }) => {
    const given = example(layers);
    const { plan, theta } = given;
    const cut = cutWindows(given, FIRST);
    const { loss, gradient } = lossAndGradient(plan.network, theta, cut.windows, cut.targets, plan.loss);
    // Ten digits are in the fixture.
    expect(loss).toBeCloseTo(before.loss, 9);
    expect(largestDifference(gradient, before.gradient)).toBeLessThan(1e-10);
  });

  const executions: Execution[] = [
    { steps: 1, shards: 1 },
    { steps: 5, shards: 2 },
  ];
  it.each(fixture.cases.flatMap((each) => executions.map((execution) => ({ ...each, execution }))))(
    '$layers layer(s), $execution.steps step(s) a run: losses, gradients, predictions',
    ({ layers, execution, before, after, losses, predictions }) => {
      const given = example(layers);
      const session = open(given, execution);
      expect(largestDifference(session.gradient(FIRST), before.gradient)).toBeLessThan(1e-7);
      losses.forEach((loss, epoch) => {
        expect(session.trainSteps(orderOf(epoch)) / windows / loss - 1, `epoch ${epoch}`).toBeCloseTo(0, 4);
      });
      expect(session.sumLoss(FIRST) / batchSize).toBeCloseTo(after.loss, 5);
      expect(largestDifference(session.gradient(FIRST), after.gradient)).toBeLessThan(1e-5);
      expect(largestDifference(session.predict(FIRST), predictions)).toBeLessThan(1e-5);
      const { theta } = session.readState();
      const said = cutWindows(given, FIRST).windows.flatMap((each) => [
        ...forward(given.plan.network, theta, each).outputs,
      ]);
      expect(largestDifference(said, predictions)).toBeLessThan(1e-5);
    },
  );
});
