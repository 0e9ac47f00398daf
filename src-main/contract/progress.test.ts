import { expect, it } from 'vitest';
import { secondsLeftAfter } from './progress';
import { defaultSearchSpace, searchProgress, type SearchReport } from './search';
import { presetSettings } from './settings';

it('the rest is expected to go as fast as what is done', () => {
  expect(secondsLeftAfter(3, 0.25)).toBe(9);
  expect(secondsLeftAfter(3, 1)).toBe(0);
  expect(secondsLeftAfter(3, 0)).toBeNull();
});

it('a search is as far as its time is spent, and nobody knows how long its last training takes', () => {
  const report: SearchReport = {
    state: 'running',
    options: { method: 'random', budgetSeconds: 40, mostTrials: null, seed: 1, space: defaultSearchSpace() },
    settings: presetSettings('recommended'),
    targetName: 'a',
    unit: '°C',
    elapsedSeconds: 10,
    inputOrder: [],
    trials: [],
    runId: null,
    problem: null,
    broker: null,
  };
  expect(searchProgress(report)).toEqual({ fraction: 0.25, secondsLeft: 30 });
  // The trials under way end a moment after the time is up.
  expect(searchProgress({ ...report, elapsedSeconds: 41 })).toEqual({ fraction: 1, secondsLeft: 0 });
  const ended = {
    ...{ number: 1, choice: {}, epochs: 1, bestEpoch: 1, rmse: 1, blended: null },
    state: 'finished',
  } as const;
  const counted = { ...report, options: { ...report.options, mostTrials: 3 }, trials: [ended, ended] };
  expect(searchProgress(counted)).toEqual({ fraction: 0.5, secondsLeft: 10 });
  for (const state of ['comparing', 'retraining'] as const) {
    expect(searchProgress({ ...report, state })).toBeNull();
  }
});
