import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What lies beside readings and is none. */
const NO_READINGS = /^(?:README.*|LICEN[CS]E.*|\..*|.*\.(?:json|md|pdf|html?|png|jpe?g|svg|wal|shm))$/i;

/**
 * The files of a folder and of the folders in it that may hold readings, by their paths in order.
 * @param left names of files and folders that are left out
 */
export async function readingFilesIn(folder: string, left: readonly string[] = []): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter(({ name }) => !NO_READINGS.test(name) && !left.includes(name))
      .map(async (entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return readingFilesIn(path, left);
        return entry.isFile() ? [path] : [];
      }),
  );
  return nested.flat().sort();
}
