import type { ProblemData } from '../contract/problems';
import { PUBLISH_WAYS, type Issued, type Schedule, type WatchSettings } from '../contract/watch';
import { readForecastLog, readRecord } from '../library';
import { publicationOf, publish, type Publication } from '../publish';
import { warningsOf } from './warnings';

/** Puts together what is published of a forecast of the run in a folder. @param now milliseconds since 1970, UTC */
export async function publicationFor(
  folder: string,
  issued: Issued,
  { baselineInstead }: Pick<WatchSettings, 'baselineInstead'>,
  now: number,
): Promise<Publication> {
  const { name } = await readRecord(folder, folder);
  return publicationOf(issued, { name, madeAt: now, baselineInstead, warnings: warningsOf(issued) });
}

/** Publishes in all ways that are wanted. @returns what went wrong: that keeps no other way from being gone */
export async function publishIssued(
  folder: string,
  publication: Publication,
  { publish: settings, schedule }: WatchSettings,
  password: string | null,
): Promise<ProblemData[]> {
  if (PUBLISH_WAYS.every((way) => settings[way] === null)) return [];
  const forecasts = await readForecastLog(folder);
  const pauseSeconds = pauseOf(schedule, publication);
  const problems = await publish(publication, { settings, password, forecasts, pauseSeconds });
  return problems.map((problem) => problem.toData());
}

const DAY_SECONDS = 86_400;

/** The usual time from one forecast to the next. */
export function pauseOf(schedule: Schedule, { points }: Pick<Publication, 'points'>): number {
  if (schedule.kind === 'every') return schedule.seconds;
  const step = ((points[1]?.time ?? 0) - (points[0]?.time ?? 0)) / 1000;
  return schedule.kind === 'reading' && step > 0 ? step : DAY_SECONDS;
}
