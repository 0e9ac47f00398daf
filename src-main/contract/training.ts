import type { ProblemData } from './problems';
import type { Progress } from './progress';

/** One finished epoch. Losses are means over windows in scaled units. */
export interface EpochRecord {
  readonly epoch: number;
  readonly loss: number;
  readonly valLoss: number;
}

/** The mean of the networks that have trained an epoch, epoch by epoch. @param histories each in order of epochs, from 1 */
export function meanHistory(histories: readonly (readonly EpochRecord[])[]): readonly EpochRecord[] {
  const length = Math.max(0, ...histories.map((history) => history.length));
  return Array.from({ length }, (_, index) => {
    const records = histories.flatMap((history) => history[index] ?? []);
    const mean = (key: 'loss' | 'valLoss'): number =>
      records.reduce((sum, record) => sum + record[key], 0) / records.length;
    return { epoch: index + 1, loss: mean('loss'), valLoss: mean('valLoss') };
  });
}

/** The finished epochs of a training. */
export interface Histories {
  /** Where there are several networks, the mean of theirs. */
  readonly history: readonly EpochRecord[];
  /** Of each network, where there are several; else empty. */
  readonly memberHistories: readonly (readonly EpochRecord[])[];
}

/** How far a training has come. Its time left is not known before its second epoch: the first includes the start-up. */
export interface EpochProgress extends Progress {
  /** The epochs finished since the last event, in order. */
  readonly records: readonly EpochRecord[];
  readonly epochsPerSecond: number;
  readonly bestEpoch: number;
  /** Of which network these epochs are, from 0, where there are several; the progress is then that of all. */
  readonly member?: number;
}

export const TRAINING_ACTIONS = ['pause', 'resume', 'cancel', 'stop'] as const;
/** 'stop' ends training and keeps the best weights; 'cancel' ends it and throws the run away. */
export type TrainingAction = (typeof TRAINING_ACTIONS)[number];

/** A training under way, for a window that comes to it late: after its page had crashed. */
export interface TrainingUnderWay extends Histories {
  readonly started: Extract<TrainingEvent, { kind: 'started' }>;
  readonly state: 'running' | 'paused';
  /** Its latest progress; null before the first epoch. */
  readonly progress: Extract<TrainingEvent, { kind: 'progress' }> | null;
}

/** What is known of a training that goes on without the broker it began with. */
export const onThisMachine = <T extends { readonly broker?: string }>({
  broker: _,
  ...here
}: T): Omit<T, 'broker'> => here;

/** What a training tells while it runs, at most 20 times a second. */
export type TrainingEvent =
  | {
      readonly kind: 'started';
      readonly runId: string;
      readonly epochs: number;
      /** The epochs that were done before and that it continues from; 0: it begins. */
      readonly resumedAfter: number;
      /** 'CPU' or 'GPU'; '' where other machines train it. */
      readonly device: string;
      /** The broker whose workers train its networks: 'host:port'. */
      readonly broker?: string;
      readonly windows: { readonly train: number; readonly validation: number; readonly test: number };
    }
  | ({ readonly kind: 'progress'; readonly runId: string } & EpochProgress)
  /** 'goes-on-here': what a broker's workers were to train this machine does, since it cannot be reached. */
  | { readonly kind: 'paused' | 'resumed' | 'cancelled' | 'goes-on-here'; readonly runId: string }
  | {
      readonly kind: 'finished';
      readonly runId: string;
      readonly reason: 'completed' | 'early-stopping' | 'stopped';
      /** The epoch whose weights were kept. */
      readonly keptEpoch: number;
      readonly seconds: number;
    }
  | {
      readonly kind: 'failed';
      readonly runId: string;
      readonly problem: ProblemData;
      /** The last epoch whose weights are safe on disk; 0: none. */
      readonly savedEpoch: number;
    };
