import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { stationOutcomeSchema } from '../contract/fleet';
import type { Series } from '../contract/series';
import { packTrained, runToTrainSchema, SingleRun, unpackSeries } from '../library';
import { workOn, type Contents, type JobKind, type WorkOf } from '../queue';
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
    return workOn(STATION_JOB, ({ run, series }, { signal, onProgress, keep }) =>
      inFolderOfItsOwn(async (around) => {
        const folder = join(around, 'run');
        const readings = await kept.get(series);
        const outcome = await place.train({ run, series: readings }, folder, { signal, onProgress });
        const store = new SingleRun(folder);
        await store.update(store.id, { trainedBy: name });
        return { outcome, trained: await keep(await packTrained(folder)) };
      }),
    );
  };
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
