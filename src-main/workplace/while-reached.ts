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
    const left = new AbortController();
    const leave = (): void => left.abort();
    setMaxListeners(0, signal);
    signal.addEventListener('abort', leave);
    const looking = setInterval(() => {
      if (this.#isHere || this.#sender.isGone) leave();
    }, LOOK_EVERY_MS);
    try {
      return await Promise.race([there(left.signal), untilLeft(left.signal)]);
    } catch (error) {
      if (signal.aborted) throw new NotBegun(phrase('not-begun'));
      // 'cancelled': the way to the broker was closed.
      if (!left.signal.aborted && toProblem(error).code !== 'cancelled') throw error;
    } finally {
      clearInterval(looking);
      signal.removeEventListener('abort', leave);
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
