import {
  DETECT_ALL,
  targetsOf,
  type ColumnMapping,
  type DatasetSummary,
  type ReadingOptions,
  type ReadingProgress,
} from '../../../src-main/contract/dataset';
import type { ProblemCode, ProblemData } from '../../../src-main/contract/problems';
import type { RequestInput } from '../../../src-main/contract/requests';

export type Source = RequestInput<'openDataset'>;
export type FileSource = Extract<Source, { kind: 'file' }>;

export interface Reading {
  readonly name: string;
  readonly files: number;
  /** What is open is read in another way: it stays on the screen meanwhile. */
  readonly again: boolean;
  readonly progress: ReadingProgress | null;
}

export const optionsOf = (source: Source | null): ReadingOptions => source?.options ?? DETECT_ALL;

export const isAsDetected = (options: ReadingOptions): boolean =>
  Object.values(options).every((choice) => choice === null);

/** The same files, read in another way. */
export function withOptions(source: Source, options: ReadingOptions): Source {
  const { options: _before, ...where } = source;
  return isAsDetected(options) ? where : { ...where, options };
}

/** The name to show for what is read: that of the first file, or of the sample. */
export function nameOf(source: Source): string {
  const [name = ''] = source.kind === 'file' ? source.paths : [source.sample];
  return fileNameOf(name);
}

const fileNameOf = (path: string): string => path.split(/[\\/]/).pop() ?? path;

export const fileCountOf = (source: Source): number => (source.kind === 'file' ? source.paths.length : 1);

export const isSameSource = (one: Source | null, other: Source | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What may come right by reading the file differently: the table was looked for in the wrong place or way. */
const MENDABLE: ReadonlySet<ProblemCode> = new Set([
  'file-no-table',
  'no-rows',
  'too-many-columns',
  'no-time-column',
  'setting-invalid',
]);
export const isMendable = ({ code }: ProblemData): boolean => MENDABLE.has(code);

const FORECASTS_REFUSED: ReadonlySet<ProblemCode> = new Set([
  'forecasts-no-time',
  'forecasts-no-issue',
  'forecasts-no-station',
  'forecasts-apart',
]);

/** The files without those of forecasts that were refused; null where they were not, or there are no others. */
export function withoutRefusedForecasts(
  source: Source | null,
  { code, params }: ProblemData,
): FileSource | null {
  if (source?.kind !== 'file' || !FORECASTS_REFUSED.has(code)) return null;
  const refused = String(params['forecasts'] ?? params['file']).split(', ');
  const paths = source.paths.filter((path) => !refused.includes(fileNameOf(path)));
  const options = { ...optionsOf(source), forecasts: null, forecastHours: null };
  const isSome = paths.length > 0 && paths.length < source.paths.length;
  return !isSome ? null : { ...withOptions(source, options), kind: 'file', paths };
}

/** Whether a kept mapping can be of this data set: the file may have changed since. */
export function fits(mapping: ColumnMapping, dataset: DatasetSummary): boolean {
  return (
    mapping.time === dataset.time?.column &&
    !mapping.inputs.includes(mapping.time) &&
    !targetsOf(mapping).includes(mapping.time) &&
    [...targetsOf(mapping), ...mapping.inputs].every((index) => (dataset.columns[index]?.count ?? 0) > 0)
  );
}

/**
 * The mapping for files that were read again in another way. What the user chose stays where the columns are the same;
 * a period stays where the clock is. Else it is the new suggestion.
 */
export function carryMapping(
  mapping: ColumnMapping | null,
  before: DatasetSummary | null,
  after: DatasetSummary,
): ColumnMapping | null {
  if (mapping === null || before === null || after.time === null) return after.suggestion;
  const untouched = JSON.stringify(mapping) === JSON.stringify(before.suggestion);
  if (untouched || namesOf(before) !== namesOf(after)) return after.suggestion;
  const sameClock = before.time?.format === after.time.format && before.time.zone === after.time.zone;
  const kept = { ...mapping, time: after.time.column, ...(sameClock ? {} : { from: null, to: null }) };
  return fits(kept, after) ? kept : after.suggestion;
}

const namesOf = ({ columns }: DatasetSummary): string => JSON.stringify(columns.map(({ name }) => name));
