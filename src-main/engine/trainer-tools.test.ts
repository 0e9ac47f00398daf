import { afterEach, describe, expect, it } from 'vitest';
import { deriveSeed, forward, lossAndGradient, pointLoss } from '../network/index';
import { DataType, GraphBuilder } from './graph-builder';
import { GraphSession } from './graph-session';
import { buildInputMask } from './lstm';
import { countNativeObjects } from './native';
import { TrainingSession } from './session';
import {
  closeAll,
  cutWindows,
  example,
  largestDifference,
  open,
  referenceTraining,
  startsOf,
  type Example,
} from './session.fixture';

afterEach(() => {
  closeAll();
  expect(countNativeObjects()).toEqual({ tensors: 0, sessions: 0 });
});

describe('the pinball loss, several quantiles at once', () => {
  const loss = { kind: 'pinball', quantiles: [0.1, 0.5, 0.9] } as const;

  it.each([1, 2])('has the gradient of the float64 reference, %s layer(s)', (layers) => {
    const given = example({ layers, overrides: { loss } });
    expect(given.plan.network.outputs).toBe(18);
    for (const count of [1, 8, 13]) {
      const starts = startsOf(count);
      const { windows, targets } = cutWindows(given, starts);
      const { gradient } = lossAndGradient(given.plan.network, given.theta, windows, targets, loss);
      expect(largestDifference(open(given).gradient(starts), gradient)).toBeLessThan(2e-7);
    }
  });

  it('trains and is summed as the reference does it, whole batches and the odd last one', () => {
    const given = example({ overrides: { loss } });
    const starts = startsOf(43);
    const session = open(given, { steps: 2, shards: 2 });
    const { windows, targets } = cutWindows(given, starts);
    const summed = windows.map((window, index) => {
      const { outputs } = forward(given.plan.network, given.theta, window);
      const losses = Array.from(outputs, (value, output) => {
        const observation = targets[index]?.[Math.floor(output / 3)] ?? NaN;
        return pointLoss(loss, value - observation, output).value;
      });
      return losses.reduce((sum, value) => sum + value, 0) / losses.length;
    });
    expect(session.sumLoss(starts)).toBeCloseTo(
      summed.reduce((sum, value) => sum + value, 0),
      4,
    );
    const reference = referenceTraining(given, starts);
    expect(session.trainSteps(starts) / reference.sum).toBeCloseTo(1, 5);
    expect(largestDifference(session.readState().theta, reference.theta)).toBeLessThan(2e-5);
  });
});

describe('changes since the last reading', () => {
  const quantiles = { kind: 'pinball', quantiles: [0.1, 0.9] } as const;

  it.each([{ loss: { kind: 'mse' } as const }, { loss: quantiles }])(
    'have the gradient of the float64 reference on the changes: $loss.kind',
    ({ loss }) => {
      const given = example({ layers: 2, overrides: { residual: true, loss } });
      const session = open(given);
      const starts = startsOf(13);
      const { windows, targets } = cutWindows(given, starts);
      const { gradient } = lossAndGradient(given.plan.network, given.theta, windows, targets, loss);
      expect(largestDifference(session.gradient(starts), gradient)).toBeLessThan(2e-7);
      const values = open(example({ layers: 2, overrides: { loss } })).gradient(starts);
      expect(largestDifference(values, gradient)).toBeGreaterThan(1e-3);
    },
  );

  it('are trained on in shards and unrolled steps as in the reference', () => {
    const given = example({ overrides: { residual: true } });
    const session = open(given, { steps: 2, shards: 2 });
    const starts = startsOf(43);
    const reference = referenceTraining(given, starts);
    expect(session.trainSteps(starts) / reference.sum).toBeCloseTo(1, 5);
    expect(largestDifference(session.readState().theta, reference.theta)).toBeLessThan(2e-5);
  });
});

describe('AdamW', () => {
  it.each([
    { steps: 1, shards: 1 },
    { steps: 2, shards: 2 },
  ])('equals plain AdamW in float64, $steps step(s) a run', (execution) => {
    const given = example({ layers: 2, overrides: { weightDecay: 0.3, clipNorm: 0.5 } });
    const starts = startsOf(83);
    const session = open(given, execution);
    const reference = referenceTraining(given, starts);
    expect(session.trainSteps(starts) / reference.sum).toBeCloseTo(1, 5);
    const { theta } = session.readState();
    expect(largestDifference(theta, reference.theta)).toBeLessThan(2e-5);
    const plain = referenceTraining({ ...given, plan: { ...given.plan, weightDecay: 0 } }, starts);
    expect(largestDifference(theta, plain.theta)).toBeGreaterThan(1e-3);
  });
});

