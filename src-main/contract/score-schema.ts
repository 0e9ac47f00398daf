import { z } from 'zod';
import type { ByMethod, ForecastMethod, MethodScores } from './results';
import { SETTINGS } from './settings';

/** JSON has no NaN and no infinity: they are written as null. */
const measured = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);
/** Not there in what version 0.1 wrote. */
const measuredSince02 = measured.default(NaN);
const score = z.strictObject({
  rmse: measured,
  mae: measured,
  bias: measured,
  correlation: measuredSince02,
  mase: measuredSince02,
});
const methodScores = score.extend({
  skill: measured,
  byLead: z.array(score).max(SETTINGS.horizon.max),
});

/** Scores as runs and exports keep them. */
export const scoresSchema: z.ZodType<ByMethod<MethodScores>> = z.strictObject({
  model: methodScores,
  persistence: methodScores,
  dampedPersistence: methodScores.optional(),
  climatology: methodScores,
  seasonalNaive: methodScores.optional(),
  ridge: methodScores,
  service: methodScores.optional(),
  serviceCorrected: methodScores.optional(),
} satisfies Record<ForecastMethod, unknown>);
