import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FRESH_STATE } from '../contract/watch';
import { cannotWrite, isMissing, makeFolder } from '../files/atomic';
import { readNewerSeries, NEWER_FOLDER } from './newer-series';
import { holdsRun, ownModelFiles, replaceRun } from './own-files';
import { EARLIER_FOLDER, readRecord } from './run-folder';
import { SERVICE_FILE } from './service-file';
import { readSeries, writeSeries } from './series-file';
import { readWatchState, WATCH_FILE, writeWatchState } from './watch-file';

/** What stays with a folder whichever of its models forecasts. */
const STAYING_FILES = ['forecasts.json', SERVICE_FILE, WATCH_FILE] as const;

/** Whether the model before the one in a folder is kept there. */
export const holdsEarlier = (folder: string): Promise<boolean> => holdsRun(join(folder, EARLIER_FOLDER));

/**
 * Puts another model in the place of the one in a folder, which is kept in it. The log of forecasts, the newer readings and
 * what is watched stay; the test whether the model does worse than a baseline begins anew. A kill leaves the one or the other.
 * @param other a folder that holds the model
 * @param now of the new beginning; milliseconds since 1970, UTC
 * @throws Problem 'cannot-write', 'folder-busy', of reading the run
 */
export async function putModelInPlace(folder: string, other: string, now: number): Promise<void> {
  const { name } = await readRecord(folder, folder);
  await replaceRun(folder, async (building) => {
    await copyFiles(other, building, await ownModelFiles(other));
    await copyFiles(folder, join(building, EARLIER_FOLDER), await ownModelFiles(folder));
    await copyFiles(folder, building, STAYING_FILES);
    const newest = (await readNewerSeries(folder, name)) ?? (await readSeries(folder, name));
    await makeFolder(join(building, NEWER_FOLDER));
    await writeSeries(join(building, NEWER_FOLDER), newest);
    const { decidedUpTo, decidedAt } = await readWatchState(folder);
    await writeWatchState(building, { ...FRESH_STATE, decidedUpTo, decidedAt, retrainedAt: now });
  });
}

/** Takes the model before back; the one that forecast until now is the one before from now on. @throws Problem as `putModelInPlace`, 'run-missing' */
export async function takeEarlierBack(folder: string, now: number): Promise<void> {
  const earlier = join(folder, EARLIER_FOLDER);
  await readRecord(earlier, earlier);
  await putModelInPlace(folder, earlier, now);
}

/** Those of the files that are there. */
async function copyFiles(from: string, to: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const path = join(to, file);
    try {
      await makeFolder(dirname(path));
      await copyFile(join(from, file), path);
    } catch (error) {
      if (!isMissing(error)) throw cannotWrite(path, error);
    }
  }
}
