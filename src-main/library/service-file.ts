import { join } from 'node:path';
import { entryAt, writeAtomically } from '../files/atomic';

/**
 * The forecasts of the weather service that came with the readings of a run, each with its issue: a CSV file that grows with
 * every file that is added. Times are of the station's clock.
 */
export const SERVICE_FILE = 'service.csv';

/** Where a run keeps them; null where it has none. */
export async function keptForecasts(folder: string): Promise<string | null> {
  const path = join(folder, SERVICE_FILE);
  return (await entryAt(path)) === null ? null : path;
}

/** @param csv as the reader gives it; null: nothing is kept. @throws Problem 'cannot-write' */
export async function keepForecasts(folder: string, csv: string | null): Promise<void> {
  if (csv !== null) await writeAtomically(join(folder, SERVICE_FILE), csv);
}
