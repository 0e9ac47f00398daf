import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { presetSettings } from '../contract/settings';
import { checkpointOf, recordOf } from './progress.fixture';
import { RunLibrary } from './run-library';
import type { NewRun } from './run-record';
import { ProgressWriter } from './saved-progress';
import { describeProblem } from '../contract/problems';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-recovery-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const series = {
  time: Float64Array.of(0, 86_400_000),
  step: { seconds: 86_400, label: 'daily' as const },
  variables: [
    {
      name: 'rain',
      quantity: 'rain' as const,
      unit: 'mm',
      values: Float32Array.of(0.1, 2.5),
      filled: new Uint8Array(2),
    },
  ],
  inputs: [0],
  target: 0,
  alsoTargets: [],
};
const run: NewRun = {
  name: 'rain',
  sourceFile: 'a.csv',
  columns: [
    { name: 'rain', quantity: 'rain', unit: 'mm', useUnit: 'mm', gapPolicy: 'linear', role: 'target' },
  ],
  settings: presetSettings('recommended'),
};

/** A run that was left in training after so many epochs. */
async function leftInTraining(library: RunLibrary, epochs: number): Promise<string> {
  const id = await library.create(run, series);
  const writer = await ProgressWriter.open(library.folderOf(id), null);
  for (let epoch = 1; epoch <= epochs; epoch++) writer.write(recordOf(epoch), checkpointOf(epoch));
  writer.close();
  return id;
}

/** In place of a file of the run, a folder that nothing can be written over. */
async function putFolderFor(library: RunLibrary, id: string, file: string): Promise<void> {
  const path = join(library.folderOf(id), file);
  await rm(path, { force: true });
  await mkdir(join(path, 'inside'), { recursive: true });
}

