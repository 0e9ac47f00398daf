import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editDocument, hashOfContent, type Json } from './edited-document.fixture';
import { readExport } from './export';
import { fixtureForecaster, writeFixtureExport } from './forecaster.fixture';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-read-export-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** As version 2 had it. */
function toVersion2(document: Json): void {
  const { bytes, sha256 } = (document['files'] as Json[]).find(({ file }) => file === 'model.json')!;
  document['version'] = 2;
  document['model'] = { file: 'model.json', format: 'tfjs-layers-model', bytes, sha256 };
  delete document['formats'];
  delete document['files'];
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
    // Its layout is no part of the content.
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
