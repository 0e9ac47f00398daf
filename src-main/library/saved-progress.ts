import type { EpochRecord } from '../contract/training';
import { CheckpointWriter, readCheckpoints, type Checkpoint } from './checkpoint-file';
import { HistoryWriter, readHistory } from './history-file';

/** How far a training has come: all that going on with it needs. */
export interface SavedProgress {
  readonly checkpoint: Checkpoint;
  /** Of every epoch up to the checkpoint's. */
  readonly history: readonly EpochRecord[];
}

/**
 * The newest whole checkpoint whose epochs are all in the history, or null where a training would start again. Runs that
 * were not trained here have none.
 */
export async function readProgress(folder: string): Promise<SavedProgress | null> {
  const history = await readHistory(folder);
  const checkpoint = (await readCheckpoints(folder)).find(({ epoch }) => epoch <= history.length);
  return checkpoint === undefined ? null : { checkpoint, history: history.slice(0, checkpoint.epoch) };
}

/** A power cut takes back this much at most, or the epoch under way where that is longer. */
const FLUSH_EVERY_MS = 5000;

/**
 * Keeps a training on disk, epoch by epoch. Each epoch's files are handed to the system at once, which a killed process
 * cannot take back, and flushed to the disk every few seconds, since flushing each of two hundred epochs a second would
 * cost more than training them.
 */
export class ProgressWriter {
  readonly #history: HistoryWriter;
  readonly #checkpoints: CheckpointWriter;
  #flushedAt = performance.now();

  private constructor(history: HistoryWriter, checkpoints: CheckpointWriter) {
    this.#history = history;
    this.#checkpoints = checkpoints;
  }

  /** Continues from what was saved, or starts again. @throws Problem 'cannot-write' */
  static async open(folder: string, from: SavedProgress | null): Promise<ProgressWriter> {
    const history = await HistoryWriter.open(folder, from?.history ?? []);
    return new ProgressWriter(history, await CheckpointWriter.open(folder, from?.checkpoint ?? null));
  }

  /** @throws Problem 'cannot-write' */
  write(record: EpochRecord, checkpoint: Checkpoint): void {
    // The history always first: a checkpoint is of use only with the epochs before it.
    this.#history.write(record);
    this.#checkpoints.write(checkpoint);
    if (performance.now() - this.#flushedAt >= FLUSH_EVERY_MS) this.#flush();
  }

  /** Flushes. @throws Problem 'cannot-write' */
  close(): void {
    try {
      this.#history.flush();
    } finally {
      this.#history.close();
      this.#checkpoints.close();
    }
  }

  #flush(): void {
    this.#history.flush();
    this.#checkpoints.flush();
    this.#flushedAt = performance.now();
  }
}
