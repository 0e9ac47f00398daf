import type {
  ColumnChoice,
  ColumnMapping,
  ColumnReport,
  ColumnRole,
  DatasetSummary,
  KnownAhead,
} from '../../../src-main/contract/dataset';
import {
  EXTREMES,
  GAP_LIMIT_OF_STATIONS,
  holdsWords,
  nameOfExtreme,
  roleOf,
  targetsOf,
} from '../../../src-main/contract/dataset';
import type { ProblemData } from '../../../src-main/contract/problems';
import { canonicalUnitOf, unitsOf, type Quantity } from '../../../src-main/contract/quantities';

/** What stands in the way of using a mapping, with the column it concerns (null: the mapping as a whole). */
export interface MappingError {
  readonly column: number | null;
  readonly kind: 'no-inputs' | 'empty-range' | 'problem';
  readonly problem: ProblemData | null;
}

/** The choices for one column; a column that the mapping does not list keeps what was read from the file. */
export function choiceOf(mapping: ColumnMapping, report: ColumnReport): ColumnChoice {
  return (
    mapping.columns.find((choice) => choice.index === report.index) ?? {
      index: report.index,
      quantity: report.quantity,
      unit: report.unit,
      useUnit: report.unit,
      gapPolicy: 'linear',
      kept: [],
    }
  );
}

/** The units that can be chosen for a column: those of its quantity, and the file's own where the table lacks it. */
export function unitOptions(quantity: Quantity, present: string): readonly string[] {
  const known = unitsOf(quantity);
  return known.includes(present) ? known : [present, ...known];
}

function withChoice(mapping: ColumnMapping, choice: ColumnChoice): ColumnMapping {
  const others = mapping.columns.filter((other) => other.index !== choice.index);
  return { ...mapping, columns: [...others, choice].sort((a, b) => a.index - b.index) };
}

/** What a column can be called on the screen: of an input, whether it is known ahead; and what tells stations apart. */
export const SHOWN_ROLES = [
  'time',
  'target',
  'also-target',
  'feature',
  'known-ahead',
  'service',
  'station',
  'ignore',
] as const satisfies readonly (ColumnRole | 'known-ahead' | 'service' | 'station')[];
export type ShownRole = (typeof SHOWN_ROLES)[number];

export function shownRoleOf(mapping: ColumnMapping, index: number): ShownRole {
  if (mapping.station === index) return 'station';
  const role = roleOf(mapping, index);
  if (role !== 'feature' || knownAheadOf(mapping, index) === undefined) return role;
  return mapping.service?.includes(index) === true ? 'service' : 'known-ahead';
}

export const knownAheadOf = (mapping: ColumnMapping, index: number): KnownAhead | undefined =>
  mapping.knownAhead?.find((each) => each.index === index);

/** Forecasts as they are known when nothing else is said: in the row of their issue, for the next. */
const NEXT_ROW = { row: 'issue', steps: 1 } as const;

/** As `setRole`, with the roles of forecasts and of stations. */
export function setShownRole(
  mapping: ColumnMapping,
  index: number,
  role: ShownRole,
  { knownAhead }: Pick<DatasetSummary, 'knownAhead'>,
): ColumnMapping {
  if (role !== 'known-ahead' && role !== 'service' && role !== 'station') {
    return withoutForecast(setRole(withoutStation(mapping, index), index, role), index, mapping);
  }
  const isFixed = [mapping.time, mapping.target].includes(index);
  if (isFixed) return mapping;
  if (role === 'station') {
    const ignored = withoutForecast(setRole(mapping, index, 'ignore'), index, mapping);
    return { ...ignored, station: index, gapLimit: mapping.gapLimit ?? GAP_LIMIT_OF_STATIONS };
  }
  const input = setRole(withoutStation(mapping, index), index, 'feature');
  const { service: _service, ...rest } = input;
  const others = (input.knownAhead ?? []).filter((each) => each.index !== index);
  const own = knownAheadOf(mapping, index) ??
    knownAhead.find((each) => each.index === index) ?? { index, ...NEXT_ROW };
  const service = (input.service ?? []).filter((each) => each !== index);
  // Where each column is of one lead time several are the service's; else it is one.
  const isOne = own.row !== 'issue';
  const named = role === 'service' ? [...(isOne ? [] : service), index] : service;
  const changed = {
    ...rest,
    knownAhead: [...others, own].sort((a, b) => a.index - b.index),
    ...(named.length === 0 ? {} : { service: named }),
  };
  const choice = changed.columns.find((each) => each.index === index);
  // What the service did not say in time nothing later may tell.
  return choice === undefined ? changed : withChoice(changed, { ...choice, gapPolicy: 'leave-out' });
}

/** Which row a forecast stands in, and for how many steps later it is. */
export function setKnownAhead(mapping: ColumnMapping, known: KnownAhead): ColumnMapping {
  const others = (mapping.knownAhead ?? []).filter(({ index }) => index !== known.index);
  return { ...mapping, knownAhead: [...others, known].sort((a, b) => a.index - b.index) };
}

function withoutStation(mapping: ColumnMapping, index: number): ColumnMapping {
  if (mapping.station !== index) return mapping;
  const { station: _station, ...rest } = mapping;
  return rest;
}

/** A column is no forecast any more; and where the target is another, the service's forecast of it is not named yet. */
function withoutForecast(mapping: ColumnMapping, index: number, before: ColumnMapping): ColumnMapping {
  const { knownAhead, service, ...rest } = mapping;
  const known = knownAhead?.filter((each) => each.index !== index) ?? [];
  const isSame = targetsOf(before).join() === targetsOf(mapping).join();
  const named = isSame ? (service?.filter((each) => each !== index) ?? []) : [];
  return {
    ...rest,
    ...(known.length === 0 ? {} : { knownAhead: known }),
    ...(named.length === 0 ? {} : { service: named }),
  };
}

