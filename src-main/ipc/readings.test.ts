import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Preferences } from '../contract/requests';
import { DatasetReader, forkReader } from '../dataset';
import { PreferencesFile, UnfinishedReading } from '../library';
import { bundled } from '../bundle.fixture';
import { answer } from './answer';
import { createHandlers, type Parts } from './handlers';
import { Readings } from './readings';

let folder = '';
let path = '';
let reader: DatasetReader;
let readings: Readings;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-readings-'));
  path = join(folder, 'chosen.csv');
  await writeFile(path, 'date,temp\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n');
  reader = new DatasetReader(() => forkReader(bundled('reader')));
});
afterAll(async () => {
  reader.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  readings = newReadings();
});

const mark = (): UnfinishedReading => new UnfinishedReading(folder);
const newReadings = (unfinished: Readings['unfinished'] = null): Readings =>
  new Readings({ reader, resources: 'resources', mark: mark(), unfinished, onProgress: () => undefined });
const asked = (name: 'openDataset' | 'savePreferences' | 'chooseFile', input?: unknown) => {
  // The parts that these requests use; the dialog is the system's own.
  const parts: Partial<Parts> = {
    readings,
    reader,
    preferences: new PreferencesFile(folder),
    applyTheme: () => undefined,
    training: { useDevice: () => undefined } as unknown as Parts['training'],
    dialogs: { chooseReadings: () => Promise.resolve([path]) } as unknown as Parts['dialogs'],
  };
  return answer(name, createHandlers(parts as Parts), input);
};
const REFUSED = { ok: false, problem: { code: 'file-not-chosen' } };
const source = () => ({ kind: 'file' as const, paths: [path] });

describe('the window has files read', () => {
  it('that were chosen in the dialog', async () => {
    expect(await asked('openDataset', source())).toMatchObject(REFUSED);
    expect(await asked('chooseFile')).toEqual({ ok: true, value: { paths: [path] } });
    expect(await asked('openDataset', source())).toMatchObject({ ok: true, value: { rows: 3 } });
    const other = { kind: 'file', paths: [path, '/etc/passwd'] };
    expect(await asked('openDataset', other)).toMatchObject(REFUSED);
  });

  it('that were dropped, or were open when Hindcast last ended', async () => {
    readings.grant([path]);
    expect(await asked('openDataset', source())).toMatchObject({ ok: true });
    readings = newReadings(source());
    expect(await asked('openDataset', source())).toMatchObject({ ok: true });
  });

  it('and none that it has written into the preferences itself', async () => {
    const work = {
      source: { kind: 'file', paths: ['/etc/passwd'] },
      mapping: null,
      settings: null,
      runId: null,
    };
    const preferences = { theme: 'system', language: null, device: 'auto', work } as Preferences;
    expect(await asked('savePreferences', preferences)).toMatchObject(REFUSED);
    expect((await new PreferencesFile(folder).load()).work).toBeNull();
    expect(await asked('openDataset', work.source)).toMatchObject(REFUSED);
  });
});

describe('a reading that Hindcast did not outlive', () => {
  it('is known at the next start, until it is opened or left', async () => {
    mark().begin(source());
    await expect.poll(() => mark().load()).toEqual(source());
    const next = newReadings(await mark().load());
    expect(next.unfinished).toEqual(source());
    await next.open(source());
    expect(next.unfinished).toBeNull();
    await expect.poll(() => mark().load()).toBeNull();
  });

  it('leaves no mark where it failed', async () => {
    readings.grant([join(folder, 'none.csv')]);
    await expect(readings.open({ kind: 'file', paths: [join(folder, 'none.csv')] })).rejects.toMatchObject({
      code: 'file-missing',
    });
    await expect.poll(() => mark().load()).toBeNull();
  });
});
