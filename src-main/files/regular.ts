import { constants, type Stats } from 'node:fs';
import { lstat, open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { phrase, type Phrase, type SimplePhraseCode } from '../contract/phrases';
import { Problem, toProblem } from '../contract/problems';
import { causeOf } from './atomic';

/** Opening for reading that never waits: a pipe would wait for a writer. Windows has no such flag. */
export const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** By what a file is known to be the one it was. */
export type FileStamp = Pick<Stats, 'size' | 'mtimeMs' | 'ino' | 'dev'>;

/**
 * What a regular file is at this moment. Asked before it is opened, since opening alone wakes some devices.
 * @throws Problem 'file-missing', 'file-unreadable'
 */
export async function stampOf(path: string): Promise<FileStamp> {
  try {
    return regular(await stat(path), path);
  } catch (error) {
    throw await problemOfReading(error, path);
  }
}

export function isSameFile(one: FileStamp, other: FileStamp): boolean {
  return (
    one.size === other.size && one.mtimeMs === other.mtimeMs && one.ino === other.ino && one.dev === other.dev
  );
}

/** @throws Problem 'file-changed' where a file is no longer the one it was, or none */
export async function checkUnchanged(path: string, before: FileStamp): Promise<void> {
  const after = await stampOf(path).catch(() => null);
  if (after === null || !isSameFile(before, after)) {
    throw new Problem('file-changed', { file: basename(path) });
  }
}

/**
 * Opens a regular file for reading, and gives it to `use`.
 * @throws Problem 'file-missing', 'file-unreadable', and what `use` throws
 */
export async function withRegularFile<T>(
  path: string,
  use: (file: FileHandle, stamp: FileStamp) => Promise<T>,
): Promise<T> {
  try {
    regular(await stat(path), path);
    const file = await open(path, READ_FLAGS);
    try {
      // It may be another by now.
      return await use(file, regular(await file.stat(), path));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw await problemOfReading(error, path);
  }
}

/** What the system refused when a file was to be read, in words. What it did not refuse is what `toProblem` makes of it. */
export async function problemOfReading(error: unknown, path: string): Promise<Problem> {
  if (error instanceof Problem || !(error instanceof Error) || !('code' in error)) return toProblem(error);
  const { code } = error;
  const isArgument = code === 'ERR_INVALID_ARG_VALUE' && path.includes('\0');
  if (!('syscall' in error) && !isArgument) return toProblem(error);
  const file = basename(path).replaceAll('\0', '␀');
  if ((code === 'ENOENT' || code === 'ENOTDIR') && !(await isLink(path))) {
    return new Problem('file-missing', { file: path }, { cause: error });
  }
  const causes: Readonly<Record<string, SimplePhraseCode>> = {
    ENOENT: 'link-to-nothing',
    ENOTDIR: 'link-to-nothing',
    ELOOP: 'link-to-itself',
    ENAMETOOLONG: 'name-long',
    ENXIO: 'no-file-but-way',
    ERR_INVALID_ARG_VALUE: 'name-character',
  };
  const known = causes[String(code)];
  const cause = known === undefined ? causeOf(error) : phrase(known);
  return new Problem('file-unreadable', { file, cause }, { cause: error });
}

function regular(stats: Stats, path: string): Stats {
  if (stats.isFile()) return stats;
  throw new Problem('file-unreadable', { file: basename(path), cause: kindOf(stats) });
}

function kindOf(stats: Stats): Phrase {
  if (stats.isDirectory()) return phrase('is-folder');
  if (stats.isFIFO()) return phrase('is-pipe');
  if (stats.isSocket()) return phrase('is-socket');
  return phrase('is-device');
}

async function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
}
