import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundled } from '../bundle.fixture';
import { Problem } from '../contract/problems';
import { freePort } from '../processes/free-port';
import { parseBrokerAddress, readBrokerAddress } from './broker-address';
import { TestBroker } from './broker.fixture';
import { Contents } from './contents';
import { Database, isConnectionLost } from './database';
import { jobIdOf, queueOf, workOn } from './job-kinds';
import { JobSender } from './job-sender';
import { JobWorker, type WorkerNews, type WorkOf } from './job-worker';
import { PostgresServer } from './postgres-server';
import { DIGEST_JOB, digestOf, digestWork, LIKENESS, TEST_TIMING } from './queue-job.fixture';

/** `HINDCAST_QUEUE_FAULTS=long`: the whole form. */
const SHAPE =
  process.env['HINDCAST_QUEUE_FAULTS'] === 'long'
    ? { jobs: 200, kills: 20, restarts: 2, ms: 400 }
    : { jobs: 12, kills: 2, restarts: 1, ms: 300 };

let broker: TestBroker;

const signal = new AbortController().signal;
const quietly = { signal, onProgress: () => undefined };
const openSender = async (): Promise<JobSender> =>
  JobSender.open(await readBrokerAddress(broker.server.addressFile), LIKENESS, {}, TEST_TIMING);
/** A worker in this process. */
const startWorker = async (tell: (news: WorkerNews) => void, likeness = LIKENESS): Promise<JobWorker> =>
  JobWorker.start(
    await readBrokerAddress(broker.server.addressFile),
    [digestWork],
    { ...likeness, name: 'here', device: 'CPU', jobs: 2 },
    { onNews: tell },
    TEST_TIMING,
  );

beforeAll(async () => {
  broker = await TestBroker.start();
});
afterAll(() => broker.stop());

