import { z } from 'zod';
import type {
  BrierParts,
  CategoricalScores,
  Contingency,
  ReliabilityBar,
  RocPoint,
  Savings,
  ValuePoint,
} from './event-scores';
import { eventModelSchema } from './probability';
import type { Quantity } from './quantities';
import { SETTINGS } from './settings';

export const COMPARISONS = ['<', '<=', '>', '>='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/**
 * What of a column is held against the threshold: its value at one lead time; the lowest, the highest or the sum of its
 * values over the lead times up to that one; or its change from the last reading to that lead time.
 */
export const SPAN_KINDS = ['value', 'lowest', 'highest', 'sum', 'change'] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];

/** What a user fears, or hopes for: frost, a gale, a wet day. */
export const weatherEventSchema = z.strictObject({
  /** By its name in the run: the target, or an input. */
  column: z.string().min(1).max(200),
  comparison: z.enum(COMPARISONS),
  /** In the unit that the column is used in. */
  threshold: z.number(),
  of: z.enum(SPAN_KINDS),
  /** The lead time, or the last of the span; 1 is the next reading. */
  lead: z.number().int().min(1).max(SETTINGS.horizon.max),
});
export type WeatherEvent = Readonly<z.infer<typeof weatherEventSchema>>;

/** What an event can be about. */
export interface EventColumn {
  readonly name: string;
  readonly quantity: Quantity;
  readonly unit: string;
}

/** What is known of a run where an event is described. */
export interface EventContext {
  /** The target first, then the other inputs. */
  readonly columns: readonly EventColumn[];
  readonly stepSeconds: number;
  readonly horizon: number;
}

const money = z.number().positive().max(1e12);
/** What covering costs, and what the damage costs where one did not cover; in any currency. */
export const costsSchema = z
  .strictObject({ cost: money, loss: money })
  .refine(({ cost, loss }) => cost < loss);
export type Costs = Readonly<z.infer<typeof costsSchema>>;

/** An event that is to be warned of. `costs` null: nothing is known of them. */
export const warningSchema = z.strictObject({ event: weatherEventSchema, costs: costsSchema.nullable() });
export type Warning = Readonly<z.infer<typeof warningSchema>>;
/** Most events that a run warns of. */
export const MOST_WARNINGS = 12;
export const warningsSchema = z.array(warningSchema).max(MOST_WARNINGS);

/** Above which probability it is worth to warn: cost over loss, or where neither is known, more likely than not. */
export const warnAbove = (costs: Costs | null): number => (costs === null ? 0.5 : costs.cost / costs.loss);

/** Where a probability comes from: the distribution of the forecast, or a logistic regression of the event itself. */
export const EVENT_SOURCES = ['distribution', 'logistic'] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

const count = z.number().int().min(0);
const score = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);

/** What turns a window and its forecast into the probability of an event, as a run keeps it. */
export const eventFitSchema = z.strictObject({
  source: z.enum(EVENT_SOURCES),
  /** Of the distribution: errors of the forecast at its levels, in the column's unit, ascending. */
  errors: z.array(z.number()).nullable(),
  logistic: eventModelSchema.omit({ threshold: true }).nullable(),
  /** log odds = intercept + slope x log odds, learned on the validation part; null: they are good as they are. */
  calibration: z.strictObject({ intercept: z.number(), slope: z.number() }).nullable(),
  /** Brier scores on the validation part that the source was chosen by; null: it has no such source. */
  validation: z.strictObject({ distribution: score.nullable(), logistic: score, climatology: score }),
  /** What was learned from: windows, and how many of them the event was in. */
  learned: z.strictObject({ windows: count, events: count }),
});
export type EventFit = Readonly<z.infer<typeof eventFitSchema>>;

/** Whether the probabilities were stretched and shifted on the validation part. */
export const isCalibrated = ({ calibration }: EventFit): boolean => calibration !== null;

/** What is known of warnings of an event from the test part, in short. */
export const warningRecordSchema = z.strictObject({
  windows: count,
  hits: count,
  misses: count,
  falseAlarms: count,
  correctNegatives: count,
  brierSkill: score,
});
export type WarningRecord = Readonly<z.infer<typeof warningRecordSchema>>;

/** A warning as a run keeps it; `learned` null: the run was trained on since. */
export const keptWarningSchema = warningSchema.extend({
  learned: z.strictObject({ fit: eventFitSchema, record: warningRecordSchema }).nullable(),
});
export type KeptWarning = Readonly<z.infer<typeof keptWarningSchema>>;

/** Probabilities of an event for every test window, and how they and the warnings they give did. */
export interface EventReport extends CategoricalScores {
  readonly event: WeatherEvent;
  readonly costs: Costs | null;
  /** Of the column, and of the threshold. */
  readonly unit: string;
  readonly stepSeconds: number;
  readonly fit: EventFit;
  /** Windows whose event was observed, or seen not to come. */
  readonly windows: number;
  /** Share of them that it came in. */
  readonly baseRate: number;
  readonly brier: number;
  /** Of climatology: how often it came at that time of the year in the learning part. */
  readonly climatologyBrier: number;
  readonly brierSkill: number;
  readonly parts: BrierParts;
  /** Warnings above this probability. */
  readonly warnAbove: number;
  readonly table: Contingency;
  readonly rocArea: number;
  readonly roc: readonly RocPoint[];
  readonly reliability: readonly ReliabilityBar[];
  readonly value: readonly ValuePoint[];
  /** null where the costs are not known. */
  readonly savings: Savings | null;
}

/** What a run warns of, and how each did. */
export interface WarningsReport extends EventContext {
  readonly kept: readonly KeptWarning[];
  readonly reports: readonly EventReport[];
}

/** The warning that a forecast gives of an event, or does not. */
export interface WarningForecast extends Warning {
  readonly unit: string;
  readonly stepSeconds: number;
  readonly probability: number;
  /** It is warned of above this probability. */
  readonly warnAbove: number;
  readonly isOut: boolean;
  readonly record: WarningRecord;
}

/** The warnings of a forecast that are out: what is to be published. */
export function warningsOf(forecast: {
  readonly warnings: readonly WarningForecast[];
}): readonly WarningForecast[] {
  return forecast.warnings.filter(({ isOut }) => isOut);
}

export function recordOf({ windows, table, brierSkill }: EventReport): WarningRecord {
  return { windows, ...table, brierSkill };
}

/** Whether two mean the same event. */
export function isSameEvent(one: WeatherEvent, other: WeatherEvent): boolean {
  return (Object.keys(weatherEventSchema.shape) as (keyof WeatherEvent)[]).every(
    (key) => one[key] === other[key],
  );
}
