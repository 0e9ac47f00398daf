import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../series';
import { fixtureSeries, fixtureSettings, HOURLY, noise } from '../../series/series.fixture';
import { fitBaselines } from './baselines';
import { fitDampedPersistence } from './damped-persistence';
import { meanStepChange } from '../windows/learning-rows';
import { fitSeasonalNaive } from './seasonal-naive';
import { verify } from '../verify';

const DAY = 86_400_000;

/** An anomaly that keeps `memory` of itself each step, without a season. */
function autoregression(rows: number, memory: number): Float64Array {
  let value = 0;
  return noise(rows, 13).map((shock) => (value = memory * value + shock));
}

describe('damped persistence', () => {
  it('finds how much of an anomaly is kept, and lets it fade', () => {
    const series = fixtureSeries([{ values: autoregression(6000, 0.8) }]);
    const preparation = prepare(series, fixtureSettings({ horizon: 4 }));
    const start = preparation.split.test[0]!;
    const forecast = fitDampedPersistence(series, preparation).forecast(Int32Array.of(start, start + 40));
    // The usual value is near zero all year: what is left of it is the sampling error of 31-day means.
    for (const first of [0, 4]) {
      const last = series.variables[0]!.values[start + (first === 0 ? 0 : 40) + 5]!;
      expect(Math.abs(forecast[first]! - 0.8 * last)).toBeLessThan(0.25);
      expect(Math.abs(forecast[first + 3]! - 0.8 ** 4 * last)).toBeLessThan(0.4);
    }
  });

  it('beats persistence and climatology where weather fades', () => {
    const series = fixtureSeries([{ values: autoregression(2000, 0.6) }]);
    const preparation = prepare(series, fixtureSettings({ horizon: 3 }));
    const predicted = new Float32Array(preparation.split.test.length * 3);
    const { scores } = verify({ series, preparation, predicted });
    expect(scores.dampedPersistence!.rmse).toBeLessThan(scores.persistence.rmse);
    expect(scores.dampedPersistence!.rmse).toBeLessThan(scores.climatology.rmse);
  });

  it('never lets a departure grow', () => {
    const growing = Float64Array.from({ length: 200 }, (_, row) => 1.05 ** row * (row % 2 === 0 ? 1 : -1));
    const series = fixtureSeries([{ values: growing }]);
    const preparation = prepare(series, fixtureSettings({ horizon: 6, scalerFit: 'training' }));
    const forecast = fitDampedPersistence(series, preparation).forecast(Int32Array.of(100));
    const usual = Math.max(...growing.subarray(0, 160).map(Math.abs));
    for (const value of forecast) expect(Math.abs(value)).toBeLessThanOrEqual(2 * usual);
  });
});

