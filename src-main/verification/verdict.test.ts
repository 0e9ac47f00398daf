import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Estimate, MeasuredScores } from '../contract/results';
import { describeSeeds, describeVerdict, formatPValue } from '../contract/verdict';
import { randomSource, type RandomSource } from '../network';
import { noise } from '../series/series.fixture';
import { compareForecasts, lossDifferences, wavesFor } from './scores/diebold-mariano';
import { twoSidedProbability } from './scores/student';
import { judge } from './verdict';

const estimate = (value: number, spread = 1): Estimate => ({
  value,
  low: value - spread,
  high: value + spread,
});

/** @param spread half the interval of the skill */
function scored(model: number, spread = 0.05): MeasuredScores {
  const measured = (rmse: number) => ({
    rmse: estimate(rmse),
    mae: estimate(1),
    bias: estimate(0),
    correlation: estimate(0.9),
    mase: estimate(1),
    skill: estimate(0),
    skillOverBest: estimate(1 - (rmse / 2) ** 2, spread),
  });
  return {
    bestBaseline: 'ridge',
    methods: {
      model: measured(model),
      persistence: measured(2.57),
      climatology: measured(4),
      ridge: measured(2),
    },
  };
}

const DAY = 86_400;

/** Two forecasts that err equally: both know the weather up to now, and each has a fault of its own that comes and goes. */
interface EquallyGood {
  readonly name: string;
  readonly seed: number;
  readonly windows: number;
  readonly horizon: number;
  readonly stepSeconds: number;
  /** Correlation of the weather, and of each forecast's own fault, from one step to the next. */
  readonly weather: number;
  readonly fault: number;
}

const EQUALLY_GOOD: readonly EquallyGood[] = [
  {
    name: 'daily, 1 day ahead',
    seed: 1,
    windows: 292,
    horizon: 1,
    stepSeconds: DAY,
    weather: 0.7,
    fault: 0.5,
  },
  {
    name: 'daily, 7 days ahead',
    seed: 2,
    windows: 292,
    horizon: 7,
    stepSeconds: DAY,
    weather: 0.7,
    fault: 0.5,
  },
  {
    name: 'hourly, 24 hours ahead',
    seed: 3,
    windows: 1752,
    horizon: 24,
    stepSeconds: 3600,
    weather: 0.95,
    fault: 0.97,
  },
  {
    name: '5 minutes, an hour ahead',
    seed: 4,
    windows: 1728,
    horizon: 12,
    stepSeconds: 300,
    weather: 0.98,
    fault: 0.95,
  },
];

/** Differences of the two forecasts' squared errors, averaged over the lead times of each window. */
function drawDifferences(kind: EquallyGood, random: RandomSource): Float64Array {
  const { windows, horizon } = kind;
  const shocks = Float64Array.from({ length: windows + horizon }, () => random.normal());
  const faults = [0, 1].map(() => {
    let fault = random.normal();
    return Float64Array.from({ length: windows }, () => {
      const now = fault;
      fault = kind.fault * fault + Math.sqrt(1 - kind.fault ** 2) * random.normal();
      return now;
    });
  });
  return Float64Array.from({ length: windows }, (_, window) => {
    let missed = 0;
    let sum = 0;
    for (let lead = 1; lead <= horizon; lead++) {
      missed = kind.weather * missed + shocks[window + lead]!;
      sum += (missed + faults[0]![window]!) ** 2 - (missed + faults[1]![window]!) ** 2;
    }
    return sum / horizon;
  });
}

