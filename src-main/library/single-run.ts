import type { RunSummary } from '../contract/runs';
import type { Series } from '../contract/series';
import type { Release } from '../files/lock';
import { replaceFolder } from '../files/replace-folder';
import { Turns } from '../files/turns';
import { furtherTargetFolder } from './further-targets';
import { deleteRun, lockTraining, ownRunFiles, requireNoRun } from './own-files';
import { changeRecord, readRecord, RUN_MARK, writeNewRun } from './run-folder';
import { summariseRecord, type NewRun, type RunChanges, type RunWeights, type RunRecord } from './run-record';
import type { RunStore } from './run-store';
import { UnwrittenChanges } from './unwritten-changes';

/**
 * A store of one run, in a folder that the user named. Only a run's own files are ever replaced or deleted there.
 */
export class SingleRun implements RunStore {
  readonly id = 'run';
  readonly #folder: string;
  readonly #unwritten = new UnwrittenChanges();

  readonly #changes = new Turns();
  readonly #replaces: boolean;

  /** @param replaces whether a run that is there gives way to a new one */
  constructor(folder: string, replaces = false) {
    this.#folder = folder;
    this.#replaces = replaces;
  }

  async create(run: NewRun, series: Series, weights: RunWeights = {}): Promise<string> {
    if (!this.#replaces) await requireNoRun(this.#folder);
    await replaceFolder(this.#folder, {
      build: (building) => writeNewRun(building, run, series, weights),
      owned: async (folder) => {
        // Another process may have been first.
        if (!this.#replaces) await requireNoRun(folder);
        return ownRunFiles(folder);
      },
      marks: [RUN_MARK],
    });
    return this.id;
  }

  /** In a folder within this one. */
  async createAlongside(
    id: string,
    place: number,
    run: NewRun,
    series: Series,
    weights: RunWeights,
  ): Promise<void> {
    // That of an earlier end of the same training gives way.
    await new SingleRun(furtherTargetFolder(this.#folder, place), true).create(
      { ...run, learnedWith: id },
      series,
      weights,
    );
  }

  folderOf(): string {
    return this.#folder;
  }

  async record(): Promise<RunRecord> {
    return this.#unwritten.over(this.id, await readRecord(this.#folder, this.#folder));
  }

  update(id: string, changes: RunChanges): Promise<RunSummary> {
    return this.#changes.take(async () => {
      const record = await changeRecord(this.#folder, this.#folder, (before) => ({
        ...this.#unwritten.over(this.id, before),
        ...changes,
      }));
      this.#unwritten.written(this.id);
      return summariseRecord(id, record);
    });
  }

  lock(): Promise<Release> {
    return lockTraining(this.#folder);
  }

  hold(_id: string, changes: RunChanges): void {
    this.#unwritten.hold(this.id, changes);
  }

  async settle(id: string): Promise<void> {
    if (this.#unwritten.has(this.id)) await this.update(id, {});
  }

  delete(): Promise<void> {
    return deleteRun(this.#folder);
  }
}
