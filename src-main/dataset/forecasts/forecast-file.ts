import type { ReadingOptions } from '../../contract/dataset';
import type { ForecastKind } from '../../contract/forecast-join';
import { Problem } from '../../contract/problems';
import { isCalendarName, isIdentifierName, partsOfName } from '../cells/column-names';
import { meaningsOf } from '../cells/column-meanings';
import { NUMBER, WORD, type CellColumn } from '../cells/columns';
import {
  forecastOfName,
  isForecastFileName,
  isIssueName,
  isLeadName,
  isSurelyLead,
  isValidName,
  leadUnit,
} from '../cells/forecast-names';
import { readingsOf } from '../cells/readings';
import type { TimeColumn } from '../cells/table';
import type { Meaning } from '../cells/units';
import type { ReadFile } from '../readers/join-tables';
import { findTimeColumn, timeAt } from '../time/time-column';
import { isOfOwnClock } from './archive-csv';
import { offsetOfZone, offsetToldAbove } from './clock';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The longest forecasts that are issued day by day reach so far: a file that spans more is not one run. */
const MOST_RUN_DAYS = 46;

/** Forecasts of one column of a file, one a row of it or, of several runs in one row, one a row and run. */
interface PartColumn {
  /** With its unit: 'temperature_2m (°C)'. */
  readonly name: string;
  readonly meaning: Meaning;
  readonly values: Float64Array;
}

/** What a file of forecasts holds, times as they stand in it. */
export interface ForecastPart {
  readonly fileName: string;
  readonly kind: ForecastKind;
  readonly rows: number;
  readonly issued: Float64Array;
  readonly valid: Float64Array;
  readonly columns: readonly PartColumn[];
  /** Columns that tell only what was known afterwards. */
  readonly passedOver: readonly string[];
  /** Hindcast wrote it: its clock is the station's. */
  readonly isOfOwnClock: boolean;
  /** Milliseconds that its clock is ahead of UTC; null where nothing tells. */
  readonly ahead: number | null;
}

/** The columns that tell when a forecast was issued and what time it is for; -1 where there is none. */
interface TimeColumns {
  readonly issue: number;
  readonly valid: number;
  readonly lead: number;
}

/** Which of several files hold forecasts: those that were named, else those that tell when theirs were issued. */
export function areForecasts(files: readonly ReadFile[], { forecasts }: ReadingOptions): readonly boolean[] {
  // Those that a run keeps are always some.
  const kept = files.map((file) => isOfOwnClock(namesOf(file)));
  const others = files.filter((_, index) => kept[index] !== true);
  const found = areAmong(others, forecasts);
  return kept.map((isKept, index) => isKept || found[others.indexOf(files[index]!)] === true);
}

/** What a run keeps goes before what is added: it tells the units, and what was said first stays. */
export const keptFirst = (one: ReadFile, other: ReadFile): number =>
  Number(isOfOwnClock(namesOf(other))) - Number(isOfOwnClock(namesOf(one)));

const namesOf = ({ cells }: ReadFile): readonly string[] => cells.columns.map(({ name }) => name);

function areAmong(files: readonly ReadFile[], forecasts: ReadingOptions['forecasts']): readonly boolean[] {
  const none = files.map(() => false);
  if (forecasts !== null) {
    const named = files.map(({ source }) => forecasts.includes(source.fileName));
    return named.every(Boolean) ? none : named;
  }
  if (files.length < 2) return none;
  const found = files.map((file) => kindOf(file) !== null);
  if (found.some(Boolean)) return found.every(Boolean) ? none : found;
  const called = files.map(({ source }) => isForecastFileName(source.fileName));
  return called.every(Boolean) ? none : called;
}

/** By what stands in its header; null for one that tells of no issue. */
function kindOf(file: ReadFile): Exclude<ForecastKind, 'one-run'> | null {
  const { columns } = file.cells;
  const { issue, valid, lead } = timesAmong(columns);
  if (issue >= 0 && (valid >= 0 || lead >= 0)) return valid >= 0 ? 'issue-valid' : 'lead-time';
  if (valid >= 0 && lead >= 0 && isSurelyLead(columns[lead]!.name)) return 'lead-time';
  return columns.some(isPreviousRun) ? 'previous-runs' : null;
}

const isPreviousRun = ({ name }: CellColumn): boolean => forecastOfName(name)?.row === 'valid';

function timesAmong(columns: readonly CellColumn[]): TimeColumns {
  const lead = columns.findIndex((column) => isLeadName(column.name) && column.kindAt(0) === NUMBER);
  const isDates = (index: number): boolean => index !== lead && timeAt(columns, index) !== null;
  const issue = columns.findIndex(({ name }, index) => isIssueName(name) && isDates(index));
  const named = columns.findIndex(
    ({ name }, index) => index !== issue && isValidName(name) && isDates(index),
  );
  if (named >= 0 || (issue < 0 && lead < 0)) return { issue, valid: named, lead };
  const others = columns.map((column, index) =>
    index === issue || index === lead ? column.emptyCopy() : column,
  );
  const other = findTimeColumn(others);
  return { issue, valid: other === null || other.column === lead ? -1 : other.column, lead };
}

/**
 * Reads a file as forecasts. Null where no time is found in it.
 * @throws Problem 'forecasts-no-issue' where nothing tells when they were issued, and it spans too much for one run
 */
