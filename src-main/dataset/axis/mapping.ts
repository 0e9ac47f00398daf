import type {
  ColumnChoice,
  ColumnMapping,
  ColumnReport,
  DatasetSummary,
  GapPolicy,
  KnownAhead,
} from '../../contract/dataset';
import { GAP_LIMIT_OF_STATIONS, type DerivedInput } from '../../contract/dataset';
import { Problem } from '../../contract/problems';
import type { Sun } from '../../contract/sun';
import { unitsOf } from '../../contract/quantities';
import { mergeSpans, type Span } from '../../contract/readings';
import { partsOfName } from '../cells/column-names';
import { forecastOfName, stepsOfForecast } from '../cells/forecast-names';

export interface NamedColumns {
  /** What stands where nothing is named; the file's own suggestion if left out. */
  readonly suggested?: ColumnMapping;
  /** As suggested where left out. */
  readonly target?: string | undefined;
  readonly alsoTargets?: readonly string[];
  /** In the order in which the network sees them; as suggested for the file, with the target, where left out. */
  readonly inputs?: readonly string[];
  readonly time?: string;
  readonly gaps?: Readonly<Record<string, GapPolicy>>;
  /** Units to be used, by column; as they stand in the file where left out. */
  readonly units?: Readonly<Record<string, string>>;
  /** What is taken out, by column. */
  readonly struck?: readonly (readonly [column: string, span: Span])[];
  /** What counts whatever it looks like, by column. */
  readonly kept?: readonly (readonly [column: string, span: Span])[];
  /** As in `ColumnMapping`. */
  readonly stepSeconds?: number;
  readonly gapLimit?: number;
  readonly derived?: readonly DerivedInput[];
  readonly sun?: Sun | null;
  /** Columns of forecasts, by patterns of their names. */
  readonly knownAhead?: readonly NamedForecasts[];
  /** Those of them that are the weather service's of the target. */
  readonly service?: readonly string[] | undefined;
  /** The column that tells stations apart; all of them are used. */
  readonly station?: string;
  /** As `Series.time`, both included. */
  readonly from?: number;
  readonly to?: number;
}

/** Columns that hold forecasts. */
export interface NamedForecasts {
  /** A name, in which * stands for any characters. */
  readonly pattern: string;
  readonly row: KnownAhead['row'];
  /** As in `KnownAhead`; left out: 1, or what the name tells. */
  readonly steps?: number;
  /** Most that are of use: the lead times that are forecast. */
  readonly most: number;
}

/**
 * A mapping by the names of columns: as they stand in the header or, where only one fits, without regard to case or
 * the unit behind.
 * @throws Problem 'column-unknown', 'no-time-column', 'no-number-column', 'unit-unknown', 'service-unknown'
 */
