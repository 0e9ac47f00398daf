import { EXTREMES, nameOfExtreme, type ColumnMapping, type Extreme } from '../../contract/dataset';
import { phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';
import { unitsOf } from '../../contract/quantities';
import type { Series, TimeStep, Variable } from '../../contract/series';
import { beat } from '../../processes/heartbeat';
import { AxisColumns, columnAt } from './axis-columns';
import { byLead, upToLastReading } from './forecast-columns';
import { derivedVariables, directionVariables, type MadeVariable } from './derived-variables';
import type { Aggregation } from './resample';
import { sunVariables } from './sun-variables';
import { isFinerThan, layOnAxis, stepOfLog, stepOfSeconds, type Slots } from './slots';
import type { RawTable } from '../cells/table';
import { readTimeColumn } from '../time/time-column';

const MOST_STEPS = 5_000_000;

/**
 * Lays the chosen columns and dates on one regular time axis, in the units chosen, gaps filled by the policies and
 * marked: rows in order of time, a time that stands twice taken once (the first), several readings within one step made
 * one by what they measure, steps without a row missing, holes beyond the gap limit left open. A wind direction among
 * the inputs becomes two, its components; extremes of the target and derived inputs come behind the others. Of a forecast
 * there is an input for each lead time at which it is known.
 * @throws Problem 'no-time-column', 'column-unknown', 'target-words', 'column-words', 'column-empty',
 * 'column-struck', 'column-constant', 'too-many-steps', 'step-too-fine', 'derived-columns', 'derived-step',
 * 'extremes-step'
 */
export function makeSeries(table: RawTable, mapping: ColumnMapping): Series {
  const columns = new AxisColumns(table, mapping, slotsOf(table, mapping));
  const { time, step } = columns.slots;
  const { target: targetColumn, alsoTargets: further, extremes } = mapping;
  if (extremes !== undefined) requireCoarser(columns);
  const made: MadeVariable[] = [];
  const places = new Map<number | Extreme, number>();
  const placeOf = (wanted: number | Extreme): number => {
    const place = places.get(wanted) ?? made.length;
    if (place === made.length) {
      made.push(typeof wanted === 'number' ? variableOf(columns, wanted) : extremeOf(columns, wanted));
    }
    places.set(wanted, place);
    return place;
  };
  const forecasts = new Map((mapping.knownAhead ?? []).map((each) => [each.index, each]));
  const service: number[] = [];
  for (const index of mapping.inputs) {
    beat();
    const forecast = forecasts.get(index);
    if (forecast !== undefined) {
      const isService = mapping.service?.includes(index) === true;
      for (const variable of byLead(
        columns,
        forecast,
        isService ? unitOfTarget(columns, index) : undefined,
      )) {
        if (isService) service[variable.lead - 1] = made.length;
        made.push(variable);
      }
    } else if (columns.choiceOf(index).quantity === 'wind direction') {
      made.push(...directionVariables(columns, index).map(asMade));
    } else {
      placeOf(index);
    }
  }
  if (extremes !== undefined && mapping.inputs.includes(targetColumn)) EXTREMES.forEach(placeOf);
  made.push(...derivedVariables(columns).map(asMade), ...sunVariables(columns).map(asMade));
  const inputs = made.map((_variable, position) => position);
  const [target = 0, ...alsoTargets] = [...new Set([...(extremes ?? [targetColumn]), ...further])].map(
    placeOf,
  );
  const variables = distinctlyNamed(made);
  const named = service.length === 0 ? {} : { service: service.filter((place) => place >= 0) };
  const series = { time, step, variables, inputs, target, alsoTargets, ...named };
  return [...forecasts.values()].some(({ row }) => row === 'valid') ? upToLastReading(series) : series;
}

/** The service's forecast is compared with the target: it is in the same unit, where both have it. */
function unitOfTarget(columns: AxisColumns, index: number): string | undefined {
  const [own, target] = [columns.choiceOf(index), columns.choiceOf(columns.mapping.target)];
  const isKnown = unitsOf(own.quantity).includes(own.unit) && unitsOf(own.quantity).includes(target.useUnit);
  return own.quantity === target.quantity && isKnown ? target.useUnit : undefined;
}

const asMade = (variable: MadeVariable): MadeVariable => ({ ...variable, made: true });

function variableOf(columns: AxisColumns, index: number): MadeVariable {
  const { quantity, useUnit } = columns.choiceOf(index);
  return { name: columns.nameOf(index), quantity, unit: useUnit, ...columns.column(index) };
}

const AGGREGATIONS = { highest: 'max', lowest: 'min' } as const satisfies Record<Extreme, Aggregation>;

/** The highest or the lowest of the target's readings in each step. */
function extremeOf(columns: AxisColumns, extreme: Extreme): MadeVariable {
  const { target } = columns.mapping;
  const { quantity, useUnit } = columns.choiceOf(target);
  const name = nameOfExtreme(columns.nameOf(target), extreme);
  const values = columns.column(target, { aggregation: AGGREGATIONS[extreme] });
  return asMade({ name, quantity, unit: useUnit, ...values });
}

/** @throws Problem 'extremes-step' where each step has one reading */
function requireCoarser({ mapping, nameOf, slots }: AxisColumns): void {
  if (slots.isCoarser) return;
  const step = phrase('step', { label: slots.step.label });
  throw new Problem('extremes-step', { column: nameOf(mapping.target), step });
}

/** Two wind directions give two pairs of the same name, and a column may be called like a derived input. */
function distinctlyNamed(made: readonly MadeVariable[]): readonly Variable[] {
  const taken = new Set<string>();
  return made.map(({ name, made: isMade = false, lead, quantity, unit, values, filled }) => {
    let own = name;
    for (let count = 2; taken.has(own); count += 1) own = `${name} (${count})`;
    taken.add(own);
    const ahead = lead === undefined ? {} : { lead };
    return { name: own, made: isMade, ...ahead, quantity, unit, values: Float32Array.from(values), filled };
  });
}

/** @throws Problem 'no-time-column', 'too-many-steps', 'step-too-fine', 'column-empty' where no row lies between the dates */
export function slotsOf(table: RawTable, mapping: ColumnMapping): Slots {
  const times = timesOf(table, mapping.time);
  const log = stepOfLog(times);
  const { stepSeconds } = mapping;
  if (log !== null && stepSeconds !== null && isFinerThan(stepSeconds, log)) {
    const wanted = phrase('step', { label: stepOfSeconds(stepSeconds).label });
    const found = phrase('step', { label: log.label });
    throw new Problem('step-too-fine', { file: table.source.fileName, found, wanted });
  }
  const slots = layOnAxis(times, mapping, refuseTooLong);
  if (slots === null) throw new Problem('column-empty', { column: columnAt(table, mapping.target).name });
  return slots;
}

function refuseTooLong(axis: { length: number; step: TimeStep; from: number; to: number }): void {
  if (axis.length <= MOST_STEPS) return;
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const step = phrase('step', { label: axis.step.label });
  throw new Problem('too-many-steps', { from: day(axis.from), to: day(axis.to), rows: axis.length, step });
}

/** The time of each row, NaN where it cannot be read. @throws Problem 'no-time-column' */
export function timesOf(table: RawTable, index: number): Float64Array {
  if (table.time?.column === index) return table.time.times;
  const found = readTimeColumn(columnAt(table, index), index);
  if (found === null) throw new Problem('no-time-column', { file: table.source.fileName });
  return found.times;
}
