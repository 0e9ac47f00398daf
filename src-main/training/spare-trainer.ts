import type { TrainerProcess } from './trainer-process';

/**
 * One trainer process that is started before it is needed, with TensorFlow's library loaded: that is most of the time
 * from pressing Train to the first epoch. It holds some 150 MB.
 */
export class SpareTrainer {
  readonly #start: () => TrainerProcess;
  #ready: { readonly process: TrainerProcess; forget(): void } | null = null;

  constructor(start: () => TrainerProcess) {
    this.#start = start;
  }

  /** The process that waits, for those who watch it. */
  get pid(): number | undefined {
    return this.#ready?.process.pid;
  }

  /** Starts the spare process, unless there is one. */
  prepare(): void {
    if (this.#ready !== null) return;
    const process = this.#start();
    // One that dies while it waits was needed by nobody: the next training starts its own.
    this.#ready = { process, forget: process.onExit(() => (this.#ready = null)) };
    process.send({ kind: 'warm-up' });
  }

  /** Where one waits, ends it and has another wait: what it was started with no longer holds. */
  replace(): void {
    if (this.#ready === null) return;
    this.close();
    this.prepare();
  }

  /** The spare process, or where there is none one that is started now. It is the caller's from now on. */
  take(): TrainerProcess {
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
