type PaceChange = 'pause' | 'resume';

/** Lets a fleet be paused: who follows it is told, and what would begin next waits. */
export class Pace {
  #pause: { readonly since: number; readonly over: Promise<void>; readonly end: () => void } | null = null;
  #pausedMs = 0;
  readonly #followers = new Set<(change: PaceChange) => void>();

  get isPaused(): boolean {
    return this.#pause !== null;
  }

  /** Milliseconds in which nothing went on. */
  get pausedMs(): number {
    return this.#pausedMs + (this.#pause === null ? 0 : performance.now() - this.#pause.since);
  }

  pause(): void {
    if (this.#pause !== null) return;
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => (end = resolve));
    this.#pause = { since: performance.now(), over, end };
    for (const follow of this.#followers) follow('pause');
  }

  resume(): void {
    if (this.#pause === null) return;
    const { end } = this.#pause;
    this.#pausedMs = this.pausedMs;
    this.#pause = null;
    for (const follow of this.#followers) follow('resume');
    end();
  }

  /** Resolves at once, or when a pause is over. */
  async going(): Promise<void> {
    while (this.#pause !== null) await this.#pause.over;
  }

  /** Tells of every change from now on, and of a pause that is under way. @returns what ends it */
  follow(follower: (change: PaceChange) => void): () => void {
    this.#followers.add(follower);
    if (this.isPaused) follower('pause');
    return () => void this.#followers.delete(follower);
  }
}
