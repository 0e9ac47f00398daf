import { join } from 'node:path';
import type { Inside, StatefulPass } from '../../contract/inside';
import type { Measured } from '../../contract/measured';
import { Problem, causeOfProblem, toProblem } from '../../contract/problems';
import type { Forecast, Verification } from '../../contract/results';
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
import { measuredBy } from '../../model/measured';
import { forecasterOf, readTargets, readTrainedRun, type TrainedRun } from '../../model/trained-run';
import type { TaskNews, TrainerFunctions } from '../processes/protocol';

/** An exported model may differ from the trained one by rounding alone; in scaled units. */
const exportTolerance = 1e-5;
/** Windows of the test part that an export is checked on. */
const checkedWindows = 200;

/** Told what the test part says of the model. */
type Tell = (news: TaskNews) => void;

function verifyRun(assembled: AssembledRun, tell: Tell): Verification {
  const verification = verifyAssembled(assembled);
  tell({ kind: 'measured', measured: measuredBy(verification) });
  return verification;
}

/**
 * Forecasts from the newest reading there is, and keeps the forecast in the run's log.
 * @throws Problem as `assemble`, 'cannot-write'
 */
async function forecastRun(folder: string, tell: Tell): Promise<Forecast> {
  const assembled = await assemble(folder);
  const { trained } = assembled;
  const measured = measure(assembled, tell);
  const forecast = forecastFrom(forecasterOf(trained, measured), await newestSeries(folder, trained));
  await logForecast(folder, issuedForecastOf(forecast, Date.now()));
  return forecast;
}

/** See `lookInsideTrained`. @throws Problem as `assemble` */
async function insideRun(folder: string, place: number | null, layer: number): Promise<Inside> {
  const trained = await readTrainedRun(folder);
  const network = networkShape(trained.record.settings, trained.preparation.inputCount);
  return lookInsideTrained({ ...trained, network }, place, layer);
}

/** See `passTrained`, `passLesson`. @throws Problem as `assemble` */
async function insideStateful(folder: string | null): Promise<StatefulPass> {
  if (folder === null) return passLesson();
  const { record, ...trained } = await readTrainedRun(folder);
  const network = networkShape(record.settings, trained.preparation.inputCount);
  return passTrained({ ...trained, network, batchSize: record.settings.batchSize });
}

/**
 * Writes the export into a folder that holds none, reads it back, lets TF.js itself load it, and compares what it says
 * with what was trained.
 * @throws Problem as `assemble`, 'cannot-write', 'export-unreadable', 'export-mismatch'
 */
async function exportTfjs(folder: string, destination: string, tell: Tell): Promise<void> {
  const assembled = await assemble(folder);
  const { trained } = assembled;
  const measured = measure(assembled, tell);
  await writeExport(forecasterOf(trained, measured), trained.series, destination);
  await requireReadable(destination);
  const difference = await largestDifference(trained, join(destination, MODEL_FILE));
  if (!(difference <= exportTolerance)) throw new Problem('export-mismatch', { difference });
}

async function requireReadable(folder: string): Promise<void> {
  try {
    await readExport(join(folder, FORECASTER_FILE));
  } catch (error) {
    throw new Problem('export-unreadable', { cause: causeOfProblem(toProblem(error)) }, { cause: error });
  }
}

/** @throws Problem of reading the run, 'run-not-trained', 'engine-missing' */
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

/** What is known already, or found out now. */
function measure(assembled: AssembledRun, tell: Tell): Measured {
  return assembled.trained.record.measured ?? measuredBy(verifyRun(assembled, tell));
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

export const resultTasks = {
  verifyRun: async ({ folder }, tell) => verifyRun(await assemble(folder), tell),
  forecastRun: ({ folder }, tell) => forecastRun(folder, tell),
  insideRun: ({ folder, place, layer }) => insideRun(folder, place, layer),
  insideStateful: ({ folder }) => insideStateful(folder),
  exportTfjs: ({ folder, destination }, tell) => exportTfjs(folder, destination, tell),
  readExport: async ({ file }) => {
    const { forecaster, series } = await readExport(file);
    return importedRun(forecaster, series);
  },
  furtherTargets: async ({ folder }) => (await readTargets(folder)).slice(1).map(furtherTarget),
} satisfies Partial<TrainerFunctions>;
