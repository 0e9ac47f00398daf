import { describe, expect, it } from 'vitest';
import { nextPhase, TrainingControl } from './training-control';

describe('the phases of a training', () => {
  it('pause and resume', () => {
    expect(nextPhase('running', 'pause')).toBe('paused');
    expect(nextPhase('paused', 'pause')).toBe('paused');
    expect(nextPhase('paused', 'resume')).toBe('running');
    expect(nextPhase('running', 'resume')).toBe('running');
  });

  it('end for good, and cancelling outranks stopping', () => {
    for (const phase of ['running', 'paused'] as const) {
      expect(nextPhase(phase, 'stop')).toBe('stopping');
      expect(nextPhase(phase, 'cancel')).toBe('cancelling');
    }
    expect(nextPhase('stopping', 'resume')).toBe('stopping');
    expect(nextPhase('stopping', 'cancel')).toBe('cancelling');
    expect(nextPhase('cancelling', 'stop')).toBe('cancelling');
  });

  it('wake what waits for the end of a pause', async () => {
    for (const action of ['resume', 'stop', 'cancel'] as const) {
      const control = new TrainingControl();
      control.apply('pause');
      const waited = control.untilResumed();
      control.apply(action);
      await waited;
      expect(control.paused).toBe(false);
    }
  });
});
