import type { ColumnChoice, ColumnMapping, ColumnReport } from '../../contract/dataset';
import type { Quantity } from '../../contract/quantities';
import type { Subjects } from '../../contract/plan';
import type { LeftOut } from '../../contract/suggestion';
import { candidatesOf, leftOutBecause, whyNotMeasured, type Candidate } from './candidates';
import type { Aspect } from './column-kind';
import { chooseInputs } from './choose-inputs';
import { chooseTarget } from './choose-target';
import type { ColumnTraits } from './traits';

export interface MappingSuggestion {
  /** Null without a column for the time or for the target. */
  readonly mapping: ColumnMapping | null;
  readonly subjects: Subjects | null;
  /** The columns that are neither time nor input, in the order of the file, each with its one reason. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * The mapping that the Columns screen starts with.
 * @param traits of each column
 * @param timeParts the columns that make up the time, the first of which stands for it
 * @param forecasts columns that hold forecasts: they are neither target nor reading
 * @param dry rain columns in which an empty cell means that none fell, with how many there are
 */
export function suggestMapping(
  reports: readonly ColumnReport[],
  traits: readonly ColumnTraits[],
  rows: number,
  timeParts: readonly number[],
  dry: ReadonlyMap<number, number>,
  forecasts: ReadonlySet<number> = new Set(),
): MappingSuggestion {
  const [time] = timeParts;
  const all = candidatesOf(reports, traits, rows, dry).filter(
    ({ report }) => !timeParts.includes(report.index) && !forecasts.has(report.index),
  );
  const parts = timeParts.slice(1).map((column): LeftOut => ({ column, why: 'date', params: {} }));
  const leftOut: LeftOut[] = [...parts];
  const measured: Candidate[] = [];
  for (const candidate of all) {
    const why = whyNotMeasured(candidate, all);
    if (why === null) measured.push(candidate);
    else leftOut.push(why);
  }
  const target = time === undefined ? null : chooseTarget(measured);
  if (time === undefined || target === null) {
    const equipment = measured.filter(({ place }) => place === 'equipment');
    leftOut.push(...equipment.map((each) => leftOutBecause(each, 'equipment')));
    return { mapping: null, subjects: null, leftOut: inOrder(leftOut) };
  }
  const chosen = chooseInputs(measured, target);
  const mapping: ColumnMapping = {
    time,
    target: target.report.index,
    alsoTargets: [],
    inputs: chosen.inputs.map(({ report }) => report.index),
    columns: reports.map((report) => choiceFor(report, dry.has(report.index))),
    from: null,
    to: null,
    stepSeconds: null,
    gapLimit: null,
    derived: [],
    sun: null,
  };
  const subjects = subjectsOf(target, chosen.inputs);
  return { mapping, subjects, leftOut: inOrder([...leftOut, ...chosen.leftOut]) };
}

function subjectsOf(target: Candidate, inputs: readonly Candidate[]): Subjects {
  const indexOf = (quantity: Quantity, aspect?: Aspect): number | null =>
    inputs.find(
      (each) =>
        each.report.quantity === quantity &&
        each.place === 'outdoors' &&
        each.computedFrom === null &&
        (aspect === undefined || each.aspect === aspect),
    )?.report.index ?? null;
  const [highest, lowest] = [indexOf('temperature', 'highest'), indexOf('temperature', 'lowest')];
  return {
    usual: target.report.index,
    extremes: highest === null || lowest === null ? null : [highest, lowest],
    temperature: indexOf('temperature', 'mean'),
    rain: indexOf('rain'),
  };
}

const inOrder = (leftOut: readonly LeftOut[]): LeftOut[] =>
  leftOut.slice().sort((a, b) => a.column - b.column);

function choiceFor({ index, quantity, unit }: ColumnReport, isDry: boolean): ColumnChoice {
  return { index, quantity, unit, useUnit: unit, gapPolicy: isDry ? 'zero' : 'linear', kept: [] };
}