describe('seasonal naive', () => {
  it('is the value of the same day one year before, 29 February that of the 28th', () => {
    // From 2019-01-01 on, each value its row: 2020 is a leap year.
    const values = Float64Array.from({ length: 1200 }, (_, row) => row);
    const series = fixtureSeries([{ values }], { from: Date.UTC(2019, 0, 1) });
    const preparation = prepare(series, fixtureSettings({ window: 1 }));
    const rowOf = (year: number, month: number, date: number): number =>
      (Date.UTC(year, month - 1, date) - Date.UTC(2019, 0, 1)) / DAY;
    const before = [
      [rowOf(2020, 1, 1), rowOf(2019, 1, 1)],
      [rowOf(2020, 2, 29), rowOf(2019, 2, 28)],
      [rowOf(2020, 3, 1), rowOf(2019, 3, 1)],
      [rowOf(2021, 3, 1), rowOf(2020, 3, 1)],
    ] as const;
    const starts = Int32Array.from(before, ([row]) => row - 1);
    expect([...fitSeasonalNaive(series, preparation).forecast(starts)!]).toEqual(
      before.map(([, row]) => row),
    );
  });

  it('is the value one day before for hours of less than two years, never one that comes after the window', () => {
    const values = Float64Array.from({ length: 400 }, (_, row) => row);
    const series = fixtureSeries([{ values }], { step: HOURLY });
    const preparation = prepare(series, fixtureSettings({ window: 6, horizon: 50 }));
    const start = preparation.split.test[0]!;
    const forecast = fitSeasonalNaive(series, preparation).forecast(Int32Array.of(start))!;
    forecast.forEach((value, lead) => {
      expect((start + 6 + lead - value) % 24).toBe(0);
      expect(value).toBeLessThan(start + 6);
      expect(value).toBeGreaterThanOrEqual(start + 6 - 24);
    });
  });

  it('goes one season further where a reading lacks, and is absent where none is there', () => {
    const values = Float64Array.from({ length: 200 }, (_, row) => (row === 150 - 24 ? NaN : row));
    const series = fixtureSeries([{ values }], { step: HOURLY });
    const preparation = { ...prepare(series, fixtureSettings({ window: 2 })), window: 2 };
    const naive = fitSeasonalNaive(series, preparation);
    expect([...naive.forecast(Int32Array.of(148))!]).toEqual([150 - 48]);
    expect(naive.forecast(Int32Array.of(148, 10))).toBeNull();

    const oneYear = fixtureSeries([{ values: noise(300) }]);
    const prepared = prepare(oneYear, fixtureSettings());
    const predicted = new Float32Array(prepared.split.test.length);
    const verification = verify({ series: oneYear, preparation: prepared, predicted });
    expect(verification.scores).not.toHaveProperty('seasonalNaive', expect.anything());
    expect(Object.keys(verification.scores)).toEqual([
      'model',
      'persistence',
      'dampedPersistence',
      'climatology',
      'ridge',
    ]);
  });
});

describe('baselines', () => {
  it('forecast nothing that is impossible, though a pyranometer reads a little below 0 at night', () => {
    const values = noise(600, 3).map((_, row) => (row % 24 < 12 ? 300 : -0.4));
    const series = fixtureSeries([{ values, quantity: 'solar radiation', unit: 'W/m²' }], { step: HOURLY });
    const preparation = prepare(series, fixtureSettings({ horizon: 3 }));
    const said = Object.values(fitBaselines(series, preparation).forecast(preparation.split.test));
    expect(said.length).toBeGreaterThan(3);
    for (const forecast of said) expect(Math.min(...(forecast ?? [0]))).toBeGreaterThanOrEqual(0);
  });
});

describe('what scores are made of', () => {
  /** Readings change, or some of them are missing. */
  const spoiling = fc.oneof(
    fc.double({ min: 0.5, max: 90, noNaN: true }).map((by) => (row: number) => by * (row % 7)),
    fc.integer({ min: 12, max: 40 }).map((each) => (row: number) => (row % each === 0 ? NaN : 0)),
  );

  it('never changes with a reading after the learning part: no leakage', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), spoiling, (horizon, spoil) => {
        const settings = fixtureSettings({ horizon, validationShare: 0.2, scalerFit: 'training' });
        const series = fixtureSeries([{ values: autoregression(900, 0.7) }]);
        const preparation = prepare(series, settings);
        const firstUnseen = preparation.split.test[0]! + settings.window;
        const values = series.variables[0]!.values.map((value, row) =>
          row < firstUnseen ? value : value + spoil(row),
        );
        const altered = fixtureSeries([{ values }]);
        const alteredPreparation = prepare(altered, settings);
        // The first test window sees learning rows alone: what any baseline forecasts for it was learned there.
        const seen = Int32Array.of(...preparation.split.train.subarray(400, 420), preparation.split.test[0]!);
        for (const fit of [fitDampedPersistence, fitSeasonalNaive]) {
          expect(fit(altered, alteredPreparation).forecast(seen)).toEqual(
            fit(series, preparation).forecast(seen),
          );
        }
        expect(meanStepChange(altered, alteredPreparation)).toBe(meanStepChange(series, preparation));
      }),
      { numRuns: 20 },
    );
  });

  it('is scaled by the mean change between neighbouring learning rows', () => {
    const values = Float64Array.from({ length: 100 }, (_, row) => (row < 80 ? 2 * row : 1000 * row));
    const series = fixtureSeries([{ values }]);
    expect(meanStepChange(series, prepare(series, fixtureSettings({ trainShare: 0.7 })))).toBe(2);
  });
});
