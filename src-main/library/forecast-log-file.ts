import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { forecastLogSchema, MOST_FORECASTS, type IssuedForecast } from '../contract/forecast-log';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { cannotWrite, codeOf, writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';
import { whileChanging } from '../files/lock';
import { sealed, sealJson } from '../files/sealed';

const FILE_NAME = 'forecasts.json';
const MOST_BYTES = 64 * 1024 * 1024;
const pathIn = (folder: string): string => join(folder, FILE_NAME);
/** A damaged log is kept under such a name, the first number that is free. */
const SET_ASIDE_PATTERN = /^forecasts-damaged-\d{1,4}\.json$/;

/** The names of logs that were found damaged and set aside, the first first. */
export async function logsSetAside(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => SET_ASIDE_PATTERN.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/**
 * The forecasts issued with the run in a folder; none where there is no log, or a damaged one, which is set aside.
 * @throws Problem 'file-unreadable', 'cannot-write', 'folder-busy'
 */
export async function readForecastLog(folder: string): Promise<readonly IssuedForecast[]> {
  return (await readWhole(folder)) ?? (await whileChanging(folder, () => readOrSetAside(folder)));
}

/**
 * Adds a forecast to the log. One from the same last reading is there already: it is not issued twice, and what was said
 * first stays, unless the weather service's forecast was missing then and has come since; what baselines say beside it is added where it was not asked for then. A damaged log is set aside and a new one begun.
 * @throws Problem 'cannot-write', 'file-unreadable', 'folder-busy'
 */
export async function logForecast(
  folder: string,
  forecast: IssuedForecast,
): Promise<readonly IssuedForecast[]> {
  return whileChanging(folder, async () => {
    const before = await readOrSetAside(folder);
    const said = before.find(({ issuedAt }) => issuedAt === forecast.issuedAt);
    const isBetter = said === undefined || lacksService(said, forecast);
    if (!isBetter && !lacksOnlyBeside(said, forecast)) return before;
    const own = isBetter ? forecast : { ...said, beside: forecast.beside };
    const others = before.filter((each) => each !== said);
    const forecasts = [...others, own].sort((a, b) => a.issuedAt - b.issuedAt).slice(-MOST_FORECASTS);
    const log = { format: 'hindcast-forecast-log' as const, version: 1 as const, forecasts };
    await writeAtomically(pathIn(folder), sealJson(log));
    return forecasts;
  });
}

const lacksService = (said: IssuedForecast, forecast: IssuedForecast): boolean =>
  said.withoutService === true && forecast.withoutService !== true;

/** Whether the same forecast was logged before, by hand, without the baselines. */
function lacksOnlyBeside(said: IssuedForecast, { beside, points }: IssuedForecast): boolean {
  const isSame = JSON.stringify(said.points) === JSON.stringify(points);
  return said.beside === undefined && beside !== undefined && isSame;
}

async function readOrSetAside(folder: string): Promise<readonly IssuedForecast[]> {
  const forecasts = await readWhole(folder);
  if (forecasts !== null) return forecasts;
  const last = /\d+/.exec((await logsSetAside(folder)).at(-1) ?? '0')?.[0];
  try {
    await rename(pathIn(folder), join(folder, `forecasts-damaged-${Number(last) + 1}.json`));
  } catch (error) {
    throw cannotWrite(pathIn(folder), error);
  }
  return [];
}

/** Of the machine at this moment, and not of the log. */
const PASSING = ['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EINTR'];

/** null where the log is damaged, or no file that can be read. */
async function readWhole(folder: string): Promise<readonly IssuedForecast[] | null> {
  const damaged = new Problem('run-damaged', {
    name: folder,
    cause: phrase('file-not-whole', { file: FILE_NAME }),
  });
  try {
    return (await readJson(pathIn(folder), sealed(forecastLogSchema), MOST_BYTES, () => damaged)).forecasts;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'file-missing') return [];
    if (PASSING.includes(codeOf(error.cause))) throw error;
    return null;
  }
}
