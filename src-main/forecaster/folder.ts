import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem } from '../contract/problems';
import { causeOf } from '../files/atomic';

/** A file to be written into a folder. */
interface NewFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/**
 * Writes files together: first into a folder of their own with a name that nobody looks for, flushed, then moved to
 * their place in the order given. What cannot be written leaves nothing behind. A folder that exists keeps its other
 * files.
 * @returns the paths of the files
 * @throws Problem 'cannot-write'
 */
export async function writeFolder(folder: string, files: readonly NewFile[]): Promise<string[]> {
  const exists = await stat(folder).then(
    () => true,
    () => false,
  );
  // Within a folder that exists: its parent may be another disk, or not ours to write to.
  const temporary = join(exists ? folder : dirname(folder), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(temporary, { recursive: true });
    for (const { name, content } of files) await writeFlushed(join(temporary, name), content);
    if (exists) {
      for (const { name } of files) await rename(join(temporary, name), join(folder, name));
    } else {
      await rename(temporary, folder);
    }
    return files.map(({ name }) => join(folder, name));
  } catch (error) {
    throw new Problem('cannot-write', { file: folder, cause: causeOf(error) }, { cause: error });
  } finally {
    // A failure to tidy up must not hide the one that led here.
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function writeFlushed(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
