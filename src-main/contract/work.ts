import type { Progress } from './progress';

/** Calculations over a trained run that take their time and can be cancelled. */
export const WORK_KINDS = ['importance', 'rolling'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

export interface WorkProgress extends Progress {
  /** Of how many equal pieces. */
  readonly done: number;
  readonly total: number;
}

/** What a calculation tells while it goes on. */
export interface WorkEvent extends WorkProgress {
  readonly kind: WorkKind;
  readonly runId: string;
}
