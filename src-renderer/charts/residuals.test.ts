import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fixture from './fixtures/autocorrelation.json' with { type: 'json' };
import type { LeadSeries } from './hindcast-series';
import {
  autocorrelation,
  errorByGroup,
  filledGroups,
  histogramOf,
  hourOf,
  largestGroup,
  monthOf,
  residualsOf,
  worstDays,
} from './residuals';

const DAY = 86_400_000;
const HOUR = DAY / 24;

function seriesOf(
  residuals: readonly number[],
  timeOf: (index: number) => number,
  stepMilliseconds: number,
): LeadSeries {
  const observed = Float32Array.from(residuals, (_, index) => index % 5);
  const off = (by: (index: number) => number): Float32Array =>
    observed.map((value, index) => value + by(index));
  return {
    time: Float64Array.from(residuals, (_, index) => timeOf(index)),
    observed,
    forecasts: {
      model: off((index) => residuals[index] as number),
      persistence: off(() => 1),
      climatology: off(() => 2),
      ridge: off(() => 3),
    },
    stepMilliseconds,
  };
}

const days = (index: number): number => Date.UTC(2021, 0, 1 + index);

describe('residuals', () => {
  it('are predicted minus observed', () => {
    expect([...residualsOf(seriesOf([1, -2, 0.5], days, DAY))]).toEqual([1, -2, 0.5]);
  });

  it('are all counted, in bars of a round width around zero', () => {
    const values = fc.array(fc.float({ min: -40, max: 40, noNaN: true }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(values, (list) => {
        const { counts, centres, width } = histogramOf(Float32Array.from(list));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(list.length);
        expect(counts).toHaveLength(centres.length);
        expect(counts.length).toBeLessThanOrEqual(62);
        if (centres.length > 1) {
          const leading = width / 10 ** Math.floor(Math.log10(width) + 1e-9);
          expect([1, 2, 5, 10].some((round) => Math.abs(leading - round) < 1e-6)).toBe(true);
          for (const centre of centres) {
            expect(Math.abs(centre / width - Math.round(centre / width))).toBeLessThan(1e-6);
          }
        }
      }),
    );
    expect(histogramOf(new Float32Array(0)).counts).toEqual([]);
    expect(histogramOf(new Float32Array(3).fill(2))).toEqual({ width: 1, centres: [2], counts: [3] });
  });

  it('that alternate go against each other at odd lags', () => {
    const values = Float32Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? 1 : -1));
    const time = Float64Array.from(values, (_, index) => index * DAY);
    const [zero, one, two] = autocorrelation(values, time, DAY, 3);
    expect(zero).toBe(1);
    expect(one).toBeCloseTo(-199 / 200, 9);
    expect(two).toBeCloseTo(198 / 200, 9);
    expect(autocorrelation(values.subarray(0, 3), time, DAY, 40)).toHaveLength(3);
    expect(autocorrelation(new Float32Array(5), time, DAY, 1)[1]).toBeNaN();
  });

  it('have the autocorrelation that statsmodels gives them (scripts/make-verification-fixture.py)', () => {
    const values = Float32Array.from(fixture.residuals);
    const time = Float64Array.from(values, (_, index) => index * DAY);
    autocorrelation(values, time, DAY, 10).forEach((value, lag) => {
      expect(value).toBeCloseTo(fixture.correlations[lag] as number, 9);
    });
  });

  it('on both sides of a hole are no neighbours', () => {
    const values = Float32Array.of(1, -1, 1, -1);
    const whole = autocorrelation(values, Float64Array.of(0, 1, 2, 3), 1, 1)[1];
    const broken = autocorrelation(values, Float64Array.of(0, 1, 7, 8), 1, 1)[1];
    expect(whole).toBeCloseTo(-0.75, 12);
    expect(broken).toBeCloseTo(-0.5, 12);
  });
});

describe('a value that was not read', () => {
  it('takes no part in any of them', () => {
    const series = seriesOf([1, -2, 9, 0.5, 3], days, DAY);
    series.observed[2] = NaN;
    const residuals = residualsOf(series);
    expect(residuals[2]).toBeNaN();
    expect(histogramOf(residuals).counts.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(worstDays(series, 10).map(({ error }) => error)).toEqual([3, -2, 1, 0.5]);
    expect(errorByGroup(series, 12, monthOf).model[0]).toBeCloseTo(Math.sqrt((1 + 4 + 0.25 + 9) / 4), 6);
    const [zero, one] = autocorrelation(residuals, series.time, DAY, 1);
    const known = [1, -2, 0.5, 3].map((value) => value - 0.625);
    const squares = known.reduce((sum, value) => sum + value ** 2, 0);
    expect(zero).toBe(1);
    // Only two pairs of neighbours are known.
    expect(one).toBeCloseTo((known[0]! * known[1]! + known[2]! * known[3]!) / squares, 9);
  });
});

describe('errors by month and by hour', () => {
  it('are root-mean-square errors of the forecasts of each', () => {
    const residuals = Array.from({ length: 59 }, (_, index) => (index < 31 ? 3 : -4));
    const errors = errorByGroup(seriesOf(residuals, days, DAY), 12, monthOf);
    expect(errors.model.slice(0, 2)).toEqual([3, 4]);
    expect(errors.model[2]).toBeNaN();
    expect(errors.persistence[1]).toBeCloseTo(1, 6);
    expect(filledGroups(errors)).toEqual([0, 1]);
    expect(largestGroup(errors)).toBe(1);

    const hourly = Array.from({ length: 48 }, (_, index) => (index % 24 === 6 ? 5 : 1));
    const byHour = errorByGroup(
      seriesOf(hourly, (index) => index * HOUR, HOUR),
      24,
      hourOf,
    );
    expect(byHour.model[6]).toBeCloseTo(5, 5);
    expect(largestGroup(byHour)).toBe(6);
  });
});

describe('the worst days', () => {
  it('come once each, by the forecast that missed most, the worst first', () => {
    const residuals = Array.from({ length: 24 * 12 }, (_, index) => (index % 24 === 3 ? index / 24 : 0.1));
    const worst = worstDays(
      seriesOf(residuals, (index) => index * HOUR, HOUR),
      10,
    );
    expect(worst).toHaveLength(10);
    expect(worst[0]?.time).toBe((11 * 24 + 3) * HOUR);
    expect(worst[0]?.error).toBeCloseTo(11 + 3 / 24, 5);
    expect(new Set(worst.map(({ time }) => Math.floor(time / DAY))).size).toBe(10);
    expect(worst.map(({ error }) => Math.abs(error))).toEqual(
      worst.map(({ error }) => Math.abs(error)).sort((a, b) => b - a),
    );
    for (const { predicted, observed, error } of worst) expect(predicted - observed).toBeCloseTo(error, 5);
  });

  it('are as many as there are', () => {
    expect(worstDays(seriesOf([1, -3], days, DAY), 10).map(({ error }) => error)).toEqual([-3, 1]);
  });
});
