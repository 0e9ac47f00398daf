import { join } from 'node:path';
import { safeFileName } from '../files/file-name';
import type { FleetStation, TrainedStation } from '../contract/fleet';
import type { SharedReport } from '../contract/shared-model';
import { Problem } from '../contract/problems';
import { secondsLeftAfter, type Progress } from '../contract/progress';
import { SingleRun } from '../library';
import { RunQuestions } from '../services';
import type { Pace } from '../workplace';
import type { FleetFolder } from './fleet-folder';
import type { Workshop } from './train-station';

const SHARED_FOLDER = 'shared';
const PROGRESS_FOLDER = 'shared-progress';

export interface SharingHooks {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Where it can be paused. */
  readonly pace?: Pace | undefined;
}

/**
 * Trains the shared model of a fleet's trained stations, in a process of this machine: tuned on each it is a run of its own
 * beside that of the station. Cancelled or killed on its way it is gone on with by the next call, to the same numbers.
 * @throws Problem 'cancelled', of reading the runs and of the trainings
 */
export async function shareFleet(
  folder: FleetFolder,
  trained: readonly { readonly station: FleetStation; readonly result: TrainedStation }[],
  { startTrainer, device }: Pick<Workshop, 'startTrainer' | 'device'>,
  { signal, onProgress, pace }: SharingHooks,
): Promise<SharedReport> {
  const questions = new RunQuestions(new SingleRun(folder.pathOf('')), () => startTrainer(device));
  const end = (): void => questions.close();
  signal.addEventListener('abort', end);
  let unfollow = (): void => undefined;
  try {
    if (signal.aborted) throw new Problem('cancelled');
    onProgress({ fraction: 0, secondsLeft: null });
    const stations = trained.map(({ station: { name, place }, result }) => ({
      name,
      place,
      run: result.folder,
      shared: join(SHARED_FOLDER, safeFileName(name)),
    }));
    const ask = { folder: folder.pathOf(''), stations, curve: true, progress: PROGRESS_FOLDER };
    const activeMs = (): number => performance.now() - (pace?.pausedMs ?? 0);
    const began = activeMs();
    const asked = questions.run('shareModel', ask, (news) => {
      if (news.kind !== 'work') return;
      const { done, total, before = 0 } = news;
      // Of what was done before it is not known how long it took.
      const share = (done - before) / (total - before);
      const secondsLeft = secondsLeftAfter((activeMs() - began) / 1000, share);
      onProgress({ fraction: done / total, secondsLeft });
    });
    if (pace !== undefined) unfollow = pace.follow((change) => questions.control(change));
    return await asked;
  } catch (error) {
    throw signal.aborted ? new Problem('cancelled', {}, { cause: error }) : error;
  } finally {
    unfollow();
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
