import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INTERVAL_LEVELS } from '../../contract/intervals';
import { PINBALL_QUANTILES } from '../../contract/settings';
import { fixtureSeries } from '../../series/series.fixture';
import { keepPossible, pointsOf, quantilesOf, readForecasts } from './window-forecasts';

const TARGET_SCALER = { mean: 50, scale: 20 };
const humidity = fixtureSeries([{ quantity: 'relative humidity', unit: '%', values: [40, 60] }]);
const scaled = fc.float({ min: -5, max: 5, noNaN: true });

describe('reading what a network says', () => {
  it('turns it into the unit of the target and keeps it possible', () => {
    const { point, quantiles } = readForecasts(
      humidity,
      { horizon: 2, targetScaler: TARGET_SCALER },
      Float32Array.of(0, 1, -4, 3),
      2,
    );
    expect([...point]).toEqual([50, 70, 0, 100]);
    expect(quantiles).toBeNull();
    expect([...keepPossible(humidity, Float32Array.of(-1, 30, 101))]).toEqual([0, 30, 100]);
  });

  it('has an end of each level at its quantile', () => {
    for (const level of INTERVAL_LEVELS) {
      const { low, high } = quantilesOf(level);
      expect(PINBALL_QUANTILES[high]! - PINBALL_QUANTILES[low]!).toBeCloseTo(level / 100, 9);
      expect(PINBALL_QUANTILES[high]! + PINBALL_QUANTILES[low]!).toBeCloseTo(1, 9);
    }
  });

  it('sorts quantiles that cross; the median is the point forecast', () => {
    fc.assert(
      fc.property(fc.array(scaled, { minLength: 14, maxLength: 14 }), (values) => {
        const said = readForecasts(
          humidity,
          { horizon: 1, targetScaler: TARGET_SCALER },
          Float32Array.from(values),
          2,
        );
        for (const window of [0, 1]) {
          const ends = [
            ...[95, 80, 50].map((level) => said.quantiles![level as 50].low[window]!),
            said.point[window]!,
            ...INTERVAL_LEVELS.map((level) => said.quantiles![level].high[window]!),
          ];
          const possible = values
            .slice(7 * window, 7 * window + 7)
            .map((value) => Math.min(100, Math.max(0, Math.fround(50 + 20 * value))));
          expect(ends).toEqual(possible.sort((one, other) => one - other));
        }
      }),
    );
  });

  it('refuses another count', () => {
    expect(() => pointsOf(new Float32Array(5), 2)).toThrow(RangeError);
    expect([...pointsOf(Float32Array.of(1, 2, 3, 4, 5, 6, 7), 1)]).toEqual([4]);
  });
});
