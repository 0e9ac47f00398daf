import { z } from 'zod';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { causeOfIssues } from '../contract/schema-cause';
import { HINDCAST_VERSION } from '../contract/version';
import { checksumOf } from '../files/sealed';
import type { JobProgress } from './progress';

/** A kind of job: its name, and the schemas of what it is asked with and of what it answers. Both are parsed where they arrive. */
export interface JobKind<Ask, Answer> {
  readonly name: string;
  readonly ask: z.ZodType<Ask>;
  readonly answer: z.ZodType<Answer>;
}

export interface JobHooks {
  /** Aborted where the worker is to leave it: another begins it anew. */
  readonly signal: AbortSignal;
  /** 0 to 1; null: not known. */
  readonly onProgress: (fraction: number | null) => void;
  /** Lays bytes with the broker, which is waited for while it is away. @returns their hash */
  keep(bytes: Uint8Array): Promise<string>;
  /** How far a worker came that had this job before; null where nothing is known of that. Its bytes are to be parsed. */
  takeUp(): Promise<JobProgress | null>;
  /** Says that it goes on from there and does not begin anew. @param step of what was taken up */
  goesOn(step: number): void;
  /** To be called whenever the job is further; now and then it is laid with the broker, for who may have to go on with it. */
  leave(step: number, pack: () => Promise<Uint8Array>): void;
}

/** What a worker can do: jobs of one kind, whatever stands in them. */
export interface Work {
  readonly kind: string;
  /** Ends what it keeps ready for further jobs, and what is under way. */
  close?(): void;
  /** What is asked, and what does it. @throws Problem 'job-invalid' */
  take(given: unknown): { readonly ask: unknown; run(hooks: JobHooks): Promise<unknown> };
}

/** @param run does a job whose question fits. @param close as in `Work` */
export function workOn<Ask, Answer>(
  kind: JobKind<Ask, Answer>,
  run: (ask: Ask, hooks: JobHooks) => Promise<Answer>,
  close?: () => void,
): Work {
  return {
    kind: kind.name,
    ...(close === undefined ? {} : { close }),
    take(given) {
      const ask = parseJob(kind.ask, given);
      return { ask, run: (hooks) => run(ask, hooks) };
    },
  };
}

/** @throws Problem 'job-invalid' */
function parseJob<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new Problem('job-invalid', { cause: causeOfIssues(parsed.error.issues) });
  return parsed.data;
}

/** What stands in the queue. */
const jobDataSchema = z.strictObject({ format: z.literal('hindcast-job'), ask: z.unknown() });

/** Who may do each other's jobs: those of one version, with the same kernels. Others would give other numbers. */
export interface Likeness {
  readonly version: string;
  readonly kernels: string;
}

/** What this machine is like. @param kernels as its engine describes them: which instruction set is behind them may differ from machine to machine */
export const likenessWith = (kernels: string): Likeness => ({
  version: HINDCAST_VERSION,
  kernels: kernels.split(' ')[0] ?? kernels,
});

/** The queue of those who are alike; BullMQ wants no colons in it. */
export const queueOf = ({ version, kernels }: Likeness): string => `hindcast-${version}-${kernels}`;

/** The same question among those who are alike is the same job, whoever asks, and has one result. */
export const jobIdOf = (likeness: Likeness, kind: string, ask: unknown): string =>
  checksumOf(JSON.stringify([queueOf(likeness), kind, inOrder(ask)]));

/** The same value with its keys in order: a database keeps them in another. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, inOrder(each)]),
  );
}

/** A job as it stands in the queue: whoever has the broker's password may have written it. */
export interface QueuedJob {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
}

/** What does a job, once all of it fits. @throws Problem 'job-invalid' */
export function takeJob(
  works: ReadonlyMap<string, Work>,
  likeness: Likeness,
  { id, name, data }: QueuedJob,
): ReturnType<Work['take']>['run'] {
  const work = works.get(name);
  if (work === undefined) throw new Problem('job-invalid', { cause: phrase('form-value') });
  const { ask, run } = work.take(parseJob(jobDataSchema, data).ask);
  if (jobIdOf(likeness, name, ask) !== id) throw new Problem('job-invalid', { cause: phrase('seal-broken') });
  return run;
}
