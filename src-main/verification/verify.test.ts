import { describe, expect, it } from 'vitest';
import { baselinesOf, countUnread } from '../contract/results';
import { FILLED, type Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import { describeVerdict } from '../contract/verdict';
import { prepare, scaleValue } from '../series';
import { fixtureSeries, fixtureSettings, HOURLY, noise } from '../series/series.fixture';
import { fitClimatology } from './baselines/climatology';
import { fitPersistence } from './baselines/persistence';
import { chooseBlocks, fitRidge } from './baselines/ridge';
import { verify } from './verify';

const ROWS = 1461;
const seasonal = Float64Array.from(
  { length: ROWS },
  (_, row) => 12 - 14 * Math.cos((2 * Math.PI * row) / 365.25),
);

/** A season with weather that remembers 0.7 of the day before. */
function weather(): Series {
  const shocks = noise(ROWS, 9);
  let anomaly = 0;
  const values = seasonal.map((season, row) => season + (anomaly = 0.7 * anomaly + 3 * shocks[row]!));
  return fixtureSeries([{ name: 'temperature', values }]);
}

/** Verifies a model that hits every observation but for an error of its own. */
function verifyWithError(series: Series, settings: TrainingSettings, error: number) {
  const preparation = prepare(series, settings);
  const target = series.variables[series.target]!.values;
  const predicted = Float32Array.from(
    { length: preparation.split.test.length * settings.horizon },
    (_, index) => {
      const start = preparation.split.test[Math.floor(index / settings.horizon)]!;
      const observed = target[start + settings.window + (index % settings.horizon)]!;
      return scaleValue(preparation.targetScaler, observed + error);
    },
  );
  return { preparation, verification: verify({ series, preparation, predicted }) };
}

describe('verifying', () => {
  it('scores a wind direction the shorter way round', () => {
    const values = noise(400, 6).map((value) => (360 + 30 * value) % 360);
    const series = fixtureSeries([{ quantity: 'wind direction', unit: '°', values }]);
    const settings = fixtureSettings({ horizon: 2, validationShare: 0.15 });
    const preparation = prepare(series, settings);
    const north = scaleValue(preparation.targetScaler, 0);
    const predicted = new Float32Array(2 * preparation.split.test.length).fill(north);
    const { scores, forecasts } = verify({ series, preparation, predicted });
    expect(scores.model.rmse).toBeLessThan(30);
    expect(scores.persistence.rmse).toBeLessThan(60);
    expect(forecasts.persistence.every((direction) => direction >= 0 && direction < 360)).toBe(true);
  });

  it('scores the model in the unit of the target, window by window', () => {
    const series = weather();
    const settings = fixtureSettings({ horizon: 3, validationShare: 0.15, calendarYear: true });
    const { preparation, verification } = verifyWithError(series, settings, 0.5);
    const count = preparation.split.test.length;
    expect(verification.scores.model.rmse).toBeCloseTo(0.5, 4);
    expect(verification.scores.model.bias).toBeCloseTo(0.5, 4);
    expect(verification.testLoss).toBeCloseTo((0.5 / preparation.targetScaler.scale) ** 2, 6);
    expect(verification.verdict.kind).toBe('beats');
    expect(verification.scores.persistence.skill).toBe(0);
    expect(verification.scores.persistence.byLead).toHaveLength(3);
    expect(verification.persistenceTestLoss).toBeCloseTo(
      (verification.scores.persistence.rmse / preparation.targetScaler.scale) ** 2,
      5,
    );
    expect(verification.observed).toHaveLength(count * 3);
    expect(verification.time[0]).toBe(series.time[preparation.split.test[0]! + settings.window]);
    for (const method of ['model', ...baselinesOf(verification.forecasts)] as const)
      expect(verification.forecasts[method]).toHaveLength(count * 3);
    expect(baselinesOf(verification.forecasts)).not.toContain('service');
  });

  it('says so when the model loses', () => {
    const { verification } = verifyWithError(weather(), fixtureSettings(), 9);
    expect(verification.verdict.kind).toBe('loses');
    expect(verification.scores.model.skill).toBeLessThan(0);
  });

  it('scores no value that was filled', () => {
    const settings = fixtureSettings({ horizon: 3, scalerFit: 'training' });
    const scoresWith = (filler: number) => {
      const series = weather();
      const { split } = prepare(series, settings);
      const { values, filled } = series.variables[0]!;
      for (const place of [4, 5, 20]) {
        values[split.test[place]! + settings.window] = filler;
        filled[split.test[place]! + settings.window] = FILLED;
      }
      const preparation = prepare(series, settings);
      const predicted = new Float32Array(split.test.length * settings.horizon).fill(0.2);
      return verify({ series, preparation, predicted });
    };
    const [low, high] = [scoresWith(-40), scoresWith(40)];
    // Persistence repeats what it was filled with, so skill is another.
    expect({ ...low.scores.model, skill: 0 }).toEqual({ ...high.scores.model, skill: 0 });
    expect(low.overall.methods.model.rmse).toEqual(high.overall.methods.model.rmse);
    expect(low.testLoss).toBe(high.testLoss);
    expect(countUnread(low)).toBe(3);
    expect(low.observed.filter(Number.isNaN)).toHaveLength(9);
    expect(low.verdict.windows).toBe(low.time.length);
  });

  it('compares nothing, without an error, where every value was filled', () => {
    const series = weather();
    const settings = fixtureSettings();
    const preparation = prepare(series, settings);
    series.variables[0]!.filled.fill(FILLED, preparation.split.test[0]! + settings.window);
    const { verification } = verifyWithError(series, settings, 1);
    expect(verification.scores.model.rmse).toBeNaN();
    expect(verification.verdict).toMatchObject({ kind: 'level', windows: 0 });
    expect(describeVerdict(verification.verdict)).toContain('no reading of the target');
  });

  it('refuses predictions of another count', () => {
    const series = weather();
    const preparation = prepare(series, fixtureSettings());
    expect(() => verify({ series, preparation, predicted: new Float32Array(3) })).toThrow(RangeError);
  });
});

describe('persistence', () => {
  it('repeats the last value of the window', () => {
    const series = fixtureSeries([{ values: Array.from({ length: 40 }, (_, row) => row) }]);
    const preparation = prepare(series, fixtureSettings({ horizon: 2 }));
    expect([...fitPersistence(series, preparation).forecast(Int32Array.of(0, 3))]).toEqual([5, 5, 8, 8]);
  });
});

describe('climatology', () => {
  it('is the season, smoothed, whatever the weather of the test part', () => {
    const series = fixtureSeries([{ values: seasonal }]);
    const preparation = prepare(series, fixtureSettings());
    const forecast = fitClimatology(series, preparation).forecast(preparation.split.test);
    forecast.forEach((value, index) => {
      // A mean over 31 days takes (1 - sinc) of the season's swing: 1.2 % of 14 °C at its ends.
      expect(Math.abs(value - seasonal[preparation.split.test[index]! + 6]!)).toBeLessThan(0.4);
    });
    const spoiled = fixtureSeries([{ values: seasonal.map((value, row) => (row < 1200 ? value : 99)) }]);
    expect(fitClimatology(spoiled, preparation).forecast(preparation.split.test)).toEqual(forecast);
  });

  it('knows the hours of the day, and the days it has not met by their neighbours', () => {
    const values = Array.from({ length: 24 * 60 }, (_, row) => (row % 24) - 5);
    const series = fixtureSeries([{ values }], { step: HOURLY });
    const preparation = prepare(series, fixtureSettings({ horizon: 24 }));
    const { test } = preparation.split;
    const forecast = fitClimatology(series, preparation).forecast(test);
    forecast.forEach((value, index) => {
      expect(value).toBeCloseTo(values[test[Math.floor(index / 24)]! + 6 + (index % 24)]!, 5);
    });
  });
});

describe('ridge', () => {
  it('finds a linear rule at each lead time', () => {
    const shocks = noise(800, 21);
    const values = Float64Array.from(shocks);
    for (let row = 2; row < 800; row++) {
      values[row] = 1.2 * values[row - 1]! - 0.5 * values[row - 2]! + (row < 600 ? shocks[row]! : 0);
    }
    const series = fixtureSeries([{ values }]);
    const preparation = prepare(series, fixtureSettings({ horizon: 2, trainShare: 0.6 }));
    const after = Int32Array.from({ length: 20 }, (_, k) => 600 + k);
    const forecast = fitRidge(series, preparation).forecast(after);
    forecast.forEach((value, index) => {
      const row = 606 + Math.floor(index / 2) + (index % 2);
      expect(Math.abs(value - values[row]!)).toBeLessThan(0.12);
    });
  });

  it('comes near the best possible error of a season with weather, and beats persistence', () => {
    const series = weather();
    const settings = fixtureSettings({ calendarYear: true, validationShare: 0.15 });
    const { scores } = verifyWithError(series, settings, 0).verification;
    // The shocks' standard deviation, 3 / sqrt(3) °C, cannot be forecast.
    expect(scores.ridge.rmse).toBeGreaterThan(1.6);
    expect(scores.ridge.rmse).toBeLessThan(1.9);
    expect(scores.ridge.rmse).toBeLessThan(scores.persistence.rmse);
  });

  it('learns nothing from the test part', () => {
    const series = weather();
    const settings = fixtureSettings({ scalerFit: 'training' });
    const preparation = prepare(series, settings);
    const firstUnseen = preparation.split.test[0]! + settings.window;
    const altered = fixtureSeries([
      { values: series.variables[0]!.values.map((value, row) => (row < firstUnseen ? value : -value)) },
    ]);
    const seen = preparation.split.train.subarray(0, 50);
    expect(fitRidge(altered, prepare(altered, settings)).forecast(seen)).toEqual(
      fitRidge(series, preparation).forecast(seen),
    );
  });

  it('manages with very few windows', () => {
    const series = fixtureSeries([{ values: noise(17) }]);
    const preparation = prepare(series, fixtureSettings());
    for (const value of fitRidge(series, preparation).forecast(preparation.split.test)) {
      expect(Math.abs(value)).toBeLessThan(5);
    }
  });

  it('thins what would cost too much, evenly', () => {
    const starts = Int32Array.from({ length: 100_000 }, (_, index) => index + (index > 300 ? 50 : 0));
    const table = { window: 48, inputCount: 8 };
    const all = chooseBlocks(starts, table, Infinity);
    expect(all.reduce((sum, { first, last }) => sum + last - first + 1, 0)).toBe(100_000);
    expect(all[0]).toEqual({ first: 0, last: 300 });
    const some = chooseBlocks(starts, table, 1e8);
    const count = some.reduce((sum, { first, last }) => sum + last - first + 1, 0);
    expect(count * 48 * 64).toBeLessThan(1e8);
    expect(count).toBeGreaterThan(10_000);
    expect(some[0]!.first).toBeLessThan(10_000);
    expect(some.at(-1)!.last).toBeGreaterThan(90_000);
  });
});
