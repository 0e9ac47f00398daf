import type { Progress } from './progress';

/** Questions to a run whose answers take their time: they tell how far they are by the event 'work', and can be cancelled. */
const LONG_QUESTIONS = ['measureImportance', 'rollHindcast'] as const;
export type LongQuestion = (typeof LONG_QUESTIONS)[number];
export const isLongQuestion = (name: string): name is LongQuestion =>
  LONG_QUESTIONS.some((each) => each === name);

export interface WorkProgress extends Progress {
  /** Of how many equal pieces. */
  readonly done: number;
  readonly total: number;
}

/** What a long question tells while it is answered. */
export interface WorkEvent extends WorkProgress {
  readonly question: LongQuestion;
  readonly runId: string;
}
