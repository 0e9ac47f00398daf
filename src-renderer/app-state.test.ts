import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DETECT_ALL } from '../src-main/contract/dataset';
import { phrase } from '../src-main/contract/phrases';
import type { ProblemData } from '../src-main/contract/problems';
import type { Preferences } from '../src-main/contract/requests';
import type { RunSummary } from '../src-main/contract/runs';
import { presetSettings } from '../src-main/contract/settings';
import type { TrainingEvent } from '../src-main/contract/training';
import { app as theApp, AppState } from './app-state.svelte';
import { fixtureColumn, fixtureDataset, fixtureMapping } from './features/columns/dataset.fixture';
import { RunsScreen } from './features/runs/runs.svelte';

const dataset = fixtureDataset(
  [fixtureColumn(0, { role: 'time' }), fixtureColumn(1, { role: 'target' })],
  fixtureMapping(),
);

const run: RunSummary = {
  id: 'r1',
  name: 'a',
  createdAt: 0,
  status: 'completed',
  sourceFile: 'a.csv',
  targetName: 'column 1',
  unit: '°C',
  settings: presetSettings('tutorial'),
  epochs: 2,
  keptEpoch: 2,
  scores: null,
};

const history = [1, 2].map((epoch) => ({ epoch, loss: 1 / epoch, valLoss: 2 / epoch }));

type Answer =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: ProblemData };
const ok = (value: unknown): Answer => ({ ok: true, value });
const failed = (code: ProblemData['code']): Answer => ({ ok: false, problem: { code, params: {} } });

/** What stands on the other side of the bridge: each request answers as the test says. */
let answers: Record<string, (input: never) => Answer>;
let tell: (event: TrainingEvent) => void;

beforeEach(() => {
  answers = {
    openDataset: () => ok(dataset),
    startTraining: () => ok({ runId: 'r1' }),
    openRun: () => ok({ summary: run, history }),
    appInfo: () => ok({ locale: 'en-GB', notices: [] }),
    trainingUnderWay: () => ok(null),
    savePreferences: () => ok(undefined),
    unfinishedReading: () => ok(null),
    leaveUnfinishedReading: () => ok(undefined),
    openGivenForecaster: () => ok(null),
  };
  const bridge = new Proxy(
    {
      on: (name: string, listener: (event: never) => void) => {
        if (name === 'training') tell = listener as typeof tell;
        return () => undefined;
      },
    } as Record<string, unknown>,
    { get: (own, name: string) => own[name] ?? ((input: never) => Promise.resolve(answers[name]?.(input))) },
  );
  vi.stubGlobal('window', { hindcast: bridge, addEventListener: () => undefined });
});
afterEach(() => vi.unstubAllGlobals());

async function withDataset(): Promise<AppState> {
  const app = new AppState();
  app.connect();
  await app.openSource({ kind: 'file', paths: ['/a.csv'] });
  return app;
}

