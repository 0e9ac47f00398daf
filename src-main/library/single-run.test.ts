import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../contract/problems';
import { ownIdentity } from '../files/processes';
import { singleNetwork } from '../network';
import { writeNewerSeries } from './newer-series';
import { replaceRun } from './own-files';
import { recoverRun } from './recover-run';
import { smallRun, smallSeries } from './run.fixture';
import { SearchFolder } from './search-folder';
import { SingleRun } from './single-run';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-single-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the user keeps under names that a run or a search uses too, as far as they do not collide with its files. */
const MINE = [
  'mine.txt',
  'newer/mine.txt',
  'trials/1/notes',
  'member-2/mine',
  'target-2/mine',
  'rehearsal/mine',
];
const put = async (path: string, text = 'mine'): Promise<void> => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
};
const filesIn = async (): Promise<string[]> =>
  (await readdir(folder, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe('the run in a folder', () => {
  it('leaves whatever the user keeps there, through a training, a search and being deleted', async () => {
    for (const path of MINE) await put(path);
    const store = new SingleRun(folder);
    await store.create({ ...smallRun, epochs: 1, keptEpoch: 1 }, smallSeries, {
      trained: { ...singleNetwork(Float32Array.of(1)), members: [Float32Array.of(1), Float32Array.of(2)] },
    });
    await store.createAlongside(store.id, 1, smallRun, smallSeries, {});
    await writeNewerSeries(folder, smallSeries);
    const search = new SearchFolder(folder);
    await search.begin(smallSeries);
    await search.trialFolder(1);
    await search.end();
    await new SingleRun(folder, true).create({ ...smallRun, name: 'again' }, smallSeries);
    expect((await store.record()).name).toBe('again');
    await store.delete();
    expect(await filesIn()).toEqual([...MINE].sort());
    expect((await readdir(folder)).sort()).toEqual([
      'member-2',
      'mine.txt',
      'newer',
      'rehearsal',
      'target-2',
      'trials',
    ]);
  });

  it('is never begun over files of the same names that Hindcast did not make', async () => {
    for (const path of ['run.json', 'series.json', 'series.bin']) {
      await put(path, '{"format":"mine"}');
      await expect(new SingleRun(folder, true).create(smallRun, smallSeries)).rejects.toMatchObject({
        code: 'not-ours',
        params: { file: join(folder, path) },
      });
      expect(await filesIn()).toEqual([path]);
      await rm(join(folder, path));
    }
    await put('search.json', '{"mine":1}');
    await expect(new SearchFolder(folder).begin(smallSeries)).rejects.toMatchObject({ code: 'not-ours' });
    expect(await filesIn()).toEqual(['search.json']);
  });

  it('is not replaced unasked', async () => {
    const store = new SingleRun(folder);
    await store.create(smallRun, smallSeries);
    await expect(store.create({ ...smallRun, name: 'new' }, smallSeries)).rejects.toMatchObject({
      code: 'run-exists',
      params: { folder, name: 'temperature' },
    });
    expect((await store.record()).name).toBe('temperature');
  });

  it('stays until the one in its place is whole', async () => {
    const store = new SingleRun(folder);
    await store.create(smallRun, smallSeries);
    await put('mine.txt');
    const before = await readFile(join(folder, 'run.json'), 'utf8');
    const failing = replaceRun(folder, async (building) => {
      await new SingleRun(building).create({ ...smallRun, name: 'new' }, smallSeries);
      expect((await store.record()).name).toBe('temperature');
      throw new Problem('cancelled');
    });
    await expect(failing).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readFile(join(folder, 'run.json'), 'utf8')).toBe(before);
    await replaceRun(folder, (building) =>
      new SingleRun(building).create({ ...smallRun, name: 'new' }, smallSeries),
    );
    expect((await store.record()).name).toBe('new');
    expect(await filesIn()).toEqual(['mine.txt', 'run.json', 'series.bin', 'series.json']);
  });

  it('loses none of the changes that are asked for at once, by one store or by several', async () => {
    const store = new SingleRun(folder);
    await store.create(smallRun, smallSeries);
    await Promise.all([
      store.update(store.id, { epochs: 9, keptEpoch: 7 }),
      store.update(store.id, { name: 'renamed' }),
      new SingleRun(folder).update(store.id, { versions: { a: '1' } }),
      store.update(store.id, { status: 'training' }),
      store.update(store.id, { status: 'completed' }),
    ]);
    expect(await store.record()).toMatchObject({
      epochs: 9,
      keptEpoch: 7,
      name: 'renamed',
      versions: { a: '1' },
      status: 'completed',
    });
  });

  it('is trained by one process at a time, and what another trains is not taken for interrupted', async () => {
    const store = new SingleRun(folder);
    await store.create(smallRun, smallSeries);
    const unlock = await store.lock();
    await expect(new SingleRun(folder).lock()).rejects.toMatchObject({ code: 'folder-busy' });
    await expect(replaceRun(folder, () => Promise.resolve())).rejects.toMatchObject({ code: 'folder-busy' });
    await recoverRun(store, store.id);
    expect((await store.record()).status).toBe('training');
    unlock();
    await recoverRun(store, store.id);
    expect((await store.record()).status).toBe('interrupted');
  });

  it('is swept of what killed processes left', async () => {
    const store = new SingleRun(folder);
    await store.create(smallRun, smallSeries);
    await put('.0123456789ab.tmp');
    await put('newer/.0123456789ab.tmp');
    await put('.hindcast-new/plan.json', '{"format":"hindcast-replacement","removes":[],"marks":[]}');
    await put('.hindcast-new/content/run.json', 'half');
    const gone = { ...ownIdentity(), pid: 2 ** 30, token: 'x' };
    await put('.hindcast-change.lock', JSON.stringify(gone));
    await recoverRun(store, store.id);
    expect(await filesIn()).toEqual(['run.json', 'series.bin', 'series.json']);
  });
});
