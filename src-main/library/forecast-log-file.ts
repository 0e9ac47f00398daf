import { join } from 'node:path';
import { forecastLogSchema, MOST_FORECASTS, type IssuedForecast } from '../contract/forecast-log';
import { Problem } from '../contract/problems';
import { writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';

const mostBytes = 64 * 1024 * 1024;
const pathIn = (folder: string): string => join(folder, 'forecasts.json');

/** The forecasts issued with the run in a folder; none where there is no log. @throws Problem 'run-damaged' */
export async function readForecastLog(folder: string, runName: string): Promise<readonly IssuedForecast[]> {
  try {
    const { forecasts } = await readJson(
      pathIn(folder),
      forecastLogSchema,
      mostBytes,
      (cause) => new Problem('run-damaged', { name: runName, cause: `forecasts.json: ${cause}` }),
    );
    return forecasts;
  } catch (error) {
    if (error instanceof Problem && error.code === 'file-missing') return [];
    throw error;
  }
}

/**
 * Adds a forecast to the log. One from the same last reading is there already: it is not issued twice, and what was said
 * first stays.
 * @throws Problem 'run-damaged', 'cannot-write'
 */
export async function logForecast(
  folder: string,
  runName: string,
  forecast: IssuedForecast,
): Promise<readonly IssuedForecast[]> {
  const before = await readForecastLog(folder, runName);
  if (before.some(({ issuedAt }) => issuedAt === forecast.issuedAt)) return before;
  const forecasts = [...before, forecast].sort((a, b) => a.issuedAt - b.issuedAt).slice(-MOST_FORECASTS);
  const log = { format: 'hindcast-forecast-log' as const, version: 1 as const, forecasts };
  await writeAtomically(pathIn(folder), JSON.stringify(log));
  return forecasts;
}
