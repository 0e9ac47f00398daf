import type { Progress } from '../../../src-main/contract/progress';
import {
  meanHistory,
  type EpochProgress,
  type Histories,
  type TrainingEvent,
} from '../../../src-main/contract/training';

/** The latest message about the training that is running or has just ended. */
export interface LiveTraining extends Progress {
  readonly runId: string;
  readonly epochs: number;
  /** The epochs that were done before it was resumed; 0: it is new. */
  readonly resumedAfter: number;
  readonly device: string;
  /** As in `TrainingEvent`. */
  readonly broker?: string;
  readonly windows: { readonly train: number; readonly validation: number; readonly test: number };
  readonly epochsPerSecond: number;
  readonly bestEpoch: number;
  /** How it ended; null while it runs. */
  readonly outcome: Extract<TrainingEvent, { kind: 'finished' | 'failed' }> | null;
}

/** An event worth a line in the log: all but the epochs' progress. */
export interface LogEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly event: Exclude<TrainingEvent, { kind: 'progress' }>;
}

type Started = Extract<TrainingEvent, { kind: 'started' }>;

export function liveFrom(started: Started): LiveTraining {
  const fraction = started.resumedAfter / started.epochs;
  return { ...started, fraction, secondsLeft: null, epochsPerSecond: 0, bestEpoch: 0, outcome: null };
}

export function withProgress(live: LiveTraining, progress: EpochProgress): LiveTraining {
  const { fraction, secondsLeft, epochsPerSecond, bestEpoch } = progress;
  return { ...live, fraction, secondsLeft, epochsPerSecond, bestEpoch };
}

/**
 * The curves with the epochs of an event added; where there are several networks, the mean follows theirs. An epoch
 * comes twice where the window was opened during the training.
 */
export function growHistories(
  { history, memberHistories }: Histories,
  { records, member }: Pick<EpochProgress, 'records' | 'member'>,
): Histories {
  const first = records[0]?.epoch ?? Infinity;
  if (member === undefined) {
    const isNew = (history.at(-1)?.epoch ?? 0) < first;
    const before = isNew ? history : history.filter(({ epoch }) => epoch < first);
    return { history: [...before, ...records], memberHistories };
  }
  const grown = [...memberHistories];
  for (let index = grown.length; index <= member; index++) grown.push([]);
  grown[member] = [...(grown[member] ?? []).filter(({ epoch }) => epoch < first), ...records];
  return { history: meanHistory(grown), memberHistories: grown };
}
