import { Problem } from '../contract/problems';
import { ProcessGone } from '../processes/task-client';

/** What a worker does jobs of one kind with: each has one of its own, which then waits for the next job. */
export class Waiting<T extends { close(): void }> {
  readonly #make: () => T;
  readonly #idle: T[] = [];

  constructor(make: () => T) {
    this.#make = make;
  }

  /** @throws what `action` does; 'trainer-died-before' where a process ended, since another worker may have better luck */
  async use<R>(signal: AbortSignal, action: (one: T) => Promise<R>): Promise<R> {
    signal.throwIfAborted();
    const one = this.#idle.pop() ?? this.#make();
    const end = (): void => one.close();
    signal.addEventListener('abort', end);
    try {
      const result = await action(one);
      this.#idle.push(one);
      return result;
    } catch (error) {
      one.close();
      throw error instanceof ProcessGone
        ? new Problem('trainer-died-before', { cause: error.because }, { cause: error })
        : error;
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  close(): void {
    for (const one of this.#idle.splice(0)) one.close();
  }
}
