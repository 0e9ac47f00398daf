import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entryAt } from '../files/atomic';
import { replaceFolder } from '../files/replace-folder';
import { FORECASTER_FILE, FORECASTER_FORMAT, MODEL_FILE, SERIES_FILE, WEIGHTS_FILE } from './document';

/**
 * Replaces an export as a whole, or makes one: what `build` writes into an empty folder is put in place when it has
 * returned, and only then does the old export go. Whatever fails, the old one stays; what else the folder holds stays in
 * any case, and a file of the user's that has the name of ours is never replaced.
 * @throws Problem 'cannot-write', 'not-ours', 'folder-busy', and what `build` throws
 */
export function replaceExport(folder: string, build: (aside: string) => Promise<void>): Promise<void> {
  return replaceFolder(folder, { build, owned: exportedFiles, marks: [FORECASTER_FILE] });
}

/** The files of the export in a folder, known by their names and by what forecaster.json says it is. */
async function exportedFiles(folder: string): Promise<readonly string[]> {
  if (!(await isOurs(join(folder, FORECASTER_FILE)))) return [];
  const names = [FORECASTER_FILE, MODEL_FILE, WEIGHTS_FILE, SERIES_FILE];
  const entries = await Promise.all(names.map((name) => entryAt(join(folder, name))));
  return names.filter((_, index) => entries[index]?.isFile() === true);
}

async function isOurs(path: string): Promise<boolean> {
  if ((await entryAt(path))?.isFile() !== true) return false;
  try {
    const document = JSON.parse(await readFile(path, 'utf8')) as { readonly format?: unknown } | null;
    return document?.format === FORECASTER_FORMAT;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
