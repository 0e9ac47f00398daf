import type { Station } from './station';

/**
 * Looks at stations one after another, again and again: what forecasts needs memory, and one at a time needs it once.
 */
export class Watcher {
  readonly #stations = new Map<string, Station>();
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #closed = false;

  /** @param everyMs how often the files are looked at: at their size and time alone, on network drives too */
  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** A station that is watched already is watched as it is now. */
  add(id: string, station: Station): void {
    this.#stations.set(id, station);
  }

  remove(id: string): void {
    this.#stations.delete(id);
  }

  has(id: string): boolean {
    return this.#stations.has(id);
  }

  start(): void {
    if (this.#timer === undefined && !this.#closed) this.#goOn(0);
  }

  /** Does not wait for the next look where one was begun. */
  lookSoon(): void {
    if (this.#timer === undefined || this.#closed) return;
    clearTimeout(this.#timer);
    void this.#round.then(() => this.#goOn(0));
  }

  /** Resolves when what is being looked at has been. */
  async rest(): Promise<void> {
    await this.#round;
  }

  /** One look at each station. */
  async lookOnce(): Promise<void> {
    for (const [id, station] of [...this.#stations]) {
      if (!this.#closed && this.#stations.get(id) === station) await station.look();
    }
  }

  /** Ends after what is being done. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#round;
    await Promise.all([...this.#stations.values()].map((station) => station.close()));
  }

  #goOn(afterMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#round = this.lookOnce();
      void this.#round.then(() => {
        if (!this.#closed) this.#goOn(this.#everyMs);
      });
    }, afterMs);
  }
}
