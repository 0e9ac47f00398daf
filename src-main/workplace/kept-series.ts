import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Series } from '../contract/series';
import { packSeries, unpackSeries } from '../library';
import type { Contents } from '../queue';

/** Of what travels beside a job. */
export const contentHash = z.string().regex(/^[0-9a-f]{64}$/);

/** Series that a worker keeps for further jobs on them: those of a search are all on one. */
const KEPT_SERIES = 4;

const kept = new WeakMap<Contents, KeptSeries>();

/** Those of a worker, for all that it does. */
export function keptSeriesOf(contents: Contents): KeptSeries {
  const known = kept.get(contents) ?? new KeptSeries(contents);
  kept.set(contents, known);
  return known;
}

/** Lays readings with the broker, unless they are there. @returns their hash */
export async function laySeries(contents: Contents, series: Series): Promise<string> {
  return contents.put(packSeries(series));
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
    return unpackSeries(await this.#contents.get(hash));
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
