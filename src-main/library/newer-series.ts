import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import type { Series } from '../contract/series';
import { causeOf } from '../files/atomic';
import { readSeries, writeSeries } from './series-file';

/** The readings of the training with the newer ones behind them, beside those trained on, which never change. */
const newerFolder = 'newer';

/** null where none were added. @throws Problem 'run-damaged', 'file-unreadable' */
export async function readNewerSeries(folder: string, runName: string): Promise<Series | null> {
  const newer = join(folder, newerFolder);
  const isThere = await stat(newer).then(
    () => true,
    () => false,
  );
  return isThere ? readSeries(newer, runName) : null;
}

/** Written beside it first, then exchanged: a crash leaves the old, the new, or none, never half. @throws Problem 'cannot-write' */
export async function writeNewerSeries(folder: string, series: Series): Promise<void> {
  const newer = join(folder, newerFolder);
  const building = `${newer}-building`;
  try {
    await rm(building, { recursive: true, force: true });
    await mkdir(building, { recursive: true });
    await writeSeries(building, series);
    await rm(newer, { recursive: true, force: true });
    await rename(building, newer);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('cannot-write', { file: newer, cause: causeOf(error) }, { cause: error });
  }
}

/** Takes away what newer readings left, for a run that begins anew in the same folder. */
export async function removeNewerSeries(folder: string): Promise<void> {
  await rm(join(folder, newerFolder), { recursive: true, force: true });
}
