import type { Combination } from './combination';
import type { ByLevel, CalibrationPart, Ends, IntervalVerification } from './intervals';
import type { DistributionVerification } from './distribution';
import type { WarningForecast } from './events';
import type { EventForecast, EventVerification } from './probability';
import type { Quantity } from './quantities';

/** Simple forecasts that the LSTM must be compared with. */
export const BASELINES = [
  'persistence',
  'dampedPersistence',
  'climatology',
  'seasonalNaive',
  'ridge',
  'service',
  'serviceCorrected',
] as const;
export type Baseline = (typeof BASELINES)[number];
/** The LSTM and its baselines, in the order in which they are shown: the one list that everything goes through. */
export const FORECAST_METHODS = ['model', ...BASELINES] as const;
export type ForecastMethod = (typeof FORECAST_METHODS)[number];

/** There for any readings. The others may lack: seasonal naive needs a season of them, and older runs know only these. */
export const CERTAIN_METHODS = ['model', 'persistence', 'climatology', 'ridge'] as const;
export type CertainMethod = (typeof CERTAIN_METHODS)[number];

/** Something of each method that there is. */
export type ByMethod<T> = Readonly<Record<CertainMethod, T> & Partial<Record<ForecastMethod, T>>>;

/** The methods that a table has, in order, each with what it has of it. */
export function entriesOf<T>(table: ByMethod<T>): (readonly [method: ForecastMethod, value: T])[] {
  return FORECAST_METHODS.flatMap((method) => {
    const value = table[method];
    return value === undefined ? [] : [[method, value] as const];
  });
}

/** The same table with something else of each method. */
export function mapMethods<T, U>(
  table: ByMethod<T>,
  make: (value: T, method: ForecastMethod) => U,
): ByMethod<U> {
  const made = entriesOf(table).map(([method, value]) => [method, make(value, method)] as const);
  return Object.fromEntries(made) as unknown as ByMethod<U>;
}

/** The baselines that a table has, in order. */
export function baselinesOf(table: ByMethod<unknown>): Baseline[] {
  return BASELINES.filter((baseline) => table[baseline] !== undefined);
}

/** Errors in the target's unit, over every window of the test part. */
export interface Score {
  /** Root-mean-square error. */
  readonly rmse: number;
  /** Mean absolute error. */
  readonly mae: number;
  /** Mean of predicted minus observed. */
  readonly bias: number;
  /** Pearson's, of predicted and observed; NaN where either never varies, and in runs of version 0.1. */
  readonly correlation: number;
  /**
   * Mean absolute scaled error: `mae` over the mean change from one learning reading to the next, so that 1 is what
   * one-step persistence did on the learning part. Hyndman and Koehler (2006), International Journal of Forecasting 22,
   * 679-688. NaN where the learning readings never change, and in runs of version 0.1.
   */
  readonly mase: number;
}

/** Scores over all lead times together, and by lead time (index 0 is lead 1). */
export interface MethodScores extends Score {
  /** Skill against persistence, 1 - MSE/MSE_persistence; 0.1 is 10 per cent less squared error. Murphy (1988). */
  readonly skill: number;
  readonly byLead: readonly Score[];
}

/** What is measured of each method, with an interval. */
export const MEASURES = ['rmse', 'mae', 'bias', 'correlation', 'mase', 'skill', 'skillOverBest'] as const;
export type Measure = (typeof MEASURES)[number];

/**
 * A number measured on the test part, and the interval that 95 of 100 resamples of its days fall in. The ends are NaN
 * where there are too few days to resample.
 */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Scores of every method over the same forecasts. */
export interface MeasuredScores {
  /** The baseline of the lowest RMSE; `skillOverBest` is measured against it, as `skill` is against persistence. */
  readonly bestBaseline: Baseline;
  readonly methods: ByMethod<Readonly<Record<Measure, Estimate>>>;
}

/** How each network did alone, where the model is a mean of several. */
export interface MemberScores {
  /** On the test part, over all lead times, in the target's unit. */
  readonly rmse: readonly number[];
  readonly mean: number;
  /** Standard deviation of the networks' RMSE (n - 1). */
  readonly sd: number;
}