describe('recovering runs at the start', () => {
  const faults: Record<string, (library: RunLibrary, id: string) => Promise<void>> = {
    'a folder for run.json': (library, id) => putFolderFor(library, id, 'run.json'),
    'a folder for history.jsonl': (library, id) => putFolderFor(library, id, 'history.jsonl'),
    'a folder for checkpoint.bin': (library, id) => putFolderFor(library, id, 'checkpoint.bin'),
    'no run.json': (library, id) => rm(join(library.folderOf(id), 'run.json')),
    'a run.json that is cut': (library, id) => truncate(join(library.folderOf(id), 'run.json'), 20),
    'a run.json of 100 MB': (library, id) => truncate(join(library.folderOf(id), 'run.json'), 100 * 2 ** 20),
    'a history.jsonl of 100 MB': (library, id) =>
      truncate(join(library.folderOf(id), 'history.jsonl'), 100 * 2 ** 20),
  };
  it.each(Object.keys(faults))(
    'leaves one with %s as it is, tells of it, and recovers the rest',
    async (fault) => {
      const before = new RunLibrary(folder);
      const damaged = await leftInTraining(before, 3);
      const others = [await leftInTraining(before, 5), await leftInTraining(before, 6)];
      await faults[fault]!(before, damaged);

      const library = new RunLibrary(folder);
      await library.recover();
      const { runs, damaged: told } = await library.survey();
      expect(runs.map(({ id, status, epochs }) => [id, status, epochs]).sort()).toEqual(
        [
          [others[0], 'interrupted', 5],
          [others[1], 'interrupted', 6],
        ].sort(),
      );
      expect(told.map(({ id }) => id)).toEqual([damaged]);
      expect(told[0]!.problem).toMatchObject({ code: 'run-damaged', params: { name: damaged } });
      expect(describeProblem(told[0]!.problem)).toMatch(/\((run\.json|history\.jsonl|checkpoint\.bin)/);
      await expect(library.recoverOne(damaged)).rejects.toMatchObject({ code: told[0]!.problem.code });
    },
  );

  it('recovers a damaged run when what was wrong has been put right', async () => {
    const before = new RunLibrary(folder);
    const id = await leftInTraining(before, 3);
    const path = join(before.folderOf(id), 'history.jsonl');
    const history = await readFile(path);
    await putFolderFor(before, id, 'history.jsonl');
    const library = new RunLibrary(folder);
    await library.recover();
    expect((await library.survey()).damaged).toHaveLength(1);
    await rm(path, { recursive: true });
    await writeFile(path, history);
    await library.recoverOne(id);
    expect((await library.survey()).damaged).toEqual([]);
    expect(await library.record(id)).toMatchObject({ status: 'interrupted', epochs: 3 });
  });

  it('says so when a file stands where the folder of runs should be', async () => {
    const path = join(folder, 'runs');
    await writeFile(path, 'mine');
    const library = new RunLibrary(path);
    await expect(library.recover()).rejects.toMatchObject({ code: 'runs-folder' });
    await expect(library.survey()).rejects.toMatchObject({ code: 'runs-folder' });
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  it('has no runs where there is no folder yet', async () => {
    const library = new RunLibrary(join(folder, 'a', 'b'));
    expect(await library.survey()).toEqual({ runs: [], damaged: [], deleted: [] });
  });
});

describe('changes that the disk refuses', () => {
  it('hold, and are written when the disk takes them again', async () => {
    const library = new RunLibrary(folder);
    const id = await library.create(run, series);
    library.hold(id, { status: 'interrupted', epochs: 515, keptEpoch: 400 });
    expect((await library.list())[0]).toMatchObject({ status: 'interrupted', epochs: 515 });
    expect(await new RunLibrary(folder).record(id)).toMatchObject({ status: 'training', epochs: 0 });
    await library.settle(id);
    const written = { status: 'interrupted', epochs: 515, keptEpoch: 400 };
    expect(await new RunLibrary(folder).record(id)).toMatchObject(written);
    await library.update(id, { status: 'training' });
    expect((await library.record(id)).status).toBe('training');
  });
});

describe('a deleted run', () => {
  it('is out of the list, and can be brought back as it was, by the next start too', async () => {
    const library = new RunLibrary(folder);
    const id = await leftInTraining(library, 4);
    await library.update(id, { status: 'completed', epochs: 4, keptEpoch: 4, name: 'Mine' });
    const files = await readdir(library.folderOf(id));
    // Of a process that was killed before the run was deleted.
    await writeFile(join(library.folderOf(id), '.0123456789ab.tmp'), 'half');
    await library.putAside(id);
    await library.putAside(id);
    const after = new RunLibrary(folder);
    await after.recover();
    const { runs, deleted } = await after.survey();
    expect(runs).toEqual([]);
    expect(deleted).toMatchObject([{ id, name: 'Mine' }]);
    expect(Math.abs(Date.now() - deleted[0]!.deletedAt)).toBeLessThan(600_000);
    await after.restore(id);
    expect(await readdir(after.folderOf(id))).toEqual(files);
    expect((await after.survey()).deleted).toEqual([]);
    expect((await after.list())[0]).toMatchObject({ id, name: 'Mine', status: 'completed' });
    await expect(after.restore(id)).rejects.toMatchObject({ code: 'run-missing' });
  });

  it('goes for good when it is asked for, and after a month', async () => {
    const library = new RunLibrary(folder);
    const [first, second] = [await library.create(run, series), await library.create(run, series)];
    await library.putAside(first);
    await library.removeForGood(first);
    const monthAgo = (Date.now() - 31 * 24 * 60 * 60 * 1000).toString(36);
    await mkdir(join(folder, `.deleted-run-${monthAgo}-${first}`));
    await library.putAside(second);
    await library.recover();
    expect((await library.survey()).deleted.map(({ id }) => id)).toEqual([second]);
  });

  it('may be one that is damaged', async () => {
    const library = new RunLibrary(folder);
    const id = await library.create(run, series);
    await putFolderFor(library, id, 'run.json');
    await library.putAside(id);
    expect(await library.survey()).toMatchObject({ runs: [], damaged: [], deleted: [{ id, name: id }] });
    await library.removeForGood(id);
    expect(await readdir(folder)).toEqual([]);
  });
});
