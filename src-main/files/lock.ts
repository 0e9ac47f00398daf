import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Problem } from '../contract/problems';
import { cannotWrite, codeOf, temporaryName } from './atomic';
import { ownIdentity, stillRuns } from './processes';

/**
 * What a process does in a folder that no other may do there at the same time. A process that needs several takes them in this
 * order:
 * - watch: as long as a run is watched. Another is refused at once.
 * - search, train: hours. Another is refused at once.
 * - forecast: adding readings and forecasting from them, as one step.
 * - replace: new content is being built beside the old.
 * - change: a file is read, changed and written back, or new content is put in place.
 */
const LOCK_NAMES = ['watch', 'search', 'train', 'forecast', 'replace', 'change'] as const;
export type LockName = (typeof LOCK_NAMES)[number];

/** Held until it is called. Calling it again does nothing. */
export type Release = () => void;

/** Whose lock it is. */
const holderSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  began: z.string().nullable(),
  since: z.number(),
  /** Tells one taking from the next by the same process. */
  token: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

/** The file of a lock in a folder. */
export const lockFile = (folder: string, name: LockName): string => join(folder, `.hindcast-${name}.lock`);

/** A lock that still names no owner after this was left by a power cut, or by a kill where there are no links. */
const UNNAMED_MS = 5000;
const SHORTEST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 100;

/**
 * Takes a lock in a folder that exists. That of a process which was killed, or that ran before the machine was started
 * again, is taken over.
 * @param waitMs how long it may be held by another before that is a problem
 * @throws Problem 'folder-busy', 'cannot-write'
 */
export async function lockFolder(folder: string, name: LockName, waitMs = 0): Promise<Release> {
  const path = lockFile(folder, name);
  const own: Holder = { ...ownIdentity(), token: randomBytes(8).toString('hex') };
  const until = performance.now() + waitMs;
  for (let pause = SHORTEST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      if (create(path, own)) return () => release(path, own);
      const holder = holderOf(path);
      if (holder === 'nobody') continue;
      if (holder === 'gone') {
        if (await takeAway(path)) continue;
      } else if (holder !== 'unnamed' && performance.now() >= until) {
        throw new Problem('folder-busy', { folder, pid: String(holder.pid), host: holder.host, lock: path });
      }
    } catch (error) {
      throw cannotWrite(folder, error);
    }
    await sleep(pause);
  }
}

/** Does something while a lock is held. @throws Problem as `lockFolder`, and what is thrown within */
export async function whileLocked<T>(
  folder: string,
  name: LockName,
  waitMs: number,
  action: () => Promise<T>,
): Promise<T> {
  const unlock = await lockFolder(folder, name, waitMs);
  try {
    return await action();
  } finally {
    unlock();
  }
}

/** Removes the locks in a folder that killed processes left. Never fails. */
export async function sweepLocks(folder: string): Promise<void> {
  for (const name of LOCK_NAMES) {
    const path = lockFile(folder, name);
    try {
      if (holderOf(path) === 'gone') await takeAway(path);
      await endOldTurn(turnAt(path));
    } catch {
      // The next process that wants it recognises it again.
    }
  }
}

/** Putting in place takes moments; reading a long series and rewriting it takes longer. */
const CHANGE_WAIT_MS = 60_000;

/**
 * Reads something in a folder and writes it back changed: two callers that do so at once, here or in other processes, wait for each
 * other. @throws Problem as `lockFolder`, and what is thrown within
 */
export function whileChanging<T>(folder: string, action: () => Promise<T>): Promise<T> {
  return whileLocked(folder, 'change', CHANGE_WAIT_MS, action);
}

/** Tokens of this process's own locks that were given back, but whose files could not be removed. */
const leftBehind = new Set<string>();

/** @returns whether it was not there before */
function create(path: string, own: Holder): boolean {
  if (existsSync(path)) return false;
  // Written beside it first: so it names its holder from its first moment on.
  const written = join(dirname(path), temporaryName());
  try {
    writeFileSync(written, JSON.stringify(own), { flag: 'wx' });
    linkSync(written, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    // Disks of cameras and some network drives have no links.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK'].includes(codeOf(error)))
      throw error;
    return createWithoutLink(path, own);
  } finally {
    removeQuietly(written);
  }
}

function createWithoutLink(path: string, own: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(own), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(path: string): Holder | 'nobody' | 'unnamed' | 'gone' {
  let text: string;
  let age: number;
  try {
    text = readFileSync(path, 'utf8');
    age = Date.now() - statSync(path).mtimeMs;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'nobody';
    throw error;
  }
  const holder = parseHolder(text);
  if (holder === null) return age > UNNAMED_MS ? 'gone' : 'unnamed';
  if (leftBehind.has(holder.token)) return 'gone';
  return stillRuns(holder) ? holder : 'gone';
}

function parseHolder(text: string): Holder | null {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Removes the lock of a process that is gone. One at a time may: else the second would remove the lock that the first
 * has taken meanwhile.
 * @returns whether it was this one's turn
 */
async function takeAway(path: string): Promise<boolean> {
  const turn = turnAt(path);
  try {
    await mkdir(turn);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    await endOldTurn(turn);
    return false;
  }
  try {
    if (holderOf(path) === 'gone') rmSync(path, { force: true });
  } finally {
    await rmdir(turn).catch(() => undefined);
  }
  return true;
}

const turnAt = (path: string): string => `${path}.old`;

/** Ends the turn of a process that was killed in it; taking a lock away takes moments. */
async function endOldTurn(turn: string): Promise<void> {
  const since = await stat(turn).then(
    ({ mtimeMs }) => mtimeMs,
    () => Infinity,
  );
  if (Date.now() - since > UNNAMED_MS) await rmdir(turn).catch(() => undefined);
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It is swept at the next start.
  }
}

function release(path: string, { token }: Holder): void {
  try {
    if (parseHolder(readFileSync(path, 'utf8'))?.token === token) rmSync(path, { force: true });
  } catch {
    // It is gone with its folder, or the disk refuses to remove it: others recognise it when this process has ended.
    leftBehind.add(token);
  }
}
