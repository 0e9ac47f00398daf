import type { Baseline, ForecastMethod, Verification } from '../../../src-main/contract/results';
import { request } from '../../api';
import { app } from '../../app-state.svelte';
import { withChanges } from '../../shown-run';
import { RunResult } from '../results/run-result.svelte';

/** What the Verify screen shows; kept while other screens are open. */
export class VerifyScreen {
  readonly result: RunResult<Verification>;
  /** Beside the LSTM in the plot: persistence and the weather service from the start, since every score stands beside them. */
  baselines = $state.raw<readonly Baseline[]>(['persistence', 'service']);
  lead = $state(1);
  /** Whose scores by lead time are shown. */
  scored = $state<ForecastMethod>('model');

  constructor() {
    this.result = new RunResult(async (runId) => {
      const verification = await request('verifyRun', { runId });
      // Years of hours are megabytes to unpack: the screen is put up in a task of its own.
      await new Promise((resolve) => setTimeout(resolve));
      this.lead = 1;
      // The rail ticks Verify once the run has its scores.
      app.shown = withChanges(app.shown, runId, { scores: verification.scores });
      return verification;
    });
  }

  toggle(baseline: Baseline): void {
    this.baselines = this.baselines.includes(baseline)
      ? this.baselines.filter((shown) => shown !== baseline)
      : [...this.baselines, baseline];
  }
}

export const verifyScreen = new VerifyScreen();
