import { join } from 'node:path';
import type { Preferences } from '../contract/requests';
import { Problem } from '../contract/problems';
import { sweepTemporaries } from '../files/atomic';
import { PreferencesFile, readRecord, readSeries, RunLibrary } from '../library';
import { TrainingService } from '../services';
import { forkTrainer } from '../trainer';

/**
 * What the app does without a window, as one command: so that a fault can befall each file operation of it.
 *
 *   preferences USER-FOLDER            saves `PREFERENCES_AFTER`
 *   start USER-FOLDER                  what happens before the window
 *   delete USER-FOLDER RUN             so that it can be brought back
 *   remove USER-FOLDER RUN             for good
 *   train USER-FOLDER RUN TRAINER      trains a new run on the readings of one that is there
 *   resume USER-FOLDER RUN TRAINER
 *
 * @throws Problem of what was asked for
 */
export async function drive([
  task,
  userFolder = '',
  run = '',
  trainer = '',
]: readonly string[]): Promise<void> {
  const library = new RunLibrary(join(userFolder, 'runs'));
  if (task === 'preferences') await new PreferencesFile(userFolder).save(PREFERENCES_AFTER);
  else if (task === 'start') await startUp(userFolder);
  else if (task === 'delete') await library.putAside(run);
  else if (task === 'remove') await remove(library, run);
  else if (task === 'train') await train(library, trainer, run, false);
  else if (task === 'resume') await train(library, trainer, run, true);
  else throw new RangeError(`There is no task ${task}`);
}

const PREFERENCES_BASE = { language: 'ko', device: 'cpu', work: null } as const;
export const PREFERENCES_BEFORE: Preferences = { ...PREFERENCES_BASE, theme: 'light' };
export const PREFERENCES_AFTER: Preferences = { ...PREFERENCES_BASE, theme: 'dark' };

/**
 * As index.ts begins. What cannot be read or recovered is shown in the window and stops nothing.
 * @throws Problem 'runs-folder', as Runs tells it
 */
export async function startUp(userFolder: string): Promise<Preferences> {
  await sweepTemporaries(userFolder);
  const preferences = await new PreferencesFile(userFolder).load();
  const library = new RunLibrary(join(userFolder, 'runs'));
  await library.recover();
  await library.survey();
  return preferences;
}

async function remove(library: RunLibrary, run: string): Promise<void> {
  await library.putAside(run);
  await library.removeForGood(run);
}

async function train(library: RunLibrary, trainer: string, run: string, again: boolean): Promise<void> {
  let failure: Problem | null = null;
  const service = new TrainingService({
    library,
    startTrainer: () => forkTrainer(trainer),
    emit: (event) => {
      if (event.kind === 'failed') failure = Problem.from(event.problem);
    },
  });
  try {
    const runId = again ? run : await startLike(service, library, run);
    if (again) await service.resume(run);
    await service.ended(runId);
    if (failure !== null) throw failure as Problem;
  } finally {
    await service.close();
  }
}

async function startLike(service: TrainingService, library: RunLibrary, run: string): Promise<string> {
  const { sourceFile, columns, settings } = await readRecord(library.folderOf(run), run);
  const series = await readSeries(library.folderOf(run), run);
  const job = { name: 'new', sourceFile, columns, settings: { ...settings, members: 1 } };
  return (await service.start(job, series)).runId;
}
