import { describe, expect, it } from 'vitest';
import type { MeasuredScores, Verification } from '../../src-main/contract/results';
import { seriesOfLead } from './hindcast-series';

const day = 86_400_000;
const score = { rmse: 1, mae: 1, bias: 0, correlation: 1, mase: 1, skill: 0, byLead: [] };

const estimate = { value: 1, low: 0.5, high: 1.5 };
const measures = {
  rmse: estimate,
  mae: estimate,
  bias: estimate,
  correlation: estimate,
  mase: estimate,
  skill: estimate,
  skillOverBest: estimate,
};
const measured: MeasuredScores = {
  bestBaseline: 'persistence',
  methods: { model: measures, persistence: measures, climatology: measures, ridge: measures },
};

function verification(time: readonly number[], horizon: number): Verification {
  const n = time.length;
  const table = (base: number): Float32Array =>
    Float32Array.from({ length: n * horizon }, (_, k) => base + Math.floor(k / horizon) * 10 + (k % horizon));
  return {
    targetName: 'temperature',
    quantity: 'temperature',
    unit: '°C',
    horizon,
    stepSeconds: 86_400,
    time: Float64Array.from(time),
    observed: table(0),
    forecasts: { model: table(1000), persistence: table(2000), climatology: table(3000), ridge: table(4000) },
    scores: { model: score, persistence: score, climatology: score, ridge: score },
    overall: measured,
    byLead: Array.from({ length: horizon }, () => measured),
    testLoss: 0.1,
    persistenceTestLoss: 0.1,
    verdict: {
      kind: 'loses',
      isClose: false,
      bestBaseline: 'persistence',
      modelRmse: 1,
      baselineRmse: 1,
      persistenceRmse: 1,
      unit: '°C',
      lstmShare: 1,
      windows: n,
      skill: estimate,
      pValue: 0.5,
    },
    intervals: null,
    combination: null,
    foretelling: [],
    event: null,
    members: null,
  };
}

describe('seriesOfLead', () => {
  it('takes the column of the lead and the time at which it is valid', () => {
    const series = seriesOfLead(verification([0, day, 2 * day], 2), 2);
    expect([...series.observed]).toEqual([1, 11, 21]);
    expect([...series.forecasts.model]).toEqual([1001, 1011, 1021]);
    expect([...series.time]).toEqual([day, 2 * day, 3 * day]);
  });

  it('does not take a window behind a hole for the next step', () => {
    const series = seriesOfLead(verification([0, 5 * day, 6 * day], 2), 2);
    expect([...series.time]).toEqual([day, 6 * day, 7 * day]);
  });

  it('keeps a lead within the horizon', () => {
    expect([...seriesOfLead(verification([0], 2), 9).observed]).toEqual([1]);
    expect([...seriesOfLead(verification([0], 2), 0).observed]).toEqual([0]);
  });
});
