import { constants } from 'node:fs';
import { copyFile, readdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Problem } from '../contract/problems';
import { cannotWrite, entryAt, makeFolder, sweepTemporaries } from '../files/atomic';
import { lockFolder, whileLocked, type Release } from '../files/lock';
import { recoverFolder, replaceFolder, sweepFolder } from '../files/replace-folder';
import { bearsFormat } from '../files/sealed';
import { logsSetAside } from './forecast-log-file';
import { furtherTargetFolders } from './further-targets';
import { furtherWeightFolders } from './members';
import { NEWER_FOLDER } from './newer-series';
import { EARLIER_FOLDER, MEMBER_FILES, readRecord, RUN_FILES, RUN_MARK } from './run-folder';
import { ownSearchFiles } from './search-folder';
import { SERVICE_FILE } from './service-file';
import { ownSeriesFiles } from './series-file';
import { WATCH_FILE, WATCH_STATE_FILE } from './watch-file';

/** What a run is asked for and has said since it was trained. */
const WATCHED_FILES: readonly string[] = ['forecasts.json', SERVICE_FILE, WATCH_FILE, WATCH_STATE_FILE];

/**
 * The files of the run in a folder, paths within it: known by their names, and by the mark in those that say what they
 * are. They alone are ever replaced or deleted. A run that was never whole has its readings alone.
 */
export async function ownRunFiles(folder: string): Promise<string[]> {
  if (!(await holdsRun(folder)))
    return [...(await ownSeriesFiles(folder)), ...(await ownSearchFiles(folder))];
  const newer = await ownSeriesFiles(join(folder, NEWER_FOLDER));
  const earlier = await ownRunFiles(join(folder, EARLIER_FOLDER));
  return [
    ...(await ownModelFiles(folder)),
    ...WATCHED_FILES,
    ...(await logsSetAside(folder)),
    ...(await ownSearchFiles(folder)),
    ...newer.map((file) => join(NEWER_FOLDER, file)),
    ...earlier.map((file) => join(EARLIER_FOLDER, file)),
  ];
}

/** Of the files of a run those that its models are made of: what was forecast with them is none. */
export async function ownModelFiles(folder: string): Promise<string[]> {
  const weights = furtherWeightFolders('').flatMap((each) => MEMBER_FILES.map((file) => join(each, file)));
  const further: string[] = [];
  for (const target of await furtherTargetFolders(folder)) {
    further.push(...(await ownRunFiles(target)).map((file) => join(basename(target), file)));
  }
  return [...RUN_FILES.filter((file) => !WATCHED_FILES.includes(file)), ...weights, ...further];
}

/** Whether a folder holds a run, whole or damaged. */
export const holdsRun = (folder: string): Promise<boolean> =>
  bearsFormat(join(folder, RUN_MARK), 'hindcast-run');

/** @throws Problem 'run-exists' */
export async function requireNoRun(folder: string): Promise<void> {
  await recoverFolder(folder);
  if (!(await holdsRun(folder))) return;
  const name = await readRecord(folder, folder).then(
    (record) => record.name,
    () => '?',
  );
  throw new Problem('run-exists', { folder, name });
}

/**
 * Puts a run in the place of the one in a folder, once it is whole; until then, and whatever fails, that one stays.
 * @param build makes the run in the folder that it is given
 * @throws Problem 'cannot-write', 'not-ours', 'folder-busy', and what `build` throws
 */
export async function replaceRun<T>(folder: string, build: (building: string) => Promise<T>): Promise<T> {
  let made: { readonly value: T } | null = null;
  // The old one is not trained on meanwhile.
  await whileLocked(folder, 'train', 0, () =>
    replaceFolder(folder, {
      build: async (building) => {
        made = { value: await build(building) };
      },
      owned: ownRunFiles,
      marks: [RUN_MARK],
    }),
  );
  return (made as unknown as { readonly value: T }).value;
}

/** Removes the run in a folder, and the folders that this leaves empty. @throws Problem 'cannot-write' */
export async function deleteRun(folder: string): Promise<void> {
  const own = await ownRunFiles(folder);
  // What says that it is a run goes last: a kill leaves nothing that cannot be recognised.
  const inOrder = [...own.filter((file) => file !== RUN_MARK), ...own.filter((file) => file === RUN_MARK)];
  for (const file of inOrder) {
    const path = join(folder, file);
    await rm(path, { force: true }).catch((error: unknown) => {
      throw cannotWrite(path, error);
    });
  }
  await sweepTemporaries(folder);
  const around = [...new Set(own.map((file) => dirname(file)))].sort((a, b) => b.length - a.length);
  // Not where there is none, and not where the user keeps something of his own in it.
  for (const each of [...around, '.']) await rmdir(join(folder, each)).catch(() => undefined);
}

/**
 * Copies the run in a folder into a new one, by itself: what was trained with it for further targets stays behind.
 * @throws Problem 'cannot-write'
 */
export async function copyRun(folder: string, copy: string): Promise<void> {
  const own = await ownRunFiles(folder);
  for (const file of own.filter((each) => !FURTHER_TARGET.test(each))) {
    if ((await entryAt(join(folder, file))) === null) continue;
    await makeFolder(dirname(join(copy, file)));
    await copyFile(join(folder, file), join(copy, file), constants.COPYFILE_FICLONE).catch(
      (error: unknown) => {
        throw cannotWrite(join(copy, file), error);
      },
    );
  }
}

/** Refused at once where another process trains the run. @throws Problem 'run-missing', 'folder-busy', 'cannot-write' */
export async function lockTraining(folder: string): Promise<Release> {
  if ((await entryAt(folder).catch(() => null)) === null) throw new Problem('run-missing');
  return lockFolder(folder, 'train');
}

/** A run that is not there, or whose folder takes no lock, is passed over. @throws Problem 'folder-busy' */
export async function requireNotTrained(folder: string): Promise<void> {
  try {
    (await lockTraining(folder))();
  } catch (error) {
    if (error instanceof Problem && error.code === 'folder-busy') throw error;
  }
}

/** A file in the folder of a further target. */
const FURTHER_TARGET = /^target-\d+[\\/]/;
const SUBFOLDER_PATTERN = /^(?:newer|earlier|rehearsal|member-\d{1,3}|target-\d)$/;

/**
 * Finishes or undoes what killed processes left half done in the folder of a run. To be called at a start.
 * @throws Problem 'cannot-write'
 */
export async function sweepRun(folder: string): Promise<void> {
  await sweepFolder(folder);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.isDirectory() && SUBFOLDER_PATTERN.test(entry.name)) await sweepRun(join(folder, entry.name));
  }
}
