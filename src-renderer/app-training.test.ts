import { describe, expect, it } from 'vitest';
import { phrase } from '../src-main/contract/phrases';
import type { ProblemData } from '../src-main/contract/problems';
import { failed, history, ok, run, STARTED, StandInBridge, withDataset } from './app-state.fixture';
import { app as theApp, AppState } from './app-state.svelte';
import { RunsScreen } from './features/runs/runs.svelte';

const bridge = new StandInBridge();

describe('a training', () => {
  it('grows the curve from events and ends with the run', async () => {
    const app = await withDataset();
    const starting = app.startTraining();
    bridge.tell(STARTED);
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
    bridge.tell({ ...progress, records: history.slice(0, 1) });
    bridge.tell({ kind: 'paused', runId: 'r1' });
    expect(app.training).toBe('paused');
    bridge.tell({ kind: 'resumed', runId: 'r1' });
    bridge.tell({ ...progress, records: history.slice(1) });
    expect(app.history).toEqual(history);
    bridge.tell({ kind: 'finished', runId: 'r1', reason: 'completed', keptEpoch: 2, seconds: 1 });
    await expect.poll(() => app.isOpen('verify')).toBe(true);
    expect(app.live?.outcome?.kind).toBe('finished');
    expect(app.log.map(({ event }) => event.kind)).toEqual(['started', 'paused', 'resumed', 'finished']);
  });

  it('that cannot start leaves everything as it was', async () => {
    const app = await withDataset();
    await app.openRun('r1');
    app.go('model');
    bridge.answers['startTraining'] = () => failed('engine-missing');
    await app.startTraining();
    expect(app).toMatchObject({ step: 'model', training: 'idle', run, history });
    expect(app.problem?.code).toBe('engine-missing');
  });

  it('that is resumed continues its curve', async () => {
    const app = await withDataset();
    bridge.answers['openRun'] = () => ok({ summary: { ...run, status: 'interrupted' }, history });
    bridge.answers['resumeTraining'] = () => ok(undefined);
    const resuming = app.resumeTraining('r1');
    await expect.poll(() => app.training).toBe('running');
    // The line of epoch 2 was written, its weights were not.
    bridge.tell({ ...STARTED, epochs: 3, resumedAfter: 1 });
    await resuming;
    expect(app).toMatchObject({ step: 'train', run: { id: 'r1' }, history: history.slice(0, 1) });
    const records = [history[1]!];
    bridge.tell({
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
    bridge.answers['resumeTraining'] = () => failed('engine-missing');
    await app.resumeTraining('r1');
    expect(app).toMatchObject({ step: 'runs', training: 'idle', run: null, history: [] });
    expect(app.problem?.code).toBe('engine-missing');
  });

  it('that is cancelled goes back to the model', async () => {
    const app = await withDataset();
    const starting = app.startTraining();
    bridge.tell(STARTED);
    await starting;
    bridge.tell({ kind: 'cancelled', runId: 'r1' });
    expect(app).toMatchObject({ step: 'model', training: 'idle', run: null, live: null, history: [] });
  });

  it('that dies keeps what was saved', async () => {
    const app = await withDataset();
    const starting = app.startTraining();
    bridge.tell(STARTED);
    await starting;
    bridge.answers['openRun'] = () => ok({ summary: { ...run, status: 'interrupted' }, history });
    const problem: ProblemData = {
      code: 'trainer-died',
      params: { cause: phrase('signal', { signal: '9' }), epoch: 2 },
    };
    bridge.tell({ kind: 'failed', runId: 'r1', problem, savedEpoch: 2 });
    await expect.poll(() => app.isOpen('verify')).toBe(true);
    expect(app.live?.outcome).toMatchObject({ kind: 'failed', savedEpoch: 2 });
  });

  it('is not disturbed by opening another run', async () => {
    const app = await withDataset();
    const starting = app.startTraining();
    bridge.tell(STARTED);
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
    bridge.answers['openRun'] = () => ok(detail);
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
    bridge.tell(STARTED);
    await starting;
    for (const member of [0, 1]) {
      const records = history.slice(0, 1);
      const speed = { fraction: 0.5, epochsPerSecond: 1, secondsLeft: 1, bestEpoch: 1 };
      bridge.tell({ kind: 'progress', runId: 'r1', records, member, ...speed });
    }
    expect(app.memberHistories).toHaveLength(2);
    bridge.tell({ kind: 'cancelled', runId: 'r1' });
    expect(app).toMatchObject(nothing);
  });

  it('the run is deleted, but no other', async () => {
    bridge.answers['listRuns'] = () => ok({ runs: [], damaged: [], deleted: [] });
    bridge.answers['deleteRun'] = () => ok(undefined);
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
    bridge.answers['openForecaster'] = () => ok({ runId: 'r1' });
    await app.openModel();
    expect(app).toMatchObject({ step: 'verify', run });
  });

  it('leaves a user where he has gone meanwhile', async () => {
    const app = new AppState();
    bridge.answers['openForecaster'] = () => {
      app.go('inside');
      return ok({ runId: 'r1' });
    };
    await app.openModel();
    expect(app).toMatchObject({ step: 'inside', run });
  });

  it('that cannot be shown leaves him there too, and tells why', async () => {
    const app = new AppState();
    await app.openRun('r1');
    bridge.answers['openForecaster'] = () => ok({ runId: 'r2' });
    bridge.answers['openRun'] = () => failed('run-damaged');
    await app.openModel();
    expect(app).toMatchObject({ step: 'data', problem: { code: 'run-damaged' } });
  });

  it('is no model where none was chosen', async () => {
    const app = new AppState();
    bridge.answers['openForecaster'] = () => ok(null);
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
    bridge.answers['openRun'] = () =>
      ok({ summary: { ...run, status: 'interrupted', epochs: 0 }, history: [] });
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
    bridge.answers['openRun'] = () => later.then(() => ok({ summary: run, history })) as never;
    const first = app.visitRun('r1');
    bridge.answers['openRun'] = () => ok({ summary: { ...run, id: 'r2' }, history });
    await Promise.all([first, app.visitRun('r2')]);
    expect(app.run?.id).toBe('r2');
  });
});
