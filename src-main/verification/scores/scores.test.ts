import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossDifferences } from './diebold-mariano';
import { scoreInterval } from '../intervals/interval-scores';
import { meanSquaredError, scoreForecast, skillScore } from './scores';

describe('scores', () => {
  it('are known for known errors, by lead time and over all', () => {
    const observed = Float32Array.of(10, 10, 20, 20);
    const scores = scoreForecast(
      observed,
      Float32Array.of(11, 10, 23, 16),
      Float32Array.of(12, 12, 22, 22),
      2,
      0.5,
    );
    expect(scores.byLead).toMatchObject([
      { rmse: Math.sqrt(5), mae: 2, bias: 2, mase: 4 },
      { rmse: Math.sqrt(8), mae: 2, bias: -2, mase: 4 },
    ]);
    // Two pairs that rise together correlate perfectly.
    expect(scores.byLead[0]?.correlation).toBeCloseTo(1, 12);
    expect(scores.rmse).toBeCloseTo(Math.sqrt(26 / 4), 12);
    expect(scores.mae).toBe(2);
    expect(scores.bias).toBe(0);
    expect(scores.skill).toBeCloseTo(1 - 26 / 4 / 4, 12);
  });

  it('are those of the windows that were read alone', () => {
    const value = fc.float({ min: -50, max: 50, noNaN: true });
    const windows = fc.array(fc.tuple(value, value, value, fc.boolean()), { minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(windows, (list) => {
        const scoresOf = (kept: typeof list) => {
          const observed = Float32Array.from(kept, ([seen, , , isRead]) => (isRead ? seen : NaN));
          const forecast = Float32Array.from(kept, ([, said]) => said);
          const persistence = Float32Array.from(kept, ([, , last]) => last);
          return {
            scores: scoreForecast(observed, forecast, persistence, 1, 2),
            mse: meanSquaredError(observed, forecast),
            differences: lossDifferences(observed, forecast, persistence, 1),
            interval: scoreInterval(observed, { low: persistence, high: forecast }, 80),
          };
        };
        expect(scoresOf(list)).toEqual(scoresOf(list.filter(([, , , isRead]) => isRead)));
      }),
    );
  });

  it('do not hide a forecast that is no number', () => {
    const observed = Float32Array.of(1, NaN, 3);
    const scores = scoreForecast(observed, Float32Array.of(1, 2, NaN), Float32Array.of(1, 1, 1), 1, 1);
    for (const score of [scores.rmse, scores.mae, scores.bias, scores.correlation, scores.skill]) {
      expect(score).toBeNaN();
    }
  });

  it('keep their laws', () => {
    const pairs = fc.array(
      fc.tuple(
        fc.float({ min: -50, max: 50, noNaN: true }),
        fc.float({ min: -50, max: 50, noNaN: true }),
        fc.float({ min: -50, max: 50, noNaN: true }),
      ),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(pairs, (triples) => {
        const column = (index: 0 | 1 | 2): Float32Array => Float32Array.from(triples, (row) => row[index]);
        const all = scoreForecast(column(0), column(1), column(2), 1, 2);
        const { rmse, mae, bias, correlation, mase } = all;
        expect(rmse).toBeGreaterThanOrEqual(mae * (1 - 1e-9));
        expect(mae).toBeGreaterThanOrEqual(Math.abs(bias) * (1 - 1e-9));
        expect(mase).toBeCloseTo(mae / 2, 9);
        expect(Number.isNaN(correlation) || Math.abs(correlation) <= 1).toBe(true);
        expect(all.byLead).toEqual([{ rmse, mae, bias, correlation, mase }]);
        const swapped = scoreForecast(column(1), column(0), column(2), 1, 2);
        expect(swapped).toMatchObject({ rmse, mae });
        expect(swapped.bias).toBeCloseTo(-bias, 9);
        const itself = scoreForecast(column(0), column(2), column(2), 1, 2);
        expect(itself.skill).toBe(0);
        const perfect = scoreForecast(column(0), column(0), column(2), 1, 2);
        expect(perfect).toMatchObject({ rmse: 0, mae: 0, bias: 0 });
      }),
    );
  });

  it('have no correlation where nothing varies, and no MASE where no reading ever changed', () => {
    const score = scoreForecast(
      Float32Array.of(1, 2, 3),
      new Float32Array(3).fill(0.1),
      new Float32Array(3),
      1,
      0,
    );
    expect(score.correlation).toBeNaN();
    expect(score.mase).toBeNaN();
  });

  it('have no skill against a reference without error', () => {
    expect(skillScore(3, 0)).toBe(0);
  });
});
