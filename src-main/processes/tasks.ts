import type { ProblemData } from '../contract/problems';

/** A thing to do: what it is asked with and what comes of it. */
interface Task {
  readonly ask: unknown;
  readonly answer: unknown;
}

/** What a process can be asked, by name. */
export type Tasks<T> = { readonly [N in keyof T]: Task };

/** One question to a process; its id comes back with every message about it. */
export type TaskRequest<T extends Tasks<T>> = {
  readonly [N in keyof T & string]: {
    readonly kind: 'task';
    readonly id: number;
    readonly task: N;
    readonly ask: T[N]['ask'];
  };
}[keyof T & string];

/** What a process answers to a task: how far it is (`work`), and in the end its value or the problem. */
export type TaskReply<T extends Tasks<T>, Work> =
  | { readonly kind: 'work'; readonly id: number; readonly work: Work }
  | { readonly kind: 'done'; readonly id: number; readonly value: T[keyof T]['answer'] }
  | { readonly kind: 'failed'; readonly id: number; readonly problem: ProblemData };
