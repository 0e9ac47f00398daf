import { z } from 'zod';
import { SETTING_BOUNDS } from './settings';

/** Most inputs (readings of the window times variables) that a probability is computed from. */
export const MOST_EVENT_COLUMNS = 60;

const weight = z.number();

/**
 * Logistic regressions of "at least this much rain", one for each lead time: probability = 1 / (1 + exp(-sum)), where
 * sum is the intercept plus the weights times the newest `rows` rows of the scaled window, oldest first.
 */
export const eventModelSchema = z.strictObject({
  /** In the target's unit. */
  threshold: z.number().positive(),
  rows: z.number().int().min(1).max(MOST_EVENT_COLUMNS),
  byLead: z
    .array(
      z.strictObject({
        intercept: weight,
        weights: z
          .array(weight)
          .min(1)
          .max(10 * MOST_EVENT_COLUMNS),
      }),
    )
    .min(1)
    .max(SETTING_BOUNDS.horizon.max),
});
export type EventModel = Readonly<z.infer<typeof eventModelSchema>>;

/** Forecasts of one probability, and how often it then happened. */
export interface ReliabilityBin {
  /** Mean of the probabilities in the bin. */
  readonly forecast: number;
  /** Share of them that happened. */
  readonly frequency: number;
  readonly count: number;
}

export interface EventScore {
  /** Mean squared difference of probability and what happened (0 or 1): Brier (1950), Monthly Weather Review 78, 1-3. */
  readonly brier: number;
  /** Of climatology: the share of such days at that time of the year in the learning part. */
  readonly climatologyBrier: number;
  /** Brier skill, 1 - brier / climatologyBrier: 1 is perfect, 0 no better than climatology. */
  readonly skill: number;
}

/** Probabilities of "at least this much" for every test window and how they did. */
export interface EventVerification extends EventScore {
  readonly model: EventModel;
  /** [n, horizon], row-major. */
  readonly probabilities: Float32Array;
  /** Share of the observations that reached the threshold. */
  readonly frequency: number;
  readonly byLead: readonly EventScore[];
  /** Ten bins of equal width, those without a forecast left out. */
  readonly reliability: readonly ReliabilityBin[];
}

/** Of a forecast: one probability for each lead time. */
export interface EventForecast {
  readonly threshold: number;
  readonly probabilities: readonly number[];
}
