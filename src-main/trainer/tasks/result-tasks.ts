import { join } from 'node:path';
import type { Inside, StatefulPass } from '../../contract/inside';
import type { Measured } from '../../contract/measured';
import { Problem, causeOfProblem, toProblem } from '../../contract/problems';
import type { Verification } from '../../contract/results';
import { predictWithLayersModel } from '../../engine';
import {
  FORECASTER_FILE,
  forecastFrom,
  issuedForecastOf,
  lookInsideTrained,
  MODEL_FILE,
  passLesson,
  passTrained,
  readExport,
  writeExport,
} from '../../forecaster';
import { logForecast } from '../../library';
import { networkShape } from '../../series';
import { learnEvent, learnIntervals, readForecasts, verify } from '../../verification';
import { assembleRun, type AssembledRun } from '../../model/assemble';
import { newestSeries } from './log-tasks';
import { furtherTarget, importedRun } from '../../model/ready-run';
import { cutWindows, forecastsAlone, predictMembers, predictWindows } from '../../model/predict';
import { measuredBy, type MeasuredForecast } from '../../model/measured';
import type { ReadyRun } from '../../model/ready-run';
import { forecasterOf, readTargets, readTrainedRun, type TrainedRun } from '../../model/trained-run';

/** An exported model may differ from the trained one by rounding alone; in scaled units. */
const exportTolerance = 1e-5;
/** Windows of the test part that an export is checked on. */
const checkedWindows = 200;

/** @throws Problem of reading the run, 'run-not-trained', 'engine-missing' */
export async function verifyTask(folder: string): Promise<Verification> {
  return verifyAssembled(await assemble(folder));
}

/**
 * Forecasts from the newest reading there is, and keeps the forecast in the run's log.
 * @throws Problem as `verifyTask`, 'cannot-write'
 */
export async function forecastTask(folder: string): Promise<MeasuredForecast> {
  const assembled = await assemble(folder);
  const { trained } = assembled;
  const measured = measure(assembled);
  const forecast = forecastFrom(forecasterOf(trained, measured), await newestSeries(folder, trained));
  await logForecast(folder, issuedForecastOf(forecast, Date.now()));
  return { forecast, measured };
}

/** See `lookInsideTrained`. @throws Problem as `verifyTask` */
export async function insideTask(folder: string, place: number | null, layer: number): Promise<Inside> {
  const trained = await readTrainedRun(folder);
  const network = networkShape(trained.record.settings, trained.preparation.inputCount);
  return lookInsideTrained({ ...trained, network }, place, layer);
}

/** See `passTrained`, `passLesson`. @throws Problem as `verifyTask` */
export async function statefulTask(folder: string | null): Promise<StatefulPass> {
  if (folder === null) return passLesson();
  const { record, ...trained } = await readTrainedRun(folder);
  const network = networkShape(record.settings, trained.preparation.inputCount);
  return passTrained({ ...trained, network, batchSize: record.settings.batchSize });
}

/**
 * Writes the export into a folder that holds none, reads it back, lets TF.js itself load it, and compares what it says
 * with what was trained.
 * @throws Problem as `verifyTask`, 'cannot-write', 'export-unreadable', 'export-mismatch'
 */
export async function exportTask(folder: string, destination: string): Promise<Measured> {
  const assembled = await assemble(folder);
  const { trained } = assembled;
  const measured = measure(assembled);
  await writeExport(forecasterOf(trained, measured), trained.series, destination);
  await requireReadable(destination);
  const difference = await largestDifference(trained, join(destination, MODEL_FILE));
  if (!(difference <= exportTolerance)) throw new Problem('export-mismatch', { difference });
  return measured;
}

async function requireReadable(folder: string): Promise<void> {
  try {
    await readExport(join(folder, FORECASTER_FILE));
  } catch (error) {
    throw new Problem('export-unreadable', { cause: causeOfProblem(toProblem(error)) }, { cause: error });
  }
}

/** @throws Problem as `readExport` */
export async function readExportTask(file: string): Promise<ReadyRun> {
  const { forecaster, series } = await readExport(file);
  return importedRun(forecaster, series);
}

/** The models of the further targets that a run has learned. @throws Problem as `verifyTask` */
export async function furtherTargetsTask(folder: string): Promise<ReadyRun[]> {
  const [, ...further] = await readTargets(folder);
  return further.map(furtherTarget);
}

/** @throws Problem as `verifyTask` */
export async function assemble(folder: string): Promise<AssembledRun> {
  return assembleRun(folder, await readTrainedRun(folder));
}

export function verifyAssembled({ trained, unvalidated, combination }: AssembledRun): Verification {
  const { series, preparation } = trained;
  const calibration = learnIntervals(series, unvalidated.preparation, (starts) =>
    readForecasts(series, unvalidated.preparation, predictWindows(unvalidated, starts), starts.length),
  );
  const { test } = preparation.split;
  const members = predictMembers(trained, test);
  const predicted = predictWindows(trained, test, members);
  const alone = forecastsAlone(trained, test, members);
  const event = learnEvent(series, preparation, trained.record.settings.rainThreshold);
  return verify({ series, preparation, predicted, calibration, combination, event, alone });
}

function measure(assembled: AssembledRun): Measured {
  return assembled.trained.record.measured ?? measuredBy(verifyAssembled(assembled));
}

async function largestDifference(trained: TrainedRun, modelJson: string): Promise<number> {
  const { preparation } = trained;
  const { window, inputCount, split } = preparation;
  const starts = split.test.subarray(0, checkedWindows);
  const expected = predictWindows(trained, starts);
  const exported = await predictWithLayersModel(
    modelJson,
    cutWindows(preparation, starts),
    starts.length,
    window,
    inputCount,
  );
  return expected.reduce((largest, value, index) => Math.max(largest, Math.abs(value - exported[index]!)), 0);
}
