import type { BlendPart, BlendPartName } from '../../contract/combination';
import { MONTH_SECONDS } from '../../contract/derived';
import type { Series } from '../../contract/series';
import { calendarPeriods, rowsOfWindows, type Calendar, type Preparation } from '../../series';
import { factorise, solveFactorised } from '../algebra/cholesky';
import {
  applyModel,
  solveTowards,
  sumWindows,
  type LinearModel,
  type NormalEquations,
  type WindowTable,
} from '../algebra/normal-equations';
import { memoryOf } from '../baselines/damped-persistence';
import { chooseBlocks } from '../baselines/ridge';
import { learningStarts } from '../windows/learning-rows';
import { thin } from '../windows/thin';

/** Penalties that are tried, per window and in scaled units. The last lets next to nothing but the prior model stand. */
export const BLEND_PENALTIES = [1e-3, 1e-2, 1e-1, 1, 10] as const;
/** How fast a departure from the day before may fade: what is left of it after each step. */
const FADINGS = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1] as const;
/** Windows that the fading is chosen on, evenly spread. */
const MOST_WINDOWS_FOR_FADING = 3000;
/** Draws the usual course towards a constant: a record of a few days knows no seasons. Per row, in scaled units. */
const USUAL_PENALTY = 1e-3;

/** Most columns of a flattened window: factorising grows with their cube, and is done for each penalty and origin. */
const MAX_COLUMNS = 1000;
/** Multiplications spent on summing all windows once. */
const SUMMING_BUDGET = 8e8;

/** The newest rows of the windows of a preparation, and where in them the target and the calendar stand. */
export interface BlendTable extends WindowTable {
  /** Rows of the whole window before those that are looked at. */
  readonly skipped: number;
  /** Of the target among the inputs; -1: it is none. */
  readonly place: number;
  /** Angle, in radians, by which each wave of the calendar turns in a step. */
  readonly turns: readonly number[];
  readonly axisRows: number;
  /** The service's forecast at each lead time, among the inputs, and as a straight line to the scaled target; none: []. */
  readonly service: readonly { readonly place: number; readonly factor: number; readonly constant: number }[];
  /** Whether the step is a day or longer, and the learning part too short to hold the year once. */
  readonly isWithinYear: boolean;
  /** 0 where a day is no whole number of steps, or no day lies within the rows. */
  readonly stepsPerDay: number;
}

