import { coverageOf } from '../contract/intervals';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import { forecastFrom } from '../forecaster';
import { fixtureForecaster } from '../forecaster/forecaster.fixture';
import { prepare, scaleValue, summarisePreparation, targetVariable } from '../series';
import { fixtureSeries, noise } from '../series/series.fixture';
import { learnEvent, learnIntervals, readForecasts, verify } from '../verification';
import type { ReportContent } from './content';

/** Two years of days on which rain tends to follow rain, with Korean names. */
export function rainSeries(rows = 730): Series {
  const [luck, amount] = [noise(rows, 31), noise(rows, 5)];
  let wet = false;
  const values = Array.from(luck, (draw, row) => {
    wet = draw < (wet ? 0.5 : -0.6);
    return wet ? 1 + 9 * Math.abs(amount[row]!) : 0;
  });
  return fixtureSeries([
    { name: '기온', values: noise(rows, 77).map((value, row) => 12 - 9 * Math.cos(row / 58) + value) },
    { name: '강수량', quantity: 'rain', unit: 'mm', values },
  ]);
}

/**
 * All that a report tells of a model that forecasts the last reading and some noise, its intervals and (for rain) its
 * probabilities learned and verified as those of a real one.
 * @param share of the LSTM, where it is said to be a blend
 */
export function fixtureContent(
  changes: Partial<TrainingSettings>,
  series: Series,
  share: number | null = null,
): ReportContent {
  const { forecaster } = fixtureForecaster(changes, series);
  const { settings } = forecaster;
  const { horizon, members } = settings;
  const preparation = prepare(series, settings);
  const target = targetVariable(series);
  const predict = (starts: Int32Array, seed: number): Float32Array => {
    const around = noise(starts.length * horizon, seed);
    return Float32Array.from(around, (value, index) => {
      const last = target.values[starts[Math.floor(index / horizon)]! + settings.window - 1]!;
      return scaleValue(preparation.targetScaler, last + value);
    });
  };
  const { test } = preparation.split;
  const predicted = predict(test, 1);
  const event = learnEvent(series, preparation, settings.rainThreshold);
  const verification = verify({
    series,
    preparation,
    predicted,
    calibration: learnIntervals(series, preparation, (starts) =>
      readForecasts(series, preparation, predict(starts, 2), starts.length),
    ),
    combination: share === null ? null : { share, errors: { lstm: 2.5, ridge: 2.75, chosen: 2.25 } },
    event,
    alone: members === 1 ? [] : Array.from({ length: members }, (_, member) => predict(test, member + 1)),
  });
  const { intervals } = verification;
  const trained = {
    ...forecaster,
    event,
    intervals: intervals && { calibration: intervals.after, coverage: coverageOf(intervals) },
  };
  const summary = summarisePreparation(series, settings);
  return {
    name: 'winter',
    sourceFile: 'station.csv',
    trainedAt: Date.UTC(2024, 4, 1),
    madeAt: Date.UTC(2024, 4, 2),
    data: {
      rows: series.time.length,
      from: series.time[0]!,
      to: series.time.at(-1)!,
      stepLabel: series.step.label,
      filled: 1,
    },
    inputNames: summary.inputNames,
    settings,
    parameterCount: summary.parameterCount,
    epochs: 20,
    keptEpoch: 17,
    parts: summary.parts,
    windows: summary,
    verification,
    forecast: forecastFrom(trained, series),
    versions: forecaster.versions,
  };
}
