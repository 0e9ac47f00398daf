import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Estimate, MeasuredScores } from '../contract/results';
import { describeVerdict, formatPValue } from '../contract/verdict';
import { noise } from '../series/series.fixture';
import { compareForecasts, lagsFor, lossDifferences } from './scores/diebold-mariano';
import { twoSidedProbability } from './scores/student';
import { judge } from './verdict';

const estimate = (value: number): Estimate => ({ value, low: value - 1, high: value + 1 });

function scored(model: number): MeasuredScores {
  const measured = (rmse: number) => ({
    rmse: estimate(rmse),
    mae: estimate(1),
    bias: estimate(0),
    correlation: estimate(0.9),
    mase: estimate(1),
    skill: estimate(0),
    skillOverBest: estimate(1 - (rmse / 2) ** 2),
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
      minLength: 12,
      maxLength: 80,
    });
    fc.assert(
      fc.property(differences, fc.integer({ min: 1, max: 4 }), (values, horizon) => {
        fc.pre(new Set(values).size > 1 && values.some((value) => Math.abs(value) > 1e-3));
        const { statistic, pValue } = compareForecasts(Float64Array.from(values), horizon);
        const turned = compareForecasts(
          Float64Array.from(values, (value) => -3 * value),
          horizon,
        );
        expect(pValue).toBeGreaterThanOrEqual(0);
        expect(pValue).toBeLessThanOrEqual(1);
        if (Number.isFinite(statistic)) expect(turned.statistic).toBeCloseTo(-statistic, 6);
        expect(turned.pValue).toBeCloseTo(pValue, 6);
      }),
    );
  });

  it('cries wolf about as often as it says: 5 in 100 for forecasts equally good', () => {
    const trials = 400;
    let wrong = 0;
    for (let trial = 1; trial <= trials; trial++) {
      const { pValue } = compareForecasts(noise(300, 7919 * trial), 1);
      if (pValue < 0.05) wrong += 1;
    }
    expect(wrong / trials).toBeGreaterThan(0.02);
    expect(wrong / trials).toBeLessThan(0.09);
  });

  it('knows forecasts that never differ, those that always differ alike, and those too few', () => {
    expect(compareForecasts(new Float64Array(50), 1)).toEqual({ statistic: 0, pValue: 1, windows: 50 });
    expect(compareForecasts(new Float64Array(50).fill(-2), 1)).toEqual({
      statistic: -Infinity,
      pValue: 0,
      windows: 50,
    });
    expect(compareForecasts(Float64Array.of(1), 1).pValue).toBeNaN();
    expect(compareForecasts(noise(10), 10).pValue).toBeNaN();
    expect(compareForecasts(noise(10), 24).pValue).toBeNaN();
    expect([lagsFor(145, 1), lagsFor(145, 24), lagsFor(3, 24), lagsFor(20_000, 1)]).toEqual([4, 23, 2, 12]);
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
