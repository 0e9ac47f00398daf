import { z } from 'zod';
import { formatWithUnit } from './format';
import type { ByMethod, MethodScores } from './results';
import { SIGNIFICANCE, formatPValue } from './verdict';

/** How a re-training begins: with the weights there are, or with new ones of the run's seed. */
export const RESTARTS = ['warm', 'anew'] as const;

/** A hindcast in which the model is trained again on its way through the test part. */
export const rollingOptionsSchema = z.strictObject({
  /** Forecasts between two trainings. */
  every: z.number().int().min(1).max(1_000_000),
  restart: z.enum(RESTARTS),
});
export type RollingOptions = z.infer<typeof rollingOptionsSchema>;

/** What re-training would have been worth on the test part. Scores in the target's unit. */
export interface RollingHindcast extends RollingOptions {
  readonly targetName: string;
  readonly unit: string;
  readonly horizon: number;
  readonly windows: number;
  readonly trainings: number;
  readonly seconds: number;
  /** With everything as it was learned before the test part, as on Verify. */
  readonly frozen: ByMethod<MethodScores>;
  /** With model and baselines learned again. */
  readonly retrained: ByMethod<MethodScores>;
  /** Diebold-Mariano, re-trained against frozen model, two-sided; NaN where they never differ or windows are too few. */
  readonly pValue: number;
}

/** The English sentence on whether re-training pays. */
export function describeRolling({ frozen, retrained, unit, trainings, pValue }: RollingHindcast): string {
  const [before, after] = [frozen.model.rmse, retrained.model.rmse].map((rmse) => formatWithUnit(rmse, unit));
  if (trainings === 0) return 'The test part is shorter than that, so nothing was trained again.';
  const times = trainings === 1 ? 'once' : `${trainings} times`;
  if (!(pValue < SIGNIFICANCE)) {
    return `Trained again ${times}, the LSTM has an RMSE of ${after} instead of ${before}: no difference that could not be chance.`;
  }
  const kind = retrained.model.rmse < frozen.model.rmse ? 'better' : 'worse';
  return `Trained again ${times}, the LSTM is ${kind}: its RMSE is ${after} instead of ${before} (Diebold-Mariano test, ${formatPValue(pValue)}).`;
}
