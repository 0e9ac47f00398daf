import { hiddenSources } from '../contract/derived';
import {
  EXTREMES,
  nameOfExtreme,
  roleOf,
  targetsOf,
  type ColumnMapping,
  type ColumnRole,
  type DatasetSummary,
} from '../contract/dataset';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import type { NewRun, RunColumn } from '../library';
import { inputVariables, withoutInputs } from '../series';

/** What a run is to remember of the file and the mapping it was trained on. Columns that were not used are left out; those that derived inputs are made from come last. */
export function newRunOf(
  summary: DatasetSummary,
  mapping: ColumnMapping,
  settings: TrainingSettings,
): NewRun {
  const choices = new Map(mapping.columns.map((choice) => [choice.index, choice]));
  const severalTargets = mapping.alsoTargets.length > 0;
  const isTarget = (role: ColumnRole): boolean => role === 'target' || role === 'also-target';
  const column = (index: number): RunColumn | null => {
    const report = summary.columns[index];
    if (report === undefined) return null;
    const choice = choices.get(index) ?? {
      quantity: report.quantity,
      unit: report.unit,
      useUnit: report.unit,
      gapPolicy: 'linear' as const,
      runningTotal: report.runningTotal,
      perStep: undefined,
      struck: undefined,
      kept: [],
    };
    const {
      quantity,
      unit,
      useUnit,
      gapPolicy,
      struck,
      kept,
      perStep,
      runningTotal = report.runningTotal,
    } = choice;
    const role = roleOf(mapping, index);
    // Only kept for amounts that count up: found in the whole of this file, while a newer one may be too short to show it.
    const counts = runningTotal ? { runningTotal, perStep: perStep ?? !isTarget(role) } : {};
    const stands = severalTargets && isTarget(role) ? { isInput: mapping.inputs.includes(index) } : {};
    const edited = { ...(struck === undefined ? {} : { struck }), ...(kept === undefined ? {} : { kept }) };
    const own = { name: report.name, quantity, unit, useUnit, gapPolicy, role };
    return { ...own, ...counts, ...edited, ...stands, ...forecastOf(mapping, index) };
  };
  // The inputs keep their order; a target that is an input stands at its place among them.
  const hidden = hiddenSources(
    mapping,
    (index) => summary.columns[index]?.name ?? '',
    summary.step?.seconds ?? 0,
  );
  const used = [...new Set([mapping.time, ...mapping.inputs, ...targetsOf(mapping), ...hidden])];
  const { stepSeconds, gapLimit, derived, sun } = mapping;
  const columns = withExtremes(
    used.map(column).filter((each) => each !== null),
    mapping,
  );
  const target = columns.find(({ role }) => role === 'target')?.name ?? '';
  return {
    name: `${target} · ${summary.fileName}`.slice(0, 120),
    sourceFile: summary.fileName,
    columns,
    stepSeconds,
    gapLimit,
    derived,
    sun,
    ...zoneOf(summary),
    ...forecastClockOf(summary),
    settings,
  };
}

/** With the extremes of the target, which are forecast in its place; it is an input then, or only named, behind the others. */
function withExtremes(
  columns: readonly RunColumn[],
  { extremes, inputs, target }: ColumnMapping,
): readonly RunColumn[] {
  const found = columns.find(({ role }) => role === 'target');
  if (extremes === undefined || found === undefined) return columns;
  const isInput = inputs.includes(target);
  const role = isInput ? 'feature' : 'ignore';
  const { isInput: _told, ...base } = found;
  const others = columns.map((column) => (column === found ? { ...base, role } : column) satisfies RunColumn);
  const made = EXTREMES.map((which): RunColumn => {
    const name = nameOfExtreme(base.name, which);
    // As `makeSeries` tells them apart.
    const own = columns.some((column) => column.name === name) ? `${name} (2)` : name;
    const extreme = { ...base, name: own, extreme: { of: base.name, which } };
    if (!extremes.includes(which)) return { ...extreme, role };
    const stands = extremes.length > 1 ? { isInput } : {};
    return { ...extreme, ...stands, role: which === extremes[0] ? 'target' : 'also-target' };
  });
  const isTold = (column: RunColumn): boolean => column.role === 'ignore';
  return [...others.filter((column) => !isTold(column)), ...made, ...others.filter(isTold)];
}

/** What of a column of forecasts is kept. */
function forecastOf(
  { knownAhead = [], service = [] }: ColumnMapping,
  column: number,
): Pick<RunColumn, 'knownAhead' | 'isService'> {
  const found = knownAhead.find(({ index }) => index === column);
  if (found === undefined) return {};
  const { row, steps } = found;
  return { knownAhead: { row, steps }, ...(service.includes(column) ? { isService: true } : {}) };
}

/** A file that goes on into winter has other offsets than before: it is read by the clock of this one all the same. */
function zoneOf({ time }: DatasetSummary): Pick<NewRun, 'zone'> {
  const zone = time?.zone ?? null;
  return zone === null || zone === 'UTC' ? {} : { zone };
}

/** A newer file of forecasts may be too short to tell by its course how its clock goes. */
function forecastClockOf({ forecasts }: DatasetSummary): Pick<NewRun, 'forecastHours'> {
  const moved = forecasts?.files.find(({ clock }) => clock === 'course' || clock === 'chosen');
  return moved === undefined ? {} : { forecastHours: moved.hours };
}

const isDirection = ({ quantity }: RunColumn): boolean => quantity === 'wind direction';

/** Whether some inputs are made of columns, of several together or of one in another form. */
const makesInputs = ({ columns, derived = [] }: NewRun): boolean =>
  derived.length > 0 || columns.some((column) => column.role === 'feature' && isDirection(column));

/**
 * The columns, by name, that a run can do without: inputs that are read as they are, beside the targets. Where inputs are
 * made of columns, those of which there are several of a kind stay: what is made would else be made of another.
 */
export function inputsToChooseFrom(run: NewRun, series: Series): readonly string[] {
  const { columns } = run;
  const isMadeOf = ({ name }: RunColumn): boolean => columns.some(({ extreme }) => extreme?.of === name);
  const read = inputVariables(series).filter(({ made = false }) => !made);
  const isOnlyOne = ({ quantity }: RunColumn): boolean =>
    columns.filter((column) => column.quantity === quantity).length === 1;
  return columns
    .filter((column) => column.role === 'feature' && !isDirection(column) && !isMadeOf(column))
    .filter((column) => !makesInputs(run) || isOnlyOne(column))
    .map(({ name }) => name)
    .filter((name) => read.some((variable) => variable.name === name));
}

/** A run and its series that see all columns but these. @param names of `inputsToChooseFrom` */
export function withoutColumns(
  run: NewRun,
  series: Series,
  names: readonly string[],
): { readonly run: NewRun; readonly series: Series } {
  const isLeft = ({ name }: RunColumn): boolean => names.includes(name);
  // What is made may be made of a column that is left: it stays named, behind the others.
  const told = run.columns
    .filter((column) => isLeft(column) && makesInputs(run))
    .map((column): RunColumn => ({ ...column, role: 'ignore' }));
  return {
    run: { ...run, columns: [...run.columns.filter((column) => !isLeft(column)), ...told] },
    series: withoutInputs(series, names),
  };
}
