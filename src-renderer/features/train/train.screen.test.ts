import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LANGUAGES, type Language } from '../../../src-main/contract/language';
import type { TrainingEvent } from '../../../src-main/contract/training';
import { Problem } from '../../../src-main/contract/problems';
import { app } from '../../app-state.svelte';
import { AWAITED_RUN } from '../../shown-run';
import { draw, englishIn, fixtureBridge, type Drawn } from '../../screen.fixture';
import { liveFrom } from './live-training';
import TrainStatus from './TrainStatus.svelte';

const live = liveFrom({
  kind: 'started',
  runId: 'r1',
  epochs: 40,
  resumedAfter: 0,
  device: 'CPU',
  windows: { train: 70, validation: 10, test: 20 },
});
const control = vi.fn();
const drawStatus = (language: Language, lastEpoch = 12): Drawn =>
  draw(TrainStatus, { epochs: 40, lastEpoch, oncontrol: control }, language);

function ended(outcome: Extract<TrainingEvent, { kind: 'finished' | 'failed' }>): void {
  app.training = 'idle';
  app.shown = { ...AWAITED_RUN, live: { ...live, outcome } };
}

beforeEach(() => {
  fixtureBridge();
  control.mockClear();
  app.training = 'running';
  app.shown = { ...AWAITED_RUN, live: { ...live, fraction: 0.3 } };
});

describe.each(LANGUAGES)('the state of a training (%s)', (language) => {
  const check = (drawn: Drawn): void => {
    if (language === 'ko') expect(englishIn(drawn)).toEqual([]);
  };

  it('starts with buttons that take no click', () => {
    app.shown = AWAITED_RUN;
    const drawn = drawStatus(language, 0);
    expect(drawn.buttons().every((label) => label.endsWith('(off)'))).toBe(true);
    expect(drawn.buttons()).toHaveLength(3);
    expect(drawn.progress()).toBeNull();
    check(drawn);
  });

  it('runs, with how far it is, and can be paused, stopped and cancelled', () => {
    const drawn = drawStatus(language);
    expect(drawn.progress()).toBe(30);
    expect(drawn.text()).toMatch(/12.*40|40.*12/);
    expect(drawn.buttons().some((label) => label.endsWith('(off)'))).toBe(false);
    drawn.press(drawn.buttons()[0]!);
    expect(control).toHaveBeenCalledExactlyOnceWith('pause');
    check(drawn);
  });

  it('keeps nothing before the first epoch, so it cannot be stopped then', () => {
    const [, stop] = drawStatus(language, 0).buttons();
    expect(stop).toMatch(/\(off\)$/);
  });

  it('is paused, and goes on', () => {
    app.training = 'paused';
    const drawn = drawStatus(language);
    drawn.press(drawn.buttons()[0]!);
    expect(control).toHaveBeenCalledExactlyOnceWith('resume');
    check(drawn);
  });

  it.each(['completed', 'early-stopping', 'stopped'] as const)('has ended: %s', (reason) => {
    ended({ kind: 'finished', runId: 'r1', reason, keptEpoch: 9, seconds: 75 });
    const drawn = drawStatus(language);
    expect(drawn.notices()).toEqual(['success']);
    expect(drawn.text()).toMatch(/9/);
    expect(drawn.buttons()).toEqual([]);
    check(drawn);
  });

  it.each([0, 9])('has failed with %i epochs saved', (savedEpoch) => {
    ended({
      kind: 'failed',
      runId: 'r1',
      problem: new Problem('loss-not-finite', { epoch: 10 }).toData(),
      savedEpoch,
    });
    const drawn = drawStatus(language);
    expect(drawn.notices()).toEqual(['problem']);
    if (language === 'en')
      expect(drawn.text()).toContain(
        savedEpoch === 0
          ? 'No epoch was finished, so nothing is saved.'
          : 'The weights of epoch 9 are saved.',
      );
    check(drawn);
  });
});
