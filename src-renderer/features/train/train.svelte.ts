import type { TrainingAction } from '../../../src-main/contract/training';
import { request } from '../../api';
import { app } from '../../app-state.svelte';

/** Work worth a question before it is thrown away. */
const DEAR_MILLISECONDS = 10_000;

/** What the Train screen alone knows: the training itself lives in the app's state. */
export class TrainScreen {
  logScale = $state(false);
  confirmingCancel = $state(false);
  /** Asked for and not yet answered by the trainer's own event. */
  asked = $state<TrainingAction | null>(null);

  /** ms since the training started; 0 before. */
  get workedMilliseconds(): number {
    const started = app.log.find(({ event }) => event.kind === 'started');
    return started === undefined ? 0 : Date.now() - started.at;
  }

  async control(action: TrainingAction): Promise<void> {
    const runId = app.live?.runId;
    if (runId === undefined) return;
    this.asked = action;
    try {
      await request('controlTraining', { runId, action });
    } finally {
      this.asked = null;
    }
  }

  /** Cancels at once what has hardly begun, and asks first where work would be lost. */
  async cancel(): Promise<void> {
    const hasMore = (app.live?.resumedAfter ?? 0) > 0;
    if (hasMore || this.workedMilliseconds > DEAR_MILLISECONDS) this.confirmingCancel = true;
    else await this.control('cancel');
  }
}

/** Kept beyond the screen: the scale stays as it was chosen. */
export const trainScreen = new TrainScreen();
