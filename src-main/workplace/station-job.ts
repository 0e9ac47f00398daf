import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { stationOutcomeSchema, type StationOutcome } from '../contract/fleet';
import type { Series } from '../contract/series';
import { makeFolder } from '../files/atomic';
import {
  packTrained,
  runToTrainSchema,
  SingleRun,
  unpackSeries,
  unpackUnfinished,
  type RunToTrain,
} from '../library';
import { workOn, type Contents, type JobHooks, type JobKind, type WorkOf } from '../queue';
import { LocalWorkplace, type WorkplaceParts } from './local-workplace';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Readings and runs travel beside the job, by their hashes. */
const askSchema = z.strictObject({ run: runToTrainSchema, series: hash });
type StationAsk = z.infer<typeof askSchema>;
const answerSchema = z.strictObject({ outcome: stationOutcomeSchema, trained: hash });
export type StationAnswer = z.infer<typeof answerSchema>;

/** A station is trained and verified. */
export const STATION_JOB: JobKind<StationAsk, StationAnswer> = {
  name: 'train-station',
  ask: askSchema,
  answer: answerSchema,
};

/** Series that a worker keeps for further jobs on them: those of a search are all on one. */
const KEPT_SERIES = 4;

/** What a worker does about a station, on its own machine. @param name that stands in the run's record */
export function stationWork(name: string, parts: WorkplaceParts): WorkOf {
  return (contents) => {
    const kept = new KeptSeries(contents);
    const place = new LocalWorkplace(parts);
    return workOn(STATION_JOB, ({ run, series }, hooks) =>
      inFolderOfItsOwn(async (around) => {
        const folder = join(around, 'run');
        const readings = await kept.get(series);
        const { signal, onProgress, keep } = hooks;
        const onEpoch = (epoch: number): void => hooks.leave(epoch, () => packTrained(folder));
        const told = { signal, onProgress, onEpoch };
        const outcome =
          (await goOn(place, { run, series: readings }, folder, hooks, told)) ??
          (await place.train({ run, series: readings }, folder, told));
        const store = new SingleRun(folder);
        await store.update(store.id, { trainedBy: name });
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
  { run, series }: { readonly run: RunToTrain; readonly series: Series },
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
    return await place.goOn(folder, told);
  } catch (error) {
    if (hooks.signal.aborted) throw error;
    await rm(folder, { recursive: true, force: true });
    return null;
  }
}

/** Each comes once over the network, as long as it is asked for now and then. */
class KeptSeries {
  readonly #contents: Contents;
  readonly #kept = new Map<string, Promise<Series>>();

  constructor(contents: Contents) {
    this.#contents = contents;
  }

  get(hash: string): Promise<Series> {
    const series = this.#kept.get(hash) ?? this.#fetch(hash);
    // The one that was asked for longest ago goes.
    this.#kept.delete(hash);
    this.#kept.set(hash, series);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_SERIES && oldest !== undefined) this.#kept.delete(oldest);
    series.catch(() => this.#kept.delete(hash));
    return series;
  }

  async #fetch(hash: string): Promise<Series> {
    const archive = await this.#contents.get(hash);
    return inFolderOfItsOwn((folder) => unpackSeries(archive, folder));
  }
}

/** Does something in a new folder, which goes with all that is in it. */
export async function inFolderOfItsOwn<T>(action: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-job-'));
  try {
    return await action(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
