/** Counts the time in which it is not stopped. Starts at once; starting and stopping it twice does no harm. */
export class ActiveClock {
  #before = 0;
  #since: number | null = performance.now();

  start(): void {
    this.#since ??= performance.now();
  }

  stop(): void {
    this.#before = this.#milliseconds;
    this.#since = null;
  }

  get seconds(): number {
    return this.#milliseconds / 1000;
  }

  get #milliseconds(): number {
    return this.#before + (this.#since === null ? 0 : performance.now() - this.#since);
  }
}