export function blendTable(series: Series, preparation: Preparation, calendar: Calendar): BlendTable {
  const { inputs, inputCount, targets, horizon, axisRows, inputScalers, targetScaler } = preparation;
  const window = Math.min(preparation.window, Math.max(1, Math.floor(MAX_COLUMNS / inputCount)));
  const { seconds, label } = series.step;
  const stepSeconds = label === 'monthly' ? MONTH_SECONDS : seconds;
  const perDay = 86_400 / stepSeconds;
  const periods = calendarPeriods(calendar);
  return {
    inputs,
    inputCount,
    targets,
    horizon,
    window,
    skipped: preparation.window - window,
    place: series.inputs.indexOf(series.target),
    axisRows,
    service: (series.service ?? []).map((variable) => {
      const place = series.inputs.indexOf(variable);
      const { mean, scale } = inputScalers[place]!;
      return {
        place,
        factor: scale / targetScaler.scale,
        constant: (mean - targetScaler.mean) / targetScaler.scale,
      };
    }),
    turns: periods.map((period) => (2 * Math.PI * stepSeconds) / period),
    isWithinYear: perDay <= 1 && secondsLearned(series, preparation) < Math.max(0, ...periods),
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

/** Which of the parts there can be: without the target among the inputs nothing follows from its last reading. */
export function partsOf({ place, stepsPerDay, service }: BlendTable): readonly BlendPartName[] {
  return [
    ...(place === -1
      ? (['climatology', 'ridge'] as const)
      : (['persistence', 'climatology', 'dampedPersistence', 'ridge', 'departures'] as const)),
    ...(place === -1 || stepsPerDay === 0 ? [] : (['dailyCycle'] as const)),
    ...(service.length === 0 ? [] : (['service', 'serviceErrors'] as const)),
  ];
}

/** The regressions, and what each is drawn towards; null: no dependence. */
const REGRESSIONS = { ridge: null, departures: 'dampedPersistence', serviceErrors: 'service' } as const;
type Regression = keyof typeof REGRESSIONS;
const isRegression = (name: BlendPartName): name is Regression => name in REGRESSIONS;

/** Parts with next to nothing to learn, so that no short record leads them astray. */
const PLAIN: ReadonlySet<BlendPartName> = new Set([
  'persistence',
  'dampedPersistence',
  'dailyCycle',
  'service',
]);

/** Of the parts there can be, the plain ones; all where there is none. */
export function plainPartsOf(table: BlendTable): readonly BlendPartName[] {
  const parts = partsOf(table);
  const plain = parts.filter((name) => PLAIN.has(name));
  return plain.length === 0 ? parts : plain;
}

/** What is learned from some windows once, for all models. */
export interface BlendLearned {
  readonly table: BlendTable;
  readonly equations: NormalEquations;
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
  return { table, equations, simple };
}

/** The regressions at a penalty: towards no dependence, and towards what else there is to be drawn to. */
export function solveRegressions(
  { table, equations, simple }: BlendLearned,
  penalty: number,
): Readonly<Partial<Record<BlendPartName, LinearModel>>> {
  const names = partsOf(table).filter(isRegression);
  const towards = names.map((name) => {
    const prior = REGRESSIONS[name];
    return prior === null ? null : simple[prior]!;
  });
  const solved = solveTowards(equations, penalty, towards);
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

/** The usual course of the target as a constant and a factor of the sine and the cosine of each wave of the calendar. */
interface Usual {
  readonly level: number;
  /** [waves][sine, cosine] */
  readonly waves: readonly (readonly [sine: number, cosine: number])[];
  /** What is left of a departure after a step. */
  readonly memory: number;
}

/** By least squares over the rows of the windows; the memory as in damped persistence, over neighbouring rows. */
function learnUsual(table: BlendTable, starts: Int32Array): Usual {
  const { inputs, inputCount, targets, window, skipped, horizon, turns } = table;
  const rows = rowsOfWindows(starts, window + skipped + horizon, targets.length);
  const size = 2 * turns.length;
  const first = inputCount - size;
  const sums = new Float64Array(size);
  const gram = new Float64Array(size * size);
  const products = new Float64Array(size);
  let [count, total] = [0, 0];
  rows.forEach((isLearned, row) => {
    if (isLearned === 0) return;
    const value = targets[row]!;
    count += 1;
    total += value;
    for (let i = 0; i < size; i++) {
      const one = inputs[row * inputCount + first + i]!;
      sums[i]! += one;
      products[i]! += one * value;
      for (let j = 0; j <= i; j++) gram[i * size + j]! += one * inputs[row * inputCount + first + j]!;
    }
  });
  const mean = total / count;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      gram[i * size + j] = gram[i * size + j]! / count - (sums[i]! / count) * (sums[j]! / count);
    }
    gram[i * (size + 1)]! += USUAL_PENALTY;
  }
  factorise(gram, size);
  const factors = solveFactorised(
    gram,
    products.map((product, index) => (product - sums[index]! * mean) / count),
  );
  const level = mean - factors.reduce((sum, factor, index) => sum + factor * (sums[index]! / count), 0);
  const departureAt = (row: number): number => {
    let usual = level;
    for (let i = 0; i < size; i++) usual += factors[i]! * inputs[row * inputCount + first + i]!;
    return targets[row]! - usual;
  };
  return {
    level,
    waves: turns.map((_, wave) => [factors[2 * wave]!, factors[2 * wave + 1]!] as const),
    memory: memoryOf(rows, departureAt),
  };
}

function simpleModel(
  name: Exclude<BlendPartName, Regression>,
  table: BlendTable,
  starts: Int32Array,
  usual: Usual,
): LinearModel {
  switch (name) {
    case 'persistence':
      return modelOf(table, (_lead, add) => add.target(0, 1));
    case 'climatology':
      return modelOf(table, (lead, add) => add.usual(usual, lead, 1));
    case 'dampedPersistence':
      return modelOf(table, (lead, add) => {
        const left = usual.memory ** lead;
        add.usual(usual, lead, 1);
        add.usual(usual, 0, -left);
        add.target(0, left);
      });
    case 'service':
      return modelOf(table, (lead, add) => add.service(lead));
    case 'dailyCycle': {
      const sample = thin(starts, MOST_WINDOWS_FOR_FADING);
      const tried = FADINGS.map((left) => dailyCycle(table, left));
      const errors = tried.map((model) => squaredError(table, model, sample));
      return tried[errors.indexOf(Math.min(...errors))]!;
    }
  }
}

function dailyCycle(table: BlendTable, left: number): LinearModel {
  const { stepsPerDay } = table;
  return modelOf(table, (lead, add) => {
    add.target(stepsPerDay - 1 - ((lead - 1) % stepsPerDay), 1);
    add.target(0, left ** lead);
    add.target(stepsPerDay, -(left ** lead));
  });
}

interface Adding {
  /** A factor of the target so many rows before the newest. */
  target(before: number, factor: number): void;
  /** A factor of the usual value so many steps after the newest row. */
  usual(usual: Usual, steps: number, factor: number): void;
  /** What the service says of a lead time. */
  service(lead: number): void;
}

/** @param fill says what is added at a lead time, which counts from 1 */
function modelOf(table: BlendTable, fill: (lead: number, add: Adding) => void): LinearModel {
  const { window, inputCount, horizon, place, turns, service } = table;
  const newest = (window - 1) * inputCount;
  const calendar = newest + inputCount - 2 * turns.length;
  const intercepts: number[] = [];
  const weights = Array.from({ length: horizon }, (_, index) => {
    const columns = new Float64Array(window * inputCount);
    let intercept = 0;
    fill(index + 1, {
      target(before, factor) {
        columns[newest - before * inputCount + place]! += factor;
      },
      service(lead) {
        const { place: column, factor, constant } = service[lead - 1]!;
        columns[newest + column]! += factor;
        intercept += constant;
      },
      usual({ level, waves }, steps, factor) {
        intercept += factor * level;
        // A wave later is the same wave turned: sin(a + b) = sin a cos b + cos a sin b.
        waves.forEach(([sine, cosine], wave) => {
          const [s, c] = [Math.sin(turns[wave]! * steps), Math.cos(turns[wave]! * steps)];
          columns[calendar + 2 * wave]! += factor * (sine * c - cosine * s);
          columns[calendar + 2 * wave + 1]! += factor * (sine * s + cosine * c);
        });
      },
    });
    intercepts.push(intercept);
    return columns;
  });
  return { weights, intercepts };
}

/** Of the scaled targets, filled ones too. */
function squaredError(table: BlendTable, model: LinearModel, starts: Int32Array): number {
  const { targets, window, skipped } = table;
  const said = forecastLinear(table, model, starts);
  const { horizon } = table;
  return starts.reduce((sum, start, index) => {
    for (let lead = 0; lead < horizon; lead++) {
      sum += (said[index * horizon + lead]! - targets[start + skipped + window + lead]!) ** 2;
    }
    return sum;
  }, 0);
}

/** What a linear model forecasts for windows that begin at `starts`: [starts, horizon], scaled. */
export function forecastLinear(table: BlendTable, model: LinearModel, starts: Int32Array): Float32Array {
  const { inputs, inputCount, horizon, skipped } = table;
  const said = new Float32Array(starts.length * horizon);
  starts.forEach((start, index) => {
    const offset = (start + skipped) * inputCount;
    for (let lead = 0; lead < horizon; lead++) {
      said[index * horizon + lead] = applyModel(model, lead, inputs, offset);
    }
  });
  return said;
}
