import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const NAME_PATTERN = /^target-[2-9]$/;

/** Where a run in a folder of its own has the model of a further target. @param place counts from 1 */
export function furtherTargetFolder(runFolder: string, place: number): string {
  return join(runFolder, `target-${place + 1}`);
}

/** Those that are there, in order. */
export async function furtherTargetFolders(runFolder: string): Promise<string[]> {
  const entries = await readdir(runFolder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && NAME_PATTERN.test(entry.name))
    .map(({ name }) => join(runFolder, name))
    .sort();
}
