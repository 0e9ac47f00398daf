import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as TensorFlow from '@tensorflow/tfjs-node';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../contract/problems';
import { forwardComposite, initialiseParameters } from '../network';
import { prepare } from '../series';
import { fixtureSeries, noise } from '../series/series.fixture';
import { readExport } from './export';
import { replaceExport } from './export-folder';
import { forecastFrom } from './forecast';
import type { Forecaster } from './forecaster';
import { EXPORT_FILES, fixtureForecaster, writeFixtureExport } from './forecaster.fixture';
import { seriesFromCsv, seriesToCsv } from './series-csv';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-export-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

type Json = Record<string, unknown>;

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

/** @param hash its own: left as it was, or made anew by who knows how, so that other checks have their say */
async function editDocument(
  path: string,
  edit: (document: Json) => void,
  hash: 'as it was' | 'signed anew' = 'as it was',
): Promise<void> {
  const document = JSON.parse(await readFile(path, 'utf8')) as Json;
  edit(document);
  if (hash === 'signed anew') document['contentSha256'] = hashOfContent(document);
  await writeFile(path, JSON.stringify(document));
}

/** As version 2 had it. */
function toVersion2(document: Json): void {
  const { bytes, sha256 } = (document['files'] as Json[]).find(({ file }) => file === 'model.json')!;
  document['version'] = 2;
  document['model'] = { file: 'model.json', format: 'tfjs-layers-model', bytes, sha256 };
  delete document['formats'];
  delete document['files'];
}

/** As forecaster.json describes it, written by another hand. */
function hashOfContent({ contentSha256: _own, ...content }: Json): string {
  const canonical = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
  };
  return createHash('sha256').update(canonical(content)).digest('hex');
}

/** Where the numbers of a document stand. */
function numericLeaves(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value === 'number') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => numericLeaves(each, [...path, key]));
}

function edited(document: Json, path: readonly string[], change: (value: number) => number): Json {
  const copy = structuredClone(document);
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Json, copy);
  parent[path.at(-1)!] = change(parent[path.at(-1)!] as number);
  return copy;
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

