import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Job, Worker } from 'bullmq';
import { causeOfProblem, Problem, toProblem, type ProblemCode } from '../contract/problems';
import { underEither } from '../processes/either-aborts';
import type { BrokerAddress } from './broker-address';
import { Contents } from './contents';
import { brokerProblem, Database, isConnectionLost } from './database';
import { queueOf, takeJob, type Likeness, type Work } from './job-kinds';
import { readMembers, sayGone, sayPresent, type Member } from './presence';
import { LeftBehind } from './left-behind';
import { keepProgress, readProgressOf } from './progress';
import { keepResult, readResults } from './results';
import { takeStops } from './stops';
import { USUAL_TIMING, type Timing } from './timing';

export interface WorkerWish extends Likeness {
  readonly name: string;
  readonly device: string;
  /** At a time. */
  readonly jobs: number;
}

export interface JobWorkerHooks {
  /** What becomes of jobs, for people. */
  readonly onNews: (news: WorkerNews) => void;
}

export type WorkerNews =
  /** 'given-up': by who asked for it. */
  | { readonly kind: 'taken' | 'done' | 'handed-back' | 'given-up'; readonly job: string }
  /** It goes on from where another worker left it. */
  | { readonly kind: 'goes-on'; readonly job: string; readonly step: number }
  | { readonly kind: 'failed'; readonly job: string; readonly problem: Problem }
  /** It failed for want of its machine, and takes nothing for so long. */
  | { readonly kind: 'rests'; readonly seconds: number }
  /** Work of those who are not like this one waits; nothing of it is taken. */
  | { readonly kind: 'others'; readonly version: string; readonly kernels: string }
  | { readonly kind: 'reach'; readonly isReached: boolean };

/** A job that is done. */
interface Doing {
  fraction: number | null;
  /** Aborted where nobody wants it any more. */
  readonly stop: AbortController;
  readonly left: LeftBehind;
}

/** What may go well on another machine, or another time. All else is the job's own fault and is not tried again. */
const OF_THE_MACHINE: readonly ProblemCode[] = [
  'cannot-write',
  'disk-full',
  'engine-missing',
  'trainer-died',
  'trainer-died-before',
  'trainer-failed',
  'file-unreadable',
  'broker-unreachable',
  'job-content',
  'unexpected',
];

/** More than half a lock off, and it would give away or keep what is another’s. */
const MOST_CLOCK_SHARE = 0.25;
const SPARE_CONNECTIONS = 6;
const MOST_REST_FACTOR = 16;
/** Who is asked to end lays down how far it is, and takes no longer for it. */
const LAST_WORDS_MS = 3000;

/** Makes a work with what a worker gives it. */
export type WorkOf = (contents: Contents) => Work;

/**
 * Takes jobs of those who are alike and does them. The lock of a job is renewed while it is done; a result is kept before the job
 * counts as done, so that one that is done twice, after its worker seemed gone, has one result all the same.
 */
export class JobWorker {
  readonly #database: Database;
  readonly #wish: WorkerWish;
  readonly #hooks: JobWorkerHooks;
  readonly #timing: Timing;
  readonly #contents: Contents;
  /** What is laid there is worth no waiting. */
  readonly #unhurried: Contents;
  readonly #works: ReadonlyMap<string, Work>;
  readonly #id = randomUUID();
  readonly #doing = new Map<string, Doing>();
  readonly #leaving = new AbortController();
  readonly #began = performance.now();
  #worker: Worker | null = null;
  #beating: Promise<void> = Promise.resolve();
  #done = 0;
  /** Of its machine, since it last did a job. */
  #failures = 0;
  #isReached = true;
  #others = '';

  private constructor(
    database: Database,
    works: readonly WorkOf[],
    wish: WorkerWish,
    hooks: JobWorkerHooks,
    timing: Timing,
  ) {
    this.#database = database;
    this.#contents = new Contents(database, (action) => this.#untilReached(action));
    this.#unhurried = new Contents(database);
    this.#works = new Map(works.map((make) => make(this.#contents)).map((work) => [work.kind, work]));
    this.#wish = wish;
    this.#hooks = hooks;
    this.#timing = timing;
  }

