import { DETECT_ALL } from '../contract/dataset';
import type { FleetStation } from '../contract/fleet';
import { toProblem } from '../contract/problems';
import type { Forecast } from '../contract/results';
import { DatasetReader, sourceOfPath } from '../dataset';
import { SingleRun } from '../library';
import { RunQuestions } from '../services';
import type { Workshop } from './train-station';

/**
 * Forecasts a station from the newest reading in its file: what is newer there is kept with its run, as the forecast is.
 * @param folder of its run
 * @throws Problem of reading, mapping and forecasting; 'cancelled'
 */
export async function forecastStation(
  { file, station }: FleetStation,
  folder: string,
  { startReader, startTrainer, device }: Workshop,
  signal: AbortSignal,
): Promise<Forecast> {
  const run = new SingleRun(folder);
  const runId = run.id;
  const reader = new DatasetReader(startReader);
  const questions = new RunQuestions(run, () => startTrainer(device));
  const end = (): void => {
    reader.close();
    questions.close();
  };
  signal.addEventListener('abort', end);
  try {
    signal.throwIfAborted();
    const summary = await reader.open(sourceOfPath(file), undefined, { ...DETECT_ALL, station });
    const mapping = await questions.ask('mapping', { runId, summary });
    const newer = await reader.series(summary.id, mapping);
    // The same file again is no failure: its readings are there already.
    await questions.ask('keepReadings', { runId, newer }).catch((error: unknown) => {
      if (toProblem(error).code !== 'nothing-newer') throw error;
    });
    return await questions.ask('forecastRun', { runId });
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
