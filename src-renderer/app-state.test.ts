import { describe, expect, it } from 'vitest';
import { DETECT_ALL } from '../src-main/contract/dataset';
import type { Preferences } from '../src-main/contract/requests';
import { presetSettings } from '../src-main/contract/settings';
import { dataset, failed, history, ok, run, StandInBridge, withDataset } from './app-state.fixture';
import { AppState } from './app-state.svelte';

const bridge = new StandInBridge();

describe('the journey', () => {
  it('opens step by step', async () => {
    const app = new AppState();
    expect(['data', 'runs', 'columns', 'verify'].map((step) => app.isOpen(step as 'data'))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    app.go('columns');
    expect(app.step).toBe('data');

    const opened = await withDataset();
    expect(opened.isOpen('model')).toBe(true);
    expect(opened.isOpen('train')).toBe(false);
    opened.mapping = { ...dataset.suggestion!, inputs: [] };
    expect(opened.isOpen('model')).toBe(false);
  });

  it('opens the results of a kept run without a data set', async () => {
    const app = new AppState();
    await app.openRun('r1');
    expect(app.history).toEqual(history);
    expect(['verify', 'forecast', 'export'].every((step) => app.isOpen(step as 'verify'))).toBe(true);
    expect(app.isOpen('columns')).toBe(false);
  });
});

describe('opening a file', () => {
  it('tells a problem in its place and keeps what was open', async () => {
    const app = await withDataset();
    bridge.answers['openDataset'] = () => failed('file-empty');
    await app.openSource({ kind: 'file', paths: ['/empty.csv'] });
    expect(app.files.problem?.code).toBe('file-empty');
    expect(app.dataset?.id).toBe('d1');
    expect(app.source).toEqual({ kind: 'file', paths: ['/a.csv'] });
  });

  it('is silent when the user cancelled', async () => {
    const app = new AppState();
    bridge.answers['openDataset'] = () => failed('cancelled');
    await app.openSource({ kind: 'sample', sample: 'seattle' });
    expect(app.files.problem).toBeNull();
    expect(app.files.reading).toBeNull();
  });

  it('fits the recommended settings to the step, but leaves the user’s own', async () => {
    bridge.answers['openDataset'] = () =>
      ok({ ...dataset, step: { seconds: 3600, label: 'hourly', exactShare: 1 } });
    const app = await withDataset();
    expect(app.settings).toEqual(presetSettings('recommended', 3600));
    app.settings = { ...app.settings, hidden: 7 };
    await app.openSource({ kind: 'file', paths: ['/a.csv'] });
    expect(app.settings.hidden).toBe(7);
  });
});

describe('reading in another way', () => {
  const other = { ...DETECT_ALL, delimiter: ';' as const };

  it('puts the new reading in place of the old, and remembers the way', async () => {
    const app = await withDataset();
    const asked: unknown[] = [];
    bridge.answers['openDataset'] = (input) => {
      asked.push(input);
      return ok({ ...dataset, id: 'd2', options: other });
    };
    const rereading = app.reread(other);
    expect(app.files.reading?.again).toBe(true);
    expect(app.dataset?.id).toBe('d1');
    await rereading;
    expect(asked).toEqual([{ kind: 'file', paths: ['/a.csv'], options: other }]);
    expect(app.dataset?.id).toBe('d2');
    expect(app.source).toEqual(asked[0]);
    await app.reread(DETECT_ALL);
    expect(app.source).toEqual({ kind: 'file', paths: ['/a.csv'] });
  });

  it('that fails tells so in its place; what is open stays', async () => {
    const app = await withDataset();
    bridge.answers['openDataset'] = () => failed('no-rows');
    await app.reread(other);
    expect(app.files).toMatchObject({ rereadingProblem: { code: 'no-rows' }, problem: null });
    expect(app.dataset?.id).toBe('d1');
    expect(app.source).toEqual({ kind: 'file', paths: ['/a.csv'] });
  });

  it('overtaken by another says nothing', async () => {
    const app = await withDataset();
    bridge.answers['openDataset'] = () => failed('unexpected');
    const first = app.reread(other);
    bridge.answers['openDataset'] = () => ok({ ...dataset, id: 'd3' });
    await Promise.all([first, app.reread(DETECT_ALL)]);
    expect(app.files).toMatchObject({ rereadingProblem: null, reading: null });
    expect(app.dataset?.id).toBe('d3');
  });

  it('opens a file that would not open at first', async () => {
    const app = await withDataset();
    const odd = { kind: 'file' as const, paths: ['/odd.csv'] };
    bridge.answers['openDataset'] = () => failed('file-no-table');
    await app.openSource(odd);
    expect(app.files.refused).toEqual(odd);
    await app.reread({ ...DETECT_ALL, headerLine: 9 });
    expect(app.files).toMatchObject({ problem: { code: 'file-no-table' }, rereadingProblem: null });
    bridge.answers['openDataset'] = () => ok({ ...dataset, id: 'd4', options: other });
    await app.reread(other);
    expect(app.files).toMatchObject({ problem: null, refused: null });
    expect(app.source).toEqual({ ...odd, options: other });
    expect(app.dataset?.id).toBe('d4');
  });

  it('is no way out for a file that is not there', async () => {
    const app = await withDataset();
    bridge.answers['openDataset'] = () => failed('file-missing');
    await app.openSource({ kind: 'file', paths: ['/gone.csv'] });
    expect(app.files.refused).toBeNull();
    app.files.dismissRefused();
    expect(app.files.problem).toBeNull();
  });
});

describe('starting again', () => {
  const work: Preferences['work'] = {
    source: { kind: 'file', paths: ['/a.csv'] },
    mapping: { ...dataset.suggestion!, from: 86_400_000 },
    settings: { ...presetSettings('recommended'), hidden: 7 },
    runId: 'r1',
  };

  it('brings the last work back', async () => {
    bridge.answers['loadPreferences'] = () => ok({ theme: 'dark', language: 'ko', device: 'cpu', work });
    const app = new AppState();
    await app.restore();
    expect(app).toMatchObject({
      theme: 'dark',
      device: 'cpu',
      mapping: work.mapping,
      settings: work.settings,
      run,
    });
    expect(app.dataset?.id).toBe('d1');
  });

  it('tells of another device before the next training begins', async () => {
    bridge.answers['loadPreferences'] = () => ok({ theme: 'dark', language: 'ko', device: 'auto', work });
    const asked: unknown[] = [];
    bridge.answers['savePreferences'] = (preferences) => (asked.push(preferences), ok(undefined));
    bridge.answers['startTraining'] = () => (asked.push('training'), ok({ runId: 'r1' }));
    const app = new AppState();
    await app.restore();
    app.chooseDevice('cpu');
    await app.startTraining();
    expect(asked).toMatchObject([{ theme: 'dark', device: 'cpu' }, 'training']);
  });

  it('opens without a file or a run that is gone, and forgets neither choice', async () => {
    bridge.answers['loadPreferences'] = () => ok({ theme: 'system', language: null, device: 'auto', work });
    bridge.answers['openDataset'] = () => failed('file-missing');
    bridge.answers['openRun'] = () => failed('run-missing');
    const app = new AppState();
    await app.restore();
    expect(app.files.problem?.code).toBe('file-missing');
    expect(app.problem).toBeNull();
    expect(app).toMatchObject({ dataset: null, run: null, mapping: work.mapping, settings: work.settings });
  });

  it('takes the file’s own suggestion when its columns have changed', async () => {
    const mapping = { ...work.mapping!, target: 5, inputs: [5] };
    bridge.answers['loadPreferences'] = () =>
      ok({ theme: 'system', language: null, device: 'auto', work: { ...work, mapping } });
    const app = new AppState();
    await app.restore();
    expect(app.mapping).toEqual(dataset.suggestion);
  });
});

describe('a file that Hindcast did not outlive', () => {
  const bad = { kind: 'file', paths: ['/bad.csv'] };
  const restored = async (remembered: object): Promise<AppState> => {
    const work = { source: remembered, mapping: dataset.suggestion, settings: null, runId: null };
    bridge.answers['loadPreferences'] = () => ok({ theme: 'system', language: null, device: 'auto', work });
    bridge.answers['unfinishedReading'] = () => ok(bad);
    const app = new AppState();
    await app.restore();
    expect(app).toMatchObject({ unfinished: { source: bad }, dataset: null, files: { reading: null } });
    return app;
  };

  it('is opened only where a person says so, with the choices that were made', async () => {
    const app = await restored(bad);
    await app.unfinished.openAgain();
    expect(app).toMatchObject({ unfinished: { source: null }, source: bad, mapping: dataset.suggestion });
    expect(app.dataset?.id).toBe('d1');
  });

  it('is forgotten where it is left', async () => {
    const app = await restored(bad);
    await app.unfinished.leave();
    expect(app).toMatchObject({ unfinished: { source: null }, source: null, dataset: null });
  });

  it('does not stand in the way of other work that is remembered', async () => {
    const good = { kind: 'file', paths: ['/good.csv'] };
    const app = await restored(good);
    await app.unfinished.leave();
    expect(app).toMatchObject({ unfinished: { source: null }, source: good });
    expect(app.dataset?.id).toBe('d1');
  });
});
