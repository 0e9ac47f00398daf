import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXPORT_FORMAT_NAMES } from '../contract/export-formats';
import { forecastFrom, readExport } from '../forecaster';
import { fixtureSeries, noise } from '../series/series.fixture';
import { FORMATS } from './formats';
import { partsOf } from './parts';
import { exportFixture, fixtureModel, type FixtureModel } from './formats.fixture';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-formats-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const rainSeries = () =>
  fixtureSeries([
    { quantity: 'rain', unit: 'mm', values: noise(120, 4).map((value) => Math.max(0, 8 * value)) },
  ]);
const hours = { seconds: 3600, label: 'hourly' };

/** One for each thing that a model may be made of. */
const MODELS: Readonly<Record<string, FixtureModel>> = {
  'one network': {},
  'several layers': { settings: { layers: 3 } },
  'an ensemble': { members: 3 },
  'a blend': { lstmShare: 0.4, linear: true, season: [0.3, -0.2] },
  'an ensemble in a blend': { members: 2, lstmShare: 0.3, linear: true, settings: { layers: 2 } },
  'the linear part alone': { lstmShare: 0, linear: true },
  quantiles: { settings: { loss: 'pinball' }, season: [0.1, 0.2] },
  'quantiles without intervals': { settings: { loss: 'pinball' }, intervals: 'none', linear: true },
  'several waves of the year': { settings: { yearHarmonics: 3 }, season: [0.1, 0.2] },
  'no calendar, one step': { settings: { calendarYear: false, horizon: 1 } },
  'hours of the day': {
    settings: { calendarDay: true },
    series: fixtureSeries([{ values: noise(300, 5) }], { step: hours }),
    season: [0.5, 0.5],
  },
  'rain, which is never below zero, and its chance': { series: rainSeries(), event: true },
  'a quantity of which nothing is known': {
    series: fixtureSeries([{ quantity: 'other', unit: '"; drop', values: noise(120, 9) }]),
  },
};

describe('every format', () => {
  it.each(Object.entries(MODELS))('gives the forecasts of the trained model: %s', async (_name, model) => {
    const made = fixtureModel(model);
    const report = await exportFixture(made, EXPORT_FORMAT_NAMES, folder);
    expect(report.formats.map(({ format }) => format)).toEqual(EXPORT_FORMAT_NAMES);
    for (const { format, check } of report.formats) {
      // The compiler belongs to what the tests need.
      expect(check, format).toMatchObject({ kind: 'checked' });
      if (check.kind === 'checked') expect(check.share).toBeLessThan(1e-4);
    }
    const { forecaster } = await readExport(join(folder, 'forecaster.json'));
    expect(forecastFrom(forecaster, made.series)).toEqual(forecastFrom(made.forecaster, made.series));
  });

  it.each(Object.entries(MODELS))('has an example of at most 30 lines: %s', (_name, model) => {
    const { forecaster, series } = fixtureModel(model);
    for (const [format, { example }] of Object.entries(FORMATS)) {
      const lines = example({ forecaster, series, parts: partsOf(forecaster) })
        .trimEnd()
        .split('\n');
      expect(lines.length, format).toBeLessThanOrEqual(30);
    }
  });
});
