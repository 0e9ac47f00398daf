import type { KeptWarning } from '../contract/events';
import type { Measured } from '../contract/measured';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { Verification } from '../contract/results';
import type { TrainingAction } from '../contract/training';
import { isLongQuestion, type WorkProgress } from '../contract/work';
import type { RunStore } from '../library';
import type { RunTasks, TaskName, TaskNews, TrainerTasks } from '../trainer/processes/protocol';
import { ProcessGone } from '../processes/task-client';
import { TrainerClient } from '../trainer/processes/trainer-client';
import type { TrainerProcess } from '../trainer/processes/trainer-process';
import { LongTasks } from './long-tasks';

/** A process without work is kept this long: starting one costs half a second, keeping one some 300 MB. */
const IDLE_MS = 60_000;

export type RunTask = keyof RunTasks;
/** What a task is asked with, the run by its id: its folder is looked up. */
export type AskOfRun<N extends RunTask> = Omit<RunTasks[N]['ask'], 'folder'> & {
  readonly runId: RunTasks[N]['ask']['folder'];
};

/**
 * Asks trained runs: a trainer process answers, which is kept for a while and started again when it is gone. The long
 * questions have a process of their own each.
 */
export class RunQuestions {
  readonly #library: RunStore;
  readonly #startTrainer: () => TrainerProcess;
  readonly #longTasks: LongTasks;
  #client: TrainerClient | null = null;
  #idleTimer: NodeJS.Timeout | undefined;
  #closed = false;
  /** The last verification: Verify is looked at more than once. */
  #verified: { readonly runId: string; readonly result: Promise<Verification> } | null = null;

  constructor(library: RunStore, startTrainer: () => TrainerProcess) {
    this.#library = library;
    this.#startTrainer = startTrainer;
    this.#longTasks = new LongTasks(startTrainer);
  }

  /**
   * The measures of the test part, where the task computes them in passing, are kept with the run.
   * @param onProgress called with how far a long question is
   * @throws Problem 'run-missing', 'run-not-trained', 'run-damaged', 'cannot-write', 'trainer-failed', those of the task; of
   * a long question also 'work-busy', 'cancelled'
   */
  ask<N extends RunTask>(
    task: N,
    input: AskOfRun<N>,
    onProgress?: (progress: WorkProgress) => void,
  ): Promise<RunTasks[N]['answer']> {
    if (task !== 'verifyRun') return this.#ask(task, input, onProgress);
    return this.#verify(input as AskOfRun<'verifyRun'>);
  }

  /** Ends the long question that is being answered, if there is one. */
  cancelLong(): void {
    this.#longTasks.cancel();
  }

  /** Steers what the kept process does, where that can be steered. */
  control(action: TrainingAction): void {
    this.#client?.control(action);
  }

  /** Has the kept process do a task, which is none of a trained run. @throws Problem 'trainer-failed', those of the task */
  async run<N extends TaskName>(
    task: N,
    ask: TrainerTasks[N]['ask'],
    onNews?: (news: TaskNews) => void,
  ): Promise<TrainerTasks[N]['answer']> {
    if (this.#closed) throw new Problem('cancelled');
    clearTimeout(this.#idleTimer);
    if (this.#client === null || !this.#client.alive) this.#client = new TrainerClient(this.#startTrainer());
    try {
      return await this.#client.ask(task, ask, onNews);
    } catch (error) {
      if (!(error instanceof ProcessGone)) throw error;
      throw new Problem(
        'trainer-failed',
        { cause: phrase('process-ended', { what: error.because }) },
        { cause: error },
      );
    } finally {
      this.#restTimer();
    }
  }

  /** Takes over a process that has just trained: it has TensorFlow loaded. */
  adopt(client: TrainerClient): void {
    if (this.#client !== null && !this.#client.idle) {
      client.kill();
      return;
    }
    this.#client?.kill();
    this.#client = client;
    this.#restTimer();
  }

  /** The next task is done by a process that is started for it; one that is at work ends with what it does. */
  startAfresh(): void {
    clearTimeout(this.#idleTimer);
    this.#client?.endWhenIdle();
    this.#client = null;
  }

  forget(runId: string): void {
    if (this.#verified?.runId === runId) this.#verified = null;
  }

  /** Begins nothing more: what still waits for its turn is cancelled. */
  close(): void {
    this.#closed = true;
    this.#endProcess();
    this.#longTasks.cancel();
  }

  #endProcess(): void {
    clearTimeout(this.#idleTimer);
    this.#client?.kill();
    this.#client = null;
  }

  #verify(input: AskOfRun<'verifyRun'>): Promise<Verification> {
    const { runId } = input;
    if (this.#verified?.runId !== runId) {
      const result = this.#ask('verifyRun', input);
      this.#verified = { runId, result };
      result.catch(() => this.forget(runId));
    }
    return this.#verified.result;
  }

  async #ask<N extends RunTask>(
    task: N,
    { runId, ...rest }: AskOfRun<N>,
    onProgress: (progress: WorkProgress) => void = () => undefined,
  ): Promise<RunTasks[N]['answer']> {
    const folder = runId === null ? null : await this.#folderOf(runId);
    const ask = { ...rest, folder } as unknown as RunTasks[N]['ask'];
    if (isLongQuestion(task)) return await this.#longTasks.run(task, ask, onProgress);
    let measured: Measured | null = null;
    let warnings: readonly KeptWarning[] | null = null;
    const answer = await this.run<N>(task, ask, (news) => {
      if (news.kind === 'measured') ({ measured } = news);
      if (news.kind === 'warnings') ({ warnings } = news);
    });
    if (runId !== null && measured !== null) await this.#keep(runId, measured);
    if (runId !== null && warnings !== null) await this.#library.update(runId, { warnings });
    return answer;
  }

  /** @throws Problem 'run-missing', 'run-damaged', 'run-not-trained', 'cannot-write' */
  async #folderOf(runId: string): Promise<string> {
    const { name, keptEpoch } = await this.#library.record(runId);
    if (keptEpoch === 0) throw new Problem('run-not-trained', { name });
    await this.#library.settle(runId);
    return this.#library.folderOf(runId);
  }

  async #keep(runId: string, measured: Measured): Promise<void> {
    if ((await this.#library.record(runId)).measured === null)
      await this.#library.update(runId, { measured });
  }

  #restTimer(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      if (this.#client?.idle === true) this.#endProcess();
    }, IDLE_MS);
    this.#idleTimer.unref();
  }
}
