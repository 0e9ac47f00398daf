import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as TensorFlow from '@tensorflow/tfjs-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../contract/problems';
import { forwardComposite, initialiseParameters } from '../network';
import { prepare } from '../series';
import { noise } from '../series/series.fixture';
import { editDocument } from './edited-document.fixture';
import { readExport } from './export';
import { replaceExport } from './export-folder';
import { forecastFrom } from './forecast';
import type { Forecaster } from './forecaster';
import { EXPORT_FILES, fixtureForecaster, writeFixtureExport } from './forecaster.fixture';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-export-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** With fresh networks and a fresh linear part. */
function withParts(forecaster: Forecaster, members: number, lstmShare: number, linear: boolean): Forecaster {
  const { network, window } = forecaster;
  return {
    ...forecaster,
    composite: {
      members: Array.from({ length: members }, (_, seed) =>
        initialiseParameters(network, { scheme: 'pytorch', seed }),
      ),
      lstmShare,
      linear: linear
        ? {
            kernel: Float32Array.from(noise(window * network.inputs * network.outputs, 11)),
            bias: Float32Array.from(noise(network.outputs, 12)),
          }
        : null,
    },
  };
}

describe('an export', () => {
  it('reads back bit by bit and forecasts the same', async () => {
    const { forecaster, series } = fixtureForecaster({ horizon: 2, layers: 2 });
    await writeFixtureExport(forecaster, series, join(folder, 'new', 'model'));
    expect((await readdir(join(folder, 'new', 'model'))).sort()).toEqual(EXPORT_FILES);
    const restored = await readExport(join(folder, 'new', 'model', 'forecaster.json'));
    expect(restored.forecaster).toEqual(forecaster);
    expect(restored.series).toEqual(series);
    expect(Object.is(restored.series.variables[1]!.values[6], -0)).toBe(true);
    expect(forecastFrom(restored.forecaster, restored.series)).toEqual(forecastFrom(forecaster, series));
    expect(await readdir(join(folder, 'new'))).toEqual(['model']);
  });

  it('has the warnings that were learned, and warns by them when it is read back', async () => {
    const { forecaster, series } = fixtureForecaster();
    const record = { windows: 9, hits: 2, misses: 1, falseAlarms: 1, correctNegatives: 5, brierSkill: NaN };
    const validation = { distribution: 0.1, logistic: NaN, climatology: 0.2 };
    const errors = Array.from({ length: 21 }, (_, level) => (level - 10) / 2);
    const fit = {
      source: 'distribution' as const,
      errors,
      logistic: null,
      calibration: { intercept: 0.1, slope: 0.9 },
      validation,
      learned: { windows: 40, events: 7 },
    };
    const event = {
      column: forecaster.target.name,
      comparison: '<' as const,
      threshold: 12,
      of: 'value' as const,
      lead: 1,
    };
    const frost = { event, costs: { cost: 1, loss: 5 }, learned: { fit, record } };
    const warning = { ...forecaster, warnings: [frost, { ...frost, learned: null }] };
    await writeFixtureExport(warning, series, folder);
    const read = await readExport(join(folder, 'forecaster.json'));
    expect(read.forecaster.warnings).toEqual([frost]);
    expect(forecastFrom(read.forecaster, read.series).warnings).toEqual(
      forecastFrom({ ...forecaster, warnings: [frost] }, series).warnings,
    );
    for (const edit of [
      (kept: typeof frost) => ({ ...kept, event: { ...kept.event, column: 'another' } }),
      (kept: typeof frost) => ({ ...kept, event: { ...kept.event, lead: forecaster.horizon + 1 } }),
      (kept: typeof frost) => ({
        ...kept,
        learned: { ...kept.learned, fit: { ...fit, errors: [...errors].reverse() } },
      }),
      (kept: typeof frost) => ({ ...kept, learned: { ...kept.learned, fit: { ...fit, errors: null } } }),
    ]) {
      const path = join(folder, 'forecaster.json');
      const before = await readFile(path);
      await editDocument(path, (document) => (document['warnings'] = [edit(frost)]), 'signed anew');
      await expect(readExport(path)).rejects.toMatchObject({ code: 'forecaster-invalid' });
      await writeFile(path, before);
    }
  });

  it('of a sum of several parts reads back bit by bit', async () => {
    const { forecaster: one, series } = fixtureForecaster({ horizon: 2, layers: 2 });
    const path = join(folder, 'forecaster.json');
    for (const [members, lstmShare, linear] of [
      [3, 1, false],
      [1, 1, true],
      [2, 0.3, true],
    ] as const) {
      const forecaster = withParts(one, members, lstmShare, linear);
      await replaceExport(folder, (aside) => writeFixtureExport(forecaster, series, aside));
      expect((await readExport(path)).forecaster).toEqual(forecaster);
    }
    // The hashes vouch for the bytes, not for what they are said to be.
    await editDocument(path, (document) => (document['members'] = 3), 'signed anew');
    await expect(readExport(path)).rejects.toMatchObject({ code: 'forecaster-invalid' });
  });

  it('keeps what else is in the folder, and replaces an older export', async () => {
    await writeFile(join(folder, 'notes.txt'), 'mine');
    for (const hidden of [3, 4]) {
      const { forecaster, series } = fixtureForecaster({ hidden });
      await replaceExport(folder, (aside) => writeFixtureExport(forecaster, series, aside));
      expect((await readdir(folder)).sort()).toEqual([...EXPORT_FILES, 'notes.txt'].sort());
      const restored = await readExport(join(folder, 'forecaster.json'));
      expect(restored.forecaster.network.hidden).toBe(hidden);
    }
    expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('replaces no file, link or folder of the user’s that has the name of one of its files', async () => {
    const { forecaster, series } = fixtureForecaster();
    const build = (aside: string): Promise<void> => writeFixtureExport(forecaster, series, aside);
    const kept = join(folder, 'kept.csv');
    await writeFile(kept, 'mine');
    for (const [name, put] of [
      ['model.json', (path: string) => writeFile(path, '{"format":"hindcast-forecaster"}')],
      ['forecaster.json', (path: string) => writeFile(path, '{"format":"mine"}')],
      ['series.csv', (path: string) => symlink(kept, path)],
      ['weights.bin', (path: string) => mkdir(path)],
    ] as const) {
      const model = join(folder, name.replace('.', '-'));
      await mkdir(model);
      await put(join(model, name));
      await expect(replaceExport(model, build)).rejects.toMatchObject({ code: 'not-ours' });
      expect(await readdir(model)).toEqual([name]);
      // The user's own, where the rest is an export.
      const beside = join(folder, `${name}-beside`);
      await replaceExport(beside, build);
      await rm(join(beside, name));
      await put(join(beside, name));
      if (name !== 'model.json') {
        await expect(replaceExport(beside, build)).rejects.toMatchObject({ code: 'not-ours' });
        expect((await readdir(beside)).sort()).toEqual(EXPORT_FILES);
      }
    }
    expect(await readFile(kept, 'utf8')).toBe('mine');
  });

  it('replaces an example and a README.txt only while they are as it wrote them', async () => {
    const { forecaster, series } = fixtureForecaster();
    const build = (aside: string): Promise<void> => writeFixtureExport(forecaster, series, aside);
    for (const name of ['forecast.mjs', 'README.txt']) {
      const model = join(folder, name.replace('.', '-'));
      await replaceExport(model, build);
      await replaceExport(model, build);
      await writeFile(join(model, name), 'mine');
      await expect(replaceExport(model, build)).rejects.toMatchObject({ code: 'not-ours' });
      expect(await readFile(join(model, name), 'utf8')).toBe('mine');
      expect((await readdir(model)).sort()).toEqual(EXPORT_FILES);
    }
  });

  it('that cannot be written, or does not come to its end, leaves nothing or the older one', async () => {
    const { forecaster, series } = fixtureForecaster();
    const build = (aside: string): Promise<void> => writeFixtureExport(forecaster, series, aside);
    await writeFile(join(folder, 'file'), '');
    await symlink(join(folder, 'nowhere'), join(folder, 'link'));
    for (const path of [
      join(folder, 'file'),
      join(folder, 'file', 'model'),
      join(folder, 'link'),
      '/proc/model',
    ]) {
      await expect(replaceExport(path, build)).rejects.toMatchObject({ code: 'cannot-write' });
    }
    expect((await readdir(folder)).sort()).toEqual(['file', 'link']);

    const fails = async (aside: string): Promise<void> => {
      await build(aside);
      throw new Problem('export-mismatch', { file: 'model.json', difference: 1 });
    };
    await expect(replaceExport(join(folder, 'a', 'b'), fails)).rejects.toMatchObject({
      code: 'export-mismatch',
    });
    expect((await readdir(folder)).sort()).toEqual(['file', 'link']);
    const model = join(folder, 'model');
    await replaceExport(model, build);
    const before = await readFile(join(model, 'forecaster.json'));
    const other = fixtureForecaster({ hidden: 4 });
    await expect(
      replaceExport(model, async (aside) => {
        await writeFixtureExport(other.forecaster, other.series, aside);
        throw new Problem('cancelled');
      }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect((await readdir(model)).sort()).toEqual(EXPORT_FILES);
    expect(await readFile(join(model, 'forecaster.json'))).toEqual(before);
    await readExport(join(model, 'forecaster.json'));
  });

  it('of one network takes its weights from theta as it stands', async () => {
    const { forecaster, series } = fixtureForecaster();
    await writeFixtureExport(forecaster, series, folder);
    const bytes = await readFile(join(folder, 'weights.bin'));
    expect(new Float32Array(Uint8Array.from(bytes).buffer)).toEqual(forecaster.composite.members[0]);
  });
});

describe('the exported model in TensorFlow.js', () => {
  const require = createRequire(import.meta.url);

  it.each([
    { layers: 1, dropout: 0, horizon: 1 },
    { layers: 2, dropout: 0.3, horizon: 3 },
    { layers: 3, dropout: 0, horizon: 2 },
    { layers: 1, dropout: 0, horizon: 2, members: 3 },
    { layers: 2, dropout: 0.3, horizon: 2, members: 2 },
    { layers: 1, dropout: 0, horizon: 3, linear: true },
    { layers: 1, dropout: 0, horizon: 2, lstmShare: 0.3 },
    { layers: 2, dropout: 0.3, horizon: 3, members: 3, lstmShare: 0.6, linear: true },
  ])('gives the numbers of the reference network: %o', async ({ members, lstmShare, linear, ...changes }) => {
    process.env['TF_CPP_MIN_LOG_LEVEL'] = '2';
    // tfjs-node asks util for two functions that newer Nodes no longer have.
    const util = require('node:util') as Record<string, unknown>;
    util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
    util['isArray'] ??= Array.isArray;
    const tf = require('@tensorflow/tfjs-node') as typeof TensorFlow;

    const { forecaster: one, series } = fixtureForecaster({ ...changes, hidden: 7 });
    const forecaster = withParts(one, members ?? 1, lstmShare ?? 1, linear ?? false);
    await writeFixtureExport(forecaster, series, folder);
    const model = await tf.loadLayersModel(pathToFileURL(join(folder, 'model.json')).href);
    const { inputs, inputCount, window, split } = prepare(series, forecaster.settings);
    const windows = Array.from(split.test, (start) =>
      inputs.subarray(start * inputCount, (start + window) * inputCount),
    );
    const batch = tf.tensor3d(
      windows.flatMap((values) => [...values]),
      [windows.length, window, inputCount],
    );
    const predicted = (model.predict(batch) as TensorFlow.Tensor).dataSync();
    const expected = windows.flatMap((values) => [
      ...forwardComposite(forecaster.network, forecaster.composite, values),
    ]);
    expect(predicted).toHaveLength(expected.length);
    expected.forEach((value, index) => expect(Math.abs(predicted[index]! - value)).toBeLessThan(1e-5));
    tf.dispose(batch);
    model.dispose();
  });
});
