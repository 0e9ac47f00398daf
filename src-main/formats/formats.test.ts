import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXPORT_FORMAT_NAMES, EXPORT_FORMATS } from '../contract/export-formats';
import { Problem } from '../contract/problems';
import { forecastFrom, readExport } from '../forecaster';
import { exportRun } from './export-run';
import { FORMATS } from './formats';
import { partsOf } from './parts';
import { windowsAt } from './windows';
import { exportFixture, FIXTURE_MODELS, fixtureModel, referenceOutputs, testStarts } from './formats.fixture';

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

describe('an export in several formats', () => {
  it('is refused with a sentence when one of its models was changed', async () => {
    await exportFixture(fixtureModel(), EXPORT_FORMAT_NAMES, folder);
    const path = join(folder, 'forecaster.json');
    for (const { model } of Object.values(EXPORT_FORMATS)) {
      const content = await readFile(join(folder, model));
      const changed = Buffer.from(content);
      changed[content.length >> 1]! ^= 1;
      for (const other of [changed, Buffer.from('<html>'), Buffer.concat([content, content])]) {
        await writeFile(join(folder, model), other);
        await expect(readExport(path)).rejects.toMatchObject({
          code: 'forecaster-invalid',
          message: expect.stringContaining(`${model} is not the file it was`),
        });
      }
      await rm(join(folder, model));
      await symlink('/etc/hostname', join(folder, model));
      await expect(readExport(path)).rejects.toBeInstanceOf(Problem);
      await rm(join(folder, model));
      await writeFile(join(folder, model), content);
    }
    expect((await readExport(path)).forecaster.target.name).toBe('기온');
  });

  it('says that the C file was not run where there is no compiler', async () => {
    const { PATH } = process.env;
    process.env['PATH'] = folder;
    try {
      const { formats } = await exportFixture(fixtureModel(), ['c'], join(folder, 'model'));
      expect(formats).toEqual([
        { format: 'c', check: { kind: 'no-compiler' }, workingBytes: expect.any(Number) },
      ]);
    } finally {
      process.env['PATH'] = PATH;
    }
  });

  it('is withdrawn when a model does not forecast as the trained one does', async () => {
    const { forecaster, series } = fixtureModel();
    for (const format of EXPORT_FORMAT_NAMES) {
      const wrong = exportRun(forecaster, series, {
        formats: [format],
        folder: join(folder, format),
        test: testStarts(forecaster, series),
        predict: (starts) =>
          referenceOutputs(forecaster, windowsAt(forecaster, series, starts)).map((value) => value + 2e-4),
      });
      await expect(wrong, format).rejects.toMatchObject({
        code: 'export-mismatch',
        params: { file: EXPORT_FORMATS[format].model },
      });
    }
  });
});
