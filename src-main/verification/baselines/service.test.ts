import { describe, expect, it } from 'vitest';
import type { Series } from '../../contract/series';
import { prepare, type Preparation } from '../../series';
import { fixtureSeries, fixtureSettings, noise } from '../../series/series.fixture';
import { fitBaselines } from './baselines';
import { fitService, fitServiceCorrected } from './service';
import { verify } from '../verify';

const STATIONS = 2;
const AXIS = 400;
const settings = fixtureSettings({ window: 4, horizon: 1, validationShare: 0.2, scalerFit: 'training' });

/** Two stations at which the service is wrong by their own: 2 °C too warm at the first, 3 °C too cold at the second. */
function panel(change: (value: number, row: number) => number = (value) => value): Series {
  const [weather, chance] = [noise(AXIS + 1, 3), noise(STATIONS * AXIS, 5)];
  const errors = [2, -3];
  const rows = Array.from({ length: STATIONS * AXIS }, (_, row) => row);
  const target = rows.map((row) => 10 * weather[row % AXIS]!);
  const said = rows.map(
    (row) => 10 * weather[(row % AXIS) + 1]! + errors[Math.floor(row / AXIS)]! + chance[row]!,
  );
  const series = fixtureSeries([{ values: said }, { values: target }]);
  const axis = series.time.slice(0, AXIS);
  return {
    ...series,
    time: Float64Array.from(rows, (row) => axis[row % AXIS]!),
    variables: series.variables.map((variable, index) => ({
      ...variable,
      ...(index === 0 ? { lead: 1 } : {}),
      values: variable.values.map(change),
    })),
    stations: ['one', 'other'],
    service: [0],
  };
}

const lastRow = ({ window, axisRows }: Preparation, start: number): number => (start % axisRows) + window - 1;

describe('the weather service as a baseline', () => {
  it('stands as it was issued, and less its mean error at each station', () => {
    const series = panel();
    const preparation = prepare(series, settings);
    const starts = preparation.split.test;
    const [said, target] = series.variables.map(({ values }) => values);
    const asItStands = fitService(series, preparation)!.forecast(starts)!;
    const corrected = fitServiceCorrected(series, preparation)!.forecast(starts)!;
    starts.forEach((start, index) => {
      expect(asItStands[index]).toBe(said![start + settings.window - 1]);
      // What is left is chance, at most 1 °C, and the sampling error of the mean.
      expect(Math.abs(corrected[index]! - target![start + settings.window]!)).toBeLessThan(1.7);
    });
    const predicted = new Float32Array(starts.length);
    const { scores, service } = verify({ series, preparation, predicted });
    expect(scores.serviceCorrected!.rmse).toBeLessThan(scores.service!.rmse / 2);
    expect(scores.service!.rmse).toBeLessThan(scores.persistence.rmse);
    expect(service!.serviceRmse).toBe(scores.service!.rmse);
    expect(service!.statistic).toBeGreaterThan(0);
  });

  it('is not there where none is named', () => {
    const { service: _named, ...series } = panel();
    const preparation = prepare(series, settings);
    expect(fitService(series, preparation)).toBeNull();
    expect(fitServiceCorrected(series, preparation)).toBeNull();
    expect(preparation.service).toBeNull();
  });

  it('knows nothing that was issued or read after the last reading of a window, as any baseline', () => {
    const series = panel();
    const before = prepare(series, settings);
    for (const start of [before.split.test[0]!, before.split.test[31]!]) {
      const last = lastRow(before, start);
      const later = panel((value, row) => (row % AXIS > last ? 50 - 3 * value : value));
      const forecastOf = (of: Series) =>
        fitBaselines(of, prepare(of, settings)).forecast(Int32Array.of(start));
      expect(forecastOf(later)).toEqual(forecastOf(series));
      const sooner = panel((value, row) => (row % AXIS >= last ? 50 - 3 * value : value));
      expect(forecastOf(sooner).service).not.toEqual(forecastOf(series).service);
    }
  });

  it('is what the networks learn the errors of: the target of each row less what was said of it', () => {
    const series = panel();
    const { service, targetScaler } = prepare(series, settings);
    const said = series.variables[0]!.values;
    expect(service![0]).toBeNaN();
    expect(service![AXIS]).toBeNaN();
    for (const row of [1, 57, AXIS + 3]) {
      expect(service![row]).toBeCloseTo((said[row - 1]! - targetScaler.mean) / targetScaler.scale, 5);
    }
  });
});
