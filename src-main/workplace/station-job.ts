import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { stationOutcomeSchema, type StationOutcome } from '../contract/fleet';
import type { Series } from '../contract/series';
import { makeFolder } from '../files/atomic';
import { packTrained, runToTrainSchema, SingleRun, unpackUnfinished, type RunToTrain } from '../library';
import { workOn, type JobHooks, type JobKind, type WorkOf } from '../queue';
import { contentHash, inFolderOfItsOwn, keptSeriesOf } from './kept-series';
import { LocalWorkplace, type WorkplaceParts } from './local-workplace';

/** Readings and runs travel beside the job, by their hashes. */
const askSchema = z.strictObject({ run: runToTrainSchema, series: contentHash });
type StationAsk = z.infer<typeof askSchema>;
const answerSchema = z.strictObject({ outcome: stationOutcomeSchema, trained: contentHash });
export type StationAnswer = z.infer<typeof answerSchema>;

/** A station is trained and verified. */
export const STATION_JOB: JobKind<StationAsk, StationAnswer> = {
  name: 'train-station',
  ask: askSchema,
  answer: answerSchema,
};

/** What a worker does about a station, on its own machine. @param name that stands in the run's record */
export function stationWork(name: string, parts: WorkplaceParts): WorkOf {
  return (contents) => {
    const kept = keptSeriesOf(contents);
    const place = new LocalWorkplace(parts);
    return workOn(STATION_JOB, ({ run, series }, hooks) =>
      inFolderOfItsOwn(async (around) => {
        const folder = join(around, 'run');
        const readings = await kept.get(series);
        const { signal, onProgress, keep } = hooks;
        const onEpoch = (epoch: number): void => hooks.leave(epoch, () => packTrained(folder));
        const told = { signal, onProgress, onEpoch };
        const work = { run: { ...run, trainedBy: name }, series: readings };
        const outcome =
          (await goOn(place, work, folder, hooks, told)) ?? (await place.train(work, folder, told));
        return { outcome, trained: await keep(await packTrained(folder)) };
      }),
    );
  };
}

/**
 * Goes on with what a worker left that had the job before. Null where nothing was left, or nothing that one can go on with: what
 * comes from another machine is no reason to fail.
 */
async function goOn(
  place: LocalWorkplace,
  { run, series }: { readonly run: RunToTrain & { readonly trainedBy: string }; readonly series: Series },
  folder: string,
  hooks: JobHooks,
  told: Parameters<LocalWorkplace['goOn']>[1],
): Promise<StationOutcome | null> {
  const left = await hooks.takeUp();
  if (left === null) return null;
  try {
    await makeFolder(folder);
    const epoch = await unpackUnfinished(left.bytes, folder, run, series);
    if (epoch === 0) return null;
    hooks.goesOn(epoch);
    const store = new SingleRun(folder);
    await store.update(store.id, { trainedBy: run.trainedBy });
    return await place.goOn(folder, told);
  } catch (error) {
    if (hooks.signal.aborted) throw error;
    await rm(folder, { recursive: true, force: true });
    return null;
  }
}
