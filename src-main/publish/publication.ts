import { INTERVAL_LEVELS, mapLevels, type ByLevel, type Ends } from '../contract/intervals';
import type { Quantity } from '../contract/quantities';
import type { Forecast, ForecastMethod } from '../contract/results';
import type { Grade, Issued, Warning } from '../contract/watch';

/** A value for one lead time, in the target's unit. */
export interface PublishedPoint {
  readonly time: number;
  readonly lead: number;
  readonly value: number;
  /** null where they are not known, or another method than the model speaks. */
  readonly intervals: ByLevel<Ends<number>> | null;
  /** 0 to 1; null where the target is not rain. */
  readonly chance: number | null;
}

/** What is published of one forecast; times as `Series.time`. */
export interface Publication {
  /** Of the run. */
  readonly name: string;
  /** What speaks: the model, or the baseline that is published instead. */
  readonly method: ForecastMethod;
  readonly targetName: string;
  readonly quantity: Quantity;
  readonly unit: string;
  readonly issuedAt: number;
  /** Milliseconds since 1970, UTC. */
  readonly madeAt: number;
  /** The last reading; null where it was missing. */
  readonly current: number | null;
  readonly points: readonly PublishedPoint[];
  /** In the target's unit; null where the target is not rain. */
  readonly chanceOf: number | null;
  readonly warnings: readonly Warning[];
  readonly grade: Grade | null;
  /** As it is drawn. */
  readonly forecast: Forecast;
}

export interface About {
  readonly name: string;
  readonly madeAt: number;
  readonly baselineInstead: boolean;
  readonly warnings: readonly Warning[];
}

/** The model's forecast or, where that is wished and it is surely worse, what the best baseline says. */
export function publicationOf(
  issued: Issued,
  { name, madeAt, baselineInstead, warnings }: About,
): Publication {
  const { grade, beside } = issued;
  const instead = baselineInstead && grade !== null && grade.worseSince !== null ? beside?.best : undefined;
  const forecast = instead === undefined ? issued.forecast : saidBy(issued.forecast, instead.values);
  const { targetName, quantity, unit, issuedAt, points, history, intervals, event } = forecast;
  const last = history.observed.at(-1) ?? NaN;
  const isRead = history.filled.at(-1) === 0 && !Number.isNaN(last);
  return {
    name,
    method: instead?.name ?? 'model',
    targetName,
    quantity,
    unit,
    issuedAt,
    madeAt,
    current: isRead ? last : null,
    points: points.map(({ time, lead, value }) => ({
      time,
      lead,
      value,
      intervals: intervals?.byLead[lead - 1] ?? null,
      chance: event?.probabilities[lead - 1] ?? null,
    })),
    chanceOf: event?.threshold ?? null,
    warnings,
    grade,
    forecast,
  };
}

/** The same times with other values, of which neither intervals nor errors are known. */
const saidBy = (forecast: Forecast, values: readonly number[]): Forecast => ({
  ...forecast,
  points: forecast.points.map((point) => ({ ...point, value: values[point.lead - 1] ?? NaN })),
  intervals: null,
  expectedError: [],
});

const isoOf = (time: number): string => new Date(time).toISOString().slice(0, 19);
const numberOrNull = (value: number): number | null =>
  Number.isFinite(value) ? Math.round(value * 1000) / 1000 : null;

/** For programs: times of the station's own clock without a zone, `madeAt` in UTC. */
export function publicationToJson(publication: Publication): object {
  const { name, method, targetName, quantity, unit, issuedAt, madeAt, current } = publication;
  const { points, chanceOf, warnings, grade } = publication;
  return {
    format: 'hindcast-forecast',
    version: 1,
    name,
    method,
    target: targetName,
    quantity,
    unit,
    issuedAt: isoOf(issuedAt),
    madeAt: new Date(madeAt).toISOString(),
    current: current === null ? null : numberOrNull(current),
    points: points.map(({ time, lead, value, intervals, chance }) => ({
      time: isoOf(time),
      lead,
      value: numberOrNull(value),
      intervals:
        intervals && mapLevels((level) => [intervals[level].low, intervals[level].high].map(numberOrNull)),
      chance: chance === null ? null : numberOrNull(chance),
    })),
    levels: INTERVAL_LEVELS,
    chanceOfAtLeast: chanceOf,
    warnings,
    withoutService: publication.forecast.withoutService === true,
    score: grade === null ? null : scoreToJson(grade),
  };
}

export function scoreToJson({ days, points, best, rmse, bias, within, worseSince }: Grade): object {
  return {
    days,
    values: points,
    rmse: Object.fromEntries(Object.entries(rmse).map(([method, value]) => [method, numberOrNull(value)])),
    bestBaseline: best,
    bias: numberOrNull(bias),
    within95: numberOrNull(within),
    worseSince: worseSince === null ? null : isoOf(worseSince).slice(0, 10),
  };
}
