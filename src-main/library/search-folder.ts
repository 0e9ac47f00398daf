import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../contract/problems';
import { GOING_STATES, searchReportSchema, settleTrials, type SearchReport } from '../contract/search';
import type { Series } from '../contract/series';
import { cannotWrite, entryAt, isTemporary, makeFolder, writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';
import { lockFolder, whileLocked, type Release } from '../files/lock';
import { sweepFolder } from '../files/replace-folder';
import { bearsFormat, sealed, sealJson } from '../files/sealed';
import { writeSeries } from './series-file';

const MOST_BYTES = 64 * 1024 * 1024;

/** search.json; those of earlier versions do not say what they are. */
const FORMAT = 'hindcast-search';
const REPORT_NAME = 'search.json';
const fileSchema = sealed(searchReportSchema.extend({ format: z.literal(FORMAT).optional() }));
const TRIALS_NAME = '.hindcast-trials';
/** What lies in the folder of trials: the readings, and a folder for each trial. */
const TRIALS_PATTERN = /^(?:series\.(?:json|bin)|\d{1,6})$/;

/** The file of the search in a folder, where there is one that Hindcast wrote. */
export async function ownSearchFiles(folder: string): Promise<string[]> {
  const isOurs =
    (await bearsFormat(join(folder, REPORT_NAME), FORMAT)) ||
    (await new SearchFolder(folder).readReport()) !== null;
  return isOurs ? [REPORT_NAME] : [];
}

/**
 * A search on disk: search.json, which outlives it, and while it runs a folder with the readings and a folder for each
 * trial. Only what Hindcast made is ever replaced or removed there.
 */
export class SearchFolder {
  readonly #folder: string;
  #unlock: Release = () => undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where the readings lie, in the form of a run's. */
  get seriesFolder(): string {
    return join(this.#folder, TRIALS_NAME);
  }

  /**
   * Makes place for a new search, and keeps other processes from beginning one until `end`; the last one's report goes.
   * @throws Problem 'cannot-write', 'not-ours', 'folder-busy'
   */
  async begin(series: Series): Promise<void> {
    await makeFolder(this.#folder);
    this.#unlock = await lockFolder(this.#folder, 'search');
    try {
      const own = await ownSearchFiles(this.#folder);
      if (own.length === 0 && (await entryAt(this.#reportPath)) !== null) {
        throw new Problem('not-ours', { file: this.#reportPath });
      }
      await this.#removeTrials();
      for (const file of own) await rm(join(this.#folder, file), { force: true });
      await makeFolder(this.seriesFolder);
      await writeSeries(this.seriesFolder, series);
    } catch (error) {
      this.#unlock();
      throw cannotWrite(this.#folder, error);
    }
  }

  /** The folder of a trial, made where there is none. @throws Problem 'cannot-write' */
  async trialFolder(number: number): Promise<string> {
    const folder = join(this.seriesFolder, String(number));
    await makeFolder(folder);
    return folder;
  }

  /** @throws Problem 'cannot-write' */
  writeReport(report: SearchReport): Promise<void> {
    return writeAtomically(this.#reportPath, sealJson({ format: FORMAT, ...report }));
  }

  /**
   * The last search, or null where there was none or its file is damaged. One that a crash left in the middle is
   * 'interrupted': to be called only where no search is running.
   */
  async readReport(): Promise<SearchReport | null> {
    try {
      const { format: _format, ...report } = await readJson(
        this.#reportPath,
        fileSchema,
        MOST_BYTES,
        (cause) => new Problem('run-damaged', { name: 'search.json', cause }),
      );
      const state = GOING_STATES.includes(report.state) ? 'interrupted' : report.state;
      return { ...report, state, trials: settleTrials(report.trials) } as SearchReport;
    } catch {
      return null;
    }
  }

  /** Removes what only a running search needs. @throws Problem 'cannot-write' */
  async end(): Promise<void> {
    try {
      await this.#removeTrials();
    } catch (error) {
      throw cannotWrite(this.#folder, error);
    } finally {
      this.#unlock();
    }
  }

  /** Removes what a search that was killed left. To be called at a start; never fails. */
  async sweep(): Promise<void> {
    try {
      await whileLocked(this.#folder, 'search', 0, () => this.#removeTrials());
      await sweepFolder(this.#folder);
    } catch {
      // There is none, it runs in another process, or the disk refuses: the next search says why.
    }
  }

  async #removeTrials(): Promise<void> {
    const trials = this.seriesFolder;
    const entry = await entryAt(trials);
    if (entry === null) return;
    const names = entry.isDirectory() ? await readdir(trials) : ['?'];
    const isOurs = names.every((name) => TRIALS_PATTERN.test(name) || isTemporary(name));
    if (!isOurs) throw new Problem('not-ours', { file: trials });
    await rm(trials, { recursive: true, force: true });
  }

  get #reportPath(): string {
    return join(this.#folder, REPORT_NAME);
  }
}