describe('the learning rate', () => {
  const rates = [0.02, 0.02, 0.005, 0.005, 0.001];

  it('can be given call by call', () => {
    const given = example();
    const [constant, scheduled] = [open(given), open(given)];
    constant.trainSteps(startsOf(16));
    scheduled.trainSteps(startsOf(16), { learningRate: given.plan.learningRate });
    expect(scheduled.readState()).toEqual(constant.readState());
    const before = scheduled.readState().theta;
    scheduled.trainSteps(startsOf(16), { learningRate: 0 });
    expect(scheduled.readState().theta).toEqual(before);
  });

  it('can follow the step number, whatever the steps a run', () => {
    const given = example();
    const starts = startsOf(40);
    const byStep = open(given, { steps: 3, shards: 1 });
    byStep.trainSteps(starts, { learningRate: (step) => rates[step] ?? NaN });
    const byCall = open(given);
    rates.forEach((learningRate, step) =>
      byCall.trainSteps(starts.subarray(8 * step, 8 * step + 8), { learningRate }),
    );
    expect(largestDifference(byStep.readState().theta, byCall.readState().theta)).toBeLessThan(1e-6);
  });
});

describe('dropout on inputs', () => {
  const inputDropout = 0.4;

  /** The mask [window, batch, inputs] that the graph draws in its first step. */
  function drawMask({ plan }: Example, batch: number): Float32Array {
    const graph = new GraphBuilder();
    const seed = graph.placeholder('seed', DataType.int32, [2]);
    const options = { network: plan.network, window: plan.window, batch };
    graph.unary('Identity', buildInputMask(graph, options, inputDropout, seed), { name: 'mask' });
    const session = new GraphSession(graph.nodes);
    const values = Int32Array.of(deriveSeed(plan.seed, 'dropout'), 0);
    const [mask] = session.run([{ node: 'seed', shape: [2], values }], ['mask']);
    session.close();
    return mask as Float32Array;
  }

  it.each([1, 2])('has the gradient of the reference on the masked inputs, %s layer(s)', (layers) => {
    const given = example({ layers, overrides: { inputDropout } });
    const { plan } = given;
    const starts = startsOf(plan.batchSize);
    const mask = drawMask(given, starts.length);
    const dropped = mask.filter((value) => value === 0).length / mask.length;
    expect(Math.abs(dropped - inputDropout)).toBeLessThan(0.2);
    const { windows, targets } = cutWindows(given, starts);
    const { inputs } = plan.network;
    const masked = windows.map((values, window) =>
      values.map((value, index) => {
        const time = Math.floor(index / inputs);
        return value * (mask[(time * starts.length + window) * inputs + (index % inputs)] ?? NaN);
      }),
    );
    const reference = lossAndGradient(plan.network, given.theta, masked, targets, plan.loss);
    const session = open(given);
    expect(session.trainSteps(starts) / starts.length).toBeCloseTo(reference.loss, 5);
    // Adam's first moment after one step is a tenth of the gradient.
    const gradient = session.readState().firstMoment.map((value) => value * 10);
    expect(largestDifference(gradient, reference.gradient)).toBeLessThan(1e-6);
  });

  it('is the same in shards and unrolled, repeats with the seed, and idles outside training', () => {
    const given = example({ layers: 2, overrides: { inputDropout, dropout: 0.3 } });
    const [plain, again, sharded] = [open(given), open(given), open(given, { steps: 3, shards: 4 })];
    const starts = startsOf(85);
    expect(plain.sumLoss(starts)).toBe(open(example({ layers: 2 })).sumLoss(starts));
    for (const session of [plain, again, sharded]) session.trainSteps(starts);
    expect(again.readState()).toEqual(plain.readState());
    expect(largestDifference(sharded.readState().theta, plain.readState().theta)).toBeLessThan(1e-6);
    const other = open({ ...given, plan: { ...given.plan, seed: 5 } });
    other.trainSteps(starts);
    expect(largestDifference(other.readState().theta, plain.readState().theta)).toBeGreaterThan(1e-4);
  });
});

describe('plans that do not fit', () => {
  it.each([
    { inputDropout: 1 },
    { weightDecay: -1 },
    { weightDecay: NaN },
    { loss: { kind: 'pinball', quantiles: [0.5, 1] } as const },
    { loss: { kind: 'pinball', quantiles: [] } as const },
  ])('are refused: %o', (change) => {
    const { plan, data, theta } = example();
    expect(() => TrainingSession.open({ ...plan, ...change }, data, theta)).toThrow(RangeError);
  });
});
