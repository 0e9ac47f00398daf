import { toProblem } from '../contract/problems';
import type { TaskReply, TaskRequest, Tasks } from './tasks';

/** One function for each task of a process; `tell` says how far it is. */
export type TaskFunctions<T extends Tasks<T>, Work = never> = {
  readonly [N in keyof T & string]: (
    ask: T[N]['ask'],
    tell: (work: Work) => void,
  ) => T[N]['answer'] | Promise<T[N]['answer']>;
};

/** Does a task and posts what comes of it; nothing thrown leaves it raw. */
export async function answerTask<T extends Tasks<T>, Work>(
  tasks: TaskFunctions<T, Work>,
  { id, task, ask }: TaskRequest<T>,
  post: (reply: TaskReply<T, Work>) => void,
): Promise<void> {
  try {
    const value = await tasks[task](ask, (work) => post({ kind: 'work', id, work }));
    post({ kind: 'done', id, value });
  } catch (error) {
    post({ kind: 'failed', id, problem: toProblem(error).toData() });
  }
}
