import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entryAt } from '../files/atomic';
import { EXPORT_FORMAT_NAMES, EXPORT_FORMATS } from '../contract/export-formats';
import { replaceFolder } from '../files/replace-folder';
import { checksumOf } from '../files/sealed';
import {
  filesOfFormats,
  FORECASTER_FILE,
  FORECASTER_FORMAT,
  README_FILE,
  SERIES_FILE,
  WEIGHTS_FILE,
} from './document';

/**
 * Replaces an export as a whole, or makes one: what `build` writes into an empty folder is put in place when it has
 * returned, and only then does the old export go. Whatever fails, the old one stays; what else the folder holds stays in
 * any case, and a file of the user's that has the name of ours is never replaced.
 * @throws Problem 'cannot-write', 'not-ours', 'folder-busy', and what `build` throws
 */
export function replaceExport(folder: string, build: (aside: string) => Promise<void>): Promise<void> {
  return replaceFolder(folder, { build, owned: exportedFiles, marks: [FORECASTER_FILE] });
}

/**
 * The files of the export in a folder, known by their names and by what forecaster.json says it is. Those that are meant
 * to be read and changed are Hindcast's only while they are as it wrote them.
 */
async function exportedFiles(folder: string): Promise<readonly string[]> {
  const document = await documentOf(join(folder, FORECASTER_FILE));
  if (document === null) return [];
  const names = [FORECASTER_FILE, WEIGHTS_FILE, SERIES_FILE, ...filesOfFormats(EXPORT_FORMAT_NAMES)];
  const owned = await Promise.all(names.map((name) => isOwned(folder, name, document)));
  return names.filter((_, index) => owned[index] === true);
}

async function isOwned(folder: string, name: string, { files }: Described): Promise<boolean> {
  if ((await entryAt(join(folder, name)))?.isFile() !== true) return false;
  const isModel = !texts.includes(name);
  if (isModel) return true;
  const written = Array.isArray(files) ? files.find((each: Mark | null) => each?.file === name) : undefined;
  return written?.sha256 === checksumOf(await readFile(join(folder, name)));
}

/** Examples and README.txt. */
const texts: readonly string[] = [
  README_FILE,
  ...EXPORT_FORMAT_NAMES.map((format) => EXPORT_FORMATS[format].example),
];

interface Mark {
  readonly file?: unknown;
  readonly sha256?: unknown;
}

/** The notes that the writer of a forecaster.json left in it. */
interface Described {
  readonly format?: unknown;
  readonly files?: unknown;
}

/** null where it is none of ours. */
async function documentOf(path: string): Promise<Described | null> {
  if ((await entryAt(path))?.isFile() !== true) return null;
  try {
    const document = JSON.parse(await readFile(path, 'utf8')) as Described | null;
    return document?.format === FORECASTER_FORMAT ? document : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
