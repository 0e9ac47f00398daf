import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PUBLISH_NOTHING, type WatchSettings } from '../contract/watch';
import { RunLibrary } from '../library';
import { smallRun, smallSeries } from '../library/run.fixture';
import { RunQuestions } from '../services';
import { WatchService } from '../watch';
import { watchHandlers } from './watch-handlers';

let folder: string;
let runId: string;
let watch: WatchService;
/** What the system's dialog answers. */
let chosen: string | null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-watch-handlers-'));
  const library = new RunLibrary(folder);
  runId = await library.create(smallRun, smallSeries);
  const nothingStarts = (): never => {
    throw new Error('Nothing is read or computed here.');
  };
  watch = new WatchService({
    library,
    questions: new RunQuestions(library, nothingStarts),
    openReader: nothingStarts,
    startTrainer: nothingStarts,
    password: () => Promise.resolve(null),
    changed: () => undefined,
    published: () => undefined,
  });
});
afterEach(async () => {
  await watch.close();
  await rm(folder, { recursive: true, force: true });
});

const handlers = () =>
  watchHandlers({
    watch,
    dialogs: { chooseWatchPath: () => Promise.resolve(chosen) },
    keepPassword: () => Promise.resolve(),
    startsWithSystem: () => Promise.resolve(false),
    startWithSystem: () => Promise.resolve(),
    changed: () => undefined,
  });
const settingsOf = (source: string): WatchSettings => ({
  source,
  schedule: { kind: 'reading' },
  publish: PUBLISH_NOTHING,
  forecasts: null,
  baselineInstead: false,
  retrainDays: null,
});

describe('the window has a run watched', () => {
  it('only where a person chose to, and publishes only there', async () => {
    const asked = handlers();
    chosen = '/home/me/station.csv';
    const wanted = { runId, settings: settingsOf(chosen), password: null };
    await expect(asked.saveWatch(wanted)).rejects.toMatchObject({ code: 'file-not-chosen' });
    await asked.chooseWatchPath({ what: 'file' });
    expect(await asked.saveWatch(wanted)).toMatchObject({ settings: wanted.settings, isWatching: true });

    const elsewhere = { ...wanted.settings, publish: { ...PUBLISH_NOTHING, folder: '/etc' } };
    await expect(asked.saveWatch({ ...wanted, settings: elsewhere })).rejects.toMatchObject({
      code: 'file-not-chosen',
    });
    chosen = '/etc';
    await asked.chooseWatchPath({ what: 'publish' });
    expect(await asked.saveWatch({ ...wanted, settings: elsewhere })).toMatchObject({ settings: elsewhere });
    expect(watch.isWatching).toBe(true);
  });

  it('where it was watched before, after the next start too', async () => {
    chosen = '/home/me/station.csv';
    const first = handlers();
    await first.chooseWatchPath({ what: 'file' });
    await first.saveWatch({ runId, settings: settingsOf(chosen), password: null });
    const changed = { ...settingsOf(chosen), schedule: { kind: 'every' as const, seconds: 7200 } };
    expect(await handlers().saveWatch({ runId, settings: changed, password: null })).toMatchObject({
      settings: changed,
    });
    expect(await handlers().saveWatch({ runId, settings: null, password: null })).toMatchObject({
      settings: null,
      isWatching: false,
    });
    expect(watch.isWatching).toBe(false);
  });
});
