import type { RunSummary } from '../contract/runs';
import type { Series } from '../contract/series';
import type { Composite } from '../network';
import type { NewRun, RunChanges, RunRecord } from './run-record';

/** Where runs are kept: the app's library, or the one folder that the command line was given. */
export interface RunStore {
  /** Keeps a new run, trained elsewhere if `trained` is given, and returns its id. @throws Problem 'cannot-write' */
  create(run: NewRun, series: Series, trained?: Composite): Promise<string>;
  /**
   * Keeps what the training of a run gave for its further target `place` (from 1 on), beside it; an earlier one for the
   * same target stays as a run of its own, where there is room for it.
   * @throws Problem 'cannot-write'
   */
  createAlongside(id: string, place: number, run: NewRun, series: Series, trained: Composite): Promise<void>;
  /** The folder of a run, be it there or not. @throws Problem 'run-missing' for what cannot be an id */
  folderOf(id: string): string;
  /** @throws Problem 'run-missing', 'run-damaged' */
  record(id: string): Promise<RunRecord>;
  /** @throws Problem 'run-missing', 'run-damaged', 'cannot-write' */
  update(id: string, changes: RunChanges): Promise<RunSummary>;
  /** Nothing happens when it is not there. */
  delete(id: string): Promise<void>;
}
