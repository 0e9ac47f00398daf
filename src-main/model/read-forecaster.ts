import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import type { Series } from '../contract/series';
import { recoverFolder } from '../files/replace-folder';
import { FORECASTER_FILE, readExport, type Forecaster } from '../forecaster';
import { forecasterOf, readTrainedRun } from './trained-run';

/** Whether a folder is a run's, an export's or neither. @throws Problem as `recoverFolder` */
export async function kindOfFolder(folder: string): Promise<'run' | 'export' | null> {
  const has = (file: string): Promise<boolean> =>
    stat(join(folder, file)).then(
      (found) => found.isFile(),
      () => false,
    );
  await recoverFolder(folder);
  if (await has('run.json')) return 'run';
  return (await has(FORECASTER_FILE)) ? 'export' : null;
}

/**
 * The forecaster and its readings out of a run's folder or an export's.
 * @throws Problem 'run-missing', 'run-damaged', 'run-not-trained', 'forecaster-invalid'
 */
export async function readForecaster(
  folder: string,
): Promise<{ readonly forecaster: Forecaster; readonly series: Series }> {
  const kind = await kindOfFolder(folder);
  if (kind === 'export') return readExport(join(folder, FORECASTER_FILE));
  if (kind === null) throw new Problem('file-missing', { file: join(folder, 'run.json') });
  const trained = await readTrainedRun(folder);
  return { forecaster: forecasterOf(trained, trained.record.measured), series: trained.series };
}
