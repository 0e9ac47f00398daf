import type { TrainingAction } from '../../contract/training';
import type { TaskName, TrainerEvent, TrainerTasks } from './protocol';
import { ProcessGone } from '../../processes/task-client';
import { TrainerClient } from './trainer-client';
import type { TrainerProcess } from './trainer-process';
import { phrase } from '../../contract/phrases';

/** A task that was never begun, since nothing more is. */
export class NotBegun extends ProcessGone {
  override readonly name = 'NotBegun';
}

/** A process and what it is doing. */
interface Worker {
  readonly client: TrainerClient;
  busy: boolean;
  onEvent(event: TrainerEvent): void;
}

/**
 * Several trainer processes that do tasks side by side, each one at a time; tasks beyond their number wait, the oldest
 * first. Processes are started when they are first needed. While paused, nothing is begun.
 */
export class TrainerPool {
  readonly #startTrainer: () => TrainerProcess;
  readonly #size: number;
  readonly #workers = new Set<Worker>();
  #waiting: (() => void)[] = [];
  #paused = false;
  #ended = false;

  constructor(startTrainer: () => TrainerProcess, size: number) {
    this.#startTrainer = startTrainer;
    this.#size = size;
  }

  get pids(): readonly number[] {
    return [...this.#workers].map(({ client }) => client.pid).filter((pid) => pid !== undefined);
  }

  /**
   * Has a task done by the next free process; its events go to the caller.
   * @throws Problem of the task; ProcessGone when its process ends first, NotBegun
   */
  async run<N extends TaskName>(
    task: N,
    ask: TrainerTasks[N]['ask'],
    onEvent: (event: TrainerEvent) => void = () => undefined,
  ): Promise<TrainerTasks[N]['answer']> {
    const worker = await this.#freeWorker();
    worker.onEvent = onEvent;
    try {
      return await worker.client.ask(task, ask);
    } finally {
      worker.busy = false;
      if (!worker.client.alive) this.#workers.delete(worker);
      this.#wake();
    }
  }

  /** Gives away a process that is free, and ends the others. The pool is of no use afterwards. */
  release(): TrainerClient | null {
    const free = this.#idleWorker();
    if (free !== undefined) this.#workers.delete(free);
    this.close();
    return free?.client ?? null;
  }

  /** Tells those that are at work. After 'stop' and 'cancel' nothing more is begun. */
  control(action: TrainingAction): void {
    this.#paused = action === 'pause';
    if (action === 'stop' || action === 'cancel') this.#ended = true;
    for (const { busy, client } of this.#workers) if (busy) client.control(action);
    this.#wake();
  }

  /** Ends all processes at once. */
  close(): void {
    this.#ended = true;
    for (const { client } of this.#workers) client.kill();
    this.#wake();
  }

  async #freeWorker(): Promise<Worker> {
    for (;;) {
      if (this.#ended) throw new NotBegun(phrase('not-begun'));
      const worker = this.#paused ? undefined : (this.#idleWorker() ?? this.#newWorker());
      if (worker !== undefined) {
        worker.busy = true;
        return worker;
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #idleWorker(): Worker | undefined {
    return [...this.#workers].find(({ busy, client }) => !busy && client.alive);
  }

  #newWorker(): Worker | undefined {
    if (this.#workers.size >= this.#size) return undefined;
    const worker: Worker = {
      client: new TrainerClient(this.#startTrainer(), (event) => worker.onEvent(event)),
      busy: false,
      onEvent: () => undefined,
    };
    this.#workers.add(worker);
    return worker;
  }

  /** All that wait look again, in their order. */
  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const look of waiting) look();
  }
}
