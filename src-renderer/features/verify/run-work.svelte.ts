import { toProblem, type ProblemData } from '../../../src-main/contract/problems';
import type { WorkKind, WorkProgress } from '../../../src-main/contract/work';
import { listen, request } from '../../api';

/** A calculation over a run that is asked for by a button, shows how far it is, and can be cancelled. */
export class RunWork<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<ProblemData | null>(null);
  running = $state(false);
  progress = $state.raw<WorkProgress | null>(null);

  readonly #kind: WorkKind;
  #runId: string | null = null;

  constructor(kind: WorkKind) {
    this.#kind = kind;
  }

  /** Forgets what was made of another run, and ends what is being made of it. */
  show(runId: string): void {
    if (runId === this.#runId) return;
    if (this.running) void this.cancel();
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
      if (event.kind === this.#kind && event.runId === runId) this.progress = event;
    });
    try {
      const value = await ask();
      if (runId === this.#runId) this.value = value;
    } catch (error) {
      const problem = toProblem(error).toData();
      if (runId === this.#runId && problem.code !== 'cancelled') this.problem = problem;
    } finally {
      stop();
      this.running = false;
    }
  }

  async cancel(): Promise<void> {
    await request('cancelWork');
  }
}
