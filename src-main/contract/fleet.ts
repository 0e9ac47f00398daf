import { z } from 'zod';
import type { ProblemData } from './problems';
import { BASELINES, type Verdict } from './results';

/** Where a station stands. */
export const placeSchema = z.strictObject({
  /** Degrees north and east. */
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  /** Metres above the sea; null: not known. */
  altitude: z.number().min(-500).max(9000).nullable(),
});
export type Place = z.infer<typeof placeSchema>;

/** A station of a fleet: a file of its own, or one of those whose readings stand in one file. */
export const fleetStationSchema = z.strictObject({
  /** Unlike those of all others. */
  name: z.string().min(1).max(200),
  /** Absolute path. */
  file: z.string().min(1).max(4096),
  /** Where the file holds several: which. */
  station: z.string().min(1).max(200).nullable(),
  place: placeSchema.nullable(),
});
export type FleetStation = z.infer<typeof fleetStationSchema>;

const estimateSchema = z.object({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

/** What is kept of the training of a station; all else is in its run. Errors are in `unit`. */
const trainedSchema = z.strictObject({
  kind: z.literal('trained'),
  /** The folder of its run, within that of the fleet. */
  folder: z.string().min(1).max(300),
  target: z.string(),
  unit: z.string(),
  stepSeconds: z.number().positive(),
  horizon: z.number().int().positive(),
  /** Windows of the test part. */
  windows: z.number().int().min(0),
  rmse: z.number().nullable(),
  best: z.enum(BASELINES),
  bestRmse: z.number().nullable(),
  /** Share of the squared error saved, against persistence and against the best baseline. */
  skill: z.number().nullable(),
  skillOverBest: estimateSchema,
  /** Share of the observations of the test part within the 95 % interval; null where there is none. */
  coverage: z.number().nullable(),
  verdict: z.enum(['beats', 'level', 'loses']),
  /** Of the Diebold-Mariano test; null where there are too few windows. */
  pValue: z.number().nullable(),
  /** The verdict in words. */
  sentence: z.string(),
  /** How it was mapped otherwise than by the rule common to the fleet. */
  remarks: z.array(z.string()),
  seconds: z.number().min(0),
});
export type TrainedStation = z.infer<typeof trainedSchema>;

const failedSchema = z.strictObject({
  kind: z.literal('failed'),
  problem: z.custom<ProblemData>((value) => typeof value === 'object' && value !== null && 'code' in value),
  /** The sentence in English. */
  sentence: z.string(),
});
export type FailedStation = z.infer<typeof failedSchema>;

export const stationResultSchema = z.discriminatedUnion('kind', [trainedSchema, failedSchema]);
export type StationResult = z.infer<typeof stationResultSchema>;

/** A station as it stands on the leaderboard. */
export interface RankedStation {
  readonly station: FleetStation;
  readonly result: TrainedStation;
  /** As of a test at a false discovery rate over all stations. */
  readonly verdict: Verdict['kind'];
}

export interface Leaderboard {
  /** By skill against the best baseline, the highest first. */
  readonly ranked: readonly RankedStation[];
  readonly failed: readonly { readonly station: FleetStation; readonly result: FailedStation }[];
  readonly counts: Readonly<Record<Verdict['kind'] | 'failed', number>>;
  /** The share of false finds among those called better or worse that is not exceeded on average. */
  readonly falseDiscoveryRate: number;
}
