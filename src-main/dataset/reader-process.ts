import { Problem } from '../contract/problems';
import { ProcessGone, TaskClient } from '../processes/task-client';
import { forkProcess } from '../processes/fork-process';
import type { WorkProcess } from '../processes/work-process';
import type { ReaderEnded, ReaderRequest, ReaderTasks, ReaderWork } from './protocol';

/** A process that runs reader-main.ts, however it was started. */
export type ReaderProcess = WorkProcess<ReaderRequest>;

/** A reader as a child of plain Node. @param entry the absolute path of the bundled `reader.cjs`, reader-worker.cjs beside it */
export function forkReader(entry: string): ReaderProcess {
  return forkProcess(entry);
}

/** Asks a process that reads. */
export class ReaderClient {
  readonly #client: TaskClient<ReaderTasks, ReaderWork, ReaderEnded>;
  readonly #ended: Promise<never>;
  #end!: (problem: Problem) => void;

  constructor(process: ReaderProcess) {
    this.#ended = new Promise((_resolve, reject) => {
      this.#end = reject;
    });
    this.#ended.catch(() => undefined);
    this.#client = new TaskClient(process as WorkProcess, ({ problem }) => this.end(Problem.from(problem)));
  }

  get pid(): number | undefined {
    return this.#client.pid;
  }

  /** @throws Problem of the task, that with which it was ended, 'reader-died' */
  async ask<N extends keyof ReaderTasks>(
    task: N,
    ask: ReaderTasks[N]['ask'],
    onWork?: (work: ReaderWork) => void,
  ): Promise<ReaderTasks[N]['answer']> {
    try {
      return await Promise.race([this.#ended, this.#client.ask(task, ask, onWork)]);
    } catch (error) {
      if (!(error instanceof ProcessGone)) throw error;
      throw new Problem('reader-died', { cause: error.because }, { cause: error });
    }
  }

  /** Ends the process at once, whatever it is doing: all that was asked fails with the problem. */
  end(problem: Problem): void {
    this.#end(problem);
    this.#client.kill();
  }
}
