import { phraseText, type Phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { TaskReply, TaskRequest, Tasks } from './tasks';
import type { WorkProcess } from './work-process';

/** Why an answer never came. */
export class ProcessGone extends Error {
  override readonly name: string = 'ProcessGone';

  constructor(readonly because: Phrase) {
    super(phraseText(because));
  }
}

interface Pending<Work> {
  resolve(value: unknown): void;
  reject(error: Error): void;
  onWork(work: Work): void;
}

/** Asks a process and sorts its answers. `Event` is what it tells unasked: messages that belong to no task. */
export class TaskClient<T extends Tasks<T>, Work = never, Event = never> {
  readonly #process: WorkProcess;
  readonly #onEvent: (event: Event) => void;
  readonly #pending = new Map<number, Pending<Work>>();
  #lastId = 0;
  #endsWhenIdle = false;
  #goneBecause: Phrase | null = null;

  constructor(process: WorkProcess, onEvent: (event: Event) => void = () => undefined) {
    this.#process = process;
    this.#onEvent = onEvent;
    process.onMessage((message) => this.#take(message as TaskReply<T, Work> | Event));
    process.onExit((cause) => this.#gone(cause));
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

  /** @throws Problem of the task, ProcessGone when the process ends first */
  ask<N extends keyof T & string>(
    task: N,
    ask: T[N]['ask'],
    onWork: (work: Work) => void = () => undefined,
  ): Promise<T[N]['answer']> {
    if (this.#goneBecause !== null) return Promise.reject(new ProcessGone(this.#goneBecause));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as Pending<Work>['resolve'], reject, onWork });
      this.#process.send({ kind: 'task', id, task, ask } as TaskRequest<T>);
    });
  }

  /** Ends its process as soon as nothing is under way. */
  endWhenIdle(): void {
    this.#endsWhenIdle = true;
    if (this.idle) this.kill();
  }

  /** Ends its process at once, whatever it is doing. */
  kill(): void {
    this.#process.kill();
  }

  #take(message: TaskReply<T, Work> | Event): void {
    if (!isReply<TaskReply<T, Work>>(message)) {
      this.#onEvent(message);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (message.kind === 'work') {
      pending?.onWork(message.work);
      return;
    }
    this.#pending.delete(message.id);
    if (message.kind === 'done') pending?.resolve(message.value);
    else pending?.reject(Problem.from(message.problem));
    if (this.#endsWhenIdle) this.endWhenIdle();
  }

  #gone(cause: Phrase): void {
    this.#goneBecause = cause;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of waiting) reject(new ProcessGone(cause));
  }
}

function isReply<Reply>(message: unknown): message is Reply {
  const { kind, id } = message as { readonly kind: string; readonly id?: unknown };
  return typeof id === 'number' && (kind === 'work' || kind === 'done' || kind === 'failed');
}
