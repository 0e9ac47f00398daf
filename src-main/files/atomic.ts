import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { access, lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { phrase, saidBy, type Phrase, type SimplePhraseCode } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { isRunning } from './processes';

/** Of a file that anybody may read, as far as the process's mask lets them. */
const FOR_ALL = 0o666;

/**
 * Writes a file so that a reader sees either the old content or the new, never a part, and a power cut leaves one of
 * the two: written beside it under another name, flushed, renamed. A file that is there keeps its mode. What is no
 * file (a link, a folder, a device, a pipe) or is write-protected is never replaced.
 * @param mode of a file that was not there
 * @throws Problem 'cannot-write'
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array,
  mode: number = FOR_ALL,
): Promise<void> {
  const temporary = join(dirname(path), temporaryName());
  try {
    await makeFolder(dirname(path));
    const before = await requireReplaceable(path);
    const file = await open(temporary, 'wx', before === null ? mode : before.mode & 0o7777);
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
    const cause = phrase(found.isFile() ? 'file-not-folder' : 'device-not-folder');
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

/** What a path holds that is no file; null for a file. */
export function kindOf(entry: Stats): Phrase | null {
  if (entry.isFile()) return null;
  if (entry.isDirectory()) return phrase('is-folder');
  return phrase(entry.isSymbolicLink() ? 'is-link' : 'is-device-or-pipe');
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
const TEMPORARY_PATTERN = /^\.[0-9a-f]{12}(?:\.(\d{1,10}))?\.tmp$/;
/** No file takes longer to write: the process that has the number now is another one. */
const LONGEST_WRITE_MS = 60 * 60 * 1000;

/** Whether a file of this name is being written atomically, or was when its process was killed. */
export function isTemporary(name: string): boolean {
  return TEMPORARY_PATTERN.test(name);
}

/** Removes what killed processes left in a folder while they wrote atomically. Never fails. */
export async function sweepTemporaries(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const match = TEMPORARY_PATTERN.exec(name);
    if (match === null) continue;
    const pid = match[1];
    const path = join(folder, name);
    const entry = await entryAt(path).catch(() => null);
    if (entry?.isFile() !== true) continue;
    const isBeingWritten =
      pid !== undefined && isRunning(Number(pid)) && Date.now() - entry.mtimeMs < LONGEST_WRITE_MS;
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

const CAUSES: Readonly<Record<string, SimplePhraseCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'quota-used',
  EFBIG: 'size-refused',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  EROFS: 'read-only',
  EIO: 'disk-fault',
  ENXIO: 'no-device',
  ENODEV: 'no-device',
  ESTALE: 'drive-lost',
  ETIMEDOUT: 'disk-silent',
  ENOENT: 'no-folder',
  ENOTDIR: 'part-no-folder',
  EISDIR: 'is-folder',
  EEXIST: 'name-taken',
  ENOTEMPTY: 'folder-not-empty',
  EXDEV: 'other-disk',
  ENAMETOOLONG: 'name-or-path-long',
  EINVAL: 'name-refused',
  EILSEQ: 'name-refused',
  ELOOP: 'links-in-circle',
  EBUSY: 'is-in-use',
  ETXTBSY: 'is-in-use',
  EMFILE: 'too-many-open',
  ENFILE: 'too-many-open',
  ENOMEM: 'no-memory',
  ERR_INVALID_ARG_VALUE: 'path-character',
};

/** The system's reason: that no space is left on the disk rather than ENOSPC. */
export function causeOf(error: unknown): Phrase {
  const code = codeOf(error);
  const known = CAUSES[code];
  if (known !== undefined) return phrase(known);
  // A code that is not listed is at least something to search for; the system's message repeats the path.
  return code === '' ? saidBy(error) : phrase('error-code', { error: code });
}
