import type { BlendPart, BlendPartName } from '../../contract/combination';
import { MONTH_SECONDS } from '../../contract/derived';
import { SERVICE_CORRECTION_LENGTH, serviceErrorName, type Series } from '../../contract/series';
import { calendarPeriods, type Calendar, type Preparation } from '../../series';
import {
  solveTowards,
  sumWindows,
  type LinearModel,
  type NormalEquations,
  type WindowTable,
} from '../algebra/normal-equations';
import { chooseBlocks } from '../baselines/ridge';
import { learningStarts } from '../windows/learning-rows';
import { learnUsual, simpleModel } from './simple-models';

/** Penalties that are tried, per window and in scaled units. The last lets next to nothing but the prior model stand. */
const BLEND_PENALTIES = [1e-3, 1e-2, 1e-1, 1, 10] as const;
/** The same where a weather service is followed: what departs from it is little, and much of that is chance. */
const PENALTIES_BESIDE_SERVICE = [1e-2, 2e-2, 5e-2, 1e-1, 2e-1, 5e-1, 1, 2] as const;

const DAY_SECONDS = 86_400;
/** Readings within a day are few where they span less. */
const FEW_DAYS = 14;

/** Most columns of a flattened window: factorising grows with their cube, and is done for each penalty and origin. */
const MAX_COLUMNS = 1000;
/** Multiplications spent on summing all windows once. */
const SUMMING_BUDGET = 8e8;

/** A place among the inputs, and the straight line from what stands there to the same in units of the scaled target. */
export interface ScaledInput {
  readonly place: number;
  readonly factor: number;
  readonly constant: number;
}

/** The newest rows of the windows of a preparation, and where in them the target and the calendar stand. */
export interface BlendTable extends WindowTable {
  /** Rows of the whole window before those that are looked at. */
  readonly skipped: number;
  /** Of the target among the inputs; -1: it is none. */
  readonly place: number;
  /** Angle, in radians, by which each wave of the calendar turns in a step. */
  readonly turns: readonly number[];
  readonly axisRows: number;
  /** The service's forecast at each lead time; none: []. */
  readonly service: readonly ScaledInput[];
  /** The mean of its last errors; null: it is not among the inputs. */
  readonly serviceError: ScaledInput | null;
  /** Windows of the learning part. */
  readonly learning: number;
  /** Whether the learning part is too short to trust what was learned: days that do not hold the year once, hours of few days. */
  readonly isShort: boolean;
  /** Whether the learning part holds a whole day, which readings within it need to learn its course. */
  readonly holdsDay: boolean;
  /** Steps in a day; below 1 where a step is longer. */
  readonly perDay: number;
  /** 0 where a day is no whole number of steps, or no day lies within the rows. */
  readonly stepsPerDay: number;
}

export function blendTable(series: Series, preparation: Preparation, calendar: Calendar): BlendTable {
  const { inputs, inputCount, targets, horizon, axisRows, inputScalers, targetScaler } = preparation;
  const window = Math.min(preparation.window, Math.max(1, Math.floor(MAX_COLUMNS / inputCount)));
  const { seconds, label } = series.step;
  const stepSeconds = label === 'monthly' ? MONTH_SECONDS : seconds;
  const perDay = DAY_SECONDS / stepSeconds;
  const periods = calendarPeriods(calendar);
  const learned = secondsLearned(series, preparation);
  const error = series.variables.findIndex(
    ({ name, made }) => made === true && name === serviceErrorName(SERVICE_CORRECTION_LENGTH),
  );
  /** @param origin what of the input's value is 0 of the scaled target */
  const scaledInput = (variable: number, origin: number): ScaledInput => {
    const place = series.inputs.indexOf(variable);
    const { mean, scale } = inputScalers[place]!;
    return {
      place,
      factor: scale / targetScaler.scale,
      constant: (mean - origin) / targetScaler.scale,
    };
  };
  return {
    inputs,
    inputCount,
    targets,
    horizon,
    window,
    skipped: preparation.window - window,
    place: series.inputs.indexOf(series.target),
    axisRows,
    service: (series.service ?? []).map((variable) => scaledInput(variable, targetScaler.mean)),
    serviceError: series.inputs.includes(error) ? scaledInput(error, 0) : null,
    learning: learningStarts(preparation.split).length,
    turns: periods.map((period) => (2 * Math.PI * stepSeconds) / period),
    isShort: learned < (perDay > 1 ? FEW_DAYS * DAY_SECONDS : Math.max(0, ...periods)),
    holdsDay: perDay <= 1 || learned >= DAY_SECONDS,
    perDay,
    stepsPerDay: Number.isInteger(perDay) && perDay > 1 && perDay < window ? perDay : 0,
  };
}

/** From the first to the last reading of the learning part. */
function secondsLearned({ time, step }: Series, { window, horizon, split }: Preparation): number {
  const learning = learningStarts(split);
  const [first, last] = [learning[0], learning.at(-1)];
  if (first === undefined || last === undefined) return 0;
  return (time[last + window + horizon - 1]! - time[first]!) / 1000 + step.seconds;
}

/** The sums that the regressions are solved from. @param starts of windows. @param share of all windows that these are, 0 to 1 */
export function sumForBlend(table: BlendTable, starts: Int32Array, share: number): NormalEquations {
  return sumWindows(table, chooseBlocks(starts, table, share * SUMMING_BUDGET, table.skipped));
}

export const penaltiesOf = ({ service }: BlendTable): readonly number[] =>
  service.length === 0 ? BLEND_PENALTIES : PENALTIES_BESIDE_SERVICE;

