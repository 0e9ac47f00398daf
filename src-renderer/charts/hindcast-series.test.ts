import { describe, expect, it } from 'vitest';
import type { MeasuredScores, Verification } from '../../src-main/contract/results';
import { seriesOfLead } from './hindcast-series';

const DAY = 86_400_000;
const SCORE = { rmse: 1, mae: 1, bias: 0, correlation: 1, mase: 1, skill: 0, byLead: [] };

const ESTIMATE = { value: 1, low: 0.5, high: 1.5 };
const MEASURES = {
  rmse: ESTIMATE,
  mae: ESTIMATE,
  bias: ESTIMATE,
  correlation: ESTIMATE,
  mase: ESTIMATE,
  skill: ESTIMATE,
  skillOverBest: ESTIMATE,
};
const MEASURED: MeasuredScores = {
  bestBaseline: 'persistence',
  methods: { model: MEASURES, persistence: MEASURES, climatology: MEASURES, ridge: MEASURES },
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
    scores: { model: SCORE, persistence: SCORE, climatology: SCORE, ridge: SCORE },
    overall: MEASURED,
    byLead: Array.from({ length: horizon }, () => MEASURED),
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
      skill: ESTIMATE,
      pValue: 0.5,
    },
    intervals: null,
    combination: null,
    service: null,
    foretelling: [],
    event: null,
    members: null,
    distribution: null,
  };
}

describe('seriesOfLead', () => {
  it('takes the column of the lead and the time at which it is valid', () => {
    const series = seriesOfLead(verification([0, DAY, 2 * DAY], 2), 2);
    expect([...series.observed]).toEqual([1, 11, 21]);
    expect([...series.forecasts.model]).toEqual([1001, 1011, 1021]);
    expect([...series.time]).toEqual([DAY, 2 * DAY, 3 * DAY]);
  });

  it('does not take a window behind a hole for the next step', () => {
    const series = seriesOfLead(verification([0, 5 * DAY, 6 * DAY], 2), 2);
    expect([...series.time]).toEqual([DAY, 6 * DAY, 7 * DAY]);
  });

  it('keeps a lead within the horizon', () => {
    expect([...seriesOfLead(verification([0], 2), 9).observed]).toEqual([1]);
    expect([...seriesOfLead(verification([0], 2), 0).observed]).toEqual([0]);
  });
});
