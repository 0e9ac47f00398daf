import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';
import { readBounded } from '../../files/bounded';
import { withRegularFile } from '../../files/regular';
import { CHANGES_AT, DatabasePages } from './sqlite-pages';
import { isUnfinished, usesLog, withLog } from './sqlite-wal';

/** A state of a database that its writer ended a transaction with. */
export interface DatabaseCopy {
  readonly bytes: Uint8Array;
  /** Pages that came from the log beside it; 0 where there is none, or it holds nothing new. */
  readonly pagesOfLog: number;
}

/** Of the log's header: two numbers that change when the log begins anew. */
const SALTS_AT = 16;
const SALTS_BYTES = 8;
/** A writer's transaction takes moments: a database is read again so often until none fell into the reading. */
const MOST_TRIES = 14;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 250;

/** What a transaction that falls into a reading changes. */
interface Marks {
  readonly file: string;
  readonly log: Buffer | null;
  readonly journal: Buffer | null;
}

/**
 * Reads a database as it is on the disk, without taking any of SQLite's locks: whoever writes it never waits for us. What
 * is read is one state of it, not half of one and half of the next: a reading that a transaction fell into is done again.
 * @param limit most bytes of the database and of its log
 * @throws Problem 'file-changed' where it is written without a pause, 'file-damaged' where a transaction did not end, and
 * what `readBounded` throws
 */
export function copyDatabase(path: string, limit: number, signal: AbortSignal): Promise<DatabaseCopy> {
  return whileStill(path, signal, (before) => readOnce(path, before, limit));
}

/**
 * Reads single pages of a database that is too large to be copied, likewise of one state and without a lock.
 * @param limit most bytes of its log
 * @param read is done again where a transaction fell into it
 * @throws as `copyDatabase`, and what `read` throws
 */
export function readPages<T>(
  path: string,
  limit: number,
  signal: AbortSignal,
  read: (pages: DatabasePages) => Promise<T>,
): Promise<T> {
  return whileStill(path, signal, (before) => readPagesOnce(path, before, limit, read));
}

/** @param readOnce gives null where a transaction fell into the reading */
async function whileStill<T>(
  path: string,
  signal: AbortSignal,
  readOnce: (before: Marks) => Promise<{ readonly value: T } | null>,
): Promise<T> {
  const file = basename(path);
  let unfinished = false;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (tries > 0) await pause(Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS));
    if (signal.aborted) throw new Problem('cancelled');
    const before = await marksOf(path);
    unfinished = before.journal !== null && isUnfinished(before.journal);
    if (unfinished) continue;
    const read = await readOnce(before).catch(passOverChange);
    if (read !== null) return read.value;
  }
  if (!unfinished) throw new Problem('file-changed', { file });
  const cause = phrase('sqlite-journal', { file: `${file}-journal` });
  throw new Problem('file-damaged', { file, cause });
}

/** null where a transaction fell into the reading. */
async function readOnce(
  path: string,
  before: Marks,
  limit: number,
): Promise<{ readonly value: DatabaseCopy } | null> {
  const bytes = await readBounded(path, limit, 'grows');
  const log = before.log === null ? null : await readIfThere(`${path}-wal`, limit);
  const after = await marksOf(path);
  if (!isSame(before.log, after.log)) return null;
  const isInLog = log !== null && log.length > 0 && usesLog(bytes);
  if (isInLog && !isSame(saltsOf(log), after.log)) return null;
  // With a log, pages are moved from it into the database at any time; those that are in both are the same.
  if (!isInLog && before.file !== after.file) return null;
  if (after.journal !== null && isUnfinished(after.journal)) return null;
  const both = isInLog ? withLog(bytes, log) : null;
  return {
    value: both === null ? { bytes, pagesOfLog: 0 } : { bytes: both.bytes, pagesOfLog: both.pages },
  };
}

async function readPagesOnce<T>(
  path: string,
  before: Marks,
  limit: number,
  read: (pages: DatabasePages) => Promise<T>,
): Promise<{ readonly value: T } | null> {
  const log = before.log === null ? null : await readIfThere(`${path}-wal`, limit);
  const done = await withRegularFile(path, async (handle, { size }) => {
    const pages = await DatabasePages.open(handle, size, log);
    // Pages of two states may make no sense together: that counts only if it was still.
    return await read(pages).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
  });
  const after = await marksOf(path);
  if (
    !isSame(before.log, after.log) ||
    (log !== null && log.length > 0 && !isSame(saltsOf(log), after.log))
  ) {
    return null;
  }
  // Also with a log: what was moved into the database meanwhile may be newer than the log was when it was read.
  if (before.file !== after.file) return null;
  if (after.journal !== null && isUnfinished(after.journal)) return null;
  if ('error' in done) throw done.error;
  return done;
}

async function marksOf(path: string): Promise<Marks> {
  const [file, log, journal] = [
    await stampOf(path),
    await beginningOf(`${path}-wal`),
    await beginningOf(`${path}-journal`),
  ];
  return { file, log: log === null ? null : saltsOf(log), journal };
}

/** Its number of changes beside its size and time by the system, whose clock may be coarser than a transaction is long. */
async function stampOf(path: string): Promise<string> {
  const head = await beginningOf(path);
  const { ino, dev, size, mtimeNs } = await stat(path, { bigint: true }).catch((error: unknown) => {
    if (head === null) return { ino: 0n, dev: 0n, size: 0n, mtimeNs: 0n };
    throw error;
  });
  const changes = head?.subarray(CHANGES_AT, CHANGES_AT + 4).toString('hex') ?? '';
  return [dev, ino, size, mtimeNs, changes].join(' ');
}

const HEAD_BYTES = 100;

/** The first bytes of a file; null where there is none. */
async function beginningOf(path: string): Promise<Buffer | null> {
  return await readIfThere(path, HEAD_BYTES, 'beginning');
}

async function readIfThere(path: string, limit: number, part?: 'beginning'): Promise<Buffer | null> {
  try {
    return await readBounded(path, limit, part ?? 'grows');
  } catch (error) {
    if (error instanceof Problem && error.code === 'file-missing') return null;
    throw error;
  }
}

const saltsOf = (log: Buffer): Buffer => log.subarray(SALTS_AT, SALTS_AT + SALTS_BYTES);

const isSame = (one: Buffer | null, other: Buffer | null): boolean =>
  one === null || other === null ? one === other : one.equals(other);

/** A file that went or was replaced while it was read is looked at again. */
function passOverChange(error: unknown): null {
  if (error instanceof Problem && error.code === 'file-changed') return null;
  throw error;
}
