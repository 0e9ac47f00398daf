import { join } from 'node:path';
import { z } from 'zod';
import { searchTrialSchema } from '../contract/search';
import { trainingSettingsSchema } from '../contract/settings';
import { makeFolder } from '../files/atomic';
import { packTrial, unpackTrial, writeSeries } from '../library';
import { workOn, type Contents, type JobHooks, type JobKind, type WorkOf } from '../queue';
import type { Trials } from '../services';
import { contentHash, inFolderOfItsOwn, keptSeriesOf } from './kept-series';
import { LocalWorkplace, type WorkplaceParts } from './local-workplace';
import { Waiting } from './waiting';

const MOST_COLUMNS = 10_000;

const askSchema = z.strictObject({
  series: contentHash,
  settings: trainingSettingsSchema,
  /** Inputs that it does without, by name. */
  without: z.array(z.string().max(1000)).max(MOST_COLUMNS),
  /** It is trained until it has so many. */
  epochs: trainingSettingsSchema.shape.epochs,
  /** What it has so far; null: it begins. */
  from: contentHash.nullable(),
});
type TrialJobAsk = z.infer<typeof askSchema>;
const answerSchema = z.strictObject({
  score: searchTrialSchema.pick({ epochs: true, bestEpoch: true, rmse: true, state: true }),
  left: contentHash,
});
type TrialJobAnswer = z.infer<typeof answerSchema>;

/** A trial of a search is trained on, to so many epochs. */
export const TRIAL_JOB: JobKind<TrialJobAsk, TrialJobAnswer> = {
  name: 'train-trial',
  ask: askSchema,
  answer: answerSchema,
};

/** What a worker does about a trial: each has a process of its own, which then waits for the next. */
export function trialWork(parts: WorkplaceParts): WorkOf {
  return (contents) => {
    const kept = keptSeriesOf(contents);
    const place = new LocalWorkplace({ ...parts, parallel: 1 });
    const waiting = new Waiting<Trials>(() => place.trials());
    return workOn(
      TRIAL_JOB,
      ({ series, from, ...asked }, hooks) =>
        inFolderOfItsOwn(async (seriesFolder) => {
          await writeSeries(seriesFolder, await kept.get(series));
          const folder = join(seriesFolder, 'trial');
          await makeFolder(folder);
          await layProgress(contents, folder, from, hooks);
          const score = await waiting.use(hooks.signal, (trials) =>
            trials.train({ seriesFolder, folder, ...asked }, (done) => {
              hooks.onProgress(Math.min(1, done / asked.epochs));
              hooks.leave(done, () => packTrial(folder));
            }),
          );
          return { score, left: await hooks.keep(await packTrial(folder)) };
        }),
      () => waiting.close(),
    );
  };
}

/** What the trial has so far: what a worker left that had this job before, else what came with it. */
async function layProgress(
  contents: Contents,
  folder: string,
  from: string | null,
  hooks: Pick<JobHooks, 'takeUp' | 'goesOn'>,
): Promise<void> {
  const left = await hooks.takeUp();
  const known = left === null ? null : await unpackTrial(left.bytes, folder).catch(() => null);
  if (known !== null) hooks.goesOn(known.checkpoint.epoch);
  else if (from !== null) await unpackTrial(await contents.get(from), folder);
}
