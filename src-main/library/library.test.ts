import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealJson } from '../files/sealed';
import { singleNetwork } from '../network';
import { readWeights } from './checkpoint-file';
import { chooseKeptEpoch } from './kept-epoch';
import { NO_LINEAR_PART, readLinearShare } from './linear-file';
import { PreferencesFile } from './preferences-file';
import { RunLibrary } from './run-library';
import { readSeries, writeSeries } from './series-file';
import { checkpointOf, recordOf } from './progress.fixture';
import { ProgressWriter } from './saved-progress';
import { smallRun as run, smallSeries as series } from './run.fixture';
import { SingleRun } from './single-run';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-library-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('RunLibrary', () => {
  it('keeps runs and lists them, the newest first', async () => {
    const library = new RunLibrary(folder);
    const first = await library.create({ ...run, createdAt: 1000 }, series);
    const second = await library.create({ ...run, createdAt: 2000 }, series);
    expect((await library.list()).map(({ id }) => id)).toEqual([second, first]);
    const { summary, history } = await library.read(first);
    expect(summary).toMatchObject({ id: first, status: 'training', targetName: 'temperature', unit: '°C' });
    expect(history).toEqual([]);
  });

  it('renames, updates at the same time without losing either, and deletes', async () => {
    const library = new RunLibrary(folder);
    const id = await library.create(run, series);
    await Promise.all([
      library.rename(id, 'Mine'),
      library.update(id, { status: 'completed', epochs: 3, keptEpoch: 2 }),
    ]);
    expect((await library.read(id)).summary).toMatchObject({
      name: 'Mine',
      status: 'completed',
      epochs: 3,
      keptEpoch: 2,
    });
    await library.delete(id);
    await library.delete(id);
    expect(await readdir(folder)).toEqual([]);
    await expect(library.read(id)).rejects.toMatchObject({ code: 'run-missing' });
  });

  it('makes a run that a crash left in training an interrupted one, with the epochs of its checkpoint', async () => {
    const library = new RunLibrary(folder);
    const trained = await library.create(run, series);
    const writer = await ProgressWriter.open(library.folderOf(trained), null);
    for (let epoch = 1; epoch <= 8; epoch++) writer.write(recordOf(epoch), checkpointOf(epoch));
    writer.close();
    await writeFile(join(library.folderOf(trained), '.0123456789ab.tmp'), 'half of something');
    const untouched = await library.create(run, series);
    await mkdir(join(folder, '.new-half'));

    await new RunLibrary(folder).recover();
    expect((await library.read(trained)).summary).toMatchObject({
      status: 'interrupted',
      epochs: 8,
      keptEpoch: 4,
    });
    expect((await library.read(trained)).history).toHaveLength(8);
    expect((await readdir(library.folderOf(trained))).filter((name) => name.startsWith('.'))).toEqual([]);
    expect((await library.read(untouched)).summary).toMatchObject({
      status: 'interrupted',
      epochs: 0,
      keptEpoch: 0,
    });
    expect((await readdir(folder)).sort()).toEqual([trained, untouched].sort());
  });

  it('deletes no run that another process trains', async () => {
    const library = new RunLibrary(folder);
    const id = await library.create(run, series);
    const unlock = await new RunLibrary(folder).lock(id);
    await expect(library.putAside(id)).rejects.toMatchObject({ code: 'folder-busy' });
    expect(await readdir(folder)).toEqual([id]);
    unlock();
    await library.putAside(id);
    expect((await library.survey()).deleted).toMatchObject([{ id }]);
    await library.restore(id);
    expect(await readdir(join(folder, id))).toEqual(['run.json', 'series.bin', 'series.json']);
  });

  it('lists the rest when a run is damaged', async () => {
    const library = new RunLibrary(folder);
    const damaged = await library.create(run, series);
    const whole = await library.create(run, series);
    await writeFile(join(folder, damaged, 'run.json'), '{"format":');
    await mkdir(join(folder, 'empty'));
    await writeFile(join(folder, 'stray.txt'), '');
    expect((await library.list()).map(({ id }) => id)).toEqual([whole]);
    await expect(library.read(damaged)).rejects.toMatchObject({ code: 'run-damaged' });
  });

  it('takes no id that leads out of its folder', () => {
    const library = new RunLibrary(folder);
    for (const id of ['..', '../x', 'a/b', 'a\\b', '', '.', 'a\0']) {
      expect(() => library.folderOf(id)).toThrow(expect.objectContaining({ code: 'run-missing' }));
    }
  });

  it('keeps weights that come with a run', async () => {
    const library = new RunLibrary(folder);
    const theta = Float32Array.of(1, 2, 3);
    const id = await library.create({ ...run, status: 'imported', epochs: 9, keptEpoch: 5 }, series, {
      trained: singleNetwork(theta),
    });
    expect(await readWeights(library.folderOf(id), 5)).toEqual(theta);
    expect(await readWeights(library.folderOf(id), 4)).toBeNull();
    expect(await readLinearShare(library.folderOf(id), 'a')).toBe(NO_LINEAR_PART);
  });

  it('tells which models one training gave, and shows its curve for each', async () => {
    const library = new RunLibrary(folder);
    const [column] = run.columns;
    const also = { ...column!, name: 'humidity', role: 'also-target' as const };
    const id = await library.create({ ...run, columns: [...run.columns, also], epochs: 1 }, series);
    const writer = await ProgressWriter.open(library.folderOf(id), null);
    writer.write(recordOf(1), checkpointOf(1));
    writer.close();
    const further = { ...run, columns: [{ ...also, role: 'target' as const }], keptEpoch: 1 };
    await library.createAlongside(id, 1, further, series, { trained: singleNetwork(Float32Array.of(1)) });
    const other = (await library.list()).find(({ learnedWith }) => learnedWith === id)!;
    const targets = [
      { runId: id, targetName: (await library.read(id)).summary.targetName },
      { runId: other.id, targetName: 'humidity' },
    ];
    for (const each of [id, other.id]) {
      const detail = await library.read(each);
      expect(detail.targets).toEqual(targets);
      expect(detail.history).toEqual([recordOf(1)]);
    }
    await library.delete(id);
    expect((await library.read(other.id)).targets).toEqual([targets[1]]);
  });
});

