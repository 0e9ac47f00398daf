import type { ProblemData } from './problems';
import type { TrainingSettings } from './settings';
import type { ByMethod, MethodScores } from './results';
import type { EpochRecord } from './training';

/**
 * 'interrupted': the trainer process died or the app was closed; the last finished epoch is kept. 'alongside': made of the
 * training of another run, which learned several targets.
 */
export const RUN_STATUSES = [
  'training',
  'completed',
  'stopped',
  'interrupted',
  'imported',
  'alongside',
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** Whether a training can go on as if it had never ended: one that was interrupted, or stopped before its last epoch. */
export function isResumable({
  status,
  epochs,
  settings,
}: Pick<RunSummary, 'status' | 'epochs' | 'settings'>): boolean {
  return status === 'interrupted' || (status === 'stopped' && epochs < settings.epochs);
}

/** A training on disk. */
export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly status: RunStatus;
  readonly sourceFile: string;
  readonly targetName: string;
  readonly unit: string;
  readonly settings: TrainingSettings;
  /** Epochs finished, and the one whose weights are used; 0: none yet. */
  readonly epochs: number;
  readonly keptEpoch: number;
  /** Of each network, where there are several; those above are then the largest of theirs. */
  readonly members?:
    | readonly {
        readonly epochs: number;
        readonly keptEpoch: number;
        /** The worker of a broker that trained it; none where this machine did. */
        readonly trainedBy?: string | undefined;
      }[]
    | undefined;
  /** The run whose training gave this model too, for a further target. */
  readonly learnedWith?: string | undefined;
  readonly scores: ByMethod<MethodScores> | null;
}

/** A run that cannot be read or brought to an end: its folder stays as it is until the user decides. */
export interface DamagedRun {
  readonly id: string;
  readonly problem: ProblemData;
}

/** A run that was deleted lately and can still be brought back. */
export interface DeletedRun {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly deletedAt: number;
}

/** All that lies in the folder of runs. */
export interface RunList {
  /** The newest first. */
  readonly runs: readonly RunSummary[];
  readonly damaged: readonly DamagedRun[];
  /** The one deleted last first. */
  readonly deleted: readonly DeletedRun[];
}

/** One of the models that a training gave, by what it forecasts. */
export interface RunTarget {
  readonly runId: string;
  readonly targetName: string;
}

export interface RunDetail {
  readonly summary: RunSummary;
  /** Where there are several networks, the mean of theirs. */
  readonly history: readonly EpochRecord[];
  /** Of each network, where there are several; else empty. */
  readonly memberHistories: readonly (readonly EpochRecord[])[];
  /** The models that its training gave, this one among them; where it learned one target, this one alone. */
  readonly targets: readonly RunTarget[];
}
