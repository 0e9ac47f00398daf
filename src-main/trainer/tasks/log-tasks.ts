import type { AddedReadings, ForecastLog } from '../../contract/forecast-log';
import { Problem } from '../../contract/problems';
import type { Series } from '../../contract/series';
import { appendNewer, mappingFor, requireSameVariables, type Forecaster } from '../../forecaster';
import {
  logsSetAside,
  readForecastLog,
  readNewerSeries,
  whileChanging,
  writeNewerSeries,
} from '../../library';
import { targetVariable } from '../../series';
import { verifyLog } from '../../verification';
import { forecasterOf, readTrainedRun, type TrainedRun } from '../../model/trained-run';
import type { TrainerFunctions } from '../processes/protocol';

/** The readings that forecasts start from: those trained on and the newer ones that were added. */
export async function newestSeries(folder: string, { record, series }: TrainedRun): Promise<Series> {
  return (await readNewerSeries(folder, record.name)) ?? series;
}

const describe = (trained: TrainedRun): Forecaster => forecasterOf(trained, null);

/**
 * Keeps newer readings with the run; those that are no newer than the newest there are passed over.
 * @throws Problem 'nothing-newer', 'columns-differ', 'setting-invalid' (another time step or other times of day),
 * 'cannot-write', and of reading the run
 */
async function keepReadings(folder: string, newer: Series): Promise<AddedReadings> {
  const trained = await readTrainedRun(folder);
  requireSameVariables(describe(trained), newer);
  // Two processes that add readings at once: the second adds to what the first has kept.
  return whileChanging(folder, () => append(folder, trained, newer));
}

async function append(folder: string, trained: TrainedRun, newer: Series): Promise<AddedReadings> {
  const before = await newestSeries(folder, trained);
  const after = appendNewer(before, newer);
  const rows = after.time.length - before.time.length;
  if (rows === 0) {
    const newest = before.time[before.time.length - 1]!;
    throw new Problem('nothing-newer', {
      newest: new Date(newest).toISOString().slice(0, 16).replace('T', ' '),
    });
  }
  await writeNewerSeries(folder, after);
  return { rows, from: after.time[before.time.length]!, to: after.time[after.time.length - 1]! };
}

/** What became of the forecasts that were issued. @throws Problem of reading the run and its log */
async function forecastLog(folder: string): Promise<ForecastLog> {
  const trained = await readTrainedRun(folder);
  const series = await newestSeries(folder, trained);
  const forecasts = await readForecastLog(folder);
  return {
    unit: targetVariable(series).unit,
    issued: forecasts.length,
    setAside: await logsSetAside(folder),
    newest: series.time[series.time.length - 1]!,
    added: series.time.length - trained.series.time.length,
    ...verifyLog(forecasts, series),
  };
}

export const logTasks = {
  mapping: async ({ folder, summary }) => mappingFor(describe(await readTrainedRun(folder)), summary),
  keepReadings: ({ folder, newer }) => keepReadings(folder, newer),
  forecastLog: ({ folder }) => forecastLog(folder),
} satisfies Partial<TrainerFunctions>;
