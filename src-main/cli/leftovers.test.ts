import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseArguments } from './arguments';
import { sweepPlaces } from './leftovers';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-leftovers-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const HALF = '.0123456789ab.tmp';

/** What a killed process leaves in a folder, and what is the user's. */
async function leave(...names: readonly string[]): Promise<string> {
  const place = join(folder, ...names);
  const turn = join(place, '.hindcast-train.lock.old');
  await mkdir(turn, { recursive: true });
  await utimes(turn, 0, 0);
  await writeFile(join(place, '.hindcast-change.lock'), '');
  await utimes(join(place, '.hindcast-change.lock'), 0, 0);
  for (const name of [HALF, 'mine.tmp']) await writeFile(join(place, name), 'half');
  return place;
}

async function filesBelow(): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() || entry.name.endsWith('.old'));
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort();
}

const sweep = (...args: readonly string[]): Promise<void> =>
  sweepPlaces(parseArguments(args, { out: { value: 'F', help: '' } }));

describe('what killed processes left where a command works', () => {
  it('goes from the folder of a run and from that of an export, and nothing else does', async () => {
    const run = await leave('run');
    await leave('run', 'member-2');
    await leave('run', 'mine');
    const model = await leave('model');
    await leave('elsewhere');
    const elsewhere = ['elsewhere', 'run/mine'].flatMap((place) =>
      ['.hindcast-change.lock', '.hindcast-train.lock.old', HALF].map((name) => join(place, name)),
    );
    const mine = ['elsewhere', 'model', 'run', 'run/member-2', 'run/mine'].map((at) => join(at, 'mine.tmp'));
    await sweep(run, '--out', model);
    expect(await filesBelow()).toEqual([...elsewhere, ...mine].sort());
  });

  it('goes from beside a file that is to be written', async () => {
    await writeFile(join(folder, HALF), 'half');
    await writeFile(join(folder, 'forecast.csv'), 'mine');
    await sweep('--out', join(folder, 'forecast.csv'));
    expect(await filesBelow()).toEqual(['forecast.csv']);
  });

  it('is nothing where there is no folder', async () => {
    await writeFile(join(folder, 'readings.csv'), 'mine');
    await sweep(join(folder, 'readings.csv'), join(folder, 'nowhere'), '--out', join(folder, 'no', 'where'));
    expect(await filesBelow()).toEqual(['readings.csv']);
  });
});
