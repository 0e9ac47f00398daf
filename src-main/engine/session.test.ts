import { afterEach, describe, expect, it } from 'vitest';
import { forward, lossAndGradient, pointLoss } from '../network/index';
import type { Execution } from './execution';
import { countNativeObjects } from './native';
import { scheduleRow } from './optimizer';
import { TrainingSession } from './session';
import type { TrainingPlan } from './graph-plan';
import {
  closeAll,
  cutWindows,
  example,
  largestDifference,
  LOSSES,
  open,
  referenceTraining,
  SINGLE,
  startsOf,
} from './session.fixture';

afterEach(() => {
  closeAll();
  expect(countNativeObjects()).toEqual({ tensors: 0, sessions: 0 });
});

describe('the compiled gradient equals the float64 reference', () => {
  const cases = LOSSES.flatMap((loss) =>
    [1, 2].flatMap((layers) => [1, 8, 13].map((count) => ({ loss, layers, count }))),
  );
  it.each(cases)('$loss.kind, $layers layer(s), $count windows', ({ loss, layers, count }) => {
    const given = example({ layers, overrides: { loss } });
    const session = open(given);
    const starts = startsOf(count);
    const { windows, targets } = cutWindows(given, starts);
    const reference = lossAndGradient(given.plan.network, given.theta, windows, targets, loss);
    expect(largestDifference(session.gradient(starts), reference.gradient)).toBeLessThan(2e-7);
    expect(session.sumLoss(starts) / count).toBeCloseTo(reference.loss, 6);
  });

  it('with a window of one step and a single target', () => {
    const given = example({ layers: 2, targetCount: 1, overrides: { window: 1 } });
    const starts = startsOf(5);
    const { windows, targets } = cutWindows(given, starts);
    const { gradient } = lossAndGradient(given.plan.network, given.theta, windows, targets, given.plan.loss);
    expect(largestDifference(open(given).gradient(starts), gradient)).toBeLessThan(2e-7);
  });
});

describe('training steps', () => {
  it.each([null, 0.05])(
    'equal plain Adam in float64, the odd last batch included; clip norm %s',
    (clipNorm) => {
      const given = example({ layers: 2, overrides: { clipNorm } });
      const session = open(given);
      const starts = startsOf(83);
      const sum = session.trainSteps(starts);
      const reference = referenceTraining(given, starts);
      const { theta, step } = session.readState();
      expect(step).toBe(11);
      expect(largestDifference(theta, reference.theta)).toBeLessThan(2e-5);
      expect(sum / reference.sum).toBeCloseTo(1, 5);
    },
  );

  it('follow the schedule of Adam’s bias correction', () => {
    expect(scheduleRow(0.01, 0)[0]).toBeCloseTo((0.01 * Math.sqrt(0.001)) / 0.1, 7);
    expect(scheduleRow(0.01, 100_000)).toEqual([0.01, 1e-8, 0]);
  });

  const executions: Execution[] = [
    { steps: 4, shards: 1 },
    { steps: 1, shards: 2 },
    { steps: 3, shards: 4 },
  ];
  const settings = LOSSES.map((loss) => ({ loss, dropout: 0.4 }));
  it.each(executions.flatMap((execution) => settings.map((setting) => ({ execution, ...setting }))))(
    'in $execution.steps steps a run and $execution.shards shards equal single steps ($loss.kind, dropout $dropout)',
    ({ execution, ...overrides }) => {
      const given = example({ layers: 3, overrides: { ...overrides, clipNorm: 0.5 } });
      const [plain, other] = [open(given), open(given, execution)];
      const starts = startsOf(85);
      expect(other.windowsPerRun).toBe(8 * execution.steps);
      expect(other.trainSteps(starts)).toBeCloseTo(plain.trainSteps(starts), 4);
      const [left, right] = [plain.readState(), other.readState()];
      expect(right.step).toBe(left.step);
      expect(largestDifference(right.theta, left.theta)).toBeLessThan(1e-6);
    },
  );

  it('repeat themselves to the last bit', () => {
    const given = example({ layers: 2, overrides: { dropout: 0.3 } });
    const results = [0, 1].map(() => {
      const session = open(given, { steps: 3, shards: 2 });
      const sums = [1, 2, 3].map((seed) => session.trainSteps(startsOf(85, seed)));
      return { sums, state: session.readState(), loss: session.sumLoss(startsOf(100)) };
    });
    expect(results[1]).toEqual(results[0]);
  });

  it('go on from a saved state as if never stopped, to the last bit', () => {
    const given = example({ layers: 2, overrides: { dropout: 0.3 } });
    const whole = open(given, { steps: 2, shards: 1 });
    const first = open(given, { steps: 2, shards: 1 });
    whole.trainSteps(startsOf(45, 1));
    first.trainSteps(startsOf(45, 1));
    const state = first.readState();
    const resumed = open(given, { steps: 2, shards: 1 }, state);
    expect(resumed.readState()).toEqual(state);
    expect(resumed.trainSteps(startsOf(45, 2))).toBe(whole.trainSteps(startsOf(45, 2)));
    expect(resumed.readState()).toEqual(whole.readState());
    first.writeState(whole.readState());
    expect(first.readState()).toEqual(whole.readState());
  });

  it('leave the caller’s arrays alone', () => {
    const given = example();
    const [theta, inputs] = [given.theta.slice(), given.data.inputs.slice()];
    const session = open(given);
    session.trainSteps(startsOf(40));
    expect(given.theta).toEqual(theta);
    expect(given.data.inputs).toEqual(inputs);
    const before = session.predict(startsOf(4));
    given.data.inputs.fill(0);
    expect(session.predict(startsOf(4))).toEqual(before);
    given.data.inputs.set(inputs);
  });

  it('leave no native memory behind over 500 steps', () => {
    const given = example();
    const session = open(given, { steps: 5, shards: 1 });
    const before = countNativeObjects();
    for (let run = 0; run < 50; run++) session.trainSteps(startsOf(80, run));
    session.sumLoss(startsOf(100));
    session.predict(startsOf(100));
    session.readState();
    expect(countNativeObjects()).toEqual(before);
    expect(session.readState().step).toBe(500);
  });
});

