import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { IssuedForecast } from '../contract/forecast-log';
import { makeFolder } from '../files/atomic';
import { readForecastLog } from '../library';
import { randomSource } from '../network';
import { changesOf, MISHAPS, weatherOf, type Change, type Mishap, type Row } from './station-log';
import { WALL_AHEAD_SECONDS, WALL_ZONE, WallClockFile } from './wall-clock';
import { StationWriter, type StationOutput, type WriterTold } from './writer';

/** Where the readings go: into a database of WeeWX, or into a file by a clock that knows summer time. */
export type StationKind = 'weewx' | 'wall-clock';

export interface ReplayPlan {
  readonly station: StationKind;
  /** The first hour, seconds since 1970, UTC. */
  readonly start: number;
  /** Hours that the model learns from, and that then are fed in. */
  readonly learned: number;
  readonly fed: number;
  /** From one mishap to the next, in hours. */
  readonly mishapEvery: number;
  readonly kills: number;
  readonly seed: number;
  /** From one transaction of the station to the next. */
  readonly paceMs: number;
  /** Of a database. */
  readonly journalMode: string;
  /** The feeding ends then, wherever it is; milliseconds since 1970, UTC. Infinity: when all is fed. */
  readonly feedUntil: number;
}

/** Where the parts of the program lie. */
export interface ReplayHouse {
  /** The bundled command line. */
  readonly cli: string;
  /** scripts/weewx-writer.py */
  readonly writer: string;
  /** An empty folder. */
  readonly folder: string;
}

/** What was done, for the checks. */
export interface Replayed {
  readonly station: StationKind;
  /** The run as it was before it was watched. */
  readonly unwatched: string;
  readonly run: string;
  /** The archive before the first change. */
  readonly learned: readonly Row[];
  /** Hours of the station that were fed in. */
  readonly hours: number;
  readonly changes: readonly { readonly change: Change; readonly doneAt: number }[];
  readonly planted: readonly Mishap[];
  /** All that was ever found in the log, in order; a forecast that was found changed is in it twice. */
  readonly issued: readonly IssuedForecast[];
  /** null of a file. */
  readonly told: WriterTold | null;
  readonly kills: number;
  /** Codes of the watcher's messages. */
  readonly notices: readonly string[];
  /** What the station wrote, as it is at last. */
  readonly source: string;
}

/** In a file by a clock that is put forward and back these happen by themselves. */
const OF_THE_CLOCK: readonly Mishap[] = ['spring forward', 'fall back'];
const SETTINGS = ['--window', '24', '--horizon', '6', '--hidden', '8', '--epochs', '2', '--members', '1'];
const COLLECT_EVERY = 25;
const LOOK = ['--look', '1s'];
/** Only to end what hangs: a slow machine may be days of readings behind. */
const PATIENCE_MS = 1_800_000;

/**
 * Feeds a station's readings into a database while `hindcast watch` watches it, and kills the watcher now and then.
 * @param onProgress called with how many of how many changes are done
 */
