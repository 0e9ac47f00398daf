import { connectToParent } from './parent-port';
import { answerTask } from './task-server';
import type { TaskReply, TaskRequest } from './tasks';

/** A process whose one task fails with an unexpected error. */
export interface ThrowingTasks {
  readonly work: { readonly ask: null; readonly answer: null };
}

const port = connectToParent<TaskRequest<ThrowingTasks>, TaskReply<ThrowingTasks, never>>();
const tasks = {
  work: (): null => {
    throw new TypeError('nobody foresaw it');
  },
};
port.listen((request) => void answerTask<ThrowingTasks, never>(tasks, request, (reply) => port.post(reply)));