describe('the verdict', () => {
  it('says who won only where chance would seldom make the difference', () => {
    const beats = judge(scored(1.9), { statistic: -2.5, pValue: 0.0131, windows: 145 }, '°C');
    expect(beats).toMatchObject({
      kind: 'beats',
      bestBaseline: 'ridge',
      modelRmse: 1.9,
      baselineRmse: 2,
      persistenceRmse: 2.57,
      windows: 145,
      unit: '°C',
    });
    const sentence = describeVerdict(beats);
    for (const part of ['The LSTM beats every baseline', '1.90 °C', '5.0 % below', '2.00 °C', 'p = 0.013']) {
      expect(sentence).toContain(part);
    }
    expect(
      describeVerdict(judge(scored(1.9), { statistic: -2.5, pValue: 0.0131, windows: 145 }, '°C', 0.7)),
    ).toContain('The blend of LSTM (70 %) and simple models (30 %) beats every baseline');
    const loses = judge(scored(2.1), { statistic: 3, pValue: 0.0004, windows: 145 }, '°C');
    expect(describeVerdict(loses)).toMatch(/^The LSTM loses: .*5\.0 % above.*p < 0\.001/);
    const level = judge(scored(1.9), { statistic: -1.2, pValue: 0.232, windows: 145 }, '°C');
    expect(level.kind).toBe('level');
    expect(describeVerdict(level)).toMatch(/^The LSTM cannot be told apart .*145 windows.*p = 0\.23/);
  });

  it('speaks softly near the limit, and never against the interval beside it', () => {
    const near = judge(scored(1.9), { statistic: -2.1, pValue: 0.041, windows: 145 }, '°C');
    expect(near).toMatchObject({ kind: 'beats', isClose: true });
    expect(describeVerdict(near)).toMatch(/^The LSTM seems to beat every baseline: .*It is close/);
    const lost = judge(scored(2.1), { statistic: 2.1, pValue: 0.041, windows: 145 }, '°C');
    expect(describeVerdict(lost)).toMatch(/^The LSTM seems to lose: .*It is close/);
    // The test is sure and the interval is not; then the other way round.
    for (const [spread, pValue] of [
      [0.2, 0.001],
      [0.05, 0.3],
    ] as const) {
      const torn = judge(scored(1.9, spread), { statistic: -1, pValue, windows: 145 }, '°C');
      expect(torn).toMatchObject({ kind: 'level', isClose: true });
      expect(describeVerdict(torn)).toMatch(/cannot be told apart .*close.*lead of the model may be chance/);
    }
    const clear = judge(scored(1.9), { statistic: -4, pValue: 0.001, windows: 145 }, '°C');
    expect(clear).toMatchObject({ kind: 'beats', isClose: false });
    // Where there is no interval the test alone decides.
    const alone = judge(scored(1.9, NaN), { statistic: -4, pValue: 0.001, windows: 145 }, '°C');
    expect(alone.kind).toBe('beats');
  });

  it('says how it falls over the seeds', () => {
    const verdict = judge(scored(1.9), { statistic: -4, pValue: 0.001, windows: 145 }, '°C');
    const members = { rmse: [1.95, 2.05, 1.99], mean: 2, sd: 0.05 };
    expect(describeSeeds(members, verdict)).toMatch(/^Of the 3 networks, .* 2 on their own are better than/);
    expect(describeSeeds({ ...members, rmse: [1, 3] }, verdict)).toContain('1 on its own is better');
    expect(describeSeeds({ ...members, rmse: [3, 3] }, verdict)).toContain('none on its own is better');
    expect(describeSeeds(members, verdict, 'ko')).toContain('3개 가운데 2개');
    expect(describeSeeds({ ...members, rmse: [3, 3] }, verdict, 'ko')).toContain('나은 것은 없습니다');
  });

  it('claims nothing where there are too few windows', () => {
    const verdict = judge(scored(0.1), { statistic: NaN, pValue: NaN, windows: 1 }, '°C');
    expect(verdict.kind).toBe('level');
    expect(describeVerdict(verdict)).toContain('too few to tell');
    expect(describeVerdict(verdict)).not.toContain('NaN');
  });

  it('writes probabilities as they are written', () => {
    expect([0.00009, 0.0123, 0.099, 0.5].map(formatPValue)).toEqual([
      'p < 0.001',
      'p = 0.012',
      'p = 0.099',
      'p = 0.50',
    ]);
  });
});

describe('the Diebold-Mariano test', () => {
  it('keeps its laws: exchanging the forecasts turns the sign, scale does not matter', () => {
    const differences = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
      minLength: 16,
      maxLength: 80,
    });
    fc.assert(
      fc.property(differences, fc.integer({ min: 1, max: 4 }), (values, horizon) => {
        fc.pre(new Set(values).size > 1 && values.some((value) => Math.abs(value) > 1e-3));
        const { statistic, pValue } = compareForecasts(Float64Array.from(values), horizon, DAY);
        const turned = compareForecasts(
          Float64Array.from(values, (value) => -3 * value),
          horizon,
          DAY,
        );
        expect(pValue).toBeGreaterThanOrEqual(0);
        expect(pValue).toBeLessThanOrEqual(1);
        if (Number.isFinite(statistic)) expect(turned.statistic).toBeCloseTo(-statistic, 6);
        expect(turned.pValue).toBeCloseTo(pValue, 6);
      }),
    );
  });

  it.each(EQUALLY_GOOD)('cries wolf as often as it says, 4 to 6 in 100 times: $name', (kind) => {
    const trials = 3000;
    const random = randomSource(kind.seed, 'equally good');
    let wrong = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { pValue } = compareForecasts(drawDifferences(kind, random), kind.horizon, kind.stepSeconds);
      if (pValue < 0.05) wrong += 1;
    }
    expect(wrong / trials).toBeGreaterThan(0.04);
    expect(wrong / trials).toBeLessThan(0.06);
  });

  it('knows forecasts that never differ, those that always differ alike, and those too few', () => {
    expect(compareForecasts(new Float64Array(50), 1, DAY)).toEqual({ statistic: 0, pValue: 1, windows: 50 });
    expect(compareForecasts(new Float64Array(50).fill(-2), 1, DAY)).toEqual({
      statistic: -Infinity,
      pValue: 0,
      windows: 50,
    });
    expect(compareForecasts(Float64Array.of(1), 1, DAY).pValue).toBeNaN();
    expect(compareForecasts(noise(10), 10, DAY).pValue).toBeNaN();
    expect(compareForecasts(noise(10), 24, DAY).pValue).toBeNaN();
    // Days; hours of 73 days, where the lead times bound the waves; five minutes of six days, where the days do.
    expect([wavesFor(145, 1, DAY), wavesFor(1752, 24, 3600), wavesFor(1728, 12, 300)]).toEqual([11, 36, 6]);
    // An hourly test of a day and a half says nothing about other days.
    expect(compareForecasts(noise(36), 1, 3600).pValue).toBeNaN();
  });

  it('averages the differences of the lead times of a window', () => {
    const differences = lossDifferences(
      Float32Array.of(0, 0, 0, 0),
      Float32Array.of(1, 2, 3, 0),
      Float32Array.of(0, 1, 3, 1),
      2,
    );
    expect([...differences]).toEqual([2, -0.5]);
  });

  it('knows the tail of Student’s t: half of it beyond known quantiles', () => {
    expect(twoSidedProbability(0, 5)).toBeCloseTo(1, 12);
    expect(twoSidedProbability(1, 1)).toBeCloseTo(0.5, 12);
    expect(twoSidedProbability(12.706204736432095, 1)).toBeCloseTo(0.05, 10);
    expect(twoSidedProbability(1.9599664, 1e6)).toBeCloseTo(0.05, 5);
  });
});
