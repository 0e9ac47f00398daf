import { randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { phrase } from '../contract/phrases';
import { causeOfProblem, Problem, toProblem } from '../contract/problems';
import type { DamagedRun, RunDetail, RunList, RunSummary, RunTarget } from '../contract/runs';
import type { Series } from '../contract/series';
import { causeOf, flushFolder, isMissing, makeFolder } from '../files/atomic';
import type { Release } from '../files/lock';
import { Turns } from '../files/turns';
import { bringBack, listDeleted, putAside, removeExpired, removeForGood } from './deleted-runs';
import { readHistories } from './saved-run';
import { copyRun, lockTraining, requireNotTrained, sweepRun } from './own-files';
import { recoverRun } from './recover-run';
import { changeRecord, readRecord, writeNewRun } from './run-folder';
import { summariseRecord, type NewRun, type RunChanges, type RunWeights, type RunRecord } from './run-record';
import type { RunStore } from './run-store';
import { UnwrittenChanges } from './unwritten-changes';

const ID_PATTERN = /^[A-Za-z0-9-]{1,64}$/;
/** Folders of runs that are being made or deleted start with this; they are nothing to show. */
const UNFINISHED = '.';
/** Their whole names; runs that were put aside are none of them. */
const HALF_DONE = /^\.(new-|deleted-(?!run-))[A-Za-z0-9-]+$/;

/** All runs of a user: a folder for each, named by its id. Every change is whole or does not happen. */
export class RunLibrary implements RunStore {
  readonly #folder: string;
  /** Changes of run.json wait for each other: two at once would lose one. */
  readonly #changes = new Turns();
  readonly #unwritten = new UnwrittenChanges();
  /** Runs that could not be recovered at the start, with the reason. */
  readonly #unrecovered = new Map<string, Problem>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  create(run: NewRun, series: Series, weights: RunWeights = {}): Promise<string> {
    return this.#make((building) => writeNewRun(building, run, series, weights));
  }

  /** Takes in a copy of a run that lies elsewhere, and returns its id. @throws Problem 'run-missing', 'run-damaged', 'cannot-write' */
  async copyIn(folder: string): Promise<string> {
    await readRecord(folder, folder);
    return this.#make((building) => copyRun(folder, building));
  }

  /** @param write builds the run in the folder that it is given */
  async #make(write: (building: string) => Promise<void>): Promise<string> {
    const id = newId();
    const building = join(this.#folder, `${UNFINISHED}new-${id}`);
    try {
      await write(building);
      await rename(building, this.folderOf(id));
      await flushFolder(this.#folder);
    } catch (error) {
      // A failure to tidy up must not hide the one that led here.
      await rm(building, { recursive: true, force: true }).catch(() => undefined);
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
    if (!ID_PATTERN.test(id)) throw new Problem('run-missing');
    return join(this.#folder, id);
  }

  async record(id: string): Promise<RunRecord> {
    return this.#unwritten.over(id, await readRecord(this.folderOf(id), id));
  }

  /** The newest first. A run whose files are damaged is left out and left where it is. @throws Problem 'runs-folder' */
  async list(): Promise<readonly RunSummary[]> {
    return (await this.#look()).runs;
  }

  /** All that lies in the folder. @throws Problem 'runs-folder' */
  async survey(): Promise<RunList> {
    return { ...(await this.#look()), deleted: await listDeleted(this.#folder) };
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
    return this.#changes.take(async () => {
      const record = await changeRecord(this.folderOf(id), id, (before) => ({
        ...this.#unwritten.over(id, before),
        ...changes,
      }));
      this.#unwritten.written(id);
      return summariseRecord(id, record);
    });
  }

  lock(id: string): Promise<Release> {
    return lockTraining(this.folderOf(id));
  }

  hold(id: string, changes: RunChanges): void {
    this.#unwritten.hold(id, changes);
  }

  async settle(id: string): Promise<void> {
    if (this.#unwritten.has(id)) await this.update(id, {});
  }

  /**
   * Puts a run aside, whatever state its files are in; `restore` brings it back. @throws Problem 'cannot-write',
   * 'folder-busy' while another process trains it
   */
  async putAside(id: string): Promise<void> {
    await requireNotTrained(this.folderOf(id));
    await putAside(this.#folder, id);
  }

  /** Brings a deleted run back as it was. @throws Problem 'run-missing', 'cannot-write' */
  async restore(id: string): Promise<void> {
    await bringBack(this.#folder, id);
    // A start skips deleted runs. What is wrong with one is said where it is opened.
    await sweepRun(this.folderOf(id)).catch(() => undefined);
  }

  /** Finally removes a run that was put aside. @throws Problem 'cannot-write' */
  async removeForGood(id: string): Promise<void> {
    await removeForGood(this.#folder, id);
  }

  async delete(id: string): Promise<void> {
    const folder = this.folderOf(id);
    const leaving = join(this.#folder, `${UNFINISHED}deleted-${newId()}`);
    try {
      // Renamed first: a run is there or it is not, never half of it.
      await rename(folder, leaving);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      throw new Problem('cannot-write', { file: folder, cause: causeOf(error) }, { cause: error });
    }
    // It is no run any more: what the disk does not let go of now goes at the next start.
    await rm(leaving, { recursive: true, force: true }).catch(() => undefined);
  }

  /**
   * To be called once at the start, before anything is trained: runs that a crash left in training become interrupted,
   * with what their checkpoint holds, and what was half made or half deleted goes. Each run by itself: one that cannot be
   * recovered is listed as damaged.
   * @throws Problem 'runs-folder'
   */
  async recover(): Promise<void> {
    // Where there is no room for the folder, there are no runs either.
    await makeFolder(this.#folder).catch(() => undefined);
    for (const { name } of await this.#entries()) {
      if (HALF_DONE.test(name)) {
        await rm(join(this.#folder, name), { recursive: true, force: true }).catch(() => undefined);
      }
    }
    await removeExpired(this.#folder);
    for (const id of await this.#ids()) await this.recoverOne(id).catch(() => undefined);
  }

  /** As `recover`, for one run. @throws Problem why it cannot be recovered */
  async recoverOne(id: string): Promise<void> {
    try {
      await recoverRun(this, id);
      this.#unrecovered.delete(id);
    } catch (error) {
      const damage = damageOf(id, toProblem(error));
      this.#unrecovered.set(id, damage);
      throw damage;
    }
  }

  async #look(): Promise<Omit<RunList, 'deleted'>> {
    const found = await Promise.all(
      (await this.#ids()).map(async (id): Promise<RunSummary | DamagedRun> => {
        try {
          const unrecovered = this.#unrecovered.get(id);
          if (unrecovered !== undefined) throw unrecovered;
          return summariseRecord(id, await this.record(id));
        } catch (error) {
          return { id, problem: damageOf(id, toProblem(error)).toData() };
        }
      }),
    );
    const isDamaged = (each: RunSummary | DamagedRun): each is DamagedRun => 'problem' in each;
    const runs = found.filter((each): each is RunSummary => !isDamaged(each));
    return {
      runs: runs.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)),
      damaged: found.filter(isDamaged).sort((a, b) => (a.id < b.id ? 1 : -1)),
    };
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
    return (await this.#entries())
      .filter((entry) => entry.isDirectory() && ID_PATTERN.test(entry.name))
      .map(({ name }) => name);
  }

  /** None where there is no folder yet. @throws Problem 'runs-folder' */
  async #entries(): Promise<Dirent[]> {
    try {
      return await readdir(this.#folder, { withFileTypes: true });
    } catch (error) {
      if (isMissing(error)) return [];
      throw new Problem('runs-folder', { file: this.#folder, cause: causeOf(error) }, { cause: error });
    }
  }
}

/** What is wrong with a run in its folder: other problems of reading speak to those who chose a file. */
function damageOf(id: string, problem: Problem): Problem {
  if (problem.code === 'run-damaged') return problem;
  const cause =
    problem.code === 'run-missing'
      ? phrase('file-is-missing', { file: 'run.json' })
      : causeOfProblem(problem.toData());
  return new Problem('run-damaged', { name: id, cause }, { cause: problem });
}

/** Sorts by time, and is never met twice. */
function newId(): string {
  return `${Date.now().toString(36)}-${randomBytes(5).toString('hex')}`;
}
