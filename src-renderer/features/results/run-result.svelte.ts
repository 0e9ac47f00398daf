import type { ProblemData } from '../../../src-main/contract/problems';
import { Latest } from '../../api/latest';

/** What a screen has to show of one run: asked for once, kept while the run stays the same. */
export class RunResult<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<ProblemData | null>(null);
  loading = $state(false);

  /** What was last asked for. */
  #asked: { readonly runId: string; readonly epochs: number } | null = null;
  readonly #latest = new Latest();
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

  /** Asks again and shows what there is until the answer comes; a refusal leaves that. */
  async renew(runId: string): Promise<void> {
    if (this.#asked?.runId !== runId) return;
    const result = await this.#latest.ask(() => this.#ask(runId));
    if (result?.ok === true) this.value = result.value;
  }

  async #fetch(runId: string, epochs: number): Promise<void> {
    this.#asked = { runId, epochs };
    this.value = null;
    this.problem = null;
    this.loading = true;
    const result = await this.#latest.ask(() => this.#ask(runId));
    if (result === null) return;
    this.loading = false;
    if (result.ok) this.value = result.value;
    else this.problem = result.problem;
  }
}