describe('SingleRun', () => {
  it('goes with its folder when nothing else lies there', async () => {
    const store = new SingleRun(join(folder, 'a', 'b'));
    await store.create(run, series);
    await store.delete();
    expect(await readdir(join(folder, 'a'))).toEqual([]);
  });
});

describe('series files', () => {
  it('give back what was written, bit by bit', async () => {
    await writeSeries(folder, series);
    expect(await readSeries(folder, 'x')).toEqual(series);
  });

  it('say which inputs Hindcast made; of those of earlier versions the names say so', async () => {
    const [first, ...others] = series.variables;
    const variables = [
      { ...first!, name: 'dew point' },
      ...others.map((other) => ({ ...other, name: 'dew point (2)', made: true })),
    ];
    await writeSeries(folder, { ...series, variables });
    const madeIn = async (): Promise<boolean[]> =>
      (await readSeries(folder, 'x')).variables.map(({ made = false }) => made);
    expect(await madeIn()).toEqual([false, ...others.map(() => true)]);

    const header = join(folder, 'series.json');
    const { sha256: _sha256, ...written } = JSON.parse(await readFile(header, 'utf8'));
    const earlier = {
      ...written,
      variables: written.variables.map(({ made: _made, ...variable }: { made: boolean }) => variable),
    };
    await writeFile(header, sealJson(earlier));
    expect(await madeIn()).toEqual(series.variables.map(() => true));
  });

  it('are refused when they are cut, too long or lead outside', async () => {
    await writeSeries(folder, series);
    const numbers = join(folder, 'series.bin');
    const bytes = await readFile(numbers);
    const damaged = { code: 'run-damaged' };
    await truncate(numbers, bytes.length - 1);
    await expect(readSeries(folder, 'x')).rejects.toMatchObject(damaged);
    await writeFile(numbers, Buffer.concat([bytes, Buffer.of(0)]));
    await expect(readSeries(folder, 'x')).rejects.toMatchObject(damaged);
    await writeFile(numbers, bytes);
    const header = join(folder, 'series.json');
    await writeFile(header, (await readFile(header, 'utf8')).replace('"target":1', '"target":2'));
    await expect(readSeries(folder, 'x')).rejects.toMatchObject(damaged);
  });
});

describe('the kept epoch', () => {
  const checkpoint = { epoch: 20, bestEpoch: 12 };

  it('is the best with early stopping or when the user stops, the last otherwise', () => {
    const settings = { patience: 8, validationShare: 0.2, validationFrom: null };
    expect(chooseKeptEpoch(settings, checkpoint, false)).toBe(12);
    expect(chooseKeptEpoch({ ...settings, patience: null }, checkpoint, true)).toBe(12);
    expect(chooseKeptEpoch({ ...settings, patience: null }, checkpoint, false)).toBe(20);
  });

  it('is never chosen by the test part', () => {
    expect(
      chooseKeptEpoch({ patience: null, validationShare: 0, validationFrom: null }, checkpoint, true),
    ).toBe(20);
  });
});

describe('PreferencesFile', () => {
  it('gives back what was saved last, and defaults before', async () => {
    const file = new PreferencesFile(folder);
    expect(await file.load()).toEqual({ theme: 'system', language: null, device: 'auto', work: null });
    await Promise.all([
      file.save({ theme: 'dark', language: 'ko', device: 'auto', work: null }),
      file.save({ theme: 'light', language: 'ko', device: 'cpu', work: null }),
    ]);
    const last = { theme: 'light', language: 'ko', device: 'cpu', work: null };
    expect(await new PreferencesFile(folder).load()).toEqual(last);
  });

  it('reads a file that was saved before there was a choice of device', async () => {
    const saved = { theme: 'dark', language: 'ko', work: null };
    await writeFile(join(folder, 'preferences.json'), JSON.stringify(saved));
    expect(await new PreferencesFile(folder).load()).toEqual({ ...saved, device: 'auto' });
    expect(await readdir(folder)).toEqual(['preferences.json']);
  });

  it('keeps a damaged file aside', async () => {
    await writeFile(join(folder, 'preferences.json'), '{"theme":"pink"}');
    expect((await new PreferencesFile(folder).load()).theme).toBe('system');
    const aside = (await readdir(folder)).filter((name) => name.startsWith('preferences.json.damaged-'));
    expect(aside).toHaveLength(1);
    expect(await readFile(join(folder, aside[0]!), 'utf8')).toContain('pink');
  });
});
