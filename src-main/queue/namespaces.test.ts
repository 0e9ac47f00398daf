import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundled } from '../bundle.fixture';
import { parseBrokerAddress, readBrokerAddress } from './broker-address';
import { TestBroker } from './broker.fixture';
import { Database } from './database';
import { JobSender } from './job-sender';
import { DIGEST_JOB, digestOf, LIKENESS, TEST_TIMING } from './queue-job.fixture';

const JOBS = 24;
const MS = 300;
const execute = promisify(execFile);
const ip = (line: string): Promise<unknown> => execute('ip', line.split(' '));

/** A machine of its own as far as the network goes, with a cable to this one. */
class Host {
  readonly name: string;
  /** This machine, as it is seen from there. */
  readonly here: string;
  readonly #cable: string;

  constructor(place: number) {
    this.name = `hindcast-${process.pid}-${place}`;
    this.#cable = `hc${process.pid}${place}`.slice(0, 13);
    this.here = `10.213.${place}.1`;
  }

  async add(): Promise<void> {
    const there = `${this.#cable}t`;
    await ip(`netns add ${this.name}`);
    await ip(`link add ${this.#cable} type veth peer name ${there} netns ${this.name}`);
    await ip(`addr add ${this.here}/24 dev ${this.#cable}`);
    await ip(`link set ${this.#cable} up`);
    await ip(`-n ${this.name} addr add ${this.here.replace(/1$/, '2')}/24 dev ${there}`);
    await ip(`-n ${this.name} link set ${there} up`);
    await ip(`-n ${this.name} link set lo up`);
  }

  /** Pulls the cable: nobody is told, what is sent is lost. */
  cut(): Promise<unknown> {
    return ip(`link set ${this.#cable} down`);
  }

  mend(): Promise<unknown> {
    return ip(`link set ${this.#cable} up`);
  }

  start(address: string): ChildProcess {
    const args = ['netns', 'exec', this.name, process.execPath, bundled('queue-worker'), this.name];
    return spawn('ip', args, { env: { ...process.env, HINDCAST_BROKER: address }, stdio: 'ignore' });
  }

  remove(): Promise<unknown> {
    return ip(`netns del ${this.name}`).catch(() => undefined);
  }
}

/** Only root may add hosts, and not everywhere. */
const hosts = [new Host(1), new Host(2)];
const mayAddHosts = await Promise.all(hosts.map((host) => host.add())).then(
  () => true,
  () => false,
);

describe.skipIf(!mayAddHosts)('two hosts with a network between them and the broker', () => {
  let broker: TestBroker;
  let workers: ChildProcess[] = [];

  beforeAll(async () => {
    broker = await TestBroker.start('0.0.0.0');
  });
  afterAll(async () => {
    for (const worker of workers) {
      if (worker.exitCode !== null || worker.signalCode !== null) continue;
      const ended = once(worker, 'exit');
      worker.kill('SIGTERM');
      await ended;
    }
    await broker.stop();
    await Promise.all(hosts.map((host) => host.remove()));
  });

  it('do each job once, one of them cut off for longer than its lock', async () => {
    const { password, port } = (await readBrokerAddress(broker.server.addressFile)).login;
    const addressFor = (host: string): string => `postgres://hindcast:${password}@${host}:${port}/hindcast`;
    workers = hosts.map((host) => host.start(addressFor(host.here)));
    const own = await parseBrokerAddress(addressFor('127.0.0.1'));
    const sender = await JobSender.open(own, LIKENESS, {}, TEST_TIMING);
    const content = Buffer.alloc(5_000_000, 'a series');
    const hash = await sender.contents.put(content);
    const quietly = { signal: new AbortController().signal, onProgress: () => undefined };
    let done = 0;
    const doing = Array.from({ length: JOBS }, async (_, rounds) => {
      const result = await sender.do(DIGEST_JOB, { content: hash, rounds, ms: MS }, quietly);
      done += 1;
      return result;
    });
    const cutting = async (): Promise<void> => {
      while (done < JOBS / 4) await pause(20);
      await hosts[0]!.cut();
      await pause(2 * TEST_TIMING.lockMs);
      await hosts[0]!.mend();
    };
    const [results] = await Promise.all([Promise.all(doing), cutting()]);
    expect(results.map(({ answer }) => answer.digest)).toEqual(
      Array.from({ length: JOBS }, (_, rounds) => digestOf(content, rounds)),
    );
    const database = await Database.open(own, 1);
    expect((await database.query('SELECT job FROM hindcast.result')).rows).toHaveLength(JOBS);
    // The one that was cut off is heard of again.
    const isThere = `SELECT 1 FROM hindcast.present WHERE about->>'name' = '${hosts[0]!.name}' AND seen_at > now() - interval '3 s'`;
    await expect.poll(async () => (await database.query(isThere)).rows).toHaveLength(1);
    await database.close();
    await sender.close();
  });
});
