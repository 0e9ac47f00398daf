import { setMaxListeners } from 'node:events';
import { phrase } from '../contract/phrases';
import { toProblem } from '../contract/problems';
import type { JobSender } from '../queue';
import { NotBegun } from '../services';

const LOOK_EVERY_MS = 250;
/** How long those who are asked to leave a job have for it. */
const LEAVE_MS = 1000;

/** Has work done by the workers of a broker as long as it is reached; from then on this machine does it. */
export class WhileReached {
  readonly #sender: Pick<JobSender, 'isGone'>;
  #isHere = false;

  constructor(sender: Pick<JobSender, 'isGone'>) {
    this.#sender = sender;
  }

  /** Whether this machine does it by now. */
  get isHere(): boolean {
    return this.#isHere;
  }

  /**
   * @param signal gives up what is done there
   * @param here does the same, from where it stands
   * @throws what either does; NotBegun where it was given up
   */
  async do<T>(
    there: (signal: AbortSignal) => Promise<T>,
    here: () => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    if (this.#isHere) return here();
    if (signal.aborted) throw new NotBegun(phrase('not-begun'));
    const away = new AbortController();
    const left = AbortSignal.any([signal, away.signal]);
    setMaxListeners(0, signal, left);
    const looking = setInterval(() => {
      if (this.#isHere || this.#sender.isGone) away.abort();
    }, LOOK_EVERY_MS);
    try {
      return await Promise.race([there(left), untilLeft(left)]);
    } catch (error) {
      if (signal.aborted) throw new NotBegun(phrase('not-begun'));
      // 'cancelled': the way to the broker was closed.
      if (!away.signal.aborted && toProblem(error).code !== 'cancelled') throw error;
    } finally {
      clearInterval(looking);
    }
    this.#isHere = true;
    return here();
  }
}

/** Rejects a moment after it was to be left: what is asked of a broker that is away has no end. */
function untilLeft(left: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    left.addEventListener('abort', () =>
      setTimeout(() => reject(new NotBegun(phrase('not-begun'))), LEAVE_MS),
    );
  });
}
