import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import type { RunSummary } from '../contract/runs';
import type { Series } from '../contract/series';
import { causeOf } from '../files/atomic';
import { furtherWeightFolders } from './members';
import { furtherTargetFolder, furtherTargetFolders } from './further-targets';
import { MEMBER_FILES, readRecord, RUN_FILES, writeNewRun, writeRecord } from './run-folder';
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

  constructor(folder: string) {
    this.#folder = folder;
  }

  async create(run: NewRun, series: Series, weights: RunWeights = {}): Promise<string> {
    await this.#removeFiles();
    try {
      await mkdir(this.#folder, { recursive: true });
    } catch (error) {
      throw new Problem('cannot-write', { file: this.#folder, cause: causeOf(error) }, { cause: error });
    }
    await writeNewRun(this.#folder, run, series, weights);
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
    await new SingleRun(furtherTargetFolder(this.#folder, place)).create(
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

  async update(id: string, changes: RunChanges): Promise<RunSummary> {
    const record = { ...(await this.record()), ...changes };
    await writeRecord(this.#folder, record);
    this.#unwritten.written(this.id);
    return summariseRecord(id, record);
  }

  hold(_id: string, changes: RunChanges): void {
    this.#unwritten.hold(this.id, changes);
  }

  async settle(id: string): Promise<void> {
    if (this.#unwritten.has(this.id)) await this.update(id, {});
  }

  async delete(): Promise<void> {
    await this.#removeFiles();
    const left = await readdir(this.#folder).catch(() => ['unknown']);
    if (left.length === 0) await rmdir(this.#folder);
  }

  async #removeFiles(): Promise<void> {
    for (const file of RUN_FILES) await rm(join(this.#folder, file), { force: true });
    for (const folder of await furtherTargetFolders(this.#folder)) await new SingleRun(folder).delete();
    for (const folder of furtherWeightFolders(this.#folder)) {
      for (const file of MEMBER_FILES) await rm(join(folder, file), { force: true });
      // Not where there is none, and not where the user keeps something of his own in it.
      await rmdir(folder).catch(() => undefined);
    }
  }
}
