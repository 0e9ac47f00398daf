import { Problem } from '../contract/problems';
import type { Verification } from '../contract/results';
import type { Series } from '../contract/series';
import { makeForecaster, type Forecaster } from '../forecaster';
import { readCheckpoint, readRecord, readSeries, thetaOfEpoch, type RunRecord } from '../library';
import { prepare, type Preparation } from '../series';

/** A run with the weights that were kept, and its series prepared as it was for the training. */
export interface TrainedRun {
  readonly record: RunRecord;
  readonly series: Series;
  readonly preparation: Preparation;
  readonly theta: Float32Array;
}

/** @throws Problem 'run-missing', 'run-damaged', 'run-not-trained' */
export async function readTrainedRun(folder: string): Promise<TrainedRun> {
  const record = await readRecord(folder, folder);
  const { name, keptEpoch, settings } = record;
  if (keptEpoch === 0) throw new Problem('run-not-trained', { name });
  const checkpoint = await readCheckpoint(folder);
  const theta = checkpoint === null ? null : thetaOfEpoch(checkpoint, keptEpoch);
  if (theta === null) {
    throw new Problem('run-damaged', { name, cause: `the weights of epoch ${keptEpoch} are not whole` });
  }
  const series = await readSeries(folder, name);
  return { record, series, preparation: prepare(series, settings), theta };
}

export function forecasterOf(trained: TrainedRun, scores: Verification['scores'] | null): Forecaster {
  const { record, series, preparation, theta } = trained;
  const { sourceFile, columns, settings, epochs, keptEpoch, versions, createdAt } = record;
  const { stepSeconds, gapLimit, derived } = record;
  return makeForecaster({
    fileName: sourceFile,
    columns,
    series,
    settings,
    preparation,
    theta,
    epochs,
    keptEpoch,
    versions,
    scores,
    createdAt,
    axis: { stepSeconds, gapLimit, derived },
  });
}
