import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import type { CalibratedIntervals } from '../contract/intervals';
import { initialiseParameters, singleNetwork } from '../network';
import { networkOf, prepare } from '../series';
import { fixtureSeries, fixtureSettings, noise } from '../series/series.fixture';
import { layersModel } from '../formats/layers-model';
import { verify } from '../verification';
import { WEIGHTS_FILE } from './document';
import { writeExport } from './export';
import { makeForecaster, type Forecaster } from './forecaster';

/** Readings with a name that CSV must quote, a hole, a filled value and a negative zero. */
export function fixtureReadings(rows = 80): Series {
  const series = fixtureSeries([
    { name: 'rain, "24 h"', quantity: 'rain', unit: 'mm', values: noise(rows, 3).map((v) => 10 + 10 * v) },
    { name: '평균기온(°C)', values: noise(rows, 7).map((v, row) => 12 - 9 * Math.cos(row / 9) + v) },
  ]);
  const [rain, temperature] = series.variables;
  temperature!.filled[5] = 1;
  temperature!.values[6] = -0;
  rain!.values[2] = NaN;
  return series;
}

/** Intervals of half the width at level 50 of what they have at 80, and so on, that widen by a degree a lead time. */
function fixtureIntervals(horizon: number): CalibratedIntervals {
  const offsets = Array.from({ length: horizon }, (_, lead) => ({
    50: { low: -1 - lead, high: 1.5 + lead },
    80: { low: -2 - lead, high: 2.5 + lead },
    95: { low: -4 - lead, high: 4.5 + lead },
  }));
  return {
    calibration: { part: 'validation', windows: 60, season: null, offsets, steps: offsets.map(() => 0.1) },
    coverage: { 50: 0.52, 80: 0.79, 95: 0.938 },
  };
}

/** A forecaster with fresh weights, and what it would have been trained on. */
export function fixtureForecaster(
  changes: Partial<TrainingSettings> = {},
  series: Series = fixtureReadings(),
): { readonly forecaster: Forecaster; readonly series: Series } {
  const settings = fixtureSettings({ calendarYear: true, ...changes });
  const preparation = prepare(series, settings);
  const shape = networkOf(series, settings);
  const predicted = new Float32Array(preparation.split.test.length * settings.horizon);
  const forecaster = makeForecaster({
    fileName: 'station.csv',
    columns: series.variables.map(({ name, quantity, unit }, index) => ({
      name,
      quantity,
      unit,
      useUnit: unit,
      gapPolicy: 'linear',
      role: index === series.target ? 'target' : 'feature',
    })),
    series,
    settings,
    preparation,
    composite: singleNetwork(initialiseParameters(shape, { scheme: 'keras', seed: 5 })),
    epochs: 20,
    keptEpoch: 17,
    versions: { hindcast: '0.1.0' },
    scores: verify({ series, preparation, predicted }).scores,
    intervals: fixtureIntervals(settings.horizon),
    combination: null,
    event: null,
    createdAt: Date.UTC(2024, 4, 1),
  });
  return { forecaster, series };
}

/** An export as TensorFlow.js alone, which no format's own check has seen. */
export async function writeFixtureExport(
  forecaster: Forecaster,
  series: Series,
  folder: string,
): Promise<void> {
  const files = {
    'model.json': Buffer.from(JSON.stringify(layersModel(forecaster, WEIGHTS_FILE))),
    'forecast.mjs': Buffer.from('// An example.'),
  };
  await writeExport(forecaster, series, folder, {
    formats: [{ format: 'tfjs', files }],
    readme: 'Read me.',
  });
}

/** What an export to TensorFlow.js consists of, sorted. */
export const EXPORT_FILES = [
  'README.txt',
  'forecast.mjs',
  'forecaster.json',
  'model.json',
  'series.csv',
  'weights.bin',
];