describe('reading an export', () => {
  let path: string;

  beforeEach(async () => {
    const { forecaster, series } = fixtureForecaster();
    await writeFixtureExport(forecaster, series, folder);
    path = join(folder, 'forecaster.json');
  });

  const expectInvalid = async (cause: RegExp): Promise<void> => {
    await expect(readExport(path)).rejects.toMatchObject({
      code: 'forecaster-invalid',
      params: { file: 'forecaster.json' },
      message: expect.stringMatching(cause),
    });
  };

  it.each<[string, (document: Json) => void, RegExp]>([
    ['another format', (it) => (it['format'] = 'keras'), /format/],
    ['a newer version', (it) => (it['version'] = 4), /version/],
    ['unknown keys', (it) => (it['script'] = 'rm'), /script/],
    ['a path for a file name', (it) => ((it['weights'] as Json)['file'] = '../weights.bin'), /weights\.file/],
    ['weights of another size', (it) => ((it['network'] as Json)['inputs'] = 5), /does not fit/],
    ['a window other than trained', (it) => (it['window'] = 7), /window/],
    ['a scale of zero', (it) => ((it['targetScaler'] as Json)['scale'] = 0), /targetScaler\.scale/],
    ['other inputs than the readings', (it) => ((it['inputs'] as Json[])[0]!['name'] = 'x'), /series/],
    ['a hash of something else', (it) => ((it['series'] as Json)['sha256'] = '0'.repeat(64)), /series\.csv/],
    ['a period other than that of the readings', (it) => ((it['source'] as Json)['from'] = 0), /period/],
    ['another time step', (it) => ((it['step'] as Json)['seconds'] = 1e300), /time step/],
    ['scalers of other readings', (it) => ((it['targetScaler'] as Json)['mean'] = 3), /scalers/],
    ['a model that was never trained', (it) => (it['keptEpoch'] = 0), /never trained/],
    ['no hash of itself', (it) => (it['version'] = 1), /does not fit/],
  ])('refuses %s', async (_name, edit, cause) => {
    await editDocument(path, edit, 'signed anew');
    await expectInvalid(cause);
  });

  it('refuses a document in which any one number, word or key was edited', async () => {
    const text = await readFile(path, 'utf8');
    const document = JSON.parse(text) as Json;
    expect(hashOfContent(document)).toBe(document['contentSha256']);
    const leaves = numericLeaves(document);
    expect(leaves.length).toBeGreaterThan(100);
    for (const leaf of leaves) {
      for (const change of [(value: number) => value + 1, (value: number) => (value || 1) * (1 + 1e-12)]) {
        await writeFile(path, JSON.stringify(edited(document, leaf, change)));
        const opened = readExport(path);
        await expect(opened, leaf.join('.')).rejects.toMatchObject({ code: 'forecaster-invalid' });
      }
    }
    await writeFile(path, text.replace('station.csv', 'statiom.csv'));
    await expectInvalid(/edited after it was exported/);
    await editDocument(path, (it) => delete it['contentSha256']);
    await expectInvalid(/contentSha256/);
    // How it is laid out is no part of the content.
    await writeFile(path, JSON.stringify(Object.fromEntries(Object.entries(document).reverse()), null, 7));
    expect((await readExport(path)).forecaster.keptEpoch).toBe(document['keptEpoch']);
  });

  it('opens one of version 1, and refuses it with the scalers of other readings', async () => {
    const toVersion1 = (document: Json): void => {
      toVersion2(document);
      document['version'] = 1;
      delete document['contentSha256'];
      const { file, format } = document['model'] as Json;
      document['model'] = { file, format };
    };
    await editDocument(path, toVersion1);
    await rm(join(folder, 'model.json'));
    expect((await readExport(path)).forecaster).toEqual(fixtureForecaster().forecaster);
    for (const scaler of ['targetScaler', 'inputScalers.0', 'inputScalers.1']) {
      const document = JSON.parse(await readFile(path, 'utf8')) as Json;
      const leaf = [...scaler.split('.'), 'mean'];
      await writeFile(path, JSON.stringify(edited(document, leaf, (mean) => mean + 0.01)));
      await expectInvalid(/scalers are not those of its readings/);
      await writeFile(path, JSON.stringify(document));
    }
  });

  it('opens one of version 2, which held a TensorFlow.js model alone', async () => {
    await editDocument(path, toVersion2, 'signed anew');
    for (const file of ['README.txt', 'forecast.mjs']) await rm(join(folder, file));
    expect((await readExport(path)).forecaster).toEqual(fixtureForecaster().forecaster);
    await writeFile(join(folder, 'model.json'), '{}');
    await expectInvalid(/model\.json is not the file it was/);
  });

  it('lets its examples and README.txt be changed and removed, and refuses other names of files', async () => {
    await writeFile(join(folder, 'forecast.mjs'), '// Mine.');
    await rm(join(folder, 'README.txt'));
    expect((await readExport(path)).forecaster).toEqual(fixtureForecaster().forecaster);
    const names = (document: Json): Json[] => document['files'] as Json[];
    await editDocument(path, (it) => (names(it)[0]!['file'] = '../model.json'), 'signed anew');
    await expectInvalid(/files/);
    await editDocument(path, (it) => (names(it)[0]!['file'] = 'model.json'), 'signed anew');
    await editDocument(path, (it) => (it['formats'] = ['tfjs', 'tfjs']), 'signed anew');
    await expectInvalid(/files/);
  });

  it('refuses what is not JSON at all', async () => {
    await writeFile(path, 'PNG');
    await expectInvalid(/not JSON/);
  });

  it('refuses weights that were changed or are no numbers, even with a matching hash', async () => {
    const weights = join(folder, 'weights.bin');
    const bytes = await readFile(weights);
    bytes.writeFloatLE(NaN, 8);
    await writeFile(weights, bytes);
    await expectInvalid(/weights\.bin is not the file it was/);
    const sign = (document: Json): void => {
      (document['weights'] as Json)['sha256'] = createHash('sha256').update(bytes).digest('hex');
    };
    await editDocument(path, sign, 'signed anew');
    await expectInvalid(/no number/);
  });

  it('refuses files of another size or content', async () => {
    for (const file of ['series.csv', 'model.json', 'weights.bin']) {
      const content = await readFile(join(folder, file));
      const flipped = Buffer.from(content);
      flipped[content.length >> 1]! ^= 1;
      for (const other of [Buffer.alloc(100_000), '', flipped]) {
        await writeFile(join(folder, file), other);
        await expectInvalid(new RegExp(`${file} is not the file it was`));
      }
      await writeFile(join(folder, file), content);
    }
  });

  it('tells that a file is missing', async () => {
    await rm(join(folder, 'weights.bin'));
    await expect(readExport(path)).rejects.toMatchObject({ code: 'file-missing' });
    await mkdir(join(folder, 'weights.bin'));
    await expect(readExport(path)).rejects.toMatchObject({
      code: expect.stringMatching(/file-unreadable|forecaster-invalid/),
    });
  });
});

