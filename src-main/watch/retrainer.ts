import { toProblem, type ProblemData } from '../contract/problems';
import type { Candidate } from './retraining';

/** What came of a training: a model to be judged, or why there is none. */
export type RetrainingEnd =
  | { readonly kind: 'trained'; readonly candidate: Candidate }
  | { readonly kind: 'failed'; readonly problem: ProblemData };

/** Trains a watched run again beside its forecasts, once at a time. What comes of it is taken up between two forecasts. */
export class Retrainer {
  readonly #train: (signal: AbortSignal) => Promise<Candidate>;
  readonly #ending = new AbortController();
  #work: Promise<void> | null = null;
  #end: RetrainingEnd | null = null;

  constructor(train: (signal: AbortSignal) => Promise<Candidate>) {
    this.#train = train;
  }

  /** Whether it trains, or what came of it was not taken up yet. */
  get isAtWork(): boolean {
    return this.#work !== null;
  }

  begin(): void {
    if (this.isAtWork || this.#ending.signal.aborted) return;
    this.#work = this.#train(this.#ending.signal).then(
      (candidate) => void (this.#end = { kind: 'trained', candidate }),
      (error: unknown) => void (this.#end = { kind: 'failed', problem: toProblem(error).toData() }),
    );
  }

  /** What came of it, once; null while it trains, or where nothing was begun. */
  takeEnd(): RetrainingEnd | null {
    const end = this.#end;
    if (end !== null) [this.#work, this.#end] = [null, null];
    return end;
  }

  /** Resolves when it does not train any more. */
  async settled(): Promise<void> {
    await this.#work;
  }

  /** Ends what it does; nothing is kept of it. */
  async close(): Promise<void> {
    this.#ending.abort();
    await this.#work;
  }
}
