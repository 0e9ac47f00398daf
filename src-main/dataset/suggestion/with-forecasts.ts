import {
  withinHorizon,
  type ColumnMapping,
  type ColumnReport,
  type KnownAhead,
} from '../../contract/dataset';
import { convertUnit } from '../../contract/quantities';
import type { Answer } from '../../contract/question';
import type { Series } from '../../contract/series';
import type { LeftOut } from '../../contract/suggestion';
import type { RawTable } from '../cells/table';
import { addSteps, orderByTime, usualStep } from '../time/time-step';
import { hasEnough } from './answer-question';
import { pairsOf, type FoundForecast } from './forecasts';
import { possibleSeries } from './possible-series';

/** Inputs that forecasts may become: a column is one for each lead time. */
const MOST_VARIABLES = 100;
/** A column that says less often something than this share of the fullest costs the windows of the others. */
const LEAST_ALIVE = 0.9;
/** Columns beside that of the target itself. */
const MOST_BESIDE = 5;
/** Pairs from which on it can be told which forecast is nearest to the target. */
const FEWEST_PAIRS = 20;

/**
 * An answer with the forecasts of a weather service among its inputs: that of the target, whose errors are learned, and others
 * beside it. As it is where there are none, where several targets are learned together, and where too few windows would be left.
 * @param analyses columns of forecasts that are none
 * @param short what gives way where the service says nothing of the last lead times: they, or that its errors are learned, or nothing
 */
export function withForecasts(
  answer: Answer,
  table: RawTable,
  reports: readonly ColumnReport[],
  found: readonly FoundForecast[],
  analyses: ReadonlySet<number>,
  short: 'horizon' | 'service' | 'nothing',
): Answer {
  if (found.length === 0) return answer;
  const { mapping, plan } = answer;
  const { horizon } = plan;
  const target = reports[mapping.target]!;
  const most = Math.max(...found.map(({ index }) => reports[index]!.count));
  const usable = found.filter(({ index }) => {
    const { count, quantity, min, max } = reports[index]!;
    const isAlive = count > 0 && count >= LEAST_ALIVE * most && min !== max;
    return !analyses.has(index) && isAlive && quantity !== 'wind direction';
  });
  const reaching = usable.filter((each) => reachesAll(each, usable, horizon, mapping, table));
  const forecastsOne = mapping.alsoTargets.length === 0 && mapping.extremes === undefined;
  const service = !forecastsOne ? [] : serviceOf(table, target, reports, reaching);
  const mostBeside = Math.min(MOST_BESIDE, Math.floor(MOST_VARIABLES / horizon) - 1);
  const beside = reaching
    .filter(
      ({ index, row }) => !service.includes(index) && row !== 'issue' && !isSameTold(index, service, reports),
    )
    .slice(0, Math.max(0, mostBeside));
  const ofIssue = reaching.filter(({ index, row }) => row === 'issue' && !service.includes(index));
  const chosen = [
    ...reaching.filter(({ index }) => service.includes(index)),
    ...beside,
    ...ofIssue.slice(0, 24),
  ];
  const leftOut = leaveOut(answer, found, chosen, analyses, reports);
  const known = chosen.map(({ index, row, steps }): KnownAhead => {
    return { index, row, steps: row === 'issue' ? steps : Math.min(steps, horizon) };
  });
  if (known.length === 0) return { ...answer, leftOut };
  const changed = { ...answer, mapping: mappingWith(mapping, table, known, service), leftOut };
  const series = possibleSeries(table, changed.mapping);
  const fitting = series === null ? changed : withinReach(changed, series, short);
  const fitted = fitting === changed ? series : possibleSeries(table, fitting.mapping);
  return fitted !== null && hasEnough(fitted, fitting.plan)
    ? fitting
    : { ...answer, leftOut: leaveOut(answer, found, [], analyses, reports) };
}

/** Where the service says nothing of the last lead times: fewer are forecast, or its errors are not learned. */
function withinReach(answer: Answer, series: Series, short: Parameters<typeof withForecasts>[5]): Answer {
  const { mapping, plan } = answer;
  const leads = leadsOfMost(series);
  if (mapping.service === undefined || leads >= plan.horizon || short === 'nothing') return answer;
  const { service: _service, ...others } = mapping;
  if (short === 'service' || leads === 0) return { ...answer, mapping: others };
  return {
    ...answer,
    mapping: withinHorizon(mapping, leads),
    plan: { ...plan, question: 'own', horizon: leads },
  };
}

