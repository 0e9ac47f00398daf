import { Problem } from '../contract/problems';
import type { JobSender } from '../queue';
import type { Workplace } from './workplace';

const LOOK_EVERY_MS = 250;

/** Works at something until `signal` is aborted. */
type Working<T> = (signal: AbortSignal) => Promise<T>;

/**
 * What this machine trains of a fleet while the broker is away: of what is with the broker the newest first, since workers are at
 * the oldest. Nothing more is begun here when the broker is back; who is done first has done it.
 */
export class Meanwhile {
  readonly here: Pick<Workplace, 'train'>;
  /** Those that are with the broker alone, in the order in which they were given. */
  readonly #waiting = new Set<() => Promise<void>>();
  #free: number;

  /** @param here trains it on this machine. @param parallel so many at a time */
  constructor(here: Pick<Workplace, 'train'>, parallel: number) {
    this.here = here;
    this.#free = parallel;
  }

  /**
   * Has something done by the workers of a broker, and while that is gone here as well.
   * @param there must not write where `here` does: it is not waited for where `here` was first
   * @returns what came first; the other is given up, and nothing of `here` goes on any more
   * @throws what came first, where it failed; Problem 'cancelled' where `given` is aborted
   */
  async do<T>(
    sender: Pick<JobSender, 'isGone'>,
    { there, here }: { readonly there: Working<T>; readonly here: Working<T> },
    given: AbortSignal,
  ): Promise<T> {
    if (given.aborted) throw new Problem('cancelled');
    const done = new AbortController();
    const { signal } = done;
    const giveUp = (): void => done.abort();
    given.addEventListener('abort', giveUp);
    let begun: Promise<unknown> = Promise.resolve();
    let begin = (): Promise<void> => Promise.resolve();
    const first = new Promise<T>((resolve, reject) => {
      begin = () => (begun = here(signal).then(resolve, reject));
      there(signal).then(resolve, reject);
      // A broker that is away is not waited for.
      signal.addEventListener('abort', () => reject(new Problem('cancelled')));
    });
    this.#waiting.add(begin);
    const looking = setInterval(() => {
      if (sender.isGone) this.#beginNewest();
    }, LOOK_EVERY_MS);
    try {
      return await first;
    } finally {
      clearInterval(looking);
      this.#waiting.delete(begin);
      given.removeEventListener('abort', giveUp);
      giveUp();
      await begun;
    }
  }

  #beginNewest(): void {
    const newest = [...this.#waiting].at(-1);
    if (newest === undefined || this.#free === 0) return;
    this.#waiting.delete(newest);
    this.#free -= 1;
    void newest().finally(() => (this.#free += 1));
  }
}
