import { z } from 'zod';
import { formatWithUnit } from './format';
import type { Language } from './language';
import { SETTINGS } from './settings';

/** Nominal levels of the intervals around a forecast, in per cent, the narrowest first. */
export const INTERVAL_LEVELS = [50, 80, 95] as const;
export type IntervalLevel = (typeof INTERVAL_LEVELS)[number];

/** Something of each level; as JSON the keys are "50", "80" and "95". */
export type ByLevel<T> = Readonly<Record<IntervalLevel, T>>;

export function mapLevels<T>(make: (level: IntervalLevel) => T): ByLevel<T> {
  return { 50: make(50), 80: make(80), 95: make(95) };
}

/** Both ends of an interval, or of many. */
export interface Ends<T> {
  readonly low: T;
  readonly high: T;
}

/** Where the errors come from that intervals are learned from: 'training' where no validation part was kept. */
export const CALIBRATION_PARTS = ['validation', 'training'] as const;
export type CalibrationPart = (typeof CALIBRATION_PARTS)[number];

const levels = <T extends z.ZodType>(of: T) => z.strictObject({ 50: of, 80: of, 95: of });
const finite = z.number();
const share = z.number().min(0).max(1);

/**
 * What turns a point forecast into intervals. The ends at a lead time are
 * forecast + spread x offset, where spread = exp(season[0] sin(a) + season[1] cos(a)), a the turn of the year.
 */
export const intervalCalibrationSchema = z.strictObject({
  part: z.enum(CALIBRATION_PARTS),
  /** Windows whose errors were learned from. */
  windows: z.number().int().min(1),
  /** How much errors grow and shrink with the season; null where less than a year is known. */
  season: z.tuple([finite, finite]).nullable(),
  /** For each lead time. In the target's unit. */
  offsets: z
    .array(levels(z.strictObject({ low: finite, high: finite })))
    .min(1)
    .max(SETTINGS.horizon.max),
  /** For each lead time how far an end moves when it missed, in the target's unit: see `verification/intervals/conformal`. */
  steps: z.array(z.number().min(0)).min(1).max(SETTINGS.horizon.max),
});
export type IntervalCalibration = Readonly<z.infer<typeof intervalCalibrationSchema>>;

/** The intervals of a trained model as runs and exports keep them. */
export const calibratedIntervalsSchema = z.strictObject({
  /** As it is after the last observation. */
  calibration: intervalCalibrationSchema,
  /** Share of the test part's observations that were inside. */
  coverage: levels(share),
});
export type CalibratedIntervals = Readonly<z.infer<typeof calibratedIntervalsSchema>>;

/** How intervals of one level did on the test part. */
export interface IntervalScore {
  /** Share of the observations inside, ends included; 0 to 1. */
  readonly coverage: number;
  /** Shares of the observations that lay below the low end, and above the high one. */
  readonly below: number;
  readonly above: number;
  /** Mean width, in the target's unit. */
  readonly width: number;
  /** Mean interval score of Gneiting and Raftery (2007), in the target's unit: narrow is good, missing is bad. */
  readonly score: number;
}

/** The intervals of every test window and how they did. */
export interface IntervalVerification {
  /** As it was when the test part began, and as it is after its last observation. */
  readonly before: IntervalCalibration;
  readonly after: IntervalCalibration;
  /** [n, horizon], row-major. */
  readonly bounds: ByLevel<Ends<Float32Array>>;
  readonly overall: ByLevel<IntervalScore>;
  /** Index 0 is lead 1. */
  readonly byLead: readonly ByLevel<IntervalScore>[];
  /** Coverage of the same intervals had they stayed as they were when the test part began. */
  readonly frozenCoverage: ByLevel<number>;
}

/** The coverage alone, as a run and `--json` keep it. */
export function coverageOf({ overall }: Pick<IntervalVerification, 'overall'>): ByLevel<number> {
  return mapLevels((level) => overall[level].coverage);
}

/** How often intervals held where it could be measured, beside what they are called by. */
export function describeCoverage(coverage: ByLevel<number>, language: Language = 'en'): string {
  const [narrow, middle, wide] = INTERVAL_LEVELS.map((level) =>
    formatWithUnit(coverage[level] * 100, '%', 1, language),
  );
  if (language === 'ko') {
    return `남겨 둔 구간에서 실제로 잰 값: 관측이 50 % 구간에 든 비율은 ${narrow}, 80 % 구간은 ${middle}, 95 % 구간은 ${wide}입니다.`;
  }
  return `Measured on the held-back part: the 50 % intervals held ${narrow} of the readings, the 80 % ones ${middle}, the 95 % ones ${wide}.`;
}
