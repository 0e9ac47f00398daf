import { describe, expect, it } from 'vitest';
import { struckOf, type DatasetSummary } from '../contract/dataset';
import { forward } from '../network';
import { prepare, unscaleValue } from '../series';
import { DAILY } from '../series/series.fixture';
import { forecastFrom } from './forecast';
import { fixtureForecaster, fixtureReadings } from './forecaster.fixture';
import { mappingFor } from './mapping';

const DAY = DAILY.seconds * 1000;

describe('forecasting', () => {
  it('runs the network on the newest window, scaled as in training', () => {
    const { forecaster, series } = fixtureForecaster({ horizon: 3 });
    const { inputs, inputCount } = prepare(series, forecaster.settings);
    const { outputs } = forward(
      forecaster.network,
      forecaster.composite.members[0]!,
      inputs.subarray(74 * inputCount),
    );
    const forecast = forecastFrom(forecaster, series);
    const last = series.time[79]!;
    expect(forecast).toMatchObject({
      targetName: '평균기온(°C)',
      unit: '°C',
      issuedAt: last,
      stepLabel: 'daily',
    });
    expect(forecast.points).toEqual(
      [1, 2, 3].map((lead) => ({
        time: last + lead * DAY,
        lead,
        value: Math.fround(unscaleValue(forecaster.targetScaler, outputs[lead - 1]!)),
      })),
    );
    expect(forecast.expectedError).toEqual(forecaster.scores!.model.byLead.map(({ rmse }) => rmse));
    expect(forecast.history.time).toHaveLength(30);
    expect(forecast.history.observed.at(-1)).toBe(series.variables[1]!.values[79]);
  });

  it('starts from the newest window that has every input', () => {
    const { forecaster, series } = fixtureForecaster();
    series.variables[0]!.values[78] = NaN;
    expect(forecastFrom(forecaster, series).issuedAt).toBe(series.time[77]);
    series.variables[0]!.values.fill(NaN);
    expect(() => forecastFrom(forecaster, series)).toThrow(
      expect.objectContaining({ code: 'too-few-windows' }),
    );
  });

  it('forecasts without scores too', () => {
    const { forecaster, series } = fixtureForecaster();
    const forecast = forecastFrom({ ...forecaster, scores: null, intervals: null }, series);
    expect(forecast.expectedError).toEqual([]);
    expect(forecast.intervals).toBeNull();
  });

  it('lays the calibrated intervals around each lead time, and says how often they held', () => {
    const { forecaster, series } = fixtureForecaster({ horizon: 2 });
    const { points, intervals } = forecastFrom(forecaster, series);
    const [first, second] = points.map(({ value }) => value);
    expect(intervals?.byLead[0]?.[80]).toEqual({ low: first! - 2, high: first! + 2.5 });
    expect(intervals?.byLead[1]?.[95]).toEqual({ low: second! - 5, high: second! + 5.5 });
    expect(intervals?.coverage).toEqual({ 50: 0.52, 80: 0.79, 95: 0.938 });
    expect(intervals?.part).toBe('validation');
  });

  it('stays within what the quantity can be', () => {
    const readings = fixtureReadings();
    const humid = {
      ...readings,
      variables: readings.variables.map((variable, index) =>
        index === 1
          ? {
              ...variable,
              quantity: 'relative humidity' as const,
              unit: '%',
              values: variable.values.map((value) => Math.min(100, 98 + value / 20)),
            }
          : variable,
      ),
    };
    const { forecaster, series } = fixtureForecaster({ horizon: 2 }, humid);
    for (const { low, high } of forecastFrom(forecaster, series).intervals!.byLead.map((each) => each[95])) {
      expect(high).toBe(100);
      expect(low).toBeLessThan(99);
    }
  });

  it('refuses readings that it was not made for', () => {
    const { forecaster, series } = fixtureForecaster();
    const swapped = { ...series, inputs: [1, 0] };
    expect(() => forecastFrom(forecaster, swapped)).toThrow(
      expect.objectContaining({ code: 'columns-differ' }),
    );
    const hourlySeries = { ...series, step: { seconds: 3600, label: 'hourly' } };
    expect(() => forecastFrom(forecaster, hourlySeries)).toThrow(/daily readings, and these are hourly/);
    expect(() => forecastFrom(forecaster, fixtureReadings(5))).toThrow(
      expect.objectContaining({ code: 'too-few-rows' }),
    );
  });
});

describe('the mapping of a newer file', () => {
  const { forecaster } = fixtureForecaster();
  const summaryWith = (names: readonly string[]): DatasetSummary =>
    ({
      fileName: 'newer.csv',
      time: { column: 0, parts: [0], format: '', zone: null },
      columns: names.map((name, index) => ({ name, index })),
    }) as unknown as DatasetSummary;

  it('finds the columns by name, wherever they stand', () => {
    const mapping = mappingFor(forecaster, summaryWith(['time', '평균기온(°C)', 'wind', 'rain, "24 h"']));
    expect(mapping).toMatchObject({ time: 0, target: 1, inputs: [3, 1], from: null, to: null });
    expect(mapping.columns).toContainEqual({
      index: 3,
      quantity: 'rain',
      unit: 'mm',
      useUnit: 'mm',
      gapPolicy: 'linear',
      perStep: false,
    });
  });

  it('has what was struck at the same times', () => {
    const struck = [{ from: 5, to: 9 }];
    const columns = forecaster.columns.map((column) =>
      column.name === '평균기온(°C)' ? { ...column, struck } : column,
    );
    const names = ['time', '평균기온(°C)', 'wind', 'rain, "24 h"'];
    const mapping = mappingFor({ ...forecaster, columns }, summaryWith(names));
    expect(struckOf(mapping)).toEqual(new Map([[1, struck]]));
  });

  it('names the column that is not there', () => {
    expect(() => mappingFor(forecaster, summaryWith(['time', '평균기온(°C)']))).toThrow(
      expect.objectContaining({
        code: 'columns-differ',
        params: { file: 'newer.csv', column: 'rain, "24 h"' },
      }),
    );
  });
});
