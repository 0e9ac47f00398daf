import { describe, expect, it } from 'vitest';
import { outputsPerTarget, pointLoss } from './losses';

describe('the pinball loss', () => {
  const loss = { kind: 'pinball', quantiles: [0.1, 0.5, 0.9] } as const;

  it('weighs a forecast that is too low by the quantile, one that is too high by the rest', () => {
    expect(outputsPerTarget(loss)).toBe(3);
    loss.quantiles.forEach((quantile, output) => {
      for (const number of [output, output + 3]) {
        expect(pointLoss(loss, -2, number).value).toBeCloseTo(2 * quantile, 12);
        expect(pointLoss(loss, 2, number).value).toBeCloseTo(2 * (1 - quantile), 12);
        expect(pointLoss(loss, -2, number).slope).toBeCloseTo(-quantile, 12);
        expect(pointLoss(loss, 2, number).slope).toBeCloseTo(1 - quantile, 12);
      }
    });
  });

  it('is least where the forecast is the quantile of the observations', () => {
    const observations = Array.from({ length: 101 }, (_, index) => index);
    loss.quantiles.forEach((quantile, output) => {
      const lossAt = (forecast: number): number =>
        observations.reduce((sum, value) => sum + pointLoss(loss, forecast - value, output).value, 0);
      const best = observations.reduce((left, right) => (lossAt(right) < lossAt(left) ? right : left));
      expect(best).toBe(100 * quantile);
    });
  });
});
