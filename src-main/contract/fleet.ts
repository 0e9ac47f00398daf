import { z } from 'zod';
import type { Language } from './language';
import type { ProblemData } from './problems';
import { BASELINES, type Verdict } from './results';
import { sunSchema } from './sun';

/** Where a station stands. */
export const placeSchema = z.strictObject({
  /** Degrees north and east. */
  latitude: sunSchema.shape.latitude,
  longitude: sunSchema.shape.longitude,
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

/** How a station was mapped otherwise than by the rule common to the fleet. */
const remarkSchema = z.strictObject({
  /** 'taken-for': of the column nothing is known, and it is taken for what is asked; 'instead': it is forecast instead of the one suggested. */
  kind: z.enum(['taken-for', 'instead']),
  column: z.string(),
  /** Of 'instead': the column that the file suggests. */
  suggested: z.string(),
});
export type StationRemark = z.infer<typeof remarkSchema>;

/** The sentence of a remark. */
export function describeRemark(
  { kind, column, suggested }: StationRemark,
  language: Language = 'en',
): string {
  if (language === 'ko') {
    return kind === 'taken-for'
      ? `“${column}” 열이 무엇인지 파일에 적혀 있지 않아, 예보하려는 양으로 보았습니다.`
      : `“${suggested}” 대신 “${column}” 열을 예보합니다.`;
  }
  return kind === 'taken-for'
    ? `The file does not say what “${column}” is; it is taken for what is to be forecast.`
    : `“${column}” is forecast instead of “${suggested}”, which the file suggests.`;
}

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
  remarks: z.array(remarkSchema),
  seconds: z.number().min(0),
});
export type TrainedStation = z.infer<typeof trainedSchema>;

/** What the training and the verification of a station give, wherever they were done. */
export const stationOutcomeSchema = trainedSchema.omit({ folder: true, remarks: true, seconds: true });
export type StationOutcome = z.infer<typeof stationOutcomeSchema>;

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