/** Who won on the held-back part, by squared error over all lead times, against the baseline that did best. */
export interface Verdict {
  /** 'level': the two cannot be told apart, the difference may well be chance. */
  readonly kind: 'beats' | 'level' | 'loses';
  /** Close to the limit: the sentence says so. */
  readonly isClose: boolean;
  readonly bestBaseline: Baseline;
  readonly modelRmse: number;
  readonly baselineRmse: number;
  readonly persistenceRmse: number;
  readonly unit: string;
  /** Share of the LSTM in the model's forecasts, 0 to 1; the rest is of simple models (see `Combination`). */
  readonly lstmShare: number;
  /** Windows compared. */
  readonly windows: number;
  /** Share of the best baseline's squared error that the model saves. */
  readonly skill: Estimate;
  /** Of the Diebold-Mariano test, two-sided; NaN where there are too few windows. */
  readonly pValue: number;
}

/** The model beside the weather service's forecast as it stands, over all lead times. */
export interface ServiceComparison {
  readonly modelRmse: number;
  readonly serviceRmse: number;
  /** Of the Diebold-Mariano test; `statistic` is below zero where the model has less error. NaN where there are too few days. */
  readonly statistic: number;
  readonly pValue: number;
}

/** Windows without an observation one step ahead. */
export function countUnread({ observed, horizon }: Pick<Verification, 'observed' | 'horizon'>): number {
  return observed.reduce(
    (count, value, index) => (index % horizon === 0 && Number.isNaN(value) ? count + 1 : count),
    0,
  );
}

/** How the trained model and the baselines did on the held-back part. Values are in the target's unit. */
export interface Verification {
  readonly targetName: string;
  readonly quantity: Quantity;
  readonly unit: string;
  readonly horizon: number;
  readonly stepSeconds: number;
  /** Valid time of lead 1 of each test window; as `Series.time`. [n] */
  readonly time: Float64Array;
  /** [n, horizon], row-major. NaN where there is no observation: a filled value is none. */
  readonly observed: Float32Array;
  readonly forecasts: ByMethod<Float32Array>;
  readonly scores: ByMethod<MethodScores>;
  /** The same scores with intervals, over all lead times and by lead time (index 0 is lead 1). */
  readonly overall: MeasuredScores;
  readonly byLead: readonly MeasuredScores[];
  /** MSE of the model on the test part in scaled units: what the lesson prints. */
  readonly testLoss: number;
  readonly persistenceTestLoss: number;
  readonly verdict: Verdict;
  /** Of the model; null where there are too few windows to learn them from. */
  readonly intervals: IntervalVerification | null;
  /** Of the distribution that the intervals are ends of; null where there are none. */
  readonly distribution: DistributionVerification | null;
  /** null where no forecast of a weather service is named. */
  readonly service: ServiceComparison | null;
  /** null: there is one network, or they were not scored alone. */
  readonly members: MemberScores | null;
  /** What the model's forecasts are made of; null: the LSTM alone. */
  readonly combination: Combination | null;
  /** Probabilities of rain; null where the target is something else. */
  readonly event: EventVerification | null;
  /** Inputs that carry the future, by name: what is scored cannot be had when a forecast is issued. */
  readonly foretelling: readonly string[];
}

/** A forecast from the last reading. Values are in the target's unit. */
export interface Forecast {
  readonly targetName: string;
  readonly quantity: Quantity;
  readonly unit: string;
  /** Time of the last reading. */
  readonly issuedAt: number;
  readonly stepLabel: string;
  readonly points: readonly { readonly time: number; readonly lead: number; readonly value: number }[];
  /** The readings before it, at least one window's worth where there are as many. */
  readonly history: {
    readonly time: Float64Array;
    readonly observed: Float32Array;
    readonly filled: Uint8Array;
  };
  /** The model's RMSE at each lead on the test part: what to expect of each point. */
  readonly expectedError: readonly number[];
  /** null where there were too few windows to learn them from. */
  readonly intervals: ForecastIntervals | null;
  /** Probabilities of rain; null where the target is something else. */
  readonly event: EventForecast | null;
  /** Of the events that the run warns of. */
  readonly warnings: readonly WarningForecast[];
  /** What the weather service forecast at each lead time, null where it did not; none where no service is named. */
  readonly service?: readonly (number | null)[];
  /** The weather service's forecast was missing: it is of the model without it, ridge regression on the readings alone. */
  readonly withoutService?: true;
}

/** Intervals around a forecast, with how often such intervals held. */
export interface ForecastIntervals {
  /** Index 0 is lead 1. */
  readonly byLead: readonly ByLevel<Ends<number>>[];
  /** Share of the test part's observations that were inside, 0 to 1. */
  readonly coverage: ByLevel<number>;
  /** What they were learned from; those from training errors are too narrow. */
  readonly part: CalibrationPart;
}
