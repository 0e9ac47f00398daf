import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXPORT_FORMAT_NAMES } from '../contract/export-formats';
import { forecastFrom, readExport } from '../forecaster';
import { FORMATS } from './formats';
import { partsOf } from './parts';
import { exportFixture, FIXTURE_MODELS, fixtureModel } from './formats.fixture';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-formats-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('every format', () => {
  it.each(Object.entries(FIXTURE_MODELS))(
    'gives the forecasts of the trained model: %s',
    async (_name, model) => {
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
    },
  );

  it.each(Object.entries(FIXTURE_MODELS))('has an example of at most 30 lines: %s', (_name, model) => {
    const { forecaster, series } = fixtureModel(model);
    for (const [format, { example }] of Object.entries(FORMATS)) {
      const lines = example({ forecaster, series, parts: partsOf(forecaster) })
        .trimEnd()
        .split('\n');
      expect(lines.length, format).toBeLessThanOrEqual(30);
    }
  });
});
