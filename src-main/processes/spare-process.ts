import type { WorkProcess } from './work-process';

/**
 * One process that is started before it is needed: its start is then no part of the wait. `warmUp` may have it load
 * what its work needs.
 */
export class SpareProcess<Request> {
  readonly #start: () => WorkProcess<Request>;
  readonly #warmUp: (process: WorkProcess<Request>) => void;
  #ready: { readonly process: WorkProcess<Request>; forget(): void } | null = null;

  constructor(
    start: () => WorkProcess<Request>,
    warmUp: (process: WorkProcess<Request>) => void = () => undefined,
  ) {
    this.#start = start;
    this.#warmUp = warmUp;
  }

  /** The process that waits, for tests. */
  get pid(): number | undefined {
    return this.#ready?.process.pid;
  }

  /** Starts the spare process, unless there is one. */
  prepare(): void {
    if (this.#ready !== null) return;
    const process = this.#start();
    // One that dies while it waits was not in use: the next caller starts its own.
    this.#ready = { process, forget: process.onExit(() => (this.#ready = null)) };
    this.#warmUp(process);
  }

  /** Where one waits, ends it and has another wait: what it was started with no longer holds. */
  replace(): void {
    if (this.#ready === null) return;
    this.close();
    this.prepare();
  }

  /** The spare process, or where there is none one that is started now. It is the caller's from now on. */
  take(): WorkProcess<Request> {
    const ready = this.#ready;
    this.#ready = null;
    ready?.forget();
    return ready?.process ?? this.#start();
  }

  close(): void {
    const ready = this.#ready;
    this.#ready = null;
    ready?.forget();
    ready?.process.kill();
  }
}
