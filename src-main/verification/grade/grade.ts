import type { IssuedForecast } from '../../contract/forecast-log';
import type { Baseline } from '../../contract/results';
import { observationsOf, type Series } from '../../contract/series';
import type { Beside, Grade, WorseTest } from '../../contract/watch';
import { targetVariable } from '../../series';
import { goOnTesting, type DayOfLosses } from './worse-test';

const DAY_MS = 86_400_000;
/** What a running score looks back on. */
export const GRADED_DAYS = 30;

interface Compared {
  readonly time: number;
  readonly observed: number;
  readonly model: number;
  readonly persistence: number;
  readonly climatology: number;
  readonly best: number;
  readonly isWithin: boolean | null;
}

/**
 * Scores what a watched run issued, beside what baselines said at the same time, on the values of the last 30 days; and
 * continues the test whether the model is worse than the best baseline.
 * @param series with the readings up to now
 * @param best of the model: forecasts that were graded beside another one do not count
 */
export function gradeForecasts(
  forecasts: readonly IssuedForecast[],
  series: Series,
  best: Baseline,
  before: WorseTest,
): { readonly grade: Grade | null; readonly worse: WorseTest } {
  const compared = compare(forecasts, series, best);
  const newest = series.time[series.time.length - 1] ?? 0;
  const period = Math.max(DAY_MS, series.step.seconds * 1000);
  const horizon = Math.max(...forecasts.map(({ points }) => points.length), 1);
  const streams = 1 + Math.ceil((horizon * series.step.seconds * 1000) / period);
  const worse = goOnTesting(before, lossesByDay(compared, period, newest), streams);
  const lately = compared.filter(({ time }) => time > newest - GRADED_DAYS * DAY_MS);
  if (lately.length === 0) return { grade: null, worse };
  const { unit } = targetVariable(series);
  const rmseOf = (method: 'model' | 'persistence' | 'climatology' | 'best'): number =>
    Math.sqrt(mean(lately.map((each) => (each[method] - each.observed) ** 2)));
  const banded = lately.filter(({ isWithin }) => isWithin !== null);
  const grade = {
    days: GRADED_DAYS,
    points: lately.length,
    unit,
    best,
    rmse: {
      model: rmseOf('model'),
      persistence: rmseOf('persistence'),
      climatology: rmseOf('climatology'),
      best: rmseOf('best'),
    },
    bias: mean(lately.map(({ model, observed }) => model - observed)),
    within: banded.filter(({ isWithin }) => isWithin).length / banded.length,
    worseSince: worse.since === null ? null : worse.since * period,
  };
  return { grade, worse };
}

/** Values that can be compared with a reading and beside all the others. */
function compare(forecasts: readonly IssuedForecast[], series: Series, best: Baseline): Compared[] {
  const observations = observationsOf(targetVariable(series));
  const rowAt = new Map(Array.from(series.time, (time, row) => [time, row] as const));
  return forecasts.flatMap(({ lastReading, points, beside }): Compared[] => {
    if (beside?.best.name !== best || lastReading === null) return [];
    return points.flatMap(({ time, lead, value, low, high }) => {
      const observed = observations[rowAt.get(time) ?? -1] ?? NaN;
      const { climatology, bestSaid } = saidFor(beside, lead);
      if (Number.isNaN(observed)) return [];
      const isWithin = low === null || high === null ? null : low <= observed && observed <= high;
      return [
        { time, observed, model: value, persistence: lastReading, climatology, best: bestSaid, isWithin },
      ];
    });
  });
}

const saidFor = (
  beside: Beside,
  lead: number,
): { readonly climatology: number; readonly bestSaid: number } => ({
  climatology: beside.climatology[lead - 1] ?? NaN,
  bestSaid: beside.best.values[lead - 1] ?? NaN,
});

/** Those days that are over. */
function lossesByDay(compared: readonly Compared[], period: number, newest: number): DayOfLosses[] {
  const losses = new Map<number, { model: number; baseline: number }>();
  for (const { time, observed, model, best } of compared) {
    const day = Math.floor(time / period);
    if (day >= Math.floor(newest / period)) continue;
    const sums = losses.get(day) ?? { model: 0, baseline: 0 };
    sums.model += (model - observed) ** 2;
    sums.baseline += (best - observed) ** 2;
    losses.set(day, sums);
  }
  return [...losses].map(([day, sums]) => ({ day, ...sums })).sort((a, b) => a.day - b.day);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
