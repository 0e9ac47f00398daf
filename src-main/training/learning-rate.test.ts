import { describe, expect, it } from 'vitest';
import { BEFORE_PLATEAU, learningRateAt, watchPlateau, type Plateau } from './learning-rate';

const SETTINGS = { learningRate: 0.01, schedule: 'constant', warmupEpochs: 0, epochs: 10 } as const;
/** The rates of the first steps of each epoch, four steps an epoch. */
const ratesByEpoch = (changes: Partial<Parameters<typeof learningRateAt>[0]>): number[] =>
  Array.from({ length: 10 }, (_, epoch) =>
    learningRateAt({ ...SETTINGS, ...changes }, 4 * epoch, 4, BEFORE_PLATEAU),
  );
const watch = (losses: readonly number[]): Plateau => losses.reduce(watchPlateau, BEFORE_PLATEAU);

describe('the learning rate', () => {
  it('is what was set, at every step, when it is constant', () => {
    expect(ratesByEpoch({})).toEqual(new Array(10).fill(0.01));
  });

  it('rises in a straight line over the warm-up and is whole at its last step', () => {
    const warm = { ...SETTINGS, warmupEpochs: 2 };
    const rates = Array.from({ length: 10 }, (_, step) => learningRateAt(warm, step, 4, BEFORE_PLATEAU));
    [0.00125, 0.0025, 0.00375, 0.005, 0.00625, 0.0075, 0.00875, 0.01, 0.01, 0.01].forEach((rate, step) =>
      expect(rates[step]).toBeCloseTo(rate, 12),
    );
  });

  it('falls as half a cosine from the end of the warm-up to the last step', () => {
    const rates = ratesByEpoch({ schedule: 'cosine' });
    expect(rates[0]).toBe(0.01);
    expect(rates[5]).toBeCloseTo(0.005, 12);
    expect(rates.every((rate, epoch) => epoch === 0 || rate < rates[epoch - 1]!)).toBe(true);
    const last = learningRateAt({ ...SETTINGS, schedule: 'cosine' }, 39, 4, BEFORE_PLATEAU);
    expect(last).toBeGreaterThan(0);
    expect(last).toBeLessThan(2e-5);
    // After two epochs of warm-up the middle lies at epoch 6.
    expect(ratesByEpoch({ schedule: 'cosine', warmupEpochs: 2 })[6]).toBeCloseTo(0.005, 12);
  });

  it('is halved after five epochs without a better validation loss, and again after five more', () => {
    const rateAfter = (losses: readonly number[]): number =>
      learningRateAt({ ...SETTINGS, schedule: 'plateau' }, 400, 4, watch(losses));
    expect(rateAfter([3, 2, 1, 1.1, 1, 1.2, 1.1])).toBe(0.01);
    expect(rateAfter([3, 2, 1, 1.1, 1, 1.2, 1.1, 1])).toBe(0.005);
    expect(rateAfter([3, 2, 1, 1.1, 1, 1.2, 1.1, 1, 0.9, 1, 1, 1, 1])).toBe(0.005);
    expect(rateAfter([3, 2, 1, 1.1, 1, 1.2, 1.1, 1, 0.9, 1, 1, 1, 1, 1])).toBe(0.0025);
  });

  it('does not fall to nothing however long a plateau is', () => {
    const long = watch(new Array<number>(500).fill(1));
    expect(learningRateAt({ ...SETTINGS, schedule: 'plateau' }, 0, 4, long)).toBeCloseTo(1e-5, 12);
  });
});
