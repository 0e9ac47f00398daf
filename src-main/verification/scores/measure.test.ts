import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapMethods, type ByMethod } from '../../contract/results';
import { noise } from '../../series/series.fixture';
import { percentileInterval, planResampling, resampleSums } from './bootstrap';
import { measureScores } from './measure';
import { scoreForecast } from './scores';

const DAY = 86_400_000;
const HOUR = DAY / 24;

interface Errors {
  readonly model: number;
  readonly persistence: number;
  readonly ridge: number;
}

/** A season, and forecasts of it that miss by noise of these sizes. */
function measured(windows: number, horizon: number, stepMilliseconds: number, errors: Errors) {
  const count = windows * horizon;
  const observed = Float32Array.from(
    { length: count },
    (_, k) => 10 * Math.sin(Math.floor(k / horizon) / 40),
  );
  const missing = (size: number, seed: number): Float32Array => {
    const misses = noise(count, seed);
    return observed.map((value, k) => value + size * misses[k]!);
  };
  const forecasts: ByMethod<Float32Array> = {
    model: missing(errors.model, 2),
    persistence: missing(errors.persistence, 3),
    climatology: missing(4, 4),
    ridge: missing(errors.ridge, 5),
  };
  const scores = mapMethods(forecasts, (forecast) =>
    scoreForecast(observed, forecast, forecasts.persistence, horizon, 0.5),
  );
  const time = Float64Array.from({ length: windows }, (_, window) => window * stepMilliseconds);
  const stepSeconds = stepMilliseconds / 1000;
  return {
    scores,
    ...measureScores({ time, stepSeconds, horizon, observed, forecasts, scores, scale: 0.5 }),
  };
}

describe('measured scores', () => {
  it('are the scores, each within its interval, by lead time and over all', () => {
    const { scores, overall, byLead } = measured(400, 3, DAY, { model: 1, persistence: 2, ridge: 1.5 });
    expect(overall.bestBaseline).toBe('ridge');
    expect(byLead).toHaveLength(3);
    for (const [table, score] of [
      [overall, scores.model],
      [byLead[1]!, scores.model.byLead[1]!],
    ] as const) {
      const { rmse, mae, bias, correlation, mase } = table.methods.model;
      for (const [estimate, value] of [
        [rmse, score.rmse],
        [mae, score.mae],
        [bias, score.bias],
        [correlation, score.correlation],
        [mase, score.mase],
      ] as const) {
        expect(estimate.value).toBe(value);
        expect(estimate.low).toBeLessThan(value);
        expect(estimate.high).toBeGreaterThan(value);
      }
    }
    expect(overall.methods.model.skill.value).toBeCloseTo(scores.model.skill, 12);
    expect(overall.methods.persistence.skill).toEqual({ value: 0, low: 0, high: 0 });
    expect(overall.methods.ridge.skillOverBest).toEqual({ value: 0, low: 0, high: 0 });
    expect(overall.methods.model.skillOverBest.low).toBeGreaterThan(0);
  });

  it('are the same every time', () => {
    const errors = { model: 1, persistence: 2, ridge: 1.5 };
    expect(measured(100, 1, DAY, errors)).toEqual(measured(100, 1, DAY, errors));
  });

  it('have an interval that narrows with more days, as the root of their number', () => {
    const widthOf = (windows: number): number => {
      const { low, high } = measured(windows, 1, DAY, { model: 1, persistence: 2, ridge: 1 }).overall.methods
        .model.rmse;
      return high - low;
    };
    const ratio = widthOf(300) / widthOf(4800);
    expect(ratio).toBeGreaterThan(2.8);
    expect(ratio).toBeLessThan(5.6);
  });

  it('have no interval where there are too few days', () => {
    const { overall } = measured(9, 1, DAY, { model: 1, persistence: 2, ridge: 1 });
    expect(overall.methods.model.rmse.value).toBeGreaterThan(0);
    expect(overall.methods.model.rmse.low).toBeNaN();
    const hours = measured(9 * 24, 1, HOUR, { model: 1, persistence: 2, ridge: 1 });
    expect(hours.overall.methods.model.skill.high).toBeNaN();
  });

  it('of 20,000 windows of a day of hours take a second or so', () => {
    const began = process.cpuUsage();
    measured(20_000, 24, HOUR, { model: 1, persistence: 2, ridge: 1.5 });
    // Of this process alone, whoever else is at work; the data are made in this time too.
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(3);
  });
});

describe('resampling', () => {
  it('draws whole blocks of days, each day as often as any other', () => {
    const time = Float64Array.from({ length: 24 * 200 }, (_, window) => window * HOUR);
    const plan = planResampling(time, 24 * 8, 3600)!;
    expect(plan.days).toBe(200);
    // Eight days of lead times are more than the cube root of 200.
    expect(plan.blockLength).toBe(8);
    expect(plan.blocks).toBe(25);
    const daily = Float64Array.from({ length: 200 * 2 }, (_, k) => (k % 2 === 0 ? 1 : Math.floor(k / 2)));
    const sums = resampleSums(daily, 2, plan);
    let mean = 0;
    for (let resample = 0; resample < 1000; resample++) {
      expect(sums[resample * 2]).toBe(200);
      mean += sums[resample * 2 + 1]! / 200 / 1000;
    }
    expect(Math.abs(mean - 99.5)).toBeLessThan(2);
  });

  it('takes the days that there are, and a month as one', () => {
    const withHole = Float64Array.from({ length: 30 }, (_, k) => (k < 15 ? k : k + 100) * DAY);
    expect(planResampling(withHole, 1, 86_400)).toMatchObject({ days: 30, blockLength: 4 });
    const months = Float64Array.from({ length: 40 }, (_, k) => Date.UTC(2000, k, 1));
    expect(planResampling(months, 3, 2_629_746)).toMatchObject({ days: 40, blockLength: 4 });
    expect(planResampling(months.subarray(0, 9), 1, 2_629_746)).toBeNull();
  });

  it('gives an interval within the values, whatever is not a number', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -9, max: 9 }), { minLength: 1, maxLength: 60 }), (values) => {
        const { low, high } = percentileInterval(Float64Array.from(values));
        const numbers = values.filter((value) => !Number.isNaN(value));
        if (numbers.length === 0) return expect(low).toBeNaN();
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...numbers));
        expect(high).toBeLessThanOrEqual(Math.max(...numbers));
      }),
    );
  });
});
