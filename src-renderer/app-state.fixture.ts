import { afterEach, beforeEach, vi } from 'vitest';
import type { ProblemData } from '../src-main/contract/problems';
import type { RunSummary } from '../src-main/contract/runs';
import { presetSettings } from '../src-main/contract/settings';
import type { TrainingEvent } from '../src-main/contract/training';
import { AppState } from './app-state.svelte';
import { fixtureColumn, fixtureDataset, fixtureMapping } from './features/columns/dataset.fixture';

export const dataset = fixtureDataset(
  [fixtureColumn(0, { role: 'time' }), fixtureColumn(1, { role: 'target' })],
  fixtureMapping(),
);

export const run: RunSummary = {
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

export const history = [1, 2].map((epoch) => ({ epoch, loss: 1 / epoch, valLoss: 2 / epoch }));

type Answer =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: ProblemData };
export const ok = (value: unknown): Answer => ({ ok: true, value });
export const failed = (code: ProblemData['code']): Answer => ({ ok: false, problem: { code, params: {} } });

/** What stands on the other side of the bridge, for each test anew: each request answers as the test says. */
export class StandInBridge {
  answers: Record<string, (input: never) => Answer> = {};
  /** Tells the window of a training. */
  tell: (event: TrainingEvent) => void = () => undefined;

  constructor() {
    beforeEach(() => {
      this.answers = {
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
      vi.stubGlobal('window', { hindcast: this.#methods(), addEventListener: () => undefined });
    });
    afterEach(() => vi.unstubAllGlobals());
  }

  #methods(): Record<string, unknown> {
    const own: Record<string, unknown> = {
      on: (name: string, listener: (event: never) => void) => {
        if (name === 'training') this.tell = listener as typeof this.tell;
        return () => undefined;
      },
    };
    return new Proxy(own, {
      get: (methods, name: string) =>
        methods[name] ?? ((input: never) => Promise.resolve(this.answers[name]?.(input))),
    });
  }
}

export async function withDataset(): Promise<AppState> {
  const app = new AppState();
  app.connect();
  await app.openSource({ kind: 'file', paths: ['/a.csv'] });
  return app;
}

export const STARTED: Extract<TrainingEvent, { kind: 'started' }> = {
  kind: 'started',
  runId: 'r1',
  epochs: 2,
  resumedAfter: 0,
  device: 'CPU',
  windows: { train: 70, validation: 10, test: 20 },
};