export function mappingByNames(summary: DatasetSummary, names: NamedColumns): ColumnMapping {
  const indexOf = (name: string): number => columnByName(summary, name).index;
  const time = names.time === undefined ? summary.time?.column : indexOf(names.time);
  if (time === undefined) throw new Problem('no-time-column', { file: summary.fileName });
  const suggestion = names.suggested ?? summary.suggestion;
  const target = names.target === undefined ? suggestion?.target : indexOf(names.target);
  if (target === undefined) throw new Problem('no-number-column', { file: summary.fileName });
  const further = names.target === undefined ? suggestion?.alsoTargets : names.alsoTargets?.map(indexOf);
  const alsoTargets = (further ?? []).filter((index) => index !== target);
  const extremes = names.target === undefined ? suggestion?.extremes : undefined;
  const station = names.station === undefined ? undefined : indexOf(names.station);
  const knownAhead = forecastsAmong(summary, names.knownAhead ?? []).filter(
    ({ index }) => index !== time && index !== target && index !== station,
  );
  const isForecast = (column: number): boolean => knownAhead.some(({ index }) => index === column);
  const service = names.service?.map(indexOf);
  const unknown = service?.find((index) => !isForecast(index));
  if (unknown !== undefined) {
    throw new Problem('service-unknown', { column: summary.columns[unknown]?.name ?? '' });
  }
  // What is known ahead is named here, or found by `withForecasts`.
  const found = suggestion?.knownAhead?.map(({ index }) => index) ?? [];
  const readings =
    names.inputs?.map(indexOf) ??
    [...(suggestion?.inputs ?? []), target, ...alsoTargets]
      .filter((index) => index !== time && index !== station && !found.includes(index))
      .sort((a, b) => a - b);
  const inputs = [...readings.filter((index) => !isForecast(index)), ...knownAhead.map(({ index }) => index)];
  const gaps = new Map(Object.entries(names.gaps ?? {}).map(([name, policy]) => [indexOf(name), policy]));
  const units = new Map(
    Object.entries(names.units ?? {}).map(([name, unit]) => [indexOf(name), unit] as const),
  );
  const spansIn = (index: number, named: NamedColumns['struck'] = []): Span[] =>
    mergeSpans(named.filter(([name]) => indexOf(name) === index).map(([, span]) => span));
  const suggested = new Map((suggestion?.columns ?? []).map((choice) => [choice.index, choice]));
  return {
    time,
    target,
    alsoTargets: [...new Set(alsoTargets)],
    ...(extremes === undefined ? {} : { extremes }),
    inputs: [...new Set(inputs)],
    columns: summary.columns.map(({ index, quantity, unit }) => {
      const plain = { index, quantity, unit, useUnit: unit, gapPolicy: 'linear' as const };
      const choice = suggested.get(index) ?? plain;
      const useUnit = units.get(index) ?? choice.useUnit;
      requireUnit(summary, choice, useUnit);
      const struck = spansIn(index, names.struck);
      const kept = spansIn(index, names.kept);
      const edited = struck.length === 0 ? {} : { struck };
      // What the service did not say in time nothing later may tell.
      const usual = isForecast(index) ? 'leave-out' : choice.gapPolicy;
      return { ...choice, gapPolicy: gaps.get(index) ?? usual, useUnit, ...edited, kept };
    }),
    ...(knownAhead.length === 0 ? {} : { knownAhead: [...knownAhead] }),
    ...(service === undefined ? {} : { service: [...service] }),
    ...(station === undefined ? {} : { station }),
    from: names.from ?? null,
    to: names.to ?? null,
    stepSeconds: names.stepSeconds ?? (names.target === undefined ? (suggestion?.stepSeconds ?? null) : null),
    gapLimit: names.gapLimit ?? (station === undefined ? null : GAP_LIMIT_OF_STATIONS),
    derived: [...(names.derived ?? [])],
    sun: names.sun ?? null,
  };
}

/** The columns of a pattern, in the order of the file. @throws Problem 'column-unknown' where there is none */
function forecastsAmong(
  { columns, step }: DatasetSummary,
  named: readonly NamedForecasts[],
): readonly KnownAhead[] {
  const found = new Map<number, KnownAhead>();
  for (const { pattern, row, steps, most } of named) {
    const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
    const wanted = new RegExp(`^${parts.join('.*')}$`, 'i');
    const fitting = columns.filter(({ name }) => wanted.test(name.trim()));
    if (fitting.length === 0) {
      const names = columns.map(({ name }) => name).join(', ');
      throw new Problem('column-unknown', { column: pattern, columns: names.slice(0, 1000) });
    }
    for (const { index, name } of fitting) {
      const named = forecastOfName(name);
      const told = named?.row === row ? stepsOfForecast(named, step?.seconds ?? 86_400) : 1;
      const known = steps ?? told;
      found.set(index, { index, row, steps: row === 'valid' ? Math.min(known, most) : known });
    }
  }
  return [...found.values()].sort((a, b) => a.index - b.index);
}

function requireUnit(
  summary: DatasetSummary,
  { index, quantity, unit }: ColumnChoice,
  useUnit: string,
): void {
  const known = unitsOf(quantity).includes(unit) ? unitsOf(quantity) : [unit];
  if (useUnit === unit || known.includes(useUnit)) return;
  const column = summary.columns[index]?.name ?? '';
  throw new Problem('unit-unknown', { column, unit: useUnit, units: known.join(', ') });
}

/** @throws Problem 'column-unknown' */
export function columnByName(summary: DatasetSummary, name: string): ColumnReport {
  const exact = summary.columns.find((column) => column.name === name);
  if (exact !== undefined) return exact;
  const readings: readonly ((text: string) => string)[] = [
    (text) => text.trim().normalize('NFKC').toLowerCase(),
    (text) => partsOfName(text).label.trim().normalize('NFKC').toLowerCase(),
  ];
  for (const reading of readings) {
    const alike = summary.columns.filter((column) => reading(column.name) === reading(name));
    const [only] = alike;
    if (only !== undefined && alike.length === 1) return only;
  }
  const columns = summary.columns.map((column) => column.name).join(', ');
  throw new Problem('column-unknown', { column: name, columns: columns.slice(0, 1000) });
}
