import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunningScores } from '../contract/forecast-log';
import { readNewerSeries } from '../library';
import { verifyLog } from '../verification';
import type { Replayed } from './replay';
import { WALL_ZONE } from './wall-clock';

type Scores = Pick<RunningScores, 'points' | 'rmse' | 'bias' | 'persistenceRmse' | 'within'>;

/** What Hindcast says of forecasts, and what Python says of the same ones, that knows nothing of Hindcast. */
export interface VerifiedAfterwards {
  readonly own: Scores;
  readonly byPython: Scores;
  /** The largest difference of any of the numbers. */
  readonly apart: number;
}

/**
 * Verifies all forecasts by the readings that the run has kept, and by what the station wrote as it is at last.
 * @param script scripts/verify-log.py
 */
export async function verifyAfterwards(
  script: string,
  { run, source, station, issued }: Replayed,
): Promise<VerifiedAfterwards> {
  const { scores: own } = verifyLog(issued, (await readNewerSeries(run, 'run'))!);
  const file = join(run, '..', 'issued.json');
  await writeFile(file, JSON.stringify({ forecasts: issued }));
  const python = process.env['HINDCAST_PYTHON'] ?? 'python3';
  const { stdout } = await promisify(execFile)(python, [
    script,
    file,
    source,
    ...(station === 'weewx' ? [] : [WALL_ZONE]),
  ]);
  const byPython = JSON.parse(stdout) as Scores;
  if (own === null) throw new Error('No forecast could be verified.');
  const names = ['points', 'rmse', 'bias', 'persistenceRmse', 'within'] as const;
  return { own, byPython, apart: Math.max(...names.map((name) => Math.abs(own[name]! - byPython[name]!))) };
}
