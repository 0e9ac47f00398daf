import type { TrainingEvent } from '../../../src-main/contract/training';

/** What the trainer last told of the training that is under way or has just ended. */
export interface LiveTraining {
  readonly runId: string;
  readonly epochs: number;
  /** The epochs that were done before it was resumed; 0: it is new. */
  readonly resumedAfter: number;
  readonly device: string;
  readonly windows: { readonly train: number; readonly validation: number; readonly test: number };
  readonly epochsPerSecond: number;
  readonly secondsLeft: number | null;
  readonly bestEpoch: number;
  /** How it ended; null while it goes on. */
  readonly outcome: Extract<TrainingEvent, { kind: 'finished' | 'failed' }> | null;
}

/** An event worth a line in the log: all but the epochs' progress. */
export interface LogEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly event: Exclude<TrainingEvent, { kind: 'progress' }>;
}
