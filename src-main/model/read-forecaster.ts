import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import type { Series } from '../contract/series';
import { readExport, type Forecaster } from '../forecaster';
import { forecasterOf, keptMeasures, readTrainedRun } from './trained-run';

/** The file by which the folder of an export is known. */
export const EXPORT_MARK = 'forecaster.json';

/** Whether a folder is a run's, an export's or neither. */
export async function kindOfFolder(folder: string): Promise<'run' | 'export' | null> {
  const has = (file: string): Promise<boolean> =>
    stat(join(folder, file)).then(
      (found) => found.isFile(),
      () => false,
    );
  if (await has('run.json')) return 'run';
  return (await has(EXPORT_MARK)) ? 'export' : null;
}

/**
 * The forecaster and its readings out of a run's folder or an export's.
 * @throws Problem 'run-missing', 'run-damaged', 'run-not-trained', 'forecaster-invalid'
 */
export async function readForecaster(
  folder: string,
): Promise<{ readonly forecaster: Forecaster; readonly series: Series }> {
  const kind = await kindOfFolder(folder);
  if (kind === 'export') return readExport(join(folder, EXPORT_MARK));
  if (kind === null) throw new Problem('file-missing', { file: join(folder, 'run.json') });
  const trained = await readTrainedRun(folder);
  return { forecaster: forecasterOf(trained, keptMeasures(trained.record)), series: trained.series };
}
