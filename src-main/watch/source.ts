import { open, readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Problem } from '../contract/problems';
import { problemOfReading } from '../files/regular';

/** As many as are opened together by hand. */
const MOST_FILES = 200;
const READINGS = ['.csv', '.txt', '.tsv', '.dat', '.log', '.dly', '.xlsx', '.gz', '.zip', ''];
const DATABASE = /\.(sdb|sqlite3?|db)$/i;

/** What is watched, as it is at a moment. */
export interface SourceLook {
  /** The files that hold the readings, in order of their names. */
  readonly paths: readonly string[];
  /** Another one means that something was written. */
  readonly stamp: string;
}

/**
 * Looks at a file, or at the files of a folder.
 * @throws Problem 'file-missing', 'file-unreadable'; 'no-rows' for a folder without files
 */
export async function lookAt(source: string): Promise<SourceLook> {
  try {
    const isFolder = (await stat(source)).isDirectory();
    const paths = isFolder ? await filesIn(source) : [source];
    if (paths.length === 0) throw new Problem('no-rows', { file: source });
    // The log beside a database is where new rows stand first.
    const stamps = await Promise.all(paths.flatMap((path) => [stampOf(path), stampOf(`${path}-wal`)]));
    return { paths, stamp: [...paths, ...stamps].join('\n') };
  } catch (error) {
    throw await problemOfReading(error, source);
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .filter(({ name }) => READINGS.includes(extname(name).toLowerCase()))
    .map(({ name }) => join(folder, name))
    .sort()
    .slice(-MOST_FILES);
}

async function stampOf(path: string): Promise<string> {
  return stat(path, { bigint: true }).then(
    ({ dev, ino, size, mtimeNs }) => [dev, ino, size, mtimeNs].join(' '),
    () => '',
  );
}

const NEWLINES: readonly number[] = [0x0a, 0x0d];

/**
 * Whether the files end with a whole line: a program may be half way through writing a number. Databases have whole
 * transactions of their own, and what is packed no lines.
 */
export async function endsWhole(paths: readonly string[]): Promise<boolean> {
  const ends = await Promise.all(paths.map(lastByteOf));
  return ends.every((byte) => byte === null || NEWLINES.includes(byte));
}

async function lastByteOf(path: string): Promise<number | null> {
  if (DATABASE.test(path) || /\.(xlsx|gz|zip)$/i.test(path)) return null;
  const file = await open(path, 'r').catch(() => null);
  try {
    const size = (await file?.stat())?.size ?? 0;
    if (file === null || size === 0) return null;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] ?? null;
  } finally {
    await file?.close();
  }
}
