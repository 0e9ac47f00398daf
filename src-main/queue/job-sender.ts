import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import { phrase, saidBy } from '../contract/phrases';
import { Problem, problemSchema } from '../contract/problems';
import { causeOfIssues } from '../contract/schema-cause';
import type { BrokerAddress } from './broker-address';
import { Contents } from './contents';
import { brokerProblem, Database, isConnectionLost } from './database';
import { jobIdOf, queueOf, type JobKind, type Likeness } from './job-kinds';
import { readMembers, sayGone, sayPresent, type Member } from './presence';
import { readProgressOf, type JobProgress } from './progress';
import { readResults, removeResult, type JobResult } from './results';
import { askToStop, forgetStop } from './stops';
import { KEPT_DAYS, sweep } from './sweep';
import { MOST_ATTEMPTS, USUAL_TIMING, type Timing } from './timing';

/** What came of a job. */
export interface JobDone<Answer> {
  readonly answer: Answer;
  /** Who did it. */
  readonly worker: string;
  /** To be called when the answer is kept elsewhere: the broker need not keep it any more, nor these contents of it. */
  forget(contents?: readonly string[]): Promise<void>;
}

export interface JobSenderHooks {
  /** Where it is aborted a broker that is away is no longer waited for. */
  readonly signal?: AbortSignal;
  /** Called when it becomes known, and whenever it changes, who is there. */
  readonly onMembers?: (members: readonly Member[]) => void;
  /** Called when the broker goes away (false) and when it is there again (true). */
  readonly onReach?: (isReached: boolean) => void;
}

interface Awaited {
  readonly add: () => Promise<void>;
  readonly onProgress: (fraction: number | null) => void;
  resolve(result: JobResult): void;
  reject(error: unknown): void;
}

/** Looks for jobs that are neither done nor in the queue come so much more seldom than a beat. */
const LOST_EVERY_BEATS = 5;
const CONNECTIONS = 8;
/** Jobs that were set aside, the newest first: older ones are nobody's who still waits. */
const MOST_FAILED = 999;
const FAILED_KEPT = { age: KEPT_DAYS * 86_400 };

/**
 * Hands jobs to the workers of a broker and waits for their results. A broker that goes away is waited for; what was handed in
 * before this process was killed is found again, since the same question is the same job.
 */
export class JobSender {
  readonly contents: Contents;
  readonly #database: Database;
  readonly #queue: Queue;
  readonly #likeness: Likeness;
  readonly #timing: Timing;
  readonly #hooks: JobSenderHooks;
  readonly #id = randomUUID();
  /** Several may wait for one. */
  readonly #awaited = new Map<string, Set<Awaited>>();
  /** Given up while the broker was away, which still has them. */
  readonly #unwanted = new Set<string>();
  readonly #looking: Promise<void>;
  readonly #began = performance.now();
  #closed = false;
  /** By `performance.now()`; null while it is reached. */
  #awaySince: number | null = null;
  #done = 0;
  #known = '';

