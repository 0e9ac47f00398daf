import { toProblem, type ProblemData } from '../../../src-main/contract/problems';

/** What a screen has to show of one run: asked for once, kept while the run stays the same. */
export class RunResult<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<ProblemData | null>(null);
  loading = $state(false);

  #key: string | null = null;
  readonly #ask: (runId: string) => Promise<T>;

  constructor(ask: (runId: string) => Promise<T>) {
    this.#ask = ask;
  }

  /** Asks for the result of a run after so many epochs, unless it is there or on its way: a resumed run has others. */
  async load(runId: string, epochs = 0): Promise<void> {
    const key = `${runId} ${epochs}`;
    if (key === this.#key && this.problem === null) return;
    this.#key = key;
    this.value = null;
    this.problem = null;
    this.loading = true;
    try {
      const value = await this.#ask(runId);
      // Another run may have been opened in the meantime: its answer is the one that counts.
      if (key === this.#key) this.value = value;
    } catch (error) {
      if (key === this.#key) this.problem = toProblem(error).toData();
    } finally {
      if (key === this.#key) this.loading = false;
    }
  }
}
