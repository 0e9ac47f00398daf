import { toProblem, type ProblemData } from '../../../src-main/contract/problems';

/** What a screen has to show of one run: asked for once, kept while the run stays the same. */
export class RunResult<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<ProblemData | null>(null);
  loading = $state(false);

  #runId: string | null = null;
  readonly #ask: (runId: string) => Promise<T>;

  constructor(ask: (runId: string) => Promise<T>) {
    this.#ask = ask;
  }

  /** Asks for the result of a run, unless it is there or on its way. */
  async load(runId: string): Promise<void> {
    if (runId === this.#runId && this.problem === null) return;
    await this.reload(runId);
  }

  /** Asks for it though it may be there: what it rests on has changed. */
  async reload(runId: string): Promise<void> {
    this.#runId = runId;
    this.value = null;
    this.problem = null;
    this.loading = true;
    try {
      const value = await this.#ask(runId);
      // Another run may have been opened in the meantime: its answer is the one that counts.
      if (runId === this.#runId) this.value = value;
    } catch (error) {
      if (runId === this.#runId) this.problem = toProblem(error).toData();
    } finally {
      if (runId === this.#runId) this.loading = false;
    }
  }
}
