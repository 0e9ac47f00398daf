import type { RunChanges, RunRecord } from './run-record';

/**
 * Changes of runs that the disk refused, for want of room or because it may not be written: they hold until a later
 * change of the run takes them along, or the app ends. What they say can be read again from the run's other files.
 */
export class UnwrittenChanges {
  readonly #held = new Map<string, RunChanges>();

  hold(id: string, changes: RunChanges): void {
    this.#held.set(id, { ...this.#held.get(id), ...changes });
  }

  has(id: string): boolean {
    return this.#held.has(id);
  }

  /** A record as it stands on the disk, with the changes that are held over it. */
  over(id: string, record: RunRecord): RunRecord {
    return { ...record, ...this.#held.get(id) };
  }

  written(id: string): void {
    this.#held.delete(id);
  }
}
