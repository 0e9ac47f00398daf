import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import type { RunDetail, RunSummary, RunTarget } from '../contract/runs';
import type { Series } from '../contract/series';
import { causeOf, flushFolder } from '../files/atomic';
import { readHistories } from './saved-run';
import { readRecord, recoverRun, writeNewRun, writeRecord } from './run-folder';
import { summariseRecord, type NewRun, type RunChanges, type RunWeights, type RunRecord } from './run-record';
import type { RunStore } from './run-store';

const idPattern = /^[A-Za-z0-9-]{1,64}$/;
/** Folders of runs that are being made or deleted start with this; they are nothing to show. */
const unfinished = '.';

/** All runs of a user: a folder for each, named by its id. Every change is whole or does not happen. */
export class RunLibrary implements RunStore {
  readonly #folder: string;
  /** Changes of run.json wait for each other: two at once would lose one. */
  #changes: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async create(run: NewRun, series: Series, weights: RunWeights = {}): Promise<string> {
    const id = newId();
    const building = join(this.#folder, `${unfinished}new-${id}`);
    try {
      await writeNewRun(building, run, series, weights);
      await rename(building, this.folderOf(id));
      await flushFolder(this.#folder);
    } catch (error) {
      await rm(building, { recursive: true, force: true });
      if (error instanceof Problem) throw error;
      throw new Problem('cannot-write', { file: this.#folder, cause: causeOf(error) }, { cause: error });
    }
    return id;
  }

  async createAlongside(
    id: string,
    _place: number,
    run: NewRun,
    series: Series,
    weights: RunWeights,
  ): Promise<void> {
    const made = await this.create({ ...run, learnedWith: id }, series, weights);
    const { targetName } = summariseRecord(made, await this.record(made));
    const earlier = (await this.list()).filter(
      (other) => other.id !== made && other.learnedWith === id && other.targetName === targetName,
    );
    for (const other of earlier) await this.update(other.id, { learnedWith: undefined });
  }

  folderOf(id: string): string {
    if (!idPattern.test(id)) throw new Problem('run-missing');
    return join(this.#folder, id);
  }

  record(id: string): Promise<RunRecord> {
    return readRecord(this.folderOf(id), id);
  }

  /** The newest first. A run whose files are damaged is left out and left where it is. */
  async list(): Promise<readonly RunSummary[]> {
    const found = await Promise.all(
      (await this.#ids()).map(async (id) => {
        try {
          return [summariseRecord(id, await this.record(id))];
        } catch {
          return [];
        }
      }),
    );
    return found.flat().sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  }

  /** @throws Problem 'run-missing', 'run-damaged' */
  async read(id: string): Promise<RunDetail> {
    const record = await this.record(id);
    const summary = summariseRecord(id, record);
    const targets = await this.#targetsOf(summary, record);
    // The curve of a model that came of another run's training is that run's.
    const trainedBy = targets[0]?.runId ?? id;
    const trained = trainedBy === id ? record : await this.record(trainedBy);
    return { summary, ...(await readHistories(this.folderOf(trainedBy), trained)), targets };
  }

  rename(id: string, name: string): Promise<RunSummary> {
    return this.update(id, { name });
  }

  update(id: string, changes: RunChanges): Promise<RunSummary> {
    const change = this.#changes.then(async () => {
      const record = { ...(await this.record(id)), ...changes };
      await writeRecord(this.folderOf(id), record);
      return summariseRecord(id, record);
    });
    this.#changes = change.catch(() => undefined);
    return change;
  }

  async delete(id: string): Promise<void> {
    const folder = this.folderOf(id);
    const leaving = join(this.#folder, `${unfinished}deleted-${newId()}`);
    try {
      // Renamed first: a run is there or it is not, never half of it.
      await rename(folder, leaving);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      throw new Problem('cannot-write', { file: folder, cause: causeOf(error) }, { cause: error });
    }
    await rm(leaving, { recursive: true, force: true });
  }

  /**
   * To be called once at the start, before anything is trained: runs that a crash left in training become interrupted,
   * with what their checkpoint holds, and what was half made or half deleted goes.
   */
  async recover(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    for (const name of await readdir(this.#folder)) {
      if (/^\.(new|deleted)-[A-Za-z0-9-]+$/.test(name)) {
        await rm(join(this.#folder, name), { recursive: true, force: true });
      }
    }
    for (const { id } of await this.list()) await recoverRun(this, id);
  }

  /** The run that was trained first, then those learned with it by their names. */
  async #targetsOf(summary: RunSummary, { columns }: RunRecord): Promise<RunTarget[]> {
    const trainedBy = summary.learnedWith ?? summary.id;
    const isAlone = summary.learnedWith === undefined && !columns.some(({ role }) => role === 'also-target');
    const all = isAlone ? [summary] : await this.list();
    const own = all.filter(({ id }) => id === trainedBy);
    const further = all.filter(({ learnedWith }) => learnedWith === trainedBy);
    further.sort((a, b) => (a.targetName < b.targetName ? -1 : 1));
    // The run that was trained may have been deleted.
    const targets = own.length === 0 ? [summary] : [...own, ...further];
    return targets.map(({ id, targetName }) => ({ runId: id, targetName }));
  }

  async #ids(): Promise<string[]> {
    try {
      const entries = await readdir(this.#folder, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory() && idPattern.test(entry.name))
        .map(({ name }) => name);
    } catch {
      return [];
    }
  }
}

/** Sorts by time, and is never met twice. */
function newId(): string {
  return `${Date.now().toString(36)}-${randomBytes(5).toString('hex')}`;
}
