import type { JobProgress } from './progress';

/**
 * Lays down how far a job is, now and then and one after another. What cannot be laid there is left out: the next one is further
 * in any case.
 */
export class LeftBehind {
  readonly #everyMs: number;
  readonly #keep: (progress: JobProgress) => Promise<void>;
  #keptAt = performance.now();
  #step = 0;
  #keeping: Promise<void> | null = null;
  #hasEnded = false;

  constructor(everyMs: number, keep: (progress: JobProgress) => Promise<void>) {
    this.#everyMs = everyMs;
    this.#keep = keep;
  }

  say(step: number, pack: () => Promise<Uint8Array>): void {
    const isDue = performance.now() - this.#keptAt >= this.#everyMs;
    if (this.#hasEnded || this.#keeping !== null || !isDue || step <= this.#step) return;
    this.#keeping = this.#lay(step, pack);
  }

  /** Resolves when nothing more is laid there. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await this.#keeping;
  }

  async #lay(step: number, pack: () => Promise<Uint8Array>): Promise<void> {
    try {
      await this.#keep({ step, bytes: await pack() });
      this.#step = step;
    } catch {
      // The broker is away, or what was to be packed has just gone.
    }
    this.#keptAt = performance.now();
    this.#keeping = null;
  }
}
