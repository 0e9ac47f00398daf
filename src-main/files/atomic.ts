import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem } from '../contract/problems';

/**
 * Writes a file so that a reader sees either the old content or the new, never a part, and a power cut leaves one of
 * the two: written beside it under another name, flushed, renamed.
 * @throws Problem 'cannot-write'
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await flushFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw new Problem('cannot-write', { file: path, cause: causeOf(error) }, { cause: error });
  }
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

/** Whether a file of this name is what a process that was killed while it wrote atomically left behind. */
export function isTemporary(name: string): boolean {
  return /^\.[0-9a-f]{12}\.tmp$/.test(name);
}

/** The system's reason in words: 'no space left on device' rather than ENOSPC. */
export function causeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known: Record<string, string> = {
    ENOSPC: 'no space is left on the disk',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the disk is read-only',
    ENOENT: 'the folder does not exist',
    EISDIR: 'it is a folder',
    EBUSY: 'another program uses it',
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}