const inOrder = (inputs: readonly number[]): number[] => [...new Set(inputs)].sort((a, b) => a - b);

/**
 * Gives a column a role. There is always exactly one time and one first target: taking a role from another column leaves
 * that one an input (a former target) or ignored (a former time); the role of the target or the time itself changes
 * only by giving it to another column. A further target is an input where the first one is.
 */
export function setRole(mapping: ColumnMapping, index: number, role: ColumnRole): ColumnMapping {
  const current = roleOf(mapping, index);
  if (current === role || current === 'time' || (current === 'target' && role !== 'target')) return mapping;
  const without = mapping.inputs.filter((input) => input !== index);
  const alsoTargets = mapping.alsoTargets.filter((target) => target !== index);
  const others = { ...mapping, alsoTargets, inputs: without };
  const asTarget = targetIsInput(mapping) ? [index] : [];
  switch (role) {
    case 'feature':
      return { ...others, inputs: inOrder([...without, index]) };
    case 'ignore':
      return others;
    case 'time':
      return { ...others, time: index };
    case 'target': {
      const { extremes: _former, ...rest } = others;
      return { ...rest, target: index, inputs: inOrder([...without, mapping.target, ...asTarget]) };
    }
    case 'also-target': {
      const inputs = inOrder([...without, ...asTarget]);
      return { ...others, alsoTargets: inOrder([...alsoTargets, index]), inputs };
    }
  }
}

export const targetIsInput = (mapping: ColumnMapping): boolean => mapping.inputs.includes(mapping.target);

/** What the extremes of the target are called, where they are inputs beside it. */
export const extremeInputs = (mapping: ColumnMapping, nameOf: (index: number) => string): string[] =>
  mapping.extremes === undefined || !targetIsInput(mapping)
    ? []
    : EXTREMES.map((extreme) => nameOfExtreme(nameOf(mapping.target), extreme));

export function setTargetIsInput(mapping: ColumnMapping, isInput: boolean): ColumnMapping {
  const targets = targetsOf(mapping);
  const others = mapping.inputs.filter((input) => !targets.includes(input));
  return { ...mapping, inputs: isInput ? inOrder([...others, ...targets]) : others };
}

/** Another quantity; units that it does not have give way to its canonical one. */
export function setQuantity(mapping: ColumnMapping, choice: ColumnChoice, quantity: Quantity): ColumnMapping {
  const known = unitsOf(quantity);
  const unit = quantity === 'other' || known.includes(choice.unit) ? choice.unit : canonicalUnitOf(quantity);
  const useUnit = known.includes(choice.useUnit) && quantity !== 'other' ? choice.useUnit : unit;
  return withChoice(mapping, { ...choice, quantity, unit, useUnit });
}

/** The unit as it stands in the file. The unit used follows it where the two were the same, or cannot be converted. */
export function setUnit(mapping: ColumnMapping, choice: ColumnChoice, unit: string): ColumnMapping {
  const follows = choice.useUnit === choice.unit || !unitsOf(choice.quantity).includes(unit);
  return withChoice(mapping, { ...choice, unit, useUnit: follows ? unit : choice.useUnit });
}

export function setUseUnit(mapping: ColumnMapping, choice: ColumnChoice, useUnit: string): ColumnMapping {
  return withChoice(mapping, { ...choice, useUnit });
}

export function setGapPolicy(
  mapping: ColumnMapping,
  choice: ColumnChoice,
  gapPolicy: ColumnChoice['gapPolicy'],
): ColumnMapping {
  return withChoice(mapping, { ...choice, gapPolicy });
}

/** Limits of the period used; null: from the first, to the last reading. */
export function setRange(mapping: ColumnMapping, range: Pick<ColumnMapping, 'from' | 'to'>): ColumnMapping {
  return { ...mapping, from: range.from, to: range.to };
}

/** What the window can tell before the main process is asked. */
export function mappingErrors(mapping: ColumnMapping, dataset: DatasetSummary): readonly MappingError[] {
  const errors: MappingError[] = [];
  if (mapping.inputs.length === 0) errors.push({ column: null, kind: 'no-inputs', problem: null });
  const { from, to } = mapping;
  const { range } = dataset;
  if (range !== null && Math.max(from ?? -Infinity, range.from) > Math.min(to ?? Infinity, range.to)) {
    errors.push({ column: null, kind: 'empty-range', problem: null });
  }
  for (const report of dataset.columns) {
    const role = roleOf(mapping, report.index);
    const isTarget = role === 'target' || role === 'also-target';
    if (!isTarget && role !== 'feature') continue;
    if (holdsWords(report)) {
      const { line, text } = report.firstWord ?? { line: 0, text: '' };
      const code = isTarget ? 'target-words' : 'column-words';
      const problem: ProblemData = { code, params: { column: report.name, line, text } };
      errors.push({ column: report.index, kind: 'problem', problem });
    } else if (report.count === 0) {
      const problem: ProblemData = { code: 'column-empty', params: { column: report.name } };
      errors.push({ column: report.index, kind: 'problem', problem });
    } else if (isTarget && report.min === report.max) {
      const params = { column: report.name, value: report.min ?? 0 };
      errors.push({
        column: report.index,
        kind: 'problem',
        problem: { code: 'column-constant', params },
      });
    }
  }
  return errors;
}
