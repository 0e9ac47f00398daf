import type { RunSummary } from '../contract/runs';
import type { Series } from '../contract/series';
import type { Release } from '../files/lock';
import type { NewRun, RunChanges, RunRecord, RunWeights } from './run-record';

/** Where runs are kept: the app's library, or the one folder that the command line was given. */
export interface RunStore {
  /** Keeps a new run and returns its id. @throws Problem 'cannot-write' */
  create(run: NewRun, series: Series, weights?: RunWeights): Promise<string>;
  /**
   * Keeps what the training of a run gave for its further target `place` (from 1 on), beside it; an earlier one for the
   * same target stays as a run of its own, where there is room for it.
   * @throws Problem 'cannot-write'
   */
  createAlongside(id: string, place: number, run: NewRun, series: Series, weights: RunWeights): Promise<void>;
  /** The folder of a run, whether or not it exists. @throws Problem 'run-missing' for what cannot be an id */
  folderOf(id: string): string;
  /** @throws Problem 'run-missing', 'run-damaged' */
  record(id: string): Promise<RunRecord>;
  /** @throws Problem 'run-missing', 'run-damaged', 'cannot-write' */
  update(id: string, changes: RunChanges): Promise<RunSummary>;
  /** For changes that the disk refused: they hold from now on, and the next `update` or `settle` writes them. */
  hold(id: string, changes: RunChanges): void;
  /** Writes what is held of a run, for other processes to read. @throws Problem 'cannot-write' */
  settle(id: string): Promise<void>;
  /** Keeps other processes from training a run until it is released. @throws Problem 'folder-busy', 'cannot-write' */
  lock(id: string): Promise<Release>;
  /** Nothing happens when it is not there. */
  delete(id: string): Promise<void>;
}
