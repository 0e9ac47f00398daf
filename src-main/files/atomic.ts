import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { access, lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem } from '../contract/problems';
import { isRunning } from './processes';

/**
 * Writes a file so that a reader sees either the old content or the new, never a part, and a power cut leaves one of
 * the two: written beside it under another name, flushed, renamed. A file that is there keeps its mode. What is no
 * file (a link, a folder, a device, a pipe) or is write-protected is never replaced.
 * @throws Problem 'cannot-write'
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), temporaryName());
  try {
    await makeFolder(dirname(path));
    const before = await requireReplaceable(path);
    const file = await open(temporary, 'wx', before === null ? 0o666 : before.mode & 0o7777);
    try {
      // The mode asked for on opening is cut by the process's mask.
      if (before !== null) await file.chmod(before.mode & 0o7777);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await flushFolder(dirname(path));
  } catch (error) {
    // A failure to tidy up must not hide the one that led here.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cannotWrite(path, error);
  }
}

/**
 * Makes a folder and all that lead to it, as far as they are not there.
 * @returns the first that had to be made. @throws Problem 'cannot-write'
 */
export async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    return await makeMissing(folder);
  } catch (error) {
    const found = await stat(folder).catch(() => null);
    if (found === null || found.isDirectory()) throw cannotWrite(folder, error);
    const cause = found.isFile() ? 'it is a file, not a folder' : 'it is a device or a pipe, not a folder';
    throw new Problem('cannot-write', { file: folder, cause }, { cause: error });
  }
}

/** Not by mkdir's own `recursive`: where a folder that is there takes none, as /proc does, Node asks it for ever. */
async function makeMissing(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder);
    return folder;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return undefined;
    if (!isMissing(error) || dirname(folder) === folder) throw error;
  }
  const first = await makeMissing(dirname(folder));
  await mkdir(folder).catch((error: unknown) => {
    // Another process was quicker.
    if (codeOf(error) !== 'EEXIST') throw error;
  });
  return first ?? folder;
}

/** What happened while something was written, as a problem that names what was to be written. */
export function cannotWrite(file: string, error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem('cannot-write', { file, cause: causeOf(error) }, { cause: error });
}

/** What lies at a path, links not followed; null where nothing does. */
export async function entryAt(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** What a path holds that is no file, in words; null for a file. */
export function kindOf(entry: Stats): string | null {
  if (entry.isFile()) return null;
  if (entry.isDirectory()) return 'it is a folder';
  if (entry.isSymbolicLink())
    return 'it is a link, and Hindcast replaces no links: name the file it leads to';
  return 'it is a device or a pipe, not a file';
}

/** @returns the file that is to be replaced, null where there is none */
async function requireReplaceable(path: string): Promise<Stats | null> {
  const entry = await entryAt(path);
  if (entry === null) return null;
  const kind = kindOf(entry);
  if (kind !== null) throw new Problem('cannot-write', { file: path, cause: kind });
  await access(path, constants.W_OK);
  return entry;
}

/** Makes new and changed names in a folder outlive a power cut. Windows does so by itself, and opens no folders. */
export async function flushFolder(folder: string): Promise<void> {
  try {
    const opened = await open(folder, 'r');
    await opened.sync().finally(() => opened.close());
  } catch {
    // Not every file system can; what was written is as safe as it can be made.
  }
}

/** Short, so that it fits wherever the name of the file itself fits; says which process writes. */
export function temporaryName(): string {
  return `.${randomBytes(6).toString('hex')}.${process.pid}.tmp`;
}

/** Those that this version writes, and those of versions before, which did not say who wrote. */
const temporaryPattern = /^\.[0-9a-f]{12}(?:\.(\d{1,10}))?\.tmp$/;
/** No file takes longer to write: the process that has the number now is another one. */
const longestWriteMs = 60 * 60 * 1000;

/** Whether a file of this name is being written atomically, or was when its process was killed. */
export function isTemporary(name: string): boolean {
  return temporaryPattern.test(name);
}

/** Removes what killed processes left in a folder while they wrote atomically. Never fails. */
export async function sweepTemporaries(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const match = temporaryPattern.exec(name);
    if (match === null) continue;
    const pid = match[1];
    const path = join(folder, name);
    const entry = await entryAt(path).catch(() => null);
    if (entry?.isFile() !== true) continue;
    const isBeingWritten =
      pid !== undefined && isRunning(Number(pid)) && Date.now() - entry.mtimeMs < longestWriteMs;
    if (!isBeingWritten) await rm(path, { force: true }).catch(() => undefined);
  }
}

/** Whether an error says that there is nothing at a path. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** The system's code of an error; '' where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const causes: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the space allowed on the disk is used up',
  EFBIG: 'the disk takes no file of this size',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  EIO: 'the disk reports a fault',
  ENXIO: 'the device is not there',
  ENODEV: 'the device is not there',
  ESTALE: 'the network drive has lost it',
  ETIMEDOUT: 'the disk does not answer',
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'something else has that name',
  ENOTEMPTY: 'the folder is not empty',
  EXDEV: 'it lies on another disk',
  ENAMETOOLONG: 'its name or its path is too long',
  EINVAL: 'the disk does not take such a name',
  EILSEQ: 'the disk does not take such a name',
  ELOOP: 'its links lead in a circle',
  EBUSY: 'another program uses it',
  ETXTBSY: 'another program uses it',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENOMEM: 'not enough memory is left',
  ERR_INVALID_ARG_VALUE: 'its path holds a character that no name may have',
};

/** The system's reason in words: 'no space is left on the disk' rather than ENOSPC. */
export function causeOf(error: unknown): string {
  const code = codeOf(error);
  // A code that is not listed is at least something to search for; the system's message repeats the path.
  return (
    causes[code] ?? (code !== '' ? `error ${code}` : error instanceof Error ? error.message : String(error))
  );
}
