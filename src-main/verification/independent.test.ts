import { describe, expect, it } from 'vitest';
import { mapMethods } from '../contract/results';
import { percentileInterval, planResampling } from './scores/bootstrap';
import { compareForecasts, wavesFor, lossDifferences } from './scores/diebold-mariano';
import bootstrap from './fixtures/bootstrap.json' with { type: 'json' };
import fixture from './fixtures/scores.json' with { type: 'json' };
import { meanStepChange } from './windows/learning-rows';
import { measureScores } from './scores/measure';
import { solveRidge, sumWindows } from './algebra/normal-equations';
import { scoreForecast } from './scores/scores';
import { twoSidedProbability } from './scores/student';
import { prepare } from '../series';
import { fixtureSeries, fixtureSettings } from '../series/series.fixture';

/** The numbers of scikit-learn, SciPy, statsmodels, NumPy and arch: scripts/make-verification-fixture.py. */
const near = (value: number, expected: number, relative = 1e-9): void => {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(relative * Math.max(1, Math.abs(expected)));
};
const observed = Float32Array.from(fixture.observed);
const model = Float32Array.from(fixture.model);
const reference = Float32Array.from(fixture.reference);
const { horizon, scale } = fixture;

describe('beside independent implementations', () => {
  it('scores are scikit-learn’s, correlation is SciPy’s', () => {
    const { skill, byLead, ...overall } = scoreForecast(observed, model, reference, horizon, scale);
    const names = ['rmse', 'mae', 'bias', 'correlation', 'mase'] as const;
    for (const name of names) {
      near(overall[name], fixture.overall[name]);
      byLead.forEach((score, lead) => near(score[name], fixture.byLead[lead]![name]));
    }
    near(skill, fixture.skill);
    byLead.forEach(({ rmse }, lead) => {
      const simple = scoreForecast(observed, reference, reference, horizon, scale).byLead[lead]!.rmse;
      near(1 - (rmse / simple) ** 2, fixture.skillByLead[lead]!);
    });
  });

  it('the scale of MASE is scikit-learn’s mean absolute error of one-step persistence', () => {
    const values = [...fixture.learning, ...fixture.learning.slice(0, 50)];
    const series = fixtureSeries([{ values }]);
    // 200 of 250 rows are touched by learning windows: 194 of 244 windows of 6 and 1.
    const preparation = prepare(series, fixtureSettings({ trainShare: 194 / 244 }));
    near(meanStepChange(series, preparation), scale);
  });

  it('the Diebold-Mariano test is that of SciPy’s cosine transform and its t', () => {
    const differences = lossDifferences(observed, model, reference, horizon);
    for (const expected of fixture.dieboldMariano) {
      expect(wavesFor(differences.length, expected.horizon, 86_400)).toBe(expected.waves);
      const { statistic, pValue } = compareForecasts(differences, expected.horizon, 86_400);
      near(statistic, expected.statistic);
      near(pValue, expected.pValue);
    }
  });

  it('bootstrap intervals are those of arch’s circular block bootstrap', () => {
    const windows = observed.length / horizon;
    const time = Float64Array.from({ length: windows }, (_, window) => window * 86_400_000);
    const forecasts = { model, persistence: reference, climatology: reference, ridge: reference };
    const scores = mapMethods(forecasts, (forecast) =>
      scoreForecast(observed, forecast, reference, horizon, scale),
    );
    expect(planResampling(time, horizon, 86_400)?.blockLength).toBe(bootstrap.blockLength);
    const input = { time, stepSeconds: 86_400, horizon, observed, forecasts, scores, scale };
    const { model: measured } = measureScores(input).overall.methods;
    for (const name of ['rmse', 'mae', 'bias', 'correlation', 'mase', 'skill'] as const) {
      const { low, high, standardError } = bootstrap.measures[name];
      // The ends of 1000 resamples lie within 0.085 standard errors of the true ones in two of three cases.
      expect(Math.abs(measured[name].low - low), name).toBeLessThan(0.3 * standardError);
      expect(Math.abs(measured[name].high - high), name).toBeLessThan(0.3 * standardError);
    }
  });

  it('tails of Student’s t are SciPy’s', () => {
    for (const { t, degrees, twoSided } of fixture.student) {
      const probability = twoSidedProbability(t, degrees);
      near(probability, twoSided, 1e-10);
      // Far out too, where the tail itself is tiny.
      expect(Math.abs(probability - twoSided)).toBeLessThanOrEqual(1e-7 * twoSided);
    }
  });

  it('ridge regression is scikit-learn’s', () => {
    const { inputs, targets, window, penalty, weights, intercept } = fixture.ridge;
    const table = {
      inputs: Float32Array.from(inputs),
      inputCount: 2,
      targets: Float32Array.from(targets),
      window,
      horizon: 1,
    };
    const last = targets.length - window - 1;
    const solved = solveRidge(sumWindows(table, [{ first: 0, last }]), penalty);
    solved.weights[0]!.forEach((weight, column) => near(weight, weights[column]!));
    near(solved.intercepts[0]!, intercept);
  });

  it('percentiles are NumPy’s', () => {
    const { low, high } = percentileInterval(Float64Array.from(fixture.percentiles.values));
    near(low, fixture.percentiles.interval[0]!, 1e-14);
    near(high, fixture.percentiles.interval[1]!, 1e-14);
  });
});
