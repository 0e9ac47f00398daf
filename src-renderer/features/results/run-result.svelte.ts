import { toProblem, type ProblemData } from '../../../src-main/contract/problems';

/** What a screen has to show of one run: asked for once, kept while the run stays the same. */
export class RunResult<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<ProblemData | null>(null);
  loading = $state(false);

  /** What was last asked for. */
  #asked: { readonly runId: string; readonly epochs: number } | null = null;
  readonly #ask: (runId: string) => Promise<T>;

  constructor(ask: (runId: string) => Promise<T>) {
    this.#ask = ask;
  }

  /** Asks for the result of a run after so many epochs, unless it is there or on its way: a resumed run has others. */
  async load(runId: string, epochs = 0): Promise<void> {
    const isSame = this.#asked?.runId === runId && this.#asked.epochs === epochs;
    if (isSame && this.problem === null) return;
    await this.#fetch(runId, epochs);
  }

  /** Asks for it though it may be there: what it rests on has changed. */
  async reload(runId: string): Promise<void> {
    await this.#fetch(runId, this.#asked?.runId === runId ? this.#asked.epochs : 0);
  }

  async #fetch(runId: string, epochs: number): Promise<void> {
    const asked = { runId, epochs };
    this.#asked = asked;
    this.value = null;
    this.problem = null;
    this.loading = true;
    try {
      const value = await this.#ask(runId);
      // Another run may have been opened in the meantime: its answer is the one that counts.
      if (asked === this.#asked) this.value = value;
    } catch (error) {
      if (asked === this.#asked) this.problem = toProblem(error).toData();
    } finally {
      if (asked === this.#asked) this.loading = false;
    }
  }
}