  /** Begins to take jobs. @throws Problem 'broker-unreachable', 'broker-refused', 'worker-clock' */
  static async start(
    address: BrokerAddress,
    works: readonly WorkOf[],
    wish: WorkerWish,
    hooks: JobWorkerHooks,
    timing = USUAL_TIMING,
  ): Promise<JobWorker> {
    const database = await Database.open(address, wish.jobs + SPARE_CONNECTIONS);
    const worker = new JobWorker(database, works, wish, hooks, timing);
    try {
      await requireClock(database, timing.lockMs * MOST_CLOCK_SHARE);
      await worker.#begin();
      return worker;
    } catch (error) {
      await worker.close();
      throw brokerProblem(address.place, error);
    }
  }

  /** Takes no more, lays down how far it is, hands back what is not done, and leaves. */
  async close(): Promise<void> {
    void this.#worker?.pause(true).catch(() => undefined);
    const laid = Promise.all([...this.#doing.values()].map(({ left }) => left.layNewest()));
    await Promise.race([laid, pause(LAST_WORDS_MS, undefined, { ref: false })]);
    this.#leaving.abort();
    for (const work of this.#works.values()) work.close?.();
    await this.#worker?.close().catch(() => undefined);
    await this.#beating;
    await sayGone(this.#database, this.#id).catch(() => undefined);
    await this.#database.close().catch(() => undefined);
  }

  async #begin(): Promise<void> {
    const { createPostgresBackend, Worker: WorkerClass } = await import('bullmq');
    const { lockMs, stalledMs, retryMs, mostStalls } = this.#timing;
    const worker = new WorkerClass(
      queueOf(this.#wish),
      (job: Job, token?: string) => this.#do(job, token ?? ''),
      {
        connection: this.#database.pool as never,
        concurrency: this.#wish.jobs,
        lockDuration: lockMs,
        stalledInterval: stalledMs,
        maxStalledCount: mostStalls,
        runRetryDelay: retryMs,
        name: this.#id,
      },
      createPostgresBackend,
    ) as unknown as Worker;
    // Lost connections and lapsed locks: what follows from them is settled by who keeps a result first.
    worker.on('error', () => undefined);
    this.#worker = worker;
    this.#beating = this.#beatOn();
    await worker.waitUntilReady();
  }

  /** @throws what BullMQ is to make of it: a failure, another try, back to the queue */
  async #do(job: Job, token: string): Promise<null> {
    const { UnrecoverableError, WaitingError } = await import('bullmq');
    const id = job.id ?? '';
    try {
      await this.#doOnce(job, id);
      return null;
    } catch (error) {
      if (this.#doing.get(id)?.stop.signal.aborted === true) {
        this.#hooks.onNews({ kind: 'given-up', job: id });
        throw new UnrecoverableError(reasonOf(new Problem('cancelled')));
      }
      if (this.#leaving.signal.aborted) {
        await job.moveToWait(token);
        this.#hooks.onNews({ kind: 'handed-back', job: id });
        throw new WaitingError();
      }
      const problem = toProblem(error);
      this.#hooks.onNews({ kind: 'failed', job: id, problem });
      if (!OF_THE_MACHINE.includes(problem.code)) throw new UnrecoverableError(reasonOf(problem));
      this.#rest();
      const attempts = job.attemptsMade + 1;
      const setAside = { attempts, worker: this.#wish.name, cause: causeOfProblem(problem) };
      const isLast = attempts >= (job.opts.attempts ?? 1);
      const last = isLast ? new Problem('job-set-aside', setAside) : problem;
      throw new Error(reasonOf(last), { cause: error });
    } finally {
      this.#doing.delete(id);
    }
  }

  /** So that a machine on which nothing works does not fail what another would do. */
  #rest(): void {
    const worker = this.#worker;
    if (worker === null || worker.isPaused()) return;
    const ms = this.#timing.restMs * Math.min(2 ** this.#failures, MOST_REST_FACTOR);
    this.#failures += 1;
    this.#hooks.onNews({ kind: 'rests', seconds: ms / 1000 });
    void worker
      .pause(true)
      .then(() => pause(ms, undefined, { signal: this.#leaving.signal }))
      .then(() => worker.resume())
      // It leaves.
      .catch(() => undefined);
  }

  async #doOnce(job: Job, id: string): Promise<void> {
    const run = takeJob(this.#works, this.#wish, { id, name: job.name, data: job.data as unknown });
    // Handed in by one that seemed gone.
    if ((await this.#untilReached(() => readResults(this.#database, [id]))).length > 0) return;
    this.#hooks.onNews({ kind: 'taken', job: id });
    const left = new LeftBehind(this.#timing.leaveMs, (progress) =>
      keepProgress(this.#database, this.#unhurried, id, progress),
    );
    const doing: Doing = { fraction: null, stop: new AbortController(), left };
    this.#doing.set(id, doing);
    const kept: string[] = [];
    const answer = await underEither(this.#leaving.signal, doing.stop.signal, (signal) =>
      run({
        signal,
        onProgress: (fraction) => (doing.fraction = fraction),
        keep: async (bytes) => {
          const hash = await this.#contents.put(bytes);
          kept.push(hash);
          return hash;
        },
        takeUp: () => this.#untilReached(() => readProgressOf(this.#database, this.#contents, id)),
        goesOn: (step) => this.#hooks.onNews({ kind: 'goes-on', job: id, step }),
        leave: (step, pack) => left.say(step, pack),
      }),
    ).finally(() => left.end());
    const result = { job: id, answer, worker: this.#wish.name };
    await this.#untilReached(() => keepResult(this.#database, result, kept));
    this.#done += 1;
    this.#failures = 0;
    this.#hooks.onNews({ kind: 'done', job: id });
  }

  /** What is done is not lost: the broker is waited for. */
  async #untilReached<T>(action: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await action();
      } catch (error) {
        if (!isConnectionLost(error) || this.#leaving.signal.aborted) throw error;
        await pause(this.#timing.retryMs);
      }
    }
  }

  async #beatOn(): Promise<void> {
    const { signal } = this.#leaving;
    while (!signal.aborted) {
      try {
        await sayPresent(this.#database, this.#id, this.#about());
        await this.#lookForOthers();
        for (const job of await takeStops(this.#database, [...this.#doing.keys()]))
          this.#doing.get(job)?.stop.abort();
        this.#tellReach(true);
      } catch {
        this.#tellReach(false);
      }
      await pause(this.#timing.beatMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Says once of each kind of work that waits for others. */
  async #lookForOthers(): Promise<void> {
    const own = queueOf(this.#wish);
    const senders = (await readMembers(this.#database)).filter(
      ({ role, jobs }) => role === 'sender' && jobs > 0,
    );
    const other = senders.find((sender) => queueOf(sender) !== own);
    const known = other === undefined ? '' : queueOf(other);
    if (known !== this.#others && other !== undefined) {
      this.#hooks.onNews({ kind: 'others', version: other.version, kernels: other.kernels });
    }
    this.#others = known;
  }

  #tellReach(isReached: boolean): void {
    if (isReached === this.#isReached) return;
    this.#isReached = isReached;
    this.#hooks.onNews({ kind: 'reach', isReached });
  }

  #about(): Member {
    const { name, version, kernels, device, jobs } = this.#wish;
    return {
      role: 'worker',
      name,
      version,
      kernels,
      device,
      jobs,
      done: this.#done,
      seconds: (performance.now() - this.#began) / 1000,
      doing: Object.fromEntries([...this.#doing].map(([id, { fraction }]) => [id, fraction])),
    };
  }
}

/** As `problemOfReason` reads it. */
const reasonOf = (problem: Problem): string => JSON.stringify(problem.toData());

/** Locks lapse by the clocks of those who look. @throws Problem 'worker-clock' */
async function requireClock(database: Database, mostMs: number): Promise<void> {
  const before = Date.now();
  const { rows } = await database.query('SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now');
  const after = Date.now();
  const theirs = Number(rows[0]?.['now']);
  // Somewhere between the two it was asked.
  const off = Math.max(before - theirs, theirs - after, 0);
  if (off > mostMs) throw new Problem('worker-clock', { seconds: Math.round(off / 1000) });
}
