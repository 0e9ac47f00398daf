import type { ExportFormat, ExportReport } from '../../contract/export-formats';
import type { Inside, StatefulPass } from '../../contract/inside';
import type { Measured } from '../../contract/measured';
import type { Forecast, Verification } from '../../contract/results';
import {
  forecastFrom,
  issuedForecastOf,
  lookInsideTrained,
  passLesson,
  passTrained,
  readExport,
  type Forecaster,
} from '../../forecaster';
import { exportRun } from '../../formats';
import { logForecast } from '../../library';
import { shapeOf } from '../../training/plan';
import { learnEvent, learnIntervals, readForecasts, verify } from '../../verification';
import { assembleRun, type AssembledRun } from '../../model/assemble';
import { newestSeries } from './log-tasks';
import { learnedWarnings } from '../../model/event-learner';
import { furtherTarget, importedRun } from '../../model/ready-run';
import { forecastsAlone, predictMembers, predictWindows } from '../../model/predict';
import { measuredBy } from '../../model/measured';
import { forecasterOf, readTargets, readTrainedRun } from '../../model/trained-run';
import type { TaskNews, TrainerFunctions } from '../processes/protocol';

/** Called with the measures of the test part. */
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
  const forecaster = forecasterWithWarnings(assembled, measure(assembled, tell), tell);
  const forecast = forecastFrom(forecaster, await newestSeries(folder, trained));
  await logForecast(folder, issuedForecastOf(forecast, Date.now()));
  return forecast;
}

/** With all that is warned of: what was not learned since the run was trained on is learned now, and kept. */
export function forecasterWithWarnings(assembled: AssembledRun, measured: Measured, tell: Tell): Forecaster {
  const { trained } = assembled;
  const warnings = learnedWarnings(assembled);
  if (warnings !== trained.record.warnings) tell({ kind: 'warnings', warnings });
  return { ...forecasterOf(trained, measured), warnings };
}

/** See `lookInsideTrained`. @throws Problem as `assemble` */
async function insideRun(folder: string, place: number | null, layer: number): Promise<Inside> {
  const trained = await readTrainedRun(folder);
  const network = shapeOf(trained.record.settings, trained.preparation);
  return lookInsideTrained({ ...trained, network }, place, layer);
}

/** See `passTrained`, `passLesson`. @throws Problem as `assemble` */
async function insideStateful(folder: string | null): Promise<StatefulPass> {
  if (folder === null) return passLesson();
  const { record, ...trained } = await readTrainedRun(folder);
  const network = shapeOf(record.settings, trained.preparation);
  return passTrained({ ...trained, network, batchSize: record.settings.batchSize });
}

/** See `exportRun`. @throws Problem as `assemble`, as `exportRun` */
async function exportFormats(
  folder: string,
  destination: string,
  formats: readonly ExportFormat[],
  tell: Tell,
): Promise<ExportReport> {
  const assembled = await assemble(folder);
  const { trained } = assembled;
  const measured = measure(assembled, tell);
  return exportRun(forecasterWithWarnings(assembled, measured, tell), trained.series, {
    formats,
    folder: destination,
    test: trained.preparation.split.test,
    predict: (starts) => predictWindows(trained, starts),
  });
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
export function measure(assembled: AssembledRun, tell: Tell): Measured {
  return assembled.trained.record.measured ?? measuredBy(verifyRun(assembled, tell));
}

export const resultTasks = {
  verifyRun: async ({ folder }, tell) => verifyRun(await assemble(folder), tell),
  forecastRun: ({ folder }, tell) => forecastRun(folder, tell),
  insideRun: ({ folder, place, layer }) => insideRun(folder, place, layer),
  insideStateful: ({ folder }) => insideStateful(folder),
  exportFormats: ({ folder, destination, formats }, tell) =>
    exportFormats(folder, destination, formats, tell),
  readExport: async ({ file }) => {
    const { forecaster, series } = await readExport(file);
    return importedRun(forecaster, series);
  },
  furtherTargets: async ({ folder }) => (await readTargets(folder)).slice(1).map(furtherTarget),
} satisfies Partial<TrainerFunctions>;
