import { join } from 'node:path';
import { safeFileName } from '../files/file-name';
import type { FleetStation, TrainedStation } from '../contract/fleet';
import type { SharedReport } from '../contract/shared-model';
import { Problem } from '../contract/problems';
import { SingleRun } from '../library';
import { RunQuestions } from '../services';
import type { FleetFolder } from './fleet-folder';
import type { Workshop } from './train-station';

const SHARED_FOLDER = 'shared';

export interface SharingHooks {
  readonly signal: AbortSignal;
  /** How far it is, in pieces that take about as long as each other. */
  readonly onProgress: (done: number, of: number) => void;
}

/**
 * Trains the shared model of a fleet's trained stations, in a process of this machine: tuned on each it is a run of its own
 * beside that of the station.
 * @throws Problem 'cancelled', of reading the runs and of the trainings
 */
export async function shareFleet(
  folder: FleetFolder,
  trained: readonly { readonly station: FleetStation; readonly result: TrainedStation }[],
  { startTrainer, device }: Pick<Workshop, 'startTrainer' | 'device'>,
  { signal, onProgress }: SharingHooks,
): Promise<SharedReport> {
  const questions = new RunQuestions(new SingleRun(folder.pathOf('')), () => startTrainer(device));
  const end = (): void => questions.close();
  signal.addEventListener('abort', end);
  try {
    if (signal.aborted) throw new Problem('cancelled');
    onProgress(0, 1);
    const stations = trained.map(({ station: { name, place }, result }) => ({
      name,
      place,
      run: result.folder,
      shared: join(SHARED_FOLDER, safeFileName(name)),
    }));
    return await questions.run('shareModel', { folder: folder.pathOf(''), stations, curve: true }, (news) => {
      if (news.kind === 'work') onProgress(news.done, news.total);
    });
  } catch (error) {
    throw signal.aborted ? new Problem('cancelled', {}, { cause: error }) : error;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

/** Whether a shared model is that of these stations: nothing was trained since. */
export function isSharedBy(
  { groups, left }: SharedReport,
  trained: readonly { readonly station: FleetStation }[],
): boolean {
  const known = [...groups.flatMap(({ stations }) => stations), ...left].map(({ name }) => name);
  return known.length === trained.length && trained.every(({ station: { name } }) => known.includes(name));
}