export async function replay(
  house: ReplayHouse,
  plan: ReplayPlan,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<Replayed> {
  const { folder, cli } = house;
  await makeFolder(folder);
  const { output, source, target, kinds } = stationOf(house, plan);
  const [run, unwatched] = [join(folder, 'run'), join(folder, 'unwatched')];
  const rows = weatherOf(plan.start, plan.learned + plan.fed, plan.seed);
  const learned = rows.slice(0, plan.learned);
  const { changes, planted } = changesOf(rows.slice(plan.learned), plan.mishapEvery, kinds);

  await output.write({ put: learned, remove: [] });
  await command(cli, folder, ['train', source, ...target, ...SETTINGS, '--out', run]);
  await cp(run, unwatched, { recursive: true });

  const watcher = new WatcherProcess(cli, folder, ['watch', run, '--source', source, ...LOOK, '--json']);
  const random = randomSource(plan.seed, 'kills');
  const killAt = new Set(
    Array.from({ length: plan.kills }, (_, kill) =>
      Math.floor(((kill + random.uniform(0.1, 0.9)) * changes.length) / plan.kills),
    ),
  );
  const done: { change: Change; doneAt: number }[] = [];
  const collected = new Collection(run, aheadSecondsOf(plan.station));
  let kills = 0;
  let newest = 0;
  watcher.start();
  try {
    await until(() => watcher.hasIssued, 'the first forecast');
    for (const [index, change] of changes.entries()) {
      // What comes late, or is changed, does so after the watcher has seen what stands behind it.
      if (Date.now() > plan.feedUntil) break;
      if (change.put.some(({ time }) => time <= newest)) {
        await until(() => collected.lookFor(newest), 'the forecast before a change');
      }
      newest = Math.max(
        newest,
        ...change.put.map(({ time }) => time).filter((time) => time < Date.now() / 1000),
      );
      done.push({ change, doneAt: await output.write(change) });
      await pause(plan.paceMs);
      if (killAt.has(index)) {
        await watcher.kill();
        kills += 1;
        watcher.start();
      }
      if (index % COLLECT_EVERY === 0) {
        await collected.look();
        onProgress(index, changes.length);
      }
    }
    await until(() => collected.lookFor(newest), 'the last forecast');
  } finally {
    await watcher.kill();
  }
  const told = await output.end();
  const { issued } = collected;
  const befell = planted.filter(({ time }) => time <= newest).map(({ mishap }) => mishap);
  const hours = (newest - plan.start) / 3600 + 1 - plan.learned;
  return {
    station: plan.station,
    unwatched,
    run,
    learned,
    hours,
    changes: done,
    planted: befell,
    issued,
    told,
    kills,
    notices: [...watcher.notices],
    source,
  };
}

/** What the log's times are ahead of UTC: a file of local times is read by the standard time of its zone. */
export const aheadSecondsOf = (station: StationKind): number =>
  station === 'wall-clock' ? WALL_AHEAD_SECONDS : 0;

function stationOf({ folder, writer }: ReplayHouse, { station, journalMode }: ReplayPlan) {
  if (station === 'weewx') {
    const source = join(folder, 'weewx.sdb');
    const output: StationOutput = new StationWriter(writer, source, journalMode);
    return { output, source, target: ['--target', 'outTemp'], kinds: MISHAPS };
  }
  const source = join(folder, 'station.csv');
  const output: StationOutput = new WallClockFile(source);
  const kinds = MISHAPS.filter((mishap) => !OF_THE_CLOCK.includes(mishap));
  return { output, source, target: ['--target', 'temperature', '--zone', WALL_ZONE], kinds };
}

/** What the log of a run held at any time: it keeps the newest alone. */
class Collection {
  readonly #run: string;
  readonly #aheadSeconds: number;
  readonly #found = new Map<string, IssuedForecast>();

  constructor(run: string, aheadSeconds: number) {
    this.#run = run;
    this.#aheadSeconds = aheadSeconds;
  }

  async look(): Promise<void> {
    for (const forecast of await readForecastLog(this.#run)) {
      this.#found.set(JSON.stringify(forecast), forecast);
    }
  }

  /** Whether a forecast from readings of this time was issued; seconds since 1970, UTC. */
  async lookFor(time: number): Promise<boolean> {
    await this.look();
    return this.issued.some(({ issuedAt }) => issuedAt === (time + this.#aheadSeconds) * 1000);
  }

  get issued(): IssuedForecast[] {
    return [...this.#found.values()].sort((a, b) => a.issuedAt - b.issuedAt);
  }
}

/** `hindcast watch`, started again as often as it is killed. */
class WatcherProcess {
  readonly notices = new Set<string>();
  hasIssued = false;
  readonly #start: () => ChildProcess;
  #process: ChildProcess | null = null;

  constructor(cli: string, folder: string, args: readonly string[]) {
    this.#start = () =>
      spawn(process.execPath, [cli, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  }

  start(): void {
    this.#process = this.#start();
    let text = '';
    this.#process.stdout?.on('data', (bytes: Buffer) => {
      const lines = (text + bytes.toString()).split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) this.#hear(line);
    });
  }

  async kill(): Promise<void> {
    if (this.#process === null || this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  #hear(line: string): void {
    const event = JSON.parse(line) as { notice?: { code: string }; forecast?: object };
    if (event.notice !== undefined) this.notices.add(event.notice.code);
    if (event.forecast !== undefined) this.hasIssued = true;
  }
}

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const by = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > by) throw new Error(`Waited in vain for ${what}.`);
    await pause(500);
  }
}

async function command(cli: string, folder: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`hindcast ${args.join(' ')}: ${said}`);
}