const STARTED: TrainingEvent = {
  kind: 'started',
  runId: 'r1',
  epochs: 2,
  resumedAfter: 0,
  device: 'CPU',
  windows: { train: 70, validation: 10, test: 20 },
};

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
    answers['openDataset'] = () => failed('file-empty');
    await app.openSource({ kind: 'file', paths: ['/empty.csv'] });
    expect(app.files.problem?.code).toBe('file-empty');
    expect(app.dataset?.id).toBe('d1');
    expect(app.source).toEqual({ kind: 'file', paths: ['/a.csv'] });
  });

  it('is silent when the user cancelled', async () => {
    const app = new AppState();
    answers['openDataset'] = () => failed('cancelled');
    await app.openSource({ kind: 'sample', sample: 'seattle' });
    expect(app.files.problem).toBeNull();
    expect(app.files.reading).toBeNull();
  });

  it('fits the recommended settings to the step, but leaves the user’s own', async () => {
    answers['openDataset'] = () =>
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
    answers['openDataset'] = (input) => {
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
    answers['openDataset'] = () => failed('no-rows');
    await app.reread(other);
    expect(app.files).toMatchObject({ rereadingProblem: { code: 'no-rows' }, problem: null });
    expect(app.dataset?.id).toBe('d1');
    expect(app.source).toEqual({ kind: 'file', paths: ['/a.csv'] });
  });

  it('overtaken by another says nothing', async () => {
    const app = await withDataset();
    answers['openDataset'] = () => failed('unexpected');
    const first = app.reread(other);
    answers['openDataset'] = () => ok({ ...dataset, id: 'd3' });
    await Promise.all([first, app.reread(DETECT_ALL)]);
    expect(app.files).toMatchObject({ rereadingProblem: null, reading: null });
    expect(app.dataset?.id).toBe('d3');
  });

  it('opens a file that would not open at first', async () => {
    const app = await withDataset();
    const odd = { kind: 'file' as const, paths: ['/odd.csv'] };
    answers['openDataset'] = () => failed('file-no-table');
    await app.openSource(odd);
    expect(app.files.refused).toEqual(odd);
    await app.reread({ ...DETECT_ALL, headerLine: 9 });
    expect(app.files).toMatchObject({ problem: { code: 'file-no-table' }, rereadingProblem: null });
    answers['openDataset'] = () => ok({ ...dataset, id: 'd4', options: other });
    await app.reread(other);
    expect(app.files).toMatchObject({ problem: null, refused: null });
    expect(app.source).toEqual({ ...odd, options: other });
    expect(app.dataset?.id).toBe('d4');
  });

  it('is no way out for a file that is not there', async () => {
    const app = await withDataset();
    answers['openDataset'] = () => failed('file-missing');
    await app.openSource({ kind: 'file', paths: ['/gone.csv'] });
    expect(app.files.refused).toBeNull();
    app.files.dismissRefused();
    expect(app.files.problem).toBeNull();
  });
});

describe('a training', () => {
  it('grows the curve from events and ends with the run', async () => {
    const app = await withDataset();
    const starting = app.startTraining();
    tell(STARTED);
    await starting;
    expect(app.step).toBe('train');
    expect(app.isOpen('verify')).toBe(false);
    const progress = {
      kind: 'progress',
      runId: 'r1',
      fraction: 0.5,
      epochsPerSecond: 9,
      secondsLeft: 1,
      bestEpoch: 1,
    } as const;
    tell({ ...progress, records: history.slice(0, 1) });
    tell({ kind: 'paused', runId: 'r1' });
    expect(app.training).toBe('paused');
    tell({ kind: 'resumed', runId: 'r1' });
    tell({ ...progress, records: history.slice(1) });
    expect(app.history).toEqual(history);
    tell({ kind: 'finished', runId: 'r1', reason: 'completed', keptEpoch: 2, seconds: 1 });
    await vi.waitFor(() => expect(app.isOpen('verify')).toBe(true));
    expect(app.live?.outcome?.kind).toBe('finished');
    expect(app.log.map(({ event }) => event.kind)).toEqual(['started', 'paused', 'resumed', 'finished']);
  });

  it('that cannot start leaves everything as it was', async () => {
    const app = await withDataset();
    await app.openRun('r1');
    app.go('model');
    answers['startTraining'] = () => failed('engine-missing');
    await app.startTraining();
    expect(app).toMatchObject({ step: 'model', training: 'idle', run, history });
    expect(app.problem?.code).toBe('engine-missing');
  });

  it('that is resumed goes on with its curve', async () => {
    const app = await withDataset();
    answers['openRun'] = () => ok({ summary: { ...run, status: 'interrupted' }, history });
    answers['resumeTraining'] = () => ok(undefined);
    const resuming = app.resumeTraining('r1');
    await vi.waitFor(() => expect(app.training).toBe('running'));
    // The line of epoch 2 was written, its weights were not.
    tell({ ...STARTED, epochs: 3, resumedAfter: 1 });
    await resuming;
    expect(app).toMatchObject({ step: 'train', run: { id: 'r1' }, history: history.slice(0, 1) });
    const records = [history[1]!];
    tell({
      kind: 'progress',
      runId: 'r1',
      fraction: 0.5,
      epochsPerSecond: 1,
      secondsLeft: 1,
      bestEpoch: 2,
      records,
    });
    expect(app.history).toEqual(history);
  });

  it('that cannot be resumed leaves everything as it was', async () => {
    const app = await withDataset();
    app.go('runs');
    answers['resumeTraining'] = () => failed('engine-missing');
    await app.resumeTraining('r1');
    expect(app).toMatchObject({ step: 'runs', training: 'idle', run: null, history: [] });
    expect(app.problem?.code).toBe('engine-missing');
  });

  it('that is cancelled goes back to the model', async () => {
    const app = await withDataset();
    const starting = app.startTraining();
    tell(STARTED);
    await starting;
    tell({ kind: 'cancelled', runId: 'r1' });
    expect(app).toMatchObject({ step: 'model', training: 'idle', run: null, live: null, history: [] });
  });

  it('that dies keeps what was saved', async () => {
    const app = await withDataset();
    const starting = app.startTraining();
    tell(STARTED);
    await starting;
    answers['openRun'] = () => ok({ summary: { ...run, status: 'interrupted' }, history });
    const problem: ProblemData = {
      code: 'trainer-died',
      params: { cause: phrase('signal', { signal: '9' }), epoch: 2 },
    };
    tell({ kind: 'failed', runId: 'r1', problem, savedEpoch: 2 });
    await vi.waitFor(() => expect(app.isOpen('verify')).toBe(true));
    expect(app.live?.outcome).toMatchObject({ kind: 'failed', savedEpoch: 2 });
  });

  it('is not disturbed by opening another run', async () => {
    const app = await withDataset();
    const starting = app.startTraining();
    tell(STARTED);
    await starting;
    await app.openRun('r2');
    expect(app.problem?.code).toBe('trainer-busy');
    expect(app.run?.id).toBe('r1');
  });
});