/**
 * Which of the parts there can be: without the target among the inputs nothing follows from its last reading. Where a weather
 * service is followed, what knows nothing of its forecast would only dilute it.
 */
export function partsOf(table: BlendTable): readonly BlendPartName[] {
  const { place, stepsPerDay, service, serviceError, isShort } = table;
  if (service.length > 0) {
    const corrected = serviceError === null ? [] : (['serviceCorrected'] as const);
    return ['ridge', 'service', ...corrected, 'serviceErrors'];
  }
  return [
    ...(place === -1
      ? (['climatology', 'ridge'] as const)
      : (['persistence', 'climatology', 'dampedPersistence', 'ridge', 'departures'] as const)),
    ...(place === -1 || stepsPerDay === 0 ? [] : (['dailyCycle'] as const)),
    ...(place === -1 || !isShort ? [] : (['recentMean', 'recentDeparture'] as const)),
  ];
}

/** The regressions, and what each is drawn towards; null: no dependence. */
const REGRESSIONS = { ridge: null, departures: 'dampedPersistence', serviceErrors: 'service' } as const;
type Regression = keyof typeof REGRESSIONS;
const isRegression = (name: BlendPartName): name is Regression => name in REGRESSIONS;

/**
 * Parts with next to nothing to learn, so that no short record leads them astray. Within a day those that know the hour:
 * the last reading, and a mean, say little of another one.
 */
function isPlain(name: BlendPartName, { perDay }: BlendTable): boolean {
  switch (name) {
    case 'persistence':
    case 'recentMean':
      return perDay <= 1;
    case 'dampedPersistence':
    case 'dailyCycle':
    case 'recentDeparture':
    case 'service':
      return true;
    case 'climatology':
    case 'ridge':
    case 'departures':
    case 'serviceCorrected':
    case 'serviceErrors':
      return false;
  }
}

/** Windows that do not depend on each other, about: neighbouring ones share their targets, and stations their weather. */
export function independentOf(
  { horizon, stepsPerDay, targets, axisRows }: BlendTable,
  windows: number,
): number {
  return windows / Math.max(horizon, stepsPerDay, 1) / (targets.length / axisRows);
}

/** Of the parts there can be, the plain ones; all where neither the target nor a service's forecast is among the inputs. */
export function plainPartsOf(table: BlendTable): readonly BlendPartName[] {
  const parts = partsOf(table);
  if (table.place === -1 && table.service.length === 0) return parts;
  return parts.filter((name) => isPlain(name, table));
}

/** What is learned from some windows once, for all models. */
export interface BlendLearned {
  readonly table: BlendTable;
  readonly equations: NormalEquations;
  /** Windows that were learned from. */
  readonly windows: number;
  readonly simple: Readonly<Partial<Record<BlendPartName, LinearModel>>>;
}

/** Learns all but the regressions. @param starts of the windows that may be learned from */
export function learnSimple(table: BlendTable, starts: Int32Array, equations: NormalEquations): BlendLearned {
  const usual = learnUsual(table, starts);
  const simple = Object.fromEntries(
    partsOf(table).flatMap((name): [BlendPartName, LinearModel][] => {
      if (isRegression(name)) return [];
      return [[name, simpleModel(name, table, starts, usual)]];
    }),
  );
  return { table, equations, windows: starts.length, simple };
}

/**
 * The regressions at a penalty: towards no dependence, and towards what else there is to be drawn to. Beside a service the
 * penalty is that of the whole learning part: of fewer windows each is believed less, as by a prior of the weights.
 */
export function solveRegressions(
  { table, equations, windows, simple }: BlendLearned,
  penalty: number,
): Readonly<Partial<Record<BlendPartName, LinearModel>>> {
  const names = partsOf(table).filter(isRegression);
  const towards = names.map((name) => {
    const prior = REGRESSIONS[name];
    return prior === null ? null : simple[prior]!;
  });
  const share = table.service.length === 0 ? 1 : windows / table.learning;
  const solved = solveTowards(equations, penalty / share, towards);
  return Object.fromEntries(names.map((name, index) => [name, solved[index]!]));
}

/** One straight-line model of what the parts say together, in their shares. @param starts of the windows to learn from */
export const learnParts = (table: BlendTable, starts: Int32Array, parts: readonly BlendPart[]): LinearModel =>
  joinParts(learnSimple(table, starts, sumForBlend(table, starts, 1)), parts);

/** The same of what was learned already. */
export function joinParts(learned: BlendLearned, parts: readonly BlendPart[]): LinearModel {
  const models: Partial<Record<BlendPartName, LinearModel>> = { ...learned.simple };
  for (const penalty of new Set(parts.map((part) => part.penalty))) {
    if (penalty === null) continue;
    const solved = solveRegressions(learned, penalty);
    for (const part of parts) if (part.penalty === penalty) models[part.name] = solved[part.name];
  }
  const { horizon, window, inputCount } = learned.table;
  const weights = Array.from({ length: horizon }, () => new Float64Array(window * inputCount));
  const intercepts = new Array<number>(horizon).fill(0);
  for (const { name, share } of parts) {
    const model = models[name];
    if (model === undefined) continue;
    for (let lead = 0; lead < horizon; lead++) {
      intercepts[lead]! += share * model.intercepts[lead]!;
      const own = model.weights[lead]!;
      own.forEach((weight, column) => (weights[lead]![column]! += share * weight));
    }
  }
  return { weights, intercepts };
}