/** The lead times that the service tells in nearly as many rows as the first. */
function leadsOfMost({ service = [], variables }: Series): number {
  const counts = service.map((place) =>
    variables[place]!.values.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0),
  );
  const beyond = counts.findIndex((count) => count < LEAST_ALIVE * counts[0]!);
  return beyond < 0 ? counts.length : beyond;
}

function mappingWith(
  mapping: ColumnMapping,
  table: RawTable,
  known: readonly KnownAhead[],
  service: readonly number[],
): ColumnMapping {
  const columns = known.map(({ index }) => index);
  const { times } = orderByTime(table.time?.times ?? new Float64Array(0));
  const step = usualStep(times);
  const matched = table.forecasts?.range?.from ?? null;
  // The row before it knew the first forecast.
  const from = matched === null || step === null ? null : addSteps(matched, -1, step);
  const first = times[0] ?? Infinity;
  return {
    ...mapping,
    inputs: [...mapping.inputs.filter((index) => !columns.includes(index)), ...columns],
    columns: mapping.columns.map((choice) =>
      columns.includes(choice.index) ? { ...choice, gapPolicy: 'leave-out' as const } : choice,
    ),
    knownAhead: [...known].sort((a, b) => a.index - b.index),
    ...(service.length === 0 ? {} : { service: [...service] }),
    // Readings from before the service's forecasts were kept have no window.
    ...(from === null || from <= first ? {} : { from }),
  };
}

/**
 * Whether a column tells of all lead times: by itself, in the row of its valid time, where it was known so long before; of those
 * known still longer before the latest is taken. In the row of its issue each column is of one lead time.
 */
function reachesAll(
  { index, row, steps, base }: FoundForecast,
  all: readonly FoundForecast[],
  horizon: number,
  mapping: ColumnMapping,
  table: RawTable,
): boolean {
  if (row === 'issue') return steps <= horizon;
  if (row === 'run') {
    const seconds = mapping.stepSeconds;
    const reach = table.forecasts?.leadSeconds ?? 0;
    return seconds === null || seconds <= reach ? steps >= 1 : false;
  }
  const others = all.filter((each) => each.base === base && each.row === 'valid' && each.steps >= horizon);
  return steps >= horizon && others.every((each) => each.index === index || each.steps >= steps);
}

/** The forecast of the target: of the same quantity, and the nearest to it. All columns of its base, where each is of one lead time. */
function serviceOf(
  table: RawTable,
  target: ColumnReport,
  reports: readonly ColumnReport[],
  found: readonly FoundForecast[],
): readonly number[] {
  const spread = (target.standardDeviation ?? 0) ** 2;
  const ranked = found
    .filter(({ index }) => reports[index]!.quantity === target.quantity && target.quantity !== 'other')
    .map((each) => {
      const column = reports[each.index]!;
      const pairs = pairsOf(table, column, target, each.row === 'issue' ? each.steps : 0);
      const sum = pairs.reduce((total, { said, read }) => {
        return total + (convertUnit(said, target.quantity, column.unit, target.unit) - read) ** 2;
      }, 0);
      return { each, error: pairs.length < FEWEST_PAIRS ? Infinity : sum / pairs.length };
    })
    .sort((a, b) => a.error - b.error);
  const [best] = ranked;
  if (best === undefined || best.error > 4 * spread) return [];
  if (best.each.row !== 'issue') return [best.each.index];
  return found
    .filter(({ row, base }) => row === 'issue' && base === best.each.base)
    .sort((a, b) => a.steps - b.steps)
    .map(({ index }) => index);
}

/** 'highest temperature' beside the 'temperature' that is the service's: they tell nearly the same. */
function isSameTold(index: number, service: readonly number[], reports: readonly ColumnReport[]): boolean {
  const plain = (at: number): string => reports[at]!.name.replace(/^forecast (?:highest |lowest )?/, '');
  return service.some((other) => plain(other) === plain(index));
}

function leaveOut(
  { leftOut }: Answer,
  found: readonly FoundForecast[],
  chosen: readonly FoundForecast[],
  analyses: ReadonlySet<number>,
  reports: readonly ColumnReport[],
): readonly LeftOut[] {
  const rest = found.filter((each) => !chosen.includes(each));
  const reasons = rest.map(({ index, base }): LeftOut => {
    if (analyses.has(index)) return { column: index, why: 'analysis', params: {} };
    const same = chosen.find((each) => each.base === base);
    return same === undefined
      ? { column: index, why: 'forecast-unused', params: {} }
      : { column: index, why: 'same-family', params: { kept: reports[same.index]!.name } };
  });
  return [...leftOut, ...reasons].sort((a, b) => a.column - b.column);
}
