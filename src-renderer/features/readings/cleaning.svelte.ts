import type { CleaningEffect, CleaningProgress } from '../../../src-main/contract/cleaning';
import type { ProblemData } from '../../../src-main/contract/problems';
import type { RequestInput } from '../../../src-main/contract/requests';
import { listen, request } from '../../api';
import { Latest } from '../../api/latest';

/** What cleaning did to the score, for the choices that it was asked for. */
export class CleaningLook {
  effect = $state.raw<CleaningEffect | null>(null);
  problem = $state.raw<ProblemData | null>(null);
  running = $state(false);
  progress = $state.raw<CleaningProgress | null>(null);
  readonly #latest = new Latest();

  async ask(job: RequestInput<'measureCleaning'>): Promise<void> {
    this.running = true;
    this.progress = null;
    this.problem = null;
    const stop = listen('cleaning', (progress) => (this.progress = progress));
    const result = await this.#latest.ask(() => request('measureCleaning', job));
    stop();
    this.running = false;
    if (result === null) return;
    if (result.ok) this.effect = result.value;
    else if (result.problem.code !== 'cancelled') this.problem = result.problem;
  }

  async cancel(): Promise<void> {
    await request('cancelCleaning');
  }

  /** What was found was found for other choices. */
  forget(): void {
    if (this.running) void this.cancel();
    this.#latest.forget();
    this.running = false;
    this.effect = null;
    this.problem = null;
  }
}
