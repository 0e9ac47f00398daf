import { setMaxListeners } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { freePort } from '../processes/free-port';
import {
  JobSender,
  JobWorker,
  PostgresServer,
  readBrokerAddress,
  workOn,
  type BrokerAddress,
  type JobKind,
} from '../queue';
import {
  end,
  keepsToCores,
  runFleetCommand,
  startCommand,
  untilSaid,
  type FleetRun,
} from './fleet-processes';
import { makeStations } from './fleet-stations';

export interface FleetBenchOptions {
  readonly stations: number;
  readonly epochs: number;
  /** Small jobs, which do nothing. */
  readonly trials: number;
}

/** What lies in a broker's database. Bytes. */
interface Stored {
  readonly whole: number;
  /** Readings and runs that are kept there. */
  readonly contents: number;
}

export interface FleetBenchResult extends FleetBenchOptions {
  readonly cores: number;
  readonly keepsToCores: boolean;
  readonly loadBefore: number;
  /** Bytes of all files. */
  readonly fileBytes: number;
  /** In processes of the command's own, one station at a time. */
  readonly pool: Omit<FleetRun, 'rmse'>;
  readonly oneWorker: Omit<FleetRun, 'rmse'>;
  readonly twoWorkers: Omit<FleetRun, 'rmse'>;
  /** Of two workers: their jobs a minute over twice those of one. */
  readonly efficiency: number;
  /** Time of a job with a broker and one worker over that in the pool, less 1; all on one core. */
  readonly overhead: number;
  /** The same of the CPU time, which other programs on the machine do not lengthen. */
  readonly cpuOverhead: number;
  /** Stations whose RMSE is another one by the broker. */
  readonly otherNumbers: number;
  readonly stored: { readonly before: Stored; readonly after: Stored };
  readonly queue: {
    readonly seconds: number;
    readonly jobsPerSecond: number;
    /** CPU time of the sender and the worker together, in one process. */
    readonly cpuMsPerJob: number;
    readonly bytesPerJob: number;
  };
}

const SAMPLE = join('resources', 'samples', 'seattle-daily-2012-2015.csv');
const askSchema = z.strictObject({ trial: z.number().int() });
const answerSchema = z.strictObject({ rmse: z.number() });
const TRIAL_JOB: JobKind<z.infer<typeof askSchema>, z.infer<typeof answerSchema>> = {
  name: 'bench-trial',
  ask: askSchema,
  answer: answerSchema,
};
const LIKENESS = { version: 'bench', kernels: 'none' };
/** Small jobs that are with the broker at a time, and that the worker does at a time. */
const TRIALS_AT_A_TIME = 256;
const WORKER_JOBS = 32;

/**
 * Trains a made fleet in the command's own processes, then by a broker with one worker and with two; then small jobs alone.
 * @param tell called with what is done next
 */
