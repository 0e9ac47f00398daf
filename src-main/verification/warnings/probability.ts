import type { EventFit, WeatherEvent } from '../../contract/events';
import type { Series } from '../../contract/series';
import type { Scaler } from '../../series';
import {
  probabilityAtMost,
  probabilityBelow,
  type QuantileDistribution,
} from '../distribution/quantile-distribution';
import { probabilityReader } from '../rain/window-logistics';
import { heldValue, limitsOf } from './held';

/** At which the errors of a forecast are kept. */
export const ERROR_LEVELS = [
  0.025,
  ...Array.from({ length: 19 }, (_, index) => (index + 1) / 20),
  0.975,
] as const;
/** Probabilities of 0 and 1 have no odds. */
const LEAST_PROBABILITY = 1e-4;

export const logOdds = (probability: number): number => {
  const kept = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, probability));
  return Math.log(kept / (1 - kept));
};

/** The probability of an event where what is held against its threshold has this distribution. */
export function probabilityOfEvent(
  { comparison, threshold }: WeatherEvent,
  distribution: QuantileDistribution,
): number {
  if (comparison === '<') return probabilityBelow(distribution, threshold);
  if (comparison === '<=') return probabilityAtMost(distribution, threshold);
  return comparison === '>'
    ? 1 - probabilityAtMost(distribution, threshold)
    : 1 - probabilityBelow(distribution, threshold);
}

/** The errors of a forecast laid around what it says now. @param errors at `ERROR_LEVELS` */
export function distributionAround(
  centre: number,
  errors: readonly number[],
  limits: readonly [number, number],
): QuantileDistribution {
  const within = (value: number): number => Math.min(limits[1], Math.max(limits[0], value));
  return { levels: ERROR_LEVELS, values: errors.map((error) => within(centre + error)), limits };
}

/** Where a window lies after which an event is forecast. */
export interface EventWindow {
  /** Scaled, [rows, scalers], row-major. */
  readonly inputs: Float32Array;
  /** The row behind the window. */
  readonly end: number;
  /** The column's last reading in the window. */
  readonly last: number;
  /** The forecast of the target at a lead time; 0 is the first. */
  readonly point: (lead: number) => number;
}

/** Gives the probability of an event after a window. @param series that tells the column; its readings are not looked at */
export function eventReader(
  series: Series,
  event: WeatherEvent,
  { errors, logistic, calibration }: Pick<EventFit, 'errors' | 'logistic' | 'calibration'>,
  scalers: readonly Scaler[],
): (window: EventWindow) => number {
  const limits = limitsOf(series, event);
  const logisticAt = logistic === null ? null : probabilityReader(logistic, scalers);
  return ({ inputs, end, last, point }) => {
    const raw =
      logisticAt !== null
        ? logisticAt(inputs, end)[0]!
        : probabilityOfEvent(event, distributionAround(heldValue(event, point, last), errors ?? [], limits));
    return calibration === null ? raw : calibrate(calibration, raw);
  };
}

export function calibrate(
  { intercept, slope }: NonNullable<EventFit['calibration']>,
  probability: number,
): number {
  return 1 / (1 + Math.exp(-(intercept + slope * logOdds(probability))));
}
