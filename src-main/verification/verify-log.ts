import {
  MOST_SHOWN,
  type IssuedForecast,
  type RunningScores,
  type VerifiedPoint,
} from '../contract/forecast-log';
import { observationsOf, type Series } from '../contract/series';
import { targetVariable } from '../series';

interface Comparison extends VerifiedPoint {
  readonly lastReading: number | null;
  readonly isWithin: boolean | null;
}

/**
 * Compares issued forecasts with what was read since. A filled value was not read and does not count.
 * @param series with the readings up to now
 */
export function verifyLog(
  forecasts: readonly IssuedForecast[],
  series: Series,
): { readonly scores: RunningScores | null; readonly verified: readonly VerifiedPoint[] } {
  const observations = observationsOf(targetVariable(series));
  const rowAt = new Map(Array.from(series.time, (time, row) => [time, row] as const));
  const comparisons = forecasts.flatMap(({ issuedAt, lastReading, points, service = [] }): Comparison[] =>
    points.flatMap(({ time, lead, value, low, high }) => {
      const row = rowAt.get(time);
      const observed = row === undefined ? NaN : observations[row]!;
      if (Number.isNaN(observed)) return [];
      const isWithin = low === null || high === null ? null : low <= observed && observed <= high;
      const said = service[lead - 1] ?? null;
      return [{ issuedAt, time, lead, value, observed, lastReading, isWithin, service: said }];
    }),
  );
  const newestFirst = [...comparisons].sort((a, b) => b.time - a.time || a.lead - b.lead);
  return {
    scores: comparisons.length === 0 ? null : scoresOf(comparisons),
    verified: newestFirst
      .slice(0, MOST_SHOWN)
      .map(({ lastReading: _last, isWithin: _within, ...point }) => point),
  };
}

function scoresOf(comparisons: readonly Comparison[]): RunningScores {
  const errors = comparisons.map(({ value, observed }) => value - observed);
  const persisted = comparisons.flatMap(({ lastReading, observed }) =>
    lastReading === null ? [] : [lastReading - observed],
  );
  const beside = comparisons.flatMap(({ value, service, observed }) =>
    service === null ? [] : [{ model: value - observed, service: service - observed }],
  );
  const banded = comparisons.filter(({ isWithin }) => isWithin !== null);
  return {
    points: comparisons.length,
    rmse: rootMeanSquare(errors),
    bias: mean(errors),
    persistenceRmse: rootMeanSquare(persisted),
    within: banded.filter(({ isWithin }) => isWithin).length / banded.length,
    service:
      beside.length === 0
        ? null
        : {
            points: beside.length,
            rmse: rootMeanSquare(beside.map(({ service }) => service)),
            modelRmse: rootMeanSquare(beside.map(({ model }) => model)),
          },
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((value) => value * value)));
