import { afterEach, describe, expect, it } from 'vitest';
import type { LossSettings } from '../contract/network';
import { forward, isSeenAt, lossAndGradient } from '../network/index';
import { TrainingSession, type TrainingData } from './session';
import {
  closeAll,
  cutWindows,
  example,
  largestDifference,
  open,
  referenceTraining,
  SINGLE,
  startsOf,
  type Example,
} from './session.fixture';

/** A reading, a forecast for the next step alone, and one for every lead time. */
const KNOWN = [0, 1, 3];

afterEach(closeAll);

const reference = (given: Example, starts: Int32Array): number[] =>
  cutWindows(given, starts).windows.flatMap((rows) => [
    ...forward(given.plan.network, given.theta, rows).outputs,
  ]);

describe('with inputs known ahead, the compiled gradient equals the float64 reference', () => {
  const losses: readonly LossSettings[] = [{ kind: 'mse' }, { kind: 'pinball', quantiles: [0.1, 0.75] }];
  const cases = losses.flatMap((loss) =>
    [1, 2].flatMap((layers) => [1, 8, 13].map((count) => ({ loss, layers, count }))),
  );
  it.each(cases)('$loss.kind, $layers layer(s), $count windows', ({ loss, layers, count }) => {
    const given = example({ layers, known: KNOWN, overrides: { loss } });
    const session = open(given);
    const starts = startsOf(count);
    const { windows, targets } = cutWindows(given, starts);
    const expected = lossAndGradient(given.plan.network, given.theta, windows, targets, loss);
    expect(largestDifference(session.gradient(starts), expected.gradient)).toBeLessThan(3e-7);
    expect(session.sumLoss(starts) / count).toBeCloseTo(expected.loss, 6);
  });

  it.each([
    { window: 1, horizon: 3 },
    { window: 6, horizon: 1 },
    { window: 1, horizon: 1 },
  ])('window $window, horizon $horizon, a single target', (overrides) => {
    const given = example({ layers: 2, targetCount: 1, known: KNOWN, overrides });
    const starts = startsOf(5);
    const { windows, targets } = cutWindows(given, starts);
    const { gradient } = lossAndGradient(given.plan.network, given.theta, windows, targets, given.plan.loss);
    expect(largestDifference(open(given).gradient(starts), gradient)).toBeLessThan(2e-7);
  });
});

describe('with inputs known ahead', () => {
  it('training steps equal plain Adam in float64, the odd last batch included', () => {
    const given = example({ layers: 2, known: KNOWN, overrides: { clipNorm: 0.5 } });
    const session = open(given);
    const starts = startsOf(83);
    const sum = session.trainSteps(starts);
    const expected = referenceTraining(given, starts);
    expect(largestDifference(session.readState().theta, expected.theta)).toBeLessThan(2e-5);
    expect(sum / expected.sum).toBeCloseTo(1, 5);
  });

  it.each([
    { steps: 4, shards: 1 },
    { steps: 3, shards: 4 },
  ])('$steps steps a run in $shards shards equal single steps, dropout included', (execution) => {
    const overrides = { dropout: 0.4, inputDropout: 0.2 };
    const given = example({ layers: 3, known: KNOWN, overrides });
    const [plain, other] = [open(given), open(given, execution)];
    const starts = startsOf(85);
    expect(other.trainSteps(starts)).toBeCloseTo(plain.trainSteps(starts), 4);
    expect(largestDifference(other.readState().theta, plain.readState().theta)).toBeLessThan(1e-6);
  });

  it.each([SINGLE, { steps: 1, shards: 4 }])(
    'predictions equal the reference, in $shards shard(s)',
    (execution) => {
      const given = example({ layers: 2, known: KNOWN });
      const session = open(given, execution);
      for (const count of [0, 1, 3, 100]) {
        const starts = startsOf(count);
        expect(largestDifference(session.predict(starts), reference(given, starts))).toBeLessThan(1e-6);
      }
    },
  );

  it('what is not known when a forecast is issued changes no bit of it, nor of what is learned from it', () => {
    const overrides = { batchSize: 1, dropout: 0.3 };
    const given = example({ layers: 2, known: KNOWN, overrides });
    const { plan, data } = given;
    const start = 40;
    /** Whatever stands in the rows of the lead times and is not seen there, and in all later rows. */
    const altered = (value: number): TrainingData => ({
      ...data,
      inputs: data.inputs.map((reading, index) => {
        const lead = Math.floor(index / data.inputCount) - (start + plan.window) + 1;
        return isSeenAt(Math.max(0, lead), KNOWN[index % data.inputCount]!) ? reading : value;
      }),
    });
    const outcome = (given: Example) => {
      const session = open(given);
      const starts = Int32Array.of(start);
      const [forecast, gradient] = [session.predict(starts), session.gradient(starts)];
      session.trainSteps(starts);
      return { forecast, gradient, learned: session.readState().theta };
    };
    const expected = outcome(given);
    for (const value of [NaN, -Infinity, 1e30]) {
      expect(outcome({ ...given, data: altered(value) })).toEqual(expected);
    }
    // And what is seen counts.
    const seen = { ...data, inputs: data.inputs.slice() };
    seen.inputs[(start + plan.window + 2) * data.inputCount + 2]! += 1;
    const forecast = open({ ...given, data: seen }).predict(Int32Array.of(start));
    expect(Array.from(forecast, (value, index) => value !== expected.forecast[index])).toEqual([
      ...[false, false, false, false],
      ...[true, true],
    ]);
  });

  it('forecasts reach as far as the rows of what is known ahead', () => {
    const given = example({ layers: 2, known: KNOWN });
    const session = open(given);
    const starts = Int32Array.of(111);
    expect(largestDifference(session.predict(starts), reference(given, starts))).toBeLessThan(1e-6);
    expect(() => session.predict(Int32Array.of(112))).toThrow(/row 112: the last is 111/);
  });

  it('refuses what does not fit', () => {
    const { plan, data, theta } = example({ known: KNOWN });
    for (const ahead of [
      { horizon: 2, known: KNOWN },
      { horizon: 3, known: [0, 1] },
      { horizon: 3, known: [0, 1, Infinity] },
      { horizon: 3, known: [0, 1, -1] },
    ]) {
      const network = { ...plan.network, ahead };
      expect(() => TrainingSession.open({ ...plan, network }, data, theta, SINGLE)).toThrow(RangeError);
    }
  });
});