  private constructor(
    database: Database,
    queue: Queue,
    likeness: Likeness,
    hooks: JobSenderHooks,
    timing: Timing,
  ) {
    this.#database = database;
    this.#queue = queue;
    this.#likeness = likeness;
    this.#hooks = hooks;
    this.#timing = timing;
    this.contents = new Contents(database, (action) => this.#untilReached(action));
    this.#looking = this.#lookOn();
  }

  /** @throws Problem 'broker-unreachable', 'broker-refused' */
  static async open(
    address: BrokerAddress,
    likeness: Likeness,
    hooks: JobSenderHooks = {},
    timing = USUAL_TIMING,
  ): Promise<JobSender> {
    const database = await Database.open(address, CONNECTIONS);
    const { createPostgresBackend, Queue: QueueClass } = await import('bullmq');
    const queue = new QueueClass(
      queueOf(likeness),
      { connection: database.pool as never },
      createPostgresBackend,
    ) as unknown as Queue;
    // A lost connection is found by the next question.
    queue.on('error', () => undefined);
    try {
      // Asked once: what BullMQ is told here it keeps for good.
      await queue.waitUntilReady();
    } catch (error) {
      await queue.close().catch(() => undefined);
      await database.close().catch(() => undefined);
      throw brokerProblem(address.place, error);
    }
    return new JobSender(database, queue, likeness, hooks, timing);
  }

  /**
   * Has a worker do a job.
   * @throws Problem of the job when it has failed for good; 'job-workers-died', 'job-result-invalid', 'cancelled'
   */
  async do<Ask, Answer>(
    kind: JobKind<Ask, Answer>,
    ask: Ask,
    { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: Awaited['onProgress'] },
  ): Promise<JobDone<Answer>> {
    const asked = kind.ask.parse(ask);
    const id = jobIdOf(this.#likeness, kind.name, asked);
    const add = async (): Promise<void> => {
      // One that was set aside before is tried anew, since it was asked for again.
      const before = await this.#queue.getJob(id);
      if (before !== undefined && (await before.isFailed())) await before.remove();
      await forgetStop(this.#database, id);
      await this.#queue.add(
        kind.name,
        { format: 'hindcast-job', ask: asked },
        {
          jobId: id,
          attempts: MOST_ATTEMPTS,
          removeOnComplete: true,
          removeOnFail: FAILED_KEPT,
          stackTraceLimit: 0,
        },
      );
    };
    const { answer, worker } = await this.#await(id, add, signal, onProgress);
    const parsed = kind.answer.safeParse(answer);
    if (!parsed.success) {
      await removeResult(this.#database, id);
      throw new Problem('job-result-invalid', { worker, cause: causeOfIssues(parsed.error.issues) });
    }
    this.#done += 1;
    return { answer: parsed.data, worker, forget: (contents) => removeResult(this.#database, id, contents) };
  }

  /** Of the broker: 'host:port'. */
  get place(): string {
    return this.#database.place;
  }

  /** Whether the broker has been away for so long that who can do the work himself need not wait for it. */
  get isGone(): boolean {
    return this.#awaySince !== null && performance.now() - this.#awaySince >= this.#timing.awayMs;
  }

  /** How often workers lay with the broker how far they are, in milliseconds. */
  get leaveMs(): number {
    return this.#timing.leaveMs;
  }

  /** How far a job is that was handed in, as its worker has laid it there; null where nothing is known of that. Not waited for. */
  left<Ask>({ name, ask: schema }: JobKind<Ask, unknown>, ask: Ask): Promise<JobProgress | null> {
    const id = jobIdOf(this.#likeness, name, schema.parse(ask));
    return readProgressOf(this.#database, new Contents(this.#database), id);
  }

  /** Those who are there. @throws Problem 'broker-unreachable' */
  async members(): Promise<readonly Member[]> {
    return readMembers(this.#database).catch((error: unknown) => {
      throw brokerProblem(this.#database.place, error);
    });
  }

  /** What waits for a result is cancelled; what a worker is at is done by it, and found when it is asked for again. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#allAwaited()) reject(new Problem('cancelled'));
    await this.#looking;
    if (this.#awaySince === null) {
      await sayGone(this.#database, this.#id).catch(() => undefined);
      await sweep(this.#database).catch(() => undefined);
    }
    await this.#queue.close().catch(() => undefined);
    await this.#database.close().catch(() => undefined);
  }

  async #await(
    id: string,
    add: () => Promise<void>,
    signal: AbortSignal,
    onProgress: Awaited['onProgress'],
  ): Promise<JobResult> {
    if (signal.aborted || this.#closed) throw new Problem('cancelled');
    this.#unwanted.delete(id);
    const [known] = await this.#untilReached(() => readResults(this.#database, [id]));
    if (known !== undefined) return known;
    await this.#untilReached(add);
    const own: Awaited = { add, onProgress, resolve: () => undefined, reject: () => undefined };
    const cancel = (): void => own.reject(new Problem('cancelled'));
    // One for each job that waits; Node warns of more than ten.
    setMaxListeners(0, signal);
    try {
      return await new Promise<JobResult>((resolve, reject) => {
        Object.assign(own, { resolve, reject });
        signal.addEventListener('abort', cancel);
        this.#awaited.set(id, (this.#awaited.get(id) ?? new Set()).add(own));
        if (signal.aborted) cancel();
      });
    } catch (error) {
      this.#awaitNoMore(id, own);
      if (signal.aborted && !this.#awaited.has(id))
        await this.#giveUp(id).catch(() => this.#unwanted.add(id));
      throw error;
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#awaitNoMore(id, own);
    }
  }

  #awaitNoMore(id: string, own: Awaited): void {
    const waiting = this.#awaited.get(id);
    waiting?.delete(own);
    if (waiting?.size === 0) this.#awaited.delete(id);
  }

  /** One that nobody has taken yet goes; who is at it leaves it. What it has by then is found when it is asked for again. */
  async #giveUp(id: string): Promise<void> {
    const isGone = (await this.#queue.remove(id)) === 1;
    if (!isGone) await askToStop(this.#database, id);
  }

  async #giveUpUnwanted(): Promise<void> {
    for (const id of this.#unwanted) {
      await this.#giveUp(id);
      this.#unwanted.delete(id);
    }
  }

  async #untilReached<T>(action: () => Promise<T>): Promise<T> {
    for (;;) {
      if (this.#closed || this.#hooks.signal?.aborted === true) throw new Problem('cancelled');
      try {
        return await action();
      } catch (error) {
        if (!isConnectionLost(error)) throw error;
        await pause(this.#timing.retryMs);
      }
    }
  }

  async #lookOn(): Promise<void> {
    const { beatMs, lookMs } = this.#timing;
    for (let [beats, dueAt] = [0, 0]; !this.#closed;) {
      try {
        await this.#giveUpUnwanted();
        if (performance.now() >= dueAt) {
          await this.#beat();
          if (++beats % LOST_EVERY_BEATS === 0) await this.#addLost();
          dueAt = performance.now() + beatMs;
        }
        await this.#takeResults();
        this.#tellReach(true);
      } catch (error) {
        if (!isConnectionLost(error)) this.#rejectAll(error);
        this.#tellReach(false);
      }
      await pause(lookMs);
    }
  }

  /** What workers say as seldom: who is there, how far they are, what has failed. */
  async #beat(): Promise<void> {
    await sayPresent(this.#database, this.#id, this.#about());
    const members = await readMembers(this.#database);
    this.#tellMembers(members);
    if (this.#awaited.size === 0) return;
    for (const { doing } of members) {
      for (const [id, fraction] of Object.entries(doing))
        for (const { onProgress } of this.#awaited.get(id) ?? []) onProgress(fraction);
    }
    for (const id of await this.#queue.getRanges(['failed'], 0, MOST_FAILED)) await this.#takeFailure(id);
  }

  async #takeFailure(id: string): Promise<void> {
    if (!this.#awaited.has(id)) return;
    const job = await this.#queue.getJob(id);
    const [first, ...others] = this.#awaited.get(id) ?? [];
    // Another may have handed it in again meanwhile.
    if (first === undefined || job === undefined || !(await job.isFailed())) return;
    const problem = problemOfReason(job.failedReason);
    // Given up by another who had asked for the same.
    if (problem.code === 'cancelled') await first.add();
    else for (const { reject } of [first, ...others]) reject(problem);
  }

  async #takeResults(): Promise<void> {
    if (this.#awaited.size === 0) return;
    for (const result of await readResults(this.#database, [...this.#awaited.keys()])) {
      for (const { resolve } of this.#awaited.get(result.job) ?? []) resolve(result);
    }
  }

  /** Who emptied the broker meanwhile, or restored it from before, has lost jobs: they are handed in again. */
  async #addLost(): Promise<void> {
    for (const [id, [first]] of this.#awaited) {
      if ((await this.#queue.getJob(id)) !== undefined) continue;
      // Done and gone from the queue between two looks.
      if ((await readResults(this.#database, [id])).length === 0) await first?.add();
    }
  }

  #allAwaited(): readonly Awaited[] {
    return [...this.#awaited.values()].flatMap((waiting) => [...waiting]);
  }

  #rejectAll(error: unknown): void {
    for (const { reject } of this.#allAwaited()) reject(brokerProblem(this.#database.place, error));
  }

  #tellReach(isReached: boolean): void {
    if (isReached === (this.#awaySince === null)) return;
    this.#awaySince = isReached ? null : performance.now();
    this.#hooks.onReach?.(isReached);
  }

  #tellMembers(members: readonly Member[]): void {
    const known = JSON.stringify(
      members.map(({ role, name, version, kernels }) => [role, name, version, kernels]),
    );
    if (known === this.#known) return;
    this.#known = known;
    this.#hooks.onMembers?.(members);
  }

  #about(): Member {
    return {
      role: 'sender',
      name: hostname().slice(0, 200) || '?',
      ...this.#likeness,
      device: '',
      jobs: this.#awaited.size,
      done: this.#done,
      seconds: (performance.now() - this.#began) / 1000,
      doing: {},
    };
  }
}

/** Why a job was set aside, as a worker or BullMQ has written it. */
export function problemOfReason(reason: string | undefined): Problem {
  try {
    return Problem.from(problemSchema.parse(JSON.parse(reason ?? '')));
  } catch {
    // BullMQ's own word.
    if (/stalled/.test(reason ?? '')) return new Problem('job-workers-died');
    return new Problem('job-invalid', {
      cause: reason === undefined ? phrase('form-unknown') : saidBy(new Error(reason)),
    });
  }
}