export function readForecasts(file: ReadFile, options: ReadingOptions): ForecastPart | null {
  const kind: ForecastKind = kindOf(file) ?? 'one-run';
  const { columns, rows } = file.cells;
  const { fileName } = file.source;
  const { issue, valid, lead } = timesAmong(columns);
  const own: ReadingOptions = { ...options, zone: null, dateFormat: null };
  const readAt = (index: number): TimeColumn | null => (index < 0 ? null : timeAt(columns, index, own));
  const times = [readAt(issue), readAt(valid)] as const;
  const [issuedAt, validAt] = times;
  const found = findTimeColumn(columns, own);
  const zoned = [validAt, issuedAt, found].find((each) => each !== null && each.zone !== null);
  const ahead = offsetOfZone(zoned?.zone ?? null, zoned?.times) ?? offsetToldAbove(file.head);
  const parts = new Set([
    issue,
    valid,
    lead,
    ...(kind === 'one-run' || kind === 'previous-runs' ? (found?.parts ?? []) : []),
  ]);
  const measured = valuesOf(columns, parts);
  const isOfOwn = isOfOwnClock(namesOf(file));
  const part = { fileName, kind, rows, ahead, isOfOwnClock: isOfOwn, passedOver: [] };
  if (kind === 'previous-runs') {
    return found === null ? null : { ...part, ...ofPreviousRuns(found.times, measured) };
  }
  if (kind === 'one-run') {
    if (found === null) return null;
    const first = found.times.reduce((a, b) => (b < a ? b : a), Infinity);
    const last = found.times.reduce((a, b) => (b > a ? b : a), -Infinity);
    const days = Math.round((last - first) / DAY);
    if (days > MOST_RUN_DAYS) throw new Problem('forecasts-no-issue', { file: fileName, days });
    const issued = runOfName(fileName) ?? first;
    const later = measured.map((column) => ({
      ...column,
      values: column.values.map((value, row) => (found.times[row]! > issued ? value : NaN)),
    }));
    return { ...part, valid: found.times, issued: found.times.map(() => issued), columns: later };
  }
  // Two columns of dates in one file are of one clock; where one tells a zone and the other none, both are of it.
  const leads = lead < 0 ? null : leadsOf(columns[lead]!);
  if (issuedAt !== null && validAt !== null) {
    return { ...part, issued: issuedAt.times, valid: validAt.times, columns: measured };
  }
  if (leads === null) return null;
  if (issuedAt !== null) {
    const times = issuedAt.times.map((time, row) => time + leads[row]!);
    return { ...part, issued: issuedAt.times, valid: times, columns: measured };
  }
  if (validAt === null) return null;
  return {
    ...part,
    issued: validAt.times.map((time, row) => time - leads[row]!),
    valid: validAt.times,
    columns: measured,
  };
}

function leadsOf(column: CellColumn): Float64Array {
  const unit = leadUnit(column.name);
  return Float64Array.from({ length: column.length }, (_, row) => column.numberAt(row) * unit);
}

/** The columns that hold numbers of the weather. */
function valuesOf(columns: readonly CellColumn[], times: ReadonlySet<number>): readonly PartColumn[] {
  const meanings = meaningsOf(columns);
  return columns.flatMap((column, index): PartColumn[] => {
    const { name } = column;
    if (times.has(index) || isIdentifierName(name) || isCalendarName(name) || isIssueName(name)) return [];
    const meaning = meanings[index]!;
    const { values, count, words } = readingsOf(column, meaning.quantity, meaning.unit);
    if (count === 0 || words > count || column.kindAt(0) === WORD) return [];
    const first = values.find((value) => !Number.isNaN(value));
    if (values.every((value) => Number.isNaN(value) || value === first)) return [];
    return [{ name, meaning, values }];
  });
}

/**
 * Open-Meteo's previous runs: a row holds for its time what was forecast one day before, two days before and so on. What bears
 * no such ending is of the newest run of each time, which was issued when that time had come.
 */
function ofPreviousRuns(
  time: Float64Array,
  columns: readonly PartColumn[],
): Pick<ForecastPart, 'issued' | 'valid' | 'columns' | 'passedOver'> {
  const named = columns.map((column) => ({ column, known: forecastOfName(column.name) }));
  const forecasts = named.flatMap(({ column, known }) =>
    known?.row === 'valid'
      ? [{ column, base: baseName(column.name, known.base), hours: known.hours ?? 24 }]
      : [],
  );
  const ahead = [...new Set(forecasts.map(({ hours }) => hours))].sort((a, b) => a - b);
  const bases = [...new Set(forecasts.map(({ base }) => base))];
  const length = time.length * ahead.length;
  const valid = new Float64Array(length);
  const issued = new Float64Array(length);
  ahead.forEach((hours, run) => {
    valid.set(time, run * time.length);
    issued.set(
      time.map((moment) => moment - hours * HOUR),
      run * time.length,
    );
  });
  return {
    issued,
    valid,
    columns: bases.map((base): PartColumn => {
      const values = new Float64Array(length).fill(NaN);
      const own = forecasts.filter((each) => each.base === base);
      for (const { column, hours } of own) values.set(column.values, ahead.indexOf(hours) * time.length);
      return { name: base, meaning: own[0]!.column.meaning, values };
    }),
    passedOver: named
      .filter(({ column, known }) => known === null && bases.includes(column.name))
      .map(({ column }) => column.name),
  };
}

function baseName(name: string, base: string): string {
  const { unit } = partsOfName(name);
  return unit === '' ? base : `${base} (${unit})`;
}

/** '2024-01-31', '20240131_06', '2024-01-31T0600' in the name of a file: when its run was issued; null for none. */
const RUN = /(?:^|\D)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?:[-_.T ]?(\d\d)(?:[-_.:h]?(\d\d))?)?(?!\d)/;

function runOfName(fileName: string): number | null {
  const [, year, month, day, hour = '0', minute = '0'] = RUN.exec(fileName) ?? [];
  if (year === undefined || Number(month) > 12 || Number(day) > 31 || Number(hour) > 24) return null;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
}
