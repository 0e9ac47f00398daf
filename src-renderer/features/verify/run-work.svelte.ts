import type { ProblemData } from '../../../src-main/contract/problems';
import type { LongQuestion, WorkProgress } from '../../../src-main/contract/work';
import { listen, request } from '../../api';
import { Latest } from '../../api/latest';

/** A calculation over a run that is asked for by a button, shows how far it is, and can be cancelled. */
export class RunWork<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<ProblemData | null>(null);
  running = $state(false);
  progress = $state.raw<WorkProgress | null>(null);

  readonly #question: LongQuestion;
  readonly #latest = new Latest();
  #runId: string | null = null;

  constructor(question: LongQuestion) {
    this.#question = question;
  }

  /** Forgets what was made of another run, and ends what is being made of it. */
  show(runId: string): void {
    if (runId === this.#runId) return;
    if (this.running) void this.cancel();
    this.#latest.forget();
    this.#runId = runId;
    this.value = null;
    this.problem = null;
  }

  async start(runId: string, ask: () => Promise<T>): Promise<void> {
    this.show(runId);
    this.running = true;
    this.progress = null;
    this.problem = null;
    const stop = listen('work', (event) => {
      if (event.question === this.#question && event.runId === runId) this.progress = event;
    });
    const result = await this.#latest.ask(ask);
    stop();
    this.running = false;
    if (result === null) return;
    if (result.ok) this.value = result.value;
    else if (result.problem.code !== 'cancelled') this.problem = result.problem;
  }

  async cancel(): Promise<void> {
    await request('cancelWork');
  }
}
