import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CpuMeter } from './cpu-meter';

/** What of a fleet is measured. */
export interface FleetRun {
  readonly stations: number;
  /** From the command to its end, and from the first result to the last. */
  readonly seconds: number;
  readonly jobsPerMinute: number;
  /** CPU time of all that took part, by station; NaN where it cannot be known. */
  readonly cpuSecondsPerJob: number;
  /** RMSE by station: it is to be the same wherever they were trained. */
  readonly rmse: ReadonlyMap<string, number | null>;
}

const commandLine = join(import.meta.dirname, 'cli.cjs');
const canPin = process.platform === 'linux' && spawnSync('taskset', ['--version']).status === 0;

/** Whether processes can be kept to one core; else the processes of one worker may use several. */
export const keepsToCores = canPin;

/** The command line as a process of its own. @param core the only one that it and what it starts may use; null: all */
export function startCommand(args: readonly string[], core: number | null): ChildProcess {
  const command = [process.execPath, commandLine, ...args];
  const pinned =
    core === null || !canPin ? command : ['taskset', '-c', String(core % cpus().length), ...command];
  return spawn(pinned[0]!, pinned.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Resolves with the child once it has said something that fits. @throws Error where it ends before */
export async function untilSaid(child: ChildProcess, pattern: RegExp): Promise<void> {
  let said = '';
  const heard = new Promise<void>((resolve) => {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (text: Buffer) => {
        said += text.toString();
        if (pattern.test(said)) resolve();
      });
    }
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The process ended early: ${said.trim().split('\n').at(-1) ?? ''}`);
  });
  await Promise.race([heard, ended]);
  ended.catch(() => undefined);
}

/** Asks it to end, and waits for that. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGINT');
  await gone;
}

/**
 * Trains a fleet. Jobs a minute are counted from its first result to its last, so that what comes once, the start of
 * processes and the reading of the first file, does not count.
 * @param helpers processes whose CPU time is that of the fleet too
 * @throws Error where it fails
 */
export async function runFleetCommand(
  args: readonly string[],
  core: number | null,
  helpers: readonly ChildProcess[] = [],
): Promise<FleetRun> {
  const began = performance.now();
  const child = startCommand([...args, '--json'], core);
  const meter = new CpuMeter([child, ...helpers].map(({ pid }) => pid));
  const times: number[] = [];
  let [last, complaint] = ['', ''];
  child.stderr!.on('data', (text: Buffer) => (complaint += text.toString()));
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface({ input: stream }).on('line', (line) => {
      if (/^station-\d+: /.test(line)) times.push(performance.now());
      if (stream === child.stdout) last = line;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  const cpuSeconds = meter.stop();
  if (code !== 0) throw new Error(`The fleet failed: ${complaint.trim().split('\n').at(-1) ?? ''}`);
  const { stations } = JSON.parse(last) as {
    stations: readonly { name: string; kind: string; rmse?: number | null }[];
  };
  const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return {
    stations: stations.length,
    seconds: (performance.now() - began) / 1000,
    jobsPerMinute: ((times.length - 1) / spanMs) * 60_000,
    cpuSecondsPerJob: cpuSeconds / stations.length,
    rmse: new Map(stations.map(({ name, rmse }) => [name, rmse ?? null])),
  };
}