describe('the run that is shown goes whole, whatever ends it:', () => {
  const nothing = { run: null, targets: [], history: [], memberHistories: [], live: null };
  const detail = {
    summary: run,
    targets: [
      { runId: 'r1', targetName: 'a' },
      { runId: 'r2', targetName: 'b' },
    ],
    history,
    memberHistories: [history, history],
  };

  async function withRun(app: AppState): Promise<AppState> {
    answers['openRun'] = () => ok(detail);
    await app.openRun('r1');
    const { summary, ...shown } = detail;
    expect(app).toMatchObject({ run: summary, ...shown });
    return app;
  }

  it('other readings', async () => {
    const app = await withRun(new AppState());
    await app.openSource({ kind: 'file', paths: ['/a.csv'] });
    expect(app).toMatchObject(nothing);
  });

  it('a training that begins', async () => {
    const app = await withRun(await withDataset());
    void app.startTraining();
    expect(app).toMatchObject({ ...nothing, training: 'running' });
  });

  it('a training that is cancelled', async () => {
    const app = await withDataset();
    const starting = app.startTraining();
    tell(STARTED);
    await starting;
    for (const member of [0, 1]) {
      const records = history.slice(0, 1);
      const speed = { fraction: 0.5, epochsPerSecond: 1, secondsLeft: 1, bestEpoch: 1 };
      tell({ kind: 'progress', runId: 'r1', records, member, ...speed });
    }
    expect(app.memberHistories).toHaveLength(2);
    tell({ kind: 'cancelled', runId: 'r1' });
    expect(app).toMatchObject(nothing);
  });

  it('the run is deleted, but no other', async () => {
    answers['listRuns'] = () => ok({ runs: [], damaged: [], deleted: [] });
    answers['deleteRun'] = () => ok(undefined);
    await withRun(theApp);
    const screen = new RunsScreen();
    await screen.delete('r3');
    expect(theApp.run).toEqual(run);
    await screen.delete('r1');
    expect(theApp).toMatchObject(nothing);
  });
});

