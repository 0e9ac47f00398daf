import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import { searchReportSchema, settleTrials, type SearchReport } from '../contract/search';
import type { Series } from '../contract/series';
import { causeOf, writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';
import { writeSeries } from './series-file';

const MOST_BYTES = 64 * 1024 * 1024;

/**
 * A search on disk: search.json, which outlives it, and while it goes on a folder `trials` with the readings and a folder
 * for each trial.
 */
export class SearchFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where the readings lie, in the form of a run's. */
  get seriesFolder(): string {
    return join(this.#folder, 'trials');
  }

  /** Makes place for a new search; the last one's report goes. @throws Problem 'cannot-write' */
  async begin(series: Series): Promise<void> {
    await this.removeTrials();
    await this.#writing(() => rm(this.#reportPath, { force: true }));
    await this.#writing(() => mkdir(this.seriesFolder, { recursive: true }));
    await writeSeries(this.seriesFolder, series);
  }

  /** The folder of a trial, made where there is none. @throws Problem 'cannot-write' */
  async trialFolder(number: number): Promise<string> {
    const folder = join(this.seriesFolder, String(number));
    await this.#writing(() => mkdir(folder, { recursive: true }));
    return folder;
  }

  /** @throws Problem 'cannot-write' */
  writeReport(report: SearchReport): Promise<void> {
    return writeAtomically(this.#reportPath, JSON.stringify(report));
  }

  /**
   * The last search, or null where there was none or its file is damaged. One that a crash left in the middle is
   * 'interrupted': to be called only where no search goes on.
   */
  async readReport(): Promise<SearchReport | null> {
    try {
      const report = await readJson(
        this.#reportPath,
        searchReportSchema,
        MOST_BYTES,
        (cause) => new Problem('run-damaged', { name: 'search.json', cause }),
      );
      const goesOn = report.state === 'running' || report.state === 'paused' || report.state === 'retraining';
      const state = goesOn ? 'interrupted' : report.state;
      return { ...report, state, trials: settleTrials(report.trials) } as SearchReport;
    } catch {
      return null;
    }
  }

  /** What only a search that goes on needs. @throws Problem 'cannot-write' */
  removeTrials(): Promise<void> {
    return this.#writing(() => rm(this.seriesFolder, { recursive: true, force: true }));
  }

  get #reportPath(): string {
    return join(this.#folder, 'search.json');
  }

  async #writing<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      throw new Problem('cannot-write', { file: this.#folder, cause: causeOf(error) }, { cause: error });
    }
  }
}