describe('predictions and validation losses', () => {
  it.each([SINGLE, { steps: 1, shards: 4 }])('equal the reference, in $shards shard(s)', (execution) => {
    const given = example({ layers: 2, overrides: { dropout: 0.5 } });
    const session = open(given, execution);
    for (const count of [0, 1, 3, 100]) {
      const starts = startsOf(count);
      const { windows, targets } = cutWindows(given, starts);
      const expected = windows.flatMap((window) => [
        ...forward(given.plan.network, given.theta, window).outputs,
      ]);
      expect(largestDifference(session.predict(starts), expected)).toBeLessThan(1e-6);
      const observed = targets.flatMap((target) => [...target]);
      const sum = expected.reduce(
        (total, value, index) => total + pointLoss(given.plan.loss, value - (observed[index] ?? NaN)).value,
        0,
      );
      expect(session.sumLoss(starts)).toBeCloseTo(sum / given.plan.network.outputs, 4);
    }
  });

  it('reach beyond the last reading', () => {
    const given = example({ layers: 2 });
    const window = given.data.inputs.subarray(114 * given.data.inputCount);
    const expected = forward(given.plan.network, given.theta, window).outputs;
    expect(largestDifference(open(given).predict(Int32Array.of(114)), expected)).toBeLessThan(1e-6);
  });

  it('come in several runs when there are many windows', () => {
    const given = example({ targetCount: 1 });
    const session = open(given);
    const many = Int32Array.from({ length: session.windowsPerEvaluation + 3 }, (_, index) => index % 112);
    const predictions = session.predict(many);
    const outputs = given.plan.network.outputs;
    const last = many.subarray(-3);
    expect(largestDifference(predictions.subarray(-3 * outputs), session.predict(last))).toBeLessThan(1e-6);
  });
});

describe('dropout', () => {
  it('acts while training only, differs from step to step, and idles with one layer', () => {
    // With a learning rate of zero the weights stay: what differs is the loss under each drawn mask.
    const still = { learningRate: 0, dropout: 0.5 };
    const two = example({ layers: 2, overrides: still });
    const one = example({ layers: 1, overrides: still });
    const starts = startsOf(8);
    const session = open(two);
    const drawn = Array.from({ length: 20 }, () => session.trainSteps(starts));
    expect(new Set(drawn).size).toBe(20);
    expect(session.readState().theta).toEqual(two.theta);
    const plain = open(example({ layers: 2 }));
    expect(session.sumLoss(starts)).toBe(plain.sumLoss(starts));
    expect(session.predict(starts)).toEqual(plain.predict(starts));
    expect(open(one).trainSteps(starts)).toBeCloseTo(open(one).sumLoss(starts), 5);
  });

  it('differs with the seed of the plan', () => {
    const sums = [1, 2].map((seed) =>
      open(example({ layers: 2, overrides: { dropout: 0.5, seed } })).trainSteps(startsOf(8)),
    );
    expect(sums[0]).not.toBe(sums[1]);
  });
});

describe('opening a session', () => {
  it('keeps sessions apart', () => {
    const given = example();
    const [left, right] = [open(given), open({ ...given, theta: given.theta.map((value) => -value) })];
    left.trainSteps(startsOf(40));
    expect(right.readState().step).toBe(0);
    expect(right.readState().theta).toEqual(given.theta.map((value) => -value));
  });

  it('refuses what does not fit', () => {
    const given = example();
    const { plan, data, theta } = given;
    const refused = (change: Partial<TrainingPlan>, execution: Execution = SINGLE) =>
      expect(() => TrainingSession.open({ ...plan, ...change }, data, theta, execution)).toThrow(RangeError);
    refused({ horizon: 2 });
    refused({ window: 118 });
    refused({ dropout: 1 });
    refused({ network: { ...plan.network, inputs: 4 } });
    refused({ network: { ...plan.network, hidden: 6 } });
    refused({}, { steps: 1, shards: 3 });
    const session = open(given);
    expect(() => session.sumLoss(Int32Array.of(112))).toThrow(/row 112: the last is 111/);
    expect(() => session.predict(Int32Array.of(115))).toThrow(/row 115: the last is 114/);
    expect(() => session.trainSteps(Int32Array.of(-1))).toThrow(RangeError);
    session.close();
    expect(() => session.predict(Int32Array.of(0))).toThrow(/closed/);
  });
});
