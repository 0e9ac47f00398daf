import { z } from 'zod';
import { combinationSchema, type Combination } from './combination';
import { calibratedIntervalsSchema, type CalibratedIntervals } from './intervals';
import { eventModelSchema, type EventModel } from './probability';
import type { ByMethod, MethodScores } from './results';
import { scoresSchema } from './score-schema';

/** The measures of a model on the test part: kept whenever they were computed on the way to something else. */
export interface Measured {
  readonly scores: ByMethod<MethodScores>;
  /** null where there are too few windows to learn them from. */
  readonly intervals: CalibratedIntervals | null;
  /** null for an LSTM alone. */
  readonly combination: Combination | null;
  /** null where the target is not rain. */
  readonly event: EventModel | null;
}

export const measuredSchema: z.ZodType<Measured> = z.strictObject({
  scores: scoresSchema,
  intervals: calibratedIntervalsSchema.nullable(),
  combination: combinationSchema.nullable(),
  event: eventModelSchema.nullable(),
} satisfies Record<keyof Measured, unknown>);