describe('series.csv', () => {
  const header = (series: ReturnType<typeof fixtureSeries>) => ({ ...series, rows: series.time.length });

  it('keeps every bit of a series', () => {
    const variables = fc.record({
      name: fc.oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.constantFrom('=1+1', '@a', '\t=b', '\ud800'),
      ),
      unit: fc.string({ maxLength: 4 }),
      values: fc.array(fc.float({ noDefaultInfinity: true }), { minLength: 5, maxLength: 5 }),
    });
    fc.assert(
      fc.property(
        fc.array(variables, { minLength: 1, maxLength: 4 }),
        fc.nat({ max: 1e12 }),
        (columns, from) => {
          const series = fixtureSeries(columns, { from });
          series.variables[0]!.filled[3] = 1;
          const restored = seriesFromCsv(seriesToCsv(series).toString('utf8'), header(series));
          expect(restored).toEqual(series);
        },
      ),
    );
  });

  it('says names that are formulas as texts, and is read as it was written before that', () => {
    const series = fixtureSeries([{ name: "=cmd|' /C calc'!A0", unit: '', values: [-1.5, 2] }]);
    const text = seriesToCsv(series).toString();
    expect(text.split('\n').slice(0, 2)).toEqual([
      "time,'=cmd|' /C calc'!A0,'=cmd|' /C calc'!A0 filled",
      '2021-01-01T00:00:00,-1.5,0',
    ]);
    expect(seriesFromCsv(text, header(series))).toEqual(series);
    expect(seriesFromCsv(text.replaceAll(",'=", ',='), header(series))).toEqual(series);
  });

  it('is refused when rows are cut, added, out of order or no numbers', () => {
    const series = fixtureSeries([{ name: 'a', unit: '°C', values: [1, 2.5, NaN] }]);
    const text = seriesToCsv(series).toString();
    expect(text).toBe(
      'time,a [°C],a filled\n2021-01-01T00:00:00,1,0\n2021-01-02T00:00:00,2.5,0\n2021-01-03T00:00:00,,0\n',
    );
    const read = (changed: string) => () => seriesFromCsv(changed, header(series));
    expect(read(text.slice(0, -3))).toThrow(SyntaxError);
    expect(read(`${text}x`)).toThrow(/more than 3 rows/);
    expect(read(text.replace('-03T', '-02T'))).toThrow(/order of time/);
    expect(read(text.replace('2.5', 'two'))).toThrow(/“two” is no number/);
    expect(read(text.replace('2.5', '1e99'))).toThrow(/no number/);
    expect(read(text.replace('2021-01-01T', '1.1.2021 '))).toThrow(/no time/);
    expect(read(text.replace('a [', 'b ['))).toThrow(/header/);
  });

  it('of ten years of hours is written and read in seconds', () => {
    const rows = 87_648;
    const series = fixtureSeries([1, 2, 3].map((seed) => ({ values: noise(rows, seed) })));
    const started = process.cpuUsage();
    const restored = seriesFromCsv(seriesToCsv(series).toString(), header(series));
    // Of this process alone, whoever else is at work: ten times what it takes.
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(20);
    expect(restored.variables[2]!.values).toEqual(series.variables[2]!.values);
  });
});
