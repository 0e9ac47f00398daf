import { Problem } from '../contract/problems';
import type { TrainingAction } from '../contract/training';
import type { TaskName, TrainerEvent, TrainerMessage, TrainerRequest, TrainerTasks } from './protocol';
import type { TrainerProcess } from './trainer-process';

/** Why an answer never came. */
export class TrainerGone extends Error {
  override readonly name: string = 'TrainerGone';
}

interface Pending {
  resolve(value: TrainerTasks[TaskName]['answer']): void;
  reject(error: Error): void;
  onWork(done: number, total: number): void;
}

/** Asks a trainer process and sorts its answers. */
export class TrainerClient {
  readonly #process: TrainerProcess;
  readonly #onEvent: (event: TrainerEvent) => void;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #endsWhenIdle = false;
  #goneBecause: string | null = null;

  constructor(process: TrainerProcess, onEvent: (event: TrainerEvent) => void = () => undefined) {
    this.#process = process;
    this.#onEvent = onEvent;
    process.onMessage((message) => this.#take(message as TrainerMessage));
    process.onExit((cause) => {
      this.#goneBecause = cause;
      const waiting = [...this.#pending.values()];
      this.#pending.clear();
      for (const { reject } of waiting) reject(new TrainerGone(cause));
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get alive(): boolean {
    return this.#goneBecause === null;
  }

  /** Whether nothing is under way. */
  get idle(): boolean {
    return this.#pending.size === 0;
  }

  /** @throws Problem of the task, TrainerGone when the process ends first */
  ask<N extends TaskName>(
    task: N,
    ask: TrainerTasks[N]['ask'],
    onWork: Pending['onWork'] = () => undefined,
  ): Promise<TrainerTasks[N]['answer']> {
    if (this.#goneBecause !== null) return Promise.reject(new TrainerGone(this.#goneBecause));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as Pending['resolve'], reject, onWork });
      this.#process.send({ kind: 'task', id, task, ask } as TrainerRequest);
    });
  }

  control(action: TrainingAction): void {
    this.#process.send({ kind: 'control', action });
  }

  /** Ends its process as soon as nothing is under way. */
  endWhenIdle(): void {
    this.#endsWhenIdle = true;
    if (this.idle) this.kill();
  }

  kill(): void {
    this.#process.kill();
  }

  #take(message: TrainerMessage): void {
    if (message.kind === 'event') {
      this.#onEvent(message.event);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (message.kind === 'work') {
      pending?.onWork(message.done, message.total);
      return;
    }
    this.#pending.delete(message.id);
    if (message.kind === 'done') pending?.resolve(message.value);
    else pending?.reject(Problem.from(message.problem));
    if (this.#endsWhenIdle) this.endWhenIdle();
  }
}
