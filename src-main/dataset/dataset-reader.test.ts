import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presetSettings } from '../contract/settings';
import { summarisePreparation } from '../series';
import { DatasetReader } from './dataset-reader';
import { dailyLines } from './fixture';
import { sourceOfPath } from './read-table';

let folder = '';
let entry = '';
const file = (name: string) => sourceOfPath(join(folder, name));
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no problem',
    (error: unknown) => (error as { code: string }).code,
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-reader-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: resolve('src-main/dataset/reader-main.ts'),
      target: 'node18',
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'reader.cjs' } },
    },
  });
  entry = join(folder, 'reader.cjs');
  await writeFile(
    join(folder, 'good.csv'),
    `date,temp,rain\n${dailyLines(20, (day) => `${day},${day % 3}`)}`,
  );
  await writeFile(
    join(folder, 'large.csv'),
    `date,temp,text\n${dailyLines(80_000, (day) => `${day},${'x'.repeat(60)}`)}`,
  );
  await writeFile(join(folder, 'empty.csv'), '');
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('DatasetReader', () => {
  it('opens a file in its worker, gives rows and the series, and tells progress', async () => {
    const reader = new DatasetReader(entry);
    const told: number[] = [];
    const summary = await reader.open(file('good.csv'), ({ fraction }) => told.push(fraction));
    expect(summary).toMatchObject({ fileName: 'good.csv', rows: 20, problems: [] });
    expect(summary.id).toMatch(/^[A-Za-z0-9-]{1,64}$/);
    expect(told.at(-1)).toBe(1);
    expect((await reader.rows(summary.id, 18, 5)).rows).toEqual([
      ['2021-01-19', '18', '0'],
      ['2021-01-20', '19', '1'],
    ]);
    if (summary.suggestion === null) throw new Error('no suggestion');
    const series = await reader.series(summary.id, summary.suggestion);
    expect(series.time).toBeInstanceOf(Float64Array);
    expect(series.variables[0]?.values).toHaveLength(20);
    await reader.close();
  });

  it('says what settings make of the series, which is there for the next who asks', async () => {
    const reader = new DatasetReader(entry);
    const { id, suggestion } = await reader.open(file('good.csv'));
    if (suggestion === null) throw new Error('no suggestion');
    const settings = { ...presetSettings('tutorial'), window: 3, trainShare: 0.5, validationShare: 0.2 };
    const summary = await reader.check(id, suggestion, settings);
    expect(summary).toEqual(summarisePreparation(await reader.series(id, suggestion), settings));
    expect(await reader.check(id, suggestion, { ...settings, window: 4 })).toMatchObject({ rows: 20 });
    expect(await codeOf(reader.check(id, suggestion, { ...settings, window: 19 }))).toBe('too-few-rows');
    expect(await codeOf(reader.check('gone', suggestion, settings))).toBe('dataset-gone');
    await reader.close();
  });

  it('keeps the last good data set when another file cannot be read, and forgets it for a new one', async () => {
    const reader = new DatasetReader(entry);
    const first = await reader.open(file('good.csv'));
    expect(await codeOf(reader.open(file('empty.csv')))).toBe('file-empty');
    expect((await reader.rows(first.id, 0, 1)).rows).toHaveLength(1);
    const second = await reader.open(file('good.csv'));
    expect(await codeOf(reader.rows(first.id, 0, 1))).toBe('dataset-gone');
    expect((await reader.rows(second.id, 0, 1)).rows).toHaveLength(1);
    await reader.close();
  });

  it('cancels: by asking, and by opening another', async () => {
    const reader = new DatasetReader(entry);
    await reader.open(file('good.csv'));
    const asked = codeOf(reader.open(file('large.csv')));
    reader.cancel();
    expect(await asked).toBe('cancelled');
    const replaced = codeOf(reader.open(file('large.csv')));
    const opened = reader.open(file('good.csv'));
    expect(await replaced).toBe('cancelled');
    expect((await opened).rows).toBe(20);
    await reader.close();
  });

  it('tells of a worker that died, and starts another', async () => {
    const crashing = join(folder, 'crashing.cjs');
    await writeFile(
      crashing,
      `const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => { throw new Error('out of luck'); });`,
    );
    const reader = new DatasetReader(crashing);
    const problem: unknown = await reader.open(file('good.csv')).catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: 'reader-died', params: { cause: 'out of luck' } });
    expect(await codeOf(reader.rows('gone', 0, 1))).toBe('dataset-gone');
    await writeFile(crashing, `require('./reader.cjs')`);
    expect((await reader.open(file('good.csv'))).rows).toBe(20);
    await reader.close();
  });

  it('tells what was under way that it was closed', async () => {
    const reader = new DatasetReader(entry);
    const opening = codeOf(reader.open(file('large.csv')));
    await reader.close();
    expect(await opening).toBe('cancelled');
  });
});
