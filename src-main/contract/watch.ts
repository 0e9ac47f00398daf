import { z } from 'zod';
import { LANGUAGES } from './language';
import { BASELINES, type Baseline, type Forecast } from './results';
import type { ProblemData } from './problems';
import { instantSchema } from './series';

const path = z.string().min(1).max(4096);

/** 'HH:MM' of the machine's clock. */
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const SHORTEST_EVERY_SECONDS = 60;
const LONGEST_EVERY_SECONDS = 31 * 86_400;

/** When forecasts are issued: with each new reading, every so many seconds, or at times of the machine's clock. */
export const scheduleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reading') }),
  z.strictObject({
    kind: z.literal('every'),
    seconds: z.number().int().min(SHORTEST_EVERY_SECONDS).max(LONGEST_EVERY_SECONDS),
  }),
  z.strictObject({ kind: z.literal('times'), times: z.array(clockTime).min(1).max(48) }),
]);
export type Schedule = z.infer<typeof scheduleSchema>;

/** Where MQTT messages go. The password is never among what is kept with a run. */
const mqttSchema = z.strictObject({
  /** `mqtt://host`, `mqtts://host:8883` */
  url: z
    .string()
    .max(300)
    .regex(/^mqtts?:\/\/[^\s/@]+$/),
  user: z.string().max(200),
  /** What topics begin with. */
  topic: z
    .string()
    .max(100)
    .regex(/^[^\s+#]+$/),
});
export type MqttSettings = z.infer<typeof mqttSchema>;

export const publishSchema = z.strictObject({
  /** Of the page and of what a broker's sensors are called. */
  language: z.enum(LANGUAGES),
  /** Holds forecast.json, index.html and hindcast.inc. */
  folder: path.nullable(),
  /** A file that grows by a line for each forecast value. */
  csv: path.nullable(),
  mqtt: mqttSchema.nullable(),
});
export type PublishSettings = z.infer<typeof publishSchema>;
export const PUBLISH_NOTHING: PublishSettings = { language: 'en', folder: null, csv: null, mqtt: null };

export const LONGEST_RETRAIN_DAYS = 3650;

export const watchSettingsSchema = z.strictObject({
  /** A file that grows, or a folder in which new files appear. */
  source: path,
  /**
   * The weather service's forecasts beside them: a file, or a folder in which one a run appears; null: none but those that
   * come among the readings. Files of before there was the choice lack it.
   */
  forecasts: path.nullable().default(null),
  schedule: scheduleSchema,
  publish: publishSchema,
  /** Whether the best baseline is published instead once the model has done worse for too long. */
  baselineInstead: z.boolean(),
  /** It is trained again on all readings after so many days; null: never. Files of before there was the choice lack it. */
  retrainDays: z.number().int().min(1).max(LONGEST_RETRAIN_DAYS).nullable().default(null),
});
export type WatchSettings = z.infer<typeof watchSettingsSchema>;

/** What a run does with new readings, watch.json in its folder. */
export const watchFileSchema = z.strictObject({
  format: z.literal('hindcast-watch'),
  version: z.literal(1),
  settings: watchSettingsSchema,
});

/** The state of a test that continues from day to day (see `verification/grade/worse-test.ts`). */
export const worseTestSchema = z.strictObject({
  /** All days (steps, where they are longer) are counted up to this one since 1970; null: none yet. */
  countedUpTo: z.number().int().nullable(),
  /** Each stream of days that no forecast spans two of: how many there were, and what was won with each stake. */
  streams: z
    .array(z.strictObject({ days: z.number().int().min(0), wealth: z.array(z.number().min(0)).max(20) }))
    .max(2000),
  /** The day on which it was first sure; null while it is not. */
  since: z.number().int().nullable(),
});
export type WorseTest = z.infer<typeof worseTestSchema>;

/** How far the watching of a run has come, watch-state.json in its folder. */
export const watchStateSchema = z.strictObject({
  format: z.literal('hindcast-watch-state'),
  version: z.literal(1),
  /** It is decided up to the readings of this time, as `Series.time`, whether a forecast is issued from them. */
  decidedUpTo: instantSchema.nullable(),
  /** When that was decided; milliseconds since 1970, UTC. */
  decidedAt: instantSchema.nullable(),
  worse: worseTestSchema,
  /** When it was last trained again, whatever came of it; milliseconds since 1970, UTC. Null: never yet. */
  retrainedAt: instantSchema.nullable().default(null),
});
export type WatchState = z.infer<typeof watchStateSchema>;

export const NOTHING_COUNTED: WorseTest = { countedUpTo: null, streams: [], since: null };

export const FRESH_STATE: WatchState = {
  format: 'hindcast-watch-state',
  version: 1,
  decidedUpTo: null,
  decidedAt: null,
  worse: NOTHING_COUNTED,
  retrainedAt: null,
};

/** What baselines said when a forecast was issued, in the target's unit, by lead time. */
export const besideSchema = z.strictObject({
  climatology: z.array(z.number()),
  /** The one that did best on the test part. */
  best: z.strictObject({ name: z.enum(BASELINES), values: z.array(z.number()) }),
});
export type Beside = z.infer<typeof besideSchema>;

/** What became of new readings. */
export interface TakenIn {
  /** Rows behind the newest there was. */
  readonly added: number;
  /** Rows without a reading that have one now. */
  readonly late: number;
  readonly firstLate: number | null;
  /** Rows that read otherwise than before. */
  readonly changed: number;
  readonly firstChanged: number | null;
}

/** Scores of the forecasts of the last days whose time has come, in the target's unit; NaN where there is none. */
export interface Grade {
  readonly days: number;
  /** Values that were compared. */
  readonly points: number;
  readonly unit: string;
  readonly best: Baseline;
  readonly rmse: {
    readonly model: number;
    readonly persistence: number;
    readonly climatology: number;
    readonly best: number;
  };
  readonly bias: number;
  /** Share of values within their 95 % interval. */
  readonly within: number;
  /** The day since which the model is surely worse than the best baseline, milliseconds; null: it is not. */
  readonly worseSince: number | null;
}

/** Two models of a run on the forecasts that neither has learned from. */
export interface ModelsCompared {
  /** Windows of such forecasts. */
  readonly windows: number;
  /** RMSE over them, in the target's unit: of the model in use, and of the one trained on newer readings. */
  readonly before: number;
  readonly after: number;
  readonly unit: string;
}

/** The ways in which a forecast is published, each of which can be tried. */
export const PUBLISH_WAYS = ['folder', 'csv', 'mqtt'] as const;
export type PublishWay = (typeof PUBLISH_WAYS)[number];

/** A warning of what a person fears, as it is published: a sentence, and how likely it is, 0 to 1. */
export interface Warning {
  readonly text: string;
  readonly probability: number;
}

/** What is shown of the watching of a run. */
export interface WatchView {
  /** null: it is not watched. */
  readonly settings: WatchSettings | null;
  /** Whether this program does it at this moment. */
  readonly isWatching: boolean;
  /** When the last forecast was issued since the start; milliseconds since 1970, UTC. */
  readonly lastAt: number | null;
  readonly grade: Grade | null;
  /** What is to be known of it, the newest first. */
  readonly notices: readonly ProblemData[];
  /** Whether it is being trained again at this moment. */
  readonly isRetraining: boolean;
  /** Whether the model before this one is kept, and can be taken back. */
  readonly hasEarlier: boolean;
  /** Whether a password for its broker lies in the key store. */
  readonly hasPassword: boolean;
}

/** What a dialog chooses: where readings appear, the weather service's forecasts beside them, and where forecasts go. */
export const WATCH_PATHS = ['file', 'folder', 'forecasts', 'publish', 'csv'] as const;
export type WatchPath = (typeof WATCH_PATHS)[number];

/** A forecast as it was issued, with all that is published of it. */
export interface Issued {
  readonly taken: TakenIn;
  readonly forecast: Forecast;
  /** Whether it is the first from these readings; else the log has it already. */
  readonly isNew: boolean;
  readonly beside: Beside | null;
  /** null before any forecast's time has come. */
  readonly grade: Grade | null;
  readonly worse: WorseTest;
}
