import { meanHistory, type EpochRecord, type TrainingEvent } from '../../../src-main/contract/training';

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
  /** How much of the whole is done, 0 to 1, where several networks are trained. */
  readonly share?: number | undefined;
  /** How it ended; null while it goes on. */
  readonly outcome: Extract<TrainingEvent, { kind: 'finished' | 'failed' }> | null;
}

/** An event worth a line in the log: all but the epochs' progress. */
export interface LogEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly event: Exclude<TrainingEvent, { kind: 'progress' }>;
}

type Progress = Extract<TrainingEvent, { kind: 'progress' }>;

export function withProgress(live: LiveTraining, event: Progress): LiveTraining {
  const { epochsPerSecond, secondsLeft, bestEpoch, share } = event;
  return { ...live, epochsPerSecond, secondsLeft, bestEpoch, share };
}

export interface Histories {
  readonly history: readonly EpochRecord[];
  readonly memberHistories: readonly (readonly EpochRecord[])[];
}

/** The curves with the epochs that were told of; where there are several networks, the mean follows theirs. */
export function growHistories(
  { history, memberHistories }: Histories,
  { records, member }: Pick<Progress, 'records' | 'member'>,
): Histories {
  if (member === undefined) return { history: [...history, ...records], memberHistories };
  const first = records[0]?.epoch ?? Infinity;
  const grown = [...memberHistories];
  for (let index = grown.length; index <= member; index++) grown.push([]);
  grown[member] = [...(grown[member] ?? []).filter(({ epoch }) => epoch < first), ...records];
  return { history: meanHistory(grown), memberHistories: grown };
}
