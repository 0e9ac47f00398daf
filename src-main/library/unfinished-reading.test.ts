import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UnfinishedReading } from './unfinished-reading';

const A = { kind: 'file', paths: ['/a.csv'] } as const;
const B = { kind: 'file', paths: ['/b.csv'] } as const;
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-unfinished-'));
});
afterEach(() => rm(folder, { recursive: true }));

const asNextStart = (): Promise<unknown> => new UnfinishedReading(folder).load();

it('is there from the beginning of a reading to its end', async () => {
  const mark = new UnfinishedReading(folder);
  expect(await mark.load()).toBeNull();
  const end = mark.begin({ kind: 'file', paths: [...A.paths] });
  await expect.poll(asNextStart).toEqual(A);
  await end();
  expect(await asNextStart()).toBeNull();
});

it('an overtaken reading leaves the mark of the one that goes on', async () => {
  const mark = new UnfinishedReading(folder);
  const endFirst = mark.begin({ kind: 'file', paths: [...A.paths] });
  const endSecond = mark.begin({ kind: 'file', paths: [...B.paths] });
  await endFirst();
  expect(await asNextStart()).toEqual(B);
  await endSecond();
  expect(await asNextStart()).toBeNull();
});

it('can be forgotten; a damaged one counts as none; a folder that takes none stops no reading', async () => {
  const mark = new UnfinishedReading(folder);
  mark.begin({ kind: 'file', paths: [...A.paths] });
  await mark.forget();
  expect(await asNextStart()).toBeNull();
  await writeFile(join(folder, 'reading.json'), '{"kind"');
  expect(await asNextStart()).toBeNull();
  await writeFile(join(folder, 'no-folder'), '');
  const nowhere = new UnfinishedReading(join(folder, 'no-folder'));
  await nowhere.begin({ kind: 'file', paths: [...A.paths] })();
});