export async function benchFleet(
  { stations, epochs, trials }: FleetBenchOptions,
  tell: (line: string) => void,
): Promise<FleetBenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-bench-fleet-'));
  // PostgreSQL is another user where this one is root.
  await chmod(folder, 0o755);
  const [loadBefore = 0] = loadavg();
  const club = join(folder, 'club');
  await mkdir(club);
  let fileBytes = 0;
  for (const { name, text } of makeStations(await readFile(resolve(SAMPLE), 'utf8'), stations)) {
    fileBytes += Buffer.byteLength(text);
    await writeFile(join(club, `${name}.csv`), text);
  }
  const command = (out: string): string[] => [
    ...['fleet', club, '--target', 'temperature', '--epochs', String(epochs), '--jobs', '1'],
    ...['--device', 'cpu', '--out', join(folder, out)],
  ];
  try {
    tell(`${stations} stations in the pool, one at a time`);
    const pool = await runFleetCommand(command('pool'), 0);
    tell(rateLine(pool));
    const port = await freePort();
    const broker = startCommand(['broker', '--data', join(folder, 'broker'), '--port', String(port)], 0);
    await untilSaid(broker, /broker is ready/);
    const addressFile = join(folder, 'broker', 'address.txt');
    const address = await readBrokerAddress(addressFile);
    let before: Stored | null = null;
    const withWorkers = async (cores: readonly number[], client: number | null): Promise<FleetRun> => {
      tell(`${stations} stations by a broker with ${cores.length} worker${cores.length === 1 ? '' : 's'}`);
      const workers = cores.map((core) =>
        startCommand(
          ['worker', '--broker', addressFile, '--name', `worker ${core}`, '--device', 'cpu'],
          core,
        ),
      );
      try {
        await Promise.all(workers.map((worker) => untilSaid(worker, /works for the broker/)));
        // The tables of the queue are there by now.
        before ??= await storedAt(address);
        const out = `by-${cores.length}`;
        const run = await runFleetCommand([...command(out), '--broker', addressFile], client, [
          broker,
          ...workers,
        ]);
        tell(rateLine(run));
        return run;
      } finally {
        await Promise.all(workers.map(end));
      }
    };
    try {
      // All on one core: what the broker costs is not hidden by a core that would else rest.
      const oneWorker = await withWorkers([0], 0);
      const after = await storedAt(address);
      const twoWorkers = await withWorkers([0, 1], null);
      const others = [oneWorker, twoWorkers].flatMap(({ rmse }) =>
        [...rmse].filter(([name, value]) => pool.rmse.get(name) !== value),
      );
      tell(`${trials} small jobs`);
      const queue = await benchQueue(folder, trials);
      return {
        stations,
        epochs,
        trials,
        cores: cpus().length,
        keepsToCores,
        loadBefore,
        fileBytes,
        pool: plain(pool),
        oneWorker: plain(oneWorker),
        twoWorkers: plain(twoWorkers),
        efficiency: twoWorkers.jobsPerMinute / (2 * oneWorker.jobsPerMinute),
        overhead: pool.jobsPerMinute / oneWorker.jobsPerMinute - 1,
        cpuOverhead: oneWorker.cpuSecondsPerJob / pool.cpuSecondsPerJob - 1,
        otherNumbers: others.length,
        stored: { before: before ?? after, after },
        queue,
      };
    } finally {
      await end(broker);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const plain = ({ rmse: _rmse, ...others }: FleetRun): Omit<FleetRun, 'rmse'> => others;

const rateLine = ({ jobsPerMinute, cpuSecondsPerJob, seconds }: FleetRun): string =>
  `  ${jobsPerMinute.toFixed(1)} jobs a minute, ${cpuSecondsPerJob.toFixed(2)} s of CPU each, ${seconds.toFixed(1)} s in all`;

/** Jobs that do nothing: handed in, done by a worker in this process, their results kept and taken. */
async function benchQueue(folder: string, trials: number): Promise<FleetBenchResult['queue']> {
  const server = await PostgresServer.start({
    folder: join(folder, 'queue'),
    port: await freePort(),
    listen: null,
    onLog: () => undefined,
  });
  const address = await readBrokerAddress(server.addressFile);
  const sender = await JobSender.open(address, LIKENESS);
  const worker = await JobWorker.start(
    address,
    [() => workOn(TRIAL_JOB, ({ trial }) => Promise.resolve({ rmse: Math.sqrt(trial) }))],
    { ...LIKENESS, name: 'bench', device: 'CPU', jobs: WORKER_JOBS },
    { onNews: () => undefined },
  );
  try {
    const before = await storedAt(address);
    const began = performance.now();
    const cpuBefore = process.cpuUsage();
    const { signal } = new AbortController();
    setMaxListeners(TRIALS_AT_A_TIME + 1, signal);
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < trials) {
        const trial = next++;
        const { answer } = await sender.do(TRIAL_JOB, { trial }, { signal, onProgress: () => undefined });
        if (answer.rmse !== Math.sqrt(trial)) throw new Error(`Trial ${trial} has another answer.`);
      }
    };
    await Promise.all(Array.from({ length: TRIALS_AT_A_TIME }, work));
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpuBefore);
    const after = await storedAt(address);
    return {
      seconds,
      jobsPerSecond: trials / seconds,
      cpuMsPerJob: (user + system) / 1000 / trials,
      bytesPerJob: (after.whole - before.whole) / trials,
    };
  } finally {
    await worker.close();
    await sender.close();
    await server.stop();
  }
}

const rowSchema = z.object({ whole: z.coerce.number(), contents: z.coerce.number() });

async function storedAt({ login }: BrokerAddress): Promise<Stored> {
  const { Pool } = await import('pg');
  const pool = new Pool({ ...login, max: 1 });
  try {
    // The tables come with whoever is there first.
    const there = await pool.query(`SELECT to_regclass('hindcast.content') AS found`);
    const sum =
      (there.rows[0]?.['found'] ?? null) === null
        ? '0'
        : '(SELECT coalesce(sum(length(bytes)), 0) FROM hindcast.content)';
    const { rows } = await pool.query(
      `SELECT pg_database_size(current_database()) AS whole, ${sum} AS contents`,
    );
    return rowSchema.parse(rows[0]);
  } finally {
    await pool.end();
  }
}