describe('a broker', () => {
  it('lets in who has its password, which stands in one file that nobody else may read', async () => {
    expect((await stat(broker.server.addressFile)).mode & 0o777).toBe(0o600);
    const wrong = await parseBrokerAddress(broker.server.address.replace(/:[^:@]+@/, ':a-wrong-password@'));
    const refused = await Database.open(wrong, 1).catch((error: unknown) => error as Problem);
    expect(refused).toMatchObject({ code: 'broker-refused' });
    expect(String((refused as Problem).stack)).not.toContain('a-wrong-password');
    const nobody = await parseBrokerAddress(`postgres://a:b@127.0.0.1:${await freePort()}/c`);
    await expect(Database.open(nobody, 1)).rejects.toMatchObject({ code: 'broker-unreachable' });
  });

  it('is not started where others could not reach it at the address that they are given', async () => {
    const folder = join(broker.folder, 'another');
    const wish = { folder, port: await freePort(), onLog: () => undefined };
    // Reserved for documents: no machine should have it.
    await expect(PostgresServer.start({ ...wish, listen: '198.51.100.7' })).rejects.toThrow('198.51.100.7');
    const everywhere = await PostgresServer.start({ ...wish, listen: '0.0.0.0' });
    const { login } = await readBrokerAddress(everywhere.addressFile);
    for (const host of ['127.0.0.1', '127.0.0.2']) {
      const database = await Database.open({ place: host, login: { ...login, host } }, 1);
      await database.close();
    }
    await everywhere.stop();
  });

  it('may go in the middle of a transaction: that one fails, and nothing else', async () => {
    const database = await Database.open(await parseBrokerAddress(broker.server.address), 2);
    const failed = database.transaction(async (client) => {
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
      await database.query('SELECT pg_terminate_backend($1)', [rows[0]?.['pid']]);
      // Nothing is asked at the moment when it becomes known.
      await pause(500);
      await client.query('SELECT 1');
    });
    await expect(failed).rejects.toSatisfy(isConnectionLost);
    expect((await database.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await database.close();
  });

  it('gives its user no right to run programs or read files of its machine', async () => {
    const database = await Database.open(await parseBrokerAddress(broker.server.address), 1);
    await expect(database.query(`COPY hindcast.result (job) FROM PROGRAM 'id'`)).rejects.toThrow(
      /permission/,
    );
    await expect(database.query(`SELECT pg_read_file('/etc/passwd')`)).rejects.toThrow(/permission/);
    await database.close();
  });
});

describe('contents', () => {
  it('come back as they were laid, in pieces, and are refused where they are not', async () => {
    const database = await Database.open(await parseBrokerAddress(broker.server.address), 2);
    const contents = new Contents(database);
    const bytes = Buffer.alloc(9_000_000, 'readings ');
    const hash = await contents.put(bytes);
    expect(await contents.put(bytes)).toBe(hash);
    expect(bytes.equals(Buffer.from(await contents.get(hash)))).toBe(true);
    await database.query(`UPDATE hindcast.content SET bytes = 'x' WHERE hash = $1 AND piece = 1`, [hash]);
    await expect(contents.get(hash)).rejects.toMatchObject({ code: 'job-content' });
    await contents.remove(hash);
    await expect(contents.get(hash)).rejects.toThrow('no longer there');
    await expect(contents.get('../../etc/passwd')).rejects.toMatchObject({ code: 'job-content' });
    await database.close();
  });
});

describe('jobs', () => {
  it('of another version are left alone, and that is said', async () => {
    const sender = await openSender();
    const content = await sender.contents.put(Buffer.from('another'));
    const heard = new Promise<WorkerNews>((tell) => {
      void startWorker((news) => tell(news), { ...LIKENESS, version: 'older' }).then(async (worker) => {
        await heard;
        await worker.close();
      });
    });
    const leave = new AbortController();
    const waiting = sender.do(
      DIGEST_JOB,
      { content, rounds: 1, ms: 0 },
      { ...quietly, signal: leave.signal },
    );
    expect(await heard).toEqual({ kind: 'others', ...LIKENESS });
    leave.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await sender.close();
  });

  it('that do not fit are refused with a sentence, and nothing of them is done', async () => {
    const { createPostgresBackend, Queue } = await import('bullmq');
    const sender = await openSender();
    const database = await Database.open(await parseBrokerAddress(broker.server.address), 3);
    const queue = new Queue(queueOf(LIKENESS), { connection: database.pool as never }, createPostgresBackend);
    const content = await sender.contents.put(Buffer.from('hostile'));
    const ask = { content, rounds: 1, ms: 0 };
    const id = jobIdOf(LIKENESS, 'digest', ask);
    const whole = { format: 'hindcast-job', ask };
    const hostile: readonly (readonly [string, string, unknown])[] = [
      ['digest', 'a', whole],
      ['another', 'b', whole],
      ['digest', 'c', null],
      ['digest', 'd', { ...whole, ask: { ...ask, content: '../../../etc/passwd' } }],
      ['digest', 'e', { ...whole, ask: { ...ask, rounds: 1e9 } }],
      ['digest', 'f', { ...whole, ask: { ...ask, ms: 'rm -rf /' } }],
      ['digest', 'g', { ...whole, more: 1 }],
      ['constructor', 'h', { __proto__: whole }],
    ];
    const failed: Problem[] = [];
    const begun: string[] = [];
    const all = new Promise<void>((end) => {
      void startWorker((news) => {
        if (news.kind === 'taken') begun.push(news.job);
        if (news.kind === 'failed') failed.push(news.problem);
        if (failed.length + begun.length === hostile.length) end();
      }).then(async (worker) => {
        await all;
        await worker.close();
      });
    });
    for (const [name, jobId, data] of hostile) await queue.add(name, data, { jobId });
    await all;
    expect(begun).toEqual([]);
    expect(new Set(failed.map(({ code }) => code))).toEqual(new Set(['job-invalid']));
    expect((await database.query('SELECT 1 FROM hindcast.result WHERE job = $1', [id])).rows).toEqual([]);
    await queue.close();
    await database.close();
    await sender.close();
  });

  it('fail at a machine on which nothing works three times, ever later, and are then set aside', async () => {
    const broken: WorkOf = () =>
      workOn(DIGEST_JOB, () => Promise.reject(new Problem('disk-full', { file: '/tmp' })));
    const taken: number[] = [];
    const rests: number[] = [];
    const worker = await JobWorker.start(
      await readBrokerAddress(broker.server.addressFile),
      [broken],
      { ...LIKENESS, name: 'broken', device: 'CPU', jobs: 1 },
      {
        onNews(news) {
          if (news.kind === 'taken') taken.push(performance.now());
          if (news.kind === 'rests') rests.push(news.seconds * 1000);
        },
      },
      TEST_TIMING,
    );
    const sender = await openSender();
    const content = await sender.contents.put(Buffer.from('for nobody'));
    const doing = sender.do(DIGEST_JOB, { content, rounds: 1, ms: 0 }, quietly);
    await expect(doing).rejects.toMatchObject({ code: 'job-set-aside' });
    expect(rests.slice(0, 2)).toEqual([TEST_TIMING.restMs, 2 * TEST_TIMING.restMs]);
    const [first = 0, second = 0, third = 0] = taken;
    expect(taken).toHaveLength(3);
    // Timers may be early by a fraction of a millisecond.
    expect(second - first).toBeGreaterThan(TEST_TIMING.restMs - 2);
    expect(third - second).toBeGreaterThan(2 * TEST_TIMING.restMs - 2);
    await worker.close();
    await sender.close();
  });

  it('that two ask for are done once, and both are told; what it left on its way is gone, its result is not', async () => {
    const worker = await startWorker(() => undefined);
    const sender = await openSender();
    const content = await sender.contents.put(Buffer.from('for two'));
    const ask = { content, rounds: 3, ms: 300 };
    const both = await Promise.all([1, 2].map(() => sender.do(DIGEST_JOB, ask, quietly)));
    const digest = digestOf(Buffer.from('for two'), 3);
    expect(both.map(({ answer }) => answer.digest)).toEqual([digest, digest]);
    expect(Buffer.from(await sender.contents.get(both[0]!.answer.kept)).toString()).toBe(digest);
    await worker.close();
    const database = await Database.open(await parseBrokerAddress(broker.server.address), 1);
    expect((await database.query('SELECT 1 FROM hindcast.progress')).rows).toEqual([]);
    // Also after the worker has put all in order.
    expect(Buffer.from(await sender.contents.get(both[0]!.answer.kept)).toString()).toBe(digest);
    await both[0]!.forget();
    await database.close();
    await sender.close();
  });

  it('that nobody wants any more are left by who is at them, and done when they are asked for again', async () => {
    const news: WorkerNews[] = [];
    const worker = await startWorker((each) => news.push(each));
    const sender = await openSender();
    const content = await sender.contents.put(Buffer.from('given up'));
    const leave = new AbortController();
    const ask = { content, rounds: 2, ms: 1000 };
    const long = { ...ask, ms: 86_400_000 };
    const kinds = (): string[] => news.map(({ kind }) => kind);
    const doing = sender.do(DIGEST_JOB, long, { ...quietly, signal: leave.signal });
    await expect.poll(kinds).toContain('taken');
    leave.abort();
    await expect(doing).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(kinds).toContain('given-up');
    // The same again: neither the failure nor the wish of before is in its way.
    const second = new AbortController();
    const again = sender.do(DIGEST_JOB, long, { ...quietly, signal: second.signal });
    await expect.poll(() => kinds().filter((kind) => kind === 'taken')).toHaveLength(2);
    second.abort();
    await expect(again).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => kinds().filter((kind) => kind === 'given-up')).toHaveLength(2);
    const { answer, forget } = await sender.do(DIGEST_JOB, ask, quietly);
    expect(answer.digest).toBe(digestOf(Buffer.from('given up'), 2));
    await forget();
    expect(kinds().filter((kind) => kind === 'failed')).toEqual([]);
    await worker.close();
    await sender.close();
  });

  it('are laid down as far as they are by a worker that is ended, however long it is until that is due', async () => {
    const address = await readBrokerAddress(broker.server.addressFile);
    const reached: number[] = [];
    const upTo =
      (steps: readonly number[]): WorkOf =>
      (contents) =>
        workOn(DIGEST_JOB, async ({ content, rounds }, { keep, leave, takeUp, signal }) => {
          reached.push((await takeUp())?.step ?? 0);
          for (const step of steps) leave(step, () => Promise.resolve(Buffer.from(`${step}`)));
          if (steps.length > 0) await pause(86_400_000, undefined, { signal });
          const digest = digestOf(await contents.get(content), rounds);
          return { digest, kept: await keep(Buffer.from(digest)) };
        });
    const start = (steps: readonly number[]): Promise<JobWorker> =>
      JobWorker.start(
        address,
        [upTo(steps)],
        { ...LIKENESS, name: 'ended', device: 'CPU', jobs: 1 },
        { onNews: () => undefined },
        { ...TEST_TIMING, leaveMs: 86_400_000 },
      );
    const sender = await openSender();
    const content = await sender.contents.put(Buffer.from('ended'));
    const first = await start([1, 7]);
    const doing = sender.do(DIGEST_JOB, { content, rounds: 1, ms: 0 }, quietly);
    await expect.poll(() => reached).toEqual([0]);
    await first.close();
    const second = await start([]);
    await (await doing).forget();
    expect(reached).toEqual([0, 7]);
    await second.close();
    await sender.close();
  });

  it('are done once each, whatever is killed, restarted or cut off', async () => {
    const workers: ChildProcess[] = [];
    const way = await startWay(broker.port);
    const start = (address: string, name: string): ChildProcess => {
      const child = spawn(process.execPath, [bundled('queue-worker'), name], {
        env: { ...process.env, HINDCAST_BROKER: address },
        stdio: 'ignore',
      });
      workers.push(child);
      return child;
    };
    const cutOff = start(broker.server.address.replace(`:${broker.port}/`, `:${way.port}/`), 'cut off');
    let victims = [start(broker.server.address, 'one'), start(broker.server.address, 'two')];
    const sender = await openSender();
    const contents = [Buffer.from('series of one'), Buffer.alloc(5_000_000, 'of two')];
    const hashes = await Promise.all(contents.map((each) => sender.contents.put(each)));
    const asks = Array.from({ length: SHAPE.jobs }, (_, rounds) => ({
      content: hashes[rounds % 2]!,
      rounds,
      ms: SHAPE.ms,
    }));
    let done = 0;
    const doing = asks.map(async (ask) => {
      const result = await sender.do(DIGEST_JOB, ask, quietly);
      done += 1;
      return result;
    });
    const whenDone = async (count: number): Promise<void> => {
      while (done < count) await pause(20);
    };
    let mended = Promise.resolve();
    const faults = async (): Promise<void> => {
      for (let kill = 0; kill < SHAPE.kills; kill++) {
        await whenDone(Math.floor((SHAPE.jobs * (kill + 1)) / (SHAPE.kills + 3)));
        const [victim, ...others] = victims;
        await endBy(victim!, 'SIGKILL');
        victims = [...others, start(broker.server.address, `after ${kill}`)];
        if (kill === 0) way.cut();
        if (kill < SHAPE.restarts) {
          await broker.restart();
        }
        // Longer than its lock.
        if (kill === 0) mended = pause(2 * TEST_TIMING.lockMs).then(() => way.mend());
      }
    };
    const [results] = await Promise.all([Promise.all(doing), faults()]);
    expect(results.map(({ answer }) => answer.digest)).toEqual(
      asks.map(({ rounds }) => digestOf(contents[rounds % 2]!, rounds)),
    );
    const database = await Database.open(await parseBrokerAddress(broker.server.address), 1);
    // The one that was cut off comes back, and hands in what others have done meanwhile.
    await mended;
    const isBack = `SELECT 1 FROM hindcast.present WHERE about->>'name' = 'cut off' AND about->'doing' = '{}'
      AND seen_at > now() - make_interval(secs => 2)`;
    await expect.poll(async () => (await database.query(isBack)).rows).toHaveLength(1);
    const { rows } = await database.query('SELECT job FROM hindcast.result');
    expect(rows).toHaveLength(SHAPE.jobs);
    // Who asks again is told what is known.
    const again = await sender.do(DIGEST_JOB, asks[0]!, quietly);
    expect(again.answer).toEqual(results[0]!.answer);
    await Promise.all(results.map(({ forget }) => forget()));
    expect((await database.query('SELECT job FROM hindcast.result')).rows).toEqual([]);
    await database.close();
    await sender.close();
    // A worker that is asked to end does so.
    await Promise.all([cutOff, ...victims].map((worker) => endBy(worker, 'SIGTERM')));
    await way.close();
    expect(broker.log.join('\n')).not.toContain(new URL(broker.server.address).password);
  });
});

async function endBy(child: ChildProcess, how: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(how);
  await ended;
}

/** The way from a worker to the broker, which can be cut: what was sent is lost, and nobody says so. */
async function startWay(port: number): Promise<{
  readonly port: number;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const end = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const listener: Server = createServer((socket) => {
    keep(socket);
    if (isCut) {
      socket.destroy();
      return;
    }
    const onward = keep(connect(port, '127.0.0.1'));
    socket.pipe(onward).pipe(socket);
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    cut() {
      isCut = true;
      end();
    },
    mend() {
      isCut = false;
    },
    async close() {
      end();
      listener.close();
      await once(listener, 'close');
    },
  };
}
