import type { JobProgress } from './progress';

interface Reached {
  readonly step: number;
  readonly pack: () => Promise<Uint8Array>;
}

/**
 * Lays down how far a job is, now and then and one after another. What cannot be laid there is left out: the next one is further
 * in any case.
 */
export class LeftBehind {
  readonly #everyMs: number;
  readonly #keep: (progress: JobProgress) => Promise<void>;
  #keptAt = performance.now();
  #step = 0;
  #newest: Reached | null = null;
  #keeping: Promise<void> | null = null;
  #hasEnded = false;

  constructor(everyMs: number, keep: (progress: JobProgress) => Promise<void>) {
    this.#everyMs = everyMs;
    this.#keep = keep;
  }

  say(step: number, pack: Reached['pack']): void {
    if (this.#hasEnded || step <= this.#step) return;
    this.#newest = { step, pack };
    const isDue = performance.now() - this.#keptAt >= this.#everyMs;
    if (this.#keeping === null && isDue) this.#keeping = this.#lay(this.#newest);
  }

  /** Lays the newest down that was said, whenever the last was. Resolves when that has been tried. */
  async layNewest(): Promise<void> {
    await this.#keeping;
    if (this.#hasEnded || this.#newest === null || this.#newest.step <= this.#step) return;
    this.#keeping ??= this.#lay(this.#newest);
    await this.#keeping;
  }

  /** Resolves when nothing more is laid there. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await this.#keeping;
  }

  async #lay({ step, pack }: Reached): Promise<void> {
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
