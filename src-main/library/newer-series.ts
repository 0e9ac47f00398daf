import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Series } from '../contract/series';
import { recoverFolder, replaceFolder } from '../files/replace-folder';
import { ownSeriesFiles, readSeries, SERIES_MARK, writeSeries } from './series-file';

/** The readings of the training with the newer ones behind them, beside those trained on, which never change. */
export const NEWER_FOLDER = 'newer';

/** null where none were added. @throws Problem 'run-damaged', 'file-unreadable', 'cannot-write' */
export async function readNewerSeries(folder: string, runName: string): Promise<Series | null> {
  const newer = join(folder, NEWER_FOLDER);
  await recoverFolder(newer);
  const isThere = await stat(join(newer, SERIES_MARK)).then(
    () => true,
    () => false,
  );
  return isThere ? readSeries(newer, runName) : null;
}

/** A crash leaves the old or the new. @throws Problem 'cannot-write', 'not-ours', 'folder-busy' */
export async function writeNewerSeries(folder: string, series: Series): Promise<void> {
  await replaceFolder(join(folder, NEWER_FOLDER), {
    build: (building) => writeSeries(building, series),
    owned: ownSeriesFiles,
    marks: [SERIES_MARK],
  });
}