describe('a model that is opened from a file', () => {
  it('shows its verification', async () => {
    const app = new AppState();
    answers['openForecaster'] = () => ok({ runId: 'r1' });
    await app.openModel();
    expect(app).toMatchObject({ step: 'verify', run });
  });

  it('leaves a user where he has gone meanwhile', async () => {
    const app = new AppState();
    answers['openForecaster'] = () => {
      app.go('inside');
      return ok({ runId: 'r1' });
    };
    await app.openModel();
    expect(app).toMatchObject({ step: 'inside', run });
  });

  it('that cannot be shown leaves him there too, and tells why', async () => {
    const app = new AppState();
    await app.openRun('r1');
    answers['openForecaster'] = () => ok({ runId: 'r2' });
    answers['openRun'] = () => failed('run-damaged');
    await app.openModel();
    expect(app).toMatchObject({ step: 'data', problem: { code: 'run-damaged' } });
  });

  it('is no model where none was chosen', async () => {
    const app = new AppState();
    answers['openForecaster'] = () => ok(null);
    await app.openModel();
    expect(app).toMatchObject({ step: 'data', run: null, problem: null });
  });
});

describe('a run that is visited', () => {
  it('is shown as far as it has come', async () => {
    const app = new AppState();
    app.go('runs');
    await app.visitRun('r1');
    expect(app.step).toBe('verify');
    answers['openRun'] = () => ok({ summary: { ...run, status: 'interrupted', epochs: 0 }, history: [] });
    await app.visitRun('r1');
    expect(app.step).toBe('train');
  });

  it('leaves a user where he has gone meanwhile', async () => {
    const app = new AppState();
    app.go('runs');
    const visiting = app.visitRun('r1');
    app.go('inside');
    await visiting;
    expect(app).toMatchObject({ step: 'inside', run });
  });

  it('gives way to the one that is opened after it, however late its answer', async () => {
    const app = new AppState();
    const later = new Promise((resolve) => setTimeout(resolve, 5));
    answers['openRun'] = () => later.then(() => ok({ summary: run, history })) as never;
    const first = app.visitRun('r1');
    answers['openRun'] = () => ok({ summary: { ...run, id: 'r2' }, history });
    await Promise.all([first, app.visitRun('r2')]);
    expect(app.run?.id).toBe('r2');
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
    answers['loadPreferences'] = () => ok({ theme: 'dark', language: 'ko', device: 'cpu', work });
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
    answers['loadPreferences'] = () => ok({ theme: 'dark', language: 'ko', device: 'auto', work });
    const asked: unknown[] = [];
    answers['savePreferences'] = (preferences) => (asked.push(preferences), ok(undefined));
    answers['startTraining'] = () => (asked.push('training'), ok({ runId: 'r1' }));
    const app = new AppState();
    await app.restore();
    app.chooseDevice('cpu');
    await app.startTraining();
    expect(asked).toMatchObject([{ theme: 'dark', device: 'cpu' }, 'training']);
  });

  it('goes on without a file or a run that is gone, and forgets neither choice', async () => {
    answers['loadPreferences'] = () => ok({ theme: 'system', language: null, device: 'auto', work });
    answers['openDataset'] = () => failed('file-missing');
    answers['openRun'] = () => failed('run-missing');
    const app = new AppState();
    await app.restore();
    expect(app.files.problem?.code).toBe('file-missing');
    expect(app.problem).toBeNull();
    expect(app).toMatchObject({ dataset: null, run: null, mapping: work.mapping, settings: work.settings });
  });

  it('takes the file’s own suggestion when its columns have changed', async () => {
    const mapping = { ...work.mapping!, target: 5, inputs: [5] };
    answers['loadPreferences'] = () =>
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
    answers['loadPreferences'] = () => ok({ theme: 'system', language: null, device: 'auto', work });
    answers['unfinishedReading'] = () => ok(bad);
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
