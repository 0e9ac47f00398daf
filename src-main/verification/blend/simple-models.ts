import type { BlendPartName } from '../../contract/combination';
import { rowsOfWindows } from '../../series';
import { factorise, solveFactorised } from '../algebra/cholesky';
import { applyModel, type LinearModel } from '../algebra/normal-equations';
import { memoryOf } from '../baselines/damped-persistence';
import { thin } from '../windows/thin';
import type { BlendTable, ScaledInput } from './candidates';

/** How fast a departure from the day before may fade: what is left of it after each step. */
const FADINGS = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1] as const;
/** Windows that the fading is chosen on, evenly spread. */
const MOST_WINDOWS_FOR_FADING = 3000;
/** Draws the usual course towards a constant: a record of a few days knows no seasons. Per row, in scaled units. */
const USUAL_PENALTY = 1e-3;
/** Leaves a wave out. */
const CLOSED_PENALTY = 1e9;

/** The usual course of the target as a constant and a factor of the sine and the cosine of each wave of the calendar. */
export interface Usual {
  readonly level: number;
  /** [waves][sine, cosine] */
  readonly waves: readonly (readonly [sine: number, cosine: number])[];
  /** What is left of a departure after a step. */
  readonly memory: number;
}

/** Whether a wave of the calendar turns once a day. */
const isOfDay = ({ turns, perDay }: BlendTable, wave: number): boolean =>
  Math.abs((2 * Math.PI) / turns[wave]! / perDay - 1) < 1e-6;

/** The course of a day about its mean; no waves where a step is a day or longer. */
const dayOf = (table: BlendTable, { waves }: Usual): Usual => ({
  level: 0,
  waves: waves.map((wave, index) => (isOfDay(table, index) ? wave : [0, 0])),
  memory: 0,
});

/** By least squares over the rows of the windows; the memory as in damped persistence, over neighbouring rows. */
export function learnUsual(table: BlendTable, starts: Int32Array): Usual {
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
    // In a few days nobody can tell the season from the weather: the usual course is that of a day.
    const isOpen = table.isShort && table.perDay > 1 && !isOfDay(table, i >> 1);
    gram[i * (size + 1)]! += isOpen ? CLOSED_PENALTY : USUAL_PENALTY;
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

/** Of the parts those that are not regressions. */
export type SimplePart = Exclude<BlendPartName, 'ridge' | 'departures' | 'serviceErrors'>;

export function simpleModel(
  name: SimplePart,
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
    case 'serviceCorrected':
      return modelOf(table, (lead, add) => {
        add.service(lead);
        add.serviceError(-1);
      });
    case 'dailyCycle':
      return leastErrorOf(table, starts, (left) => dailyCycle(table, left));
    case 'recentMean':
      return modelOf(table, (lead, add) => add.recent(dayOf(table, usual), lead, 1));
    case 'recentDeparture':
      return leastErrorOf(table, starts, (left) =>
        modelOf(table, (lead, add) => {
          add.recent(dayOf(table, usual), lead, 1);
          add.recent(dayOf(table, usual), 0, -(left ** lead));
          add.target(0, left ** lead);
        }),
      );
  }
}

/** The model whose departures fade as they did in the windows that may be learned from. @param make of what is left after a step */
function leastErrorOf(
  table: BlendTable,
  starts: Int32Array,
  make: (left: number) => LinearModel,
): LinearModel {
  const sample = thin(starts, MOST_WINDOWS_FOR_FADING);
  const tried = FADINGS.map(make);
  const errors = tried.map((model) => squaredError(table, model, sample));
  return tried[errors.indexOf(Math.min(...errors))]!;
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
  /** A factor of the mean of the target over the window, with the course of a day about it so many steps after the newest row. */
  recent(day: Usual, steps: number, factor: number): void;
  /** A factor of the usual value so many steps after the newest row. */
  usual(usual: Usual, steps: number, factor: number): void;
  /** What the service says of a lead time. */
  service(lead: number): void;
  /** A factor of the mean of its last errors. */
  serviceError(factor: number): void;
}

/** @param fill says what is added at a lead time, which counts from 1 */
function modelOf(table: BlendTable, fill: (lead: number, add: Adding) => void): LinearModel {
  const { window, inputCount, horizon, place, turns, service, serviceError } = table;
  const newest = (window - 1) * inputCount;
  const calendar = newest + inputCount - 2 * turns.length;
  const intercepts: number[] = [];
  const weights = Array.from({ length: horizon }, (_, index) => {
    const columns = new Float64Array(window * inputCount);
    let intercept = 0;
    const addInput = (input: ScaledInput, times: number): void => {
      columns[newest + input.place]! += times * input.factor;
      intercept += times * input.constant;
    };
    const adding: Adding = {
      target(before, factor) {
        columns[newest - before * inputCount + place]! += factor;
      },
      recent(day, steps, factor) {
        adding.usual(day, steps, factor);
        for (let before = 0; before < window; before++) {
          adding.target(before, factor / window);
          // What the course of the day gives to the mean of a window that holds no whole days.
          adding.usual(day, -before, -factor / window);
        }
      },
      service: (lead) => addInput(service[lead - 1]!, 1),
      serviceError(factor) {
        if (serviceError !== null) addInput(serviceError, factor);
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
    };
    fill(index + 1, adding);
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
