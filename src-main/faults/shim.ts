import { execFile, spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/**
 * What can befall a file operation: the process is killed before it, or when half of a write has arrived; the disk
 * fails once, or is full or read-only from then on.
 */
export const FAULTS = ['kill', 'kill-half', 'EIO', 'ENOSPC', 'EROFS'] as const;
export type Fault = (typeof FAULTS)[number];

/** The place of an operation among those of its kind ('open', 'write', 'fsync', ...), counted from 1. */
export interface Operation {
  readonly kind: string;
  readonly number: number;
  readonly path: string;
}

/** What is run while its file operations are watched. */
export interface Watched {
  /** Only what lies under this folder is counted. */
  readonly root: string;
  /** A folder outside of it for the counters and the log. */
  readonly notes: string;
  readonly command: readonly string[];
  /** Whether reading counts too. */
  readonly reads: boolean;
  /** Left out: the operations are only counted. */
  readonly at?: Pick<Operation, 'kind' | 'number'>;
  /** 'kill-all' takes the other processes of the program along. */
  readonly fault?: Fault | 'kill-all';
}

/** How it ended. */
export interface Outcome {
  /** null: killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly operations: readonly Operation[];
  /** The one that the fault met; null where it was not reached. */
  readonly met: Operation | null;
  /** What is wrong with the way in which its processes ended. */
  readonly ending: 'hangs' | 'leaves a process behind' | null;
}

/** Compilers that are tried, as the set-up tries them. */
const compilers = [process.env['CXX'], 'g++', 'c++', 'clang++'].filter((name) => name !== undefined);

/**
 * Compiles the shim into a folder. It is C, and stands between a program and the C library, on Linux only.
 * @param source the path of shim.c
 * @returns its path, or the reason why there is none
 */
export async function compileShim(
  source: string,
  folder: string,
): Promise<{ readonly shim: string } | { readonly lack: string }> {
  if (process.platform !== 'linux') return { lack: 'faults can be injected on Linux only' };
  const shim = join(folder, 'shim.so');
  for (const compiler of compilers) {
    try {
      await promisify(execFile)(compiler, ['-x', 'c', '-shared', '-fPIC', '-O1', '-o', shim, source, '-ldl']);
      return { shim };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  return { lack: 'there is no C++ compiler' };
}

/** Neither a slow machine nor other people's load takes this long, in milliseconds. */
const LONGEST_RUN = 240_000;
const LONGEST_FAREWELL = 60_000;
/** Room for the counters of all kinds. */
const COUNTER_BYTES = 4096;

/** Runs a command in a process group of its own, with the shim below it, until all its processes have ended. */
export async function watch(shim: string, watched: Watched): Promise<Outcome> {
  const { root, notes, command, reads, at, fault } = watched;
  const [counters, log] = [join(notes, 'counters'), join(notes, 'log')];
  await writeFile(counters, Buffer.alloc(COUNTER_BYTES));
  await writeFile(log, '');
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      LD_PRELOAD: shim,
      // Its ring would go past the C library.
      UV_USE_IO_URING: '0',
      HINDCAST_FAULT_ROOT: root,
      HINDCAST_FAULT_STATE: counters,
      HINDCAST_FAULT_LOG: log,
      ...(reads ? { HINDCAST_FAULT_READS: '1' } : {}),
      ...(at === undefined ? {} : { HINDCAST_FAULT_AT: `${at.kind} ${at.number}` }),
      ...(fault === undefined ? {} : { HINDCAST_FAULT_DO: fault }),
    },
  });
  let [stdout, stderr, hangs] = ['', '', false];
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const group = child.pid;
  if (group === undefined) throw new Error(`${program} cannot be started`);
  const timer = setTimeout(() => {
    hangs = true;
    process.kill(-group, 'SIGKILL');
  }, LONGEST_RUN);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  const stays = await outlives(group);
  return {
    code,
    stdout,
    stderr,
    ...readLog(await readFile(log, 'utf8')),
    ending: hangs ? 'hangs' : stays ? 'leaves a process behind' : null,
  };
}

function readLog(text: string): Pick<Outcome, 'operations' | 'met'> {
  let met: Operation | null = null;
  const operations: Operation[] = [];
  for (const line of text.split('\n')) {
    const [, mark, kind = '', number, path = ''] = /^(! )?(\w+) (\d+) (.*)$/.exec(line) ?? [];
    if (number === undefined) continue;
    const operation = { kind, number: Number(number), path };
    operations.push(operation);
    if (mark !== undefined) met = operation;
  }
  return { operations, met };
}

/** Waits for a process group to end, and ends it where it does not. */
async function outlives(group: number): Promise<boolean> {
  const until = performance.now() + LONGEST_FAREWELL;
  while (await isAlive(group)) {
    if (performance.now() > until) {
      process.kill(-group, 'SIGKILL');
      return true;
    }
    await sleep(20);
  }
  return false;
}

/** A zombie that its parent has not collected yet does nothing any more. */
async function isAlive(group: number): Promise<boolean> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(join('/proc', pid, 'stat'), 'utf8').catch(() => '');
    const [state, , processGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(processGroup) === group && state !== 'Z' && state !== 'X') return true;
  }
  return false;
}
