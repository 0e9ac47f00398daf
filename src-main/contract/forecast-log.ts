import { z } from 'zod';
import { instantSchema } from './series';
import { SETTINGS } from './settings';
import { besideSchema } from './watch';

/** Forecasts that a log keeps: a forecast a day for more than five years. The oldest go first. */
export const MOST_FORECASTS = 2000;

const issuedForecastSchema = z.strictObject({
  /** Time of the last reading that it was made from, as `Series.time`. */
  issuedAt: instantSchema,
  /** When it was made; milliseconds since 1970, UTC. */
  madeAt: instantSchema,
  /** The last reading of the target: what persistence would have forecast; null where it was missing. */
  lastReading: z.number().nullable(),
  /** Values in the target's unit; the ends of the 95 % interval where there was one. */
  points: z
    .array(
      z.strictObject({
        time: instantSchema,
        lead: z.number().int().min(1),
        value: z.number(),
        low: z.number().nullable(),
        high: z.number().nullable(),
      }),
    )
    .min(1)
    .max(SETTINGS.horizon.max),
  /** What the weather service said of each lead time, null where it said nothing; and whether the model did without. */
  service: z.array(z.number().nullable()).max(SETTINGS.horizon.max).optional(),
  withoutService: z.literal(true).optional(),
  /** Of forecasts that a watched run issued: what it is graded beside. */
  beside: besideSchema.optional(),
});
export type IssuedForecast = z.infer<typeof issuedForecastSchema>;

/** forecasts.json in the folder of a run: every forecast that was issued, in order of `issuedAt`, one for each. */
export const forecastLogSchema = z.strictObject({
  format: z.literal('hindcast-forecast-log'),
  version: z.literal(1),
  forecasts: z.array(issuedForecastSchema).max(MOST_FORECASTS),
});

/** A forecast value beside what then was read. */
export interface VerifiedPoint {
  readonly issuedAt: number;
  readonly time: number;
  readonly lead: number;
  readonly value: number;
  readonly observed: number;
  /** The weather service's; null where it said nothing. */
  readonly service: number | null;
}

/** Scores of all forecasts issued so far whose time has come, in the target's unit. */
export interface RunningScores {
  /** Values that could be compared with a reading; filled ones do not count. */
  readonly points: number;
  readonly rmse: number;
  readonly bias: number;
  /** Over those values for which there was a last reading to persist. */
  readonly persistenceRmse: number;
  /** Share of values within their 95 % interval, of those that had one; NaN where none had. */
  readonly within: number;
  /** Over those values of which the weather service said something too: its RMSE and the model's; null where there are none. */
  readonly service: { readonly points: number; readonly rmse: number; readonly modelRmse: number } | null;
}

/** What became of the forecasts of a run. */
export interface ForecastLog {
  readonly unit: string;
  readonly issued: number;
  /** Files in the run's folder: logs that were found damaged, after which a new one was begun. */
  readonly setAside: readonly string[];
  /** Time of the newest reading, and how many came after the training. */
  readonly newest: number;
  readonly added: number;
  /** null while no forecast's time has come. */
  readonly scores: RunningScores | null;
  /** The newest first, at most `MOST_SHOWN`. */
  readonly verified: readonly VerifiedPoint[];
}
export const MOST_SHOWN = 30;

/** Newer readings that were added to a run. */
export interface AddedReadings {
  readonly rows: number;
  readonly from: number;
  readonly to: number;
}
