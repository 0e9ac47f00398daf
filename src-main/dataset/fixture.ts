import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { DETECT_ALL, type DatasetSummary, type ReadingOptions } from '../contract/dataset';
import { phraseText } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { sourceOfPath } from './bytes/source-file';
import { readTable } from './read-table';
import { summarise } from './summary/summarise';
import type { RawTable, ReadHooks } from './cells/table';

const quiet = (): ReadHooks => ({ onProgress: () => undefined, signal: new AbortController().signal });

async function withFile<T>(content: string | Uint8Array, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-dataset-'));
  try {
    const path = join(folder, 'readings.csv');
    await writeFile(path, content);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** For tests: the table of a file of this content. */
export function readContent(
  content: string | Uint8Array,
  hooks: ReadHooks = quiet(),
  options: Partial<ReadingOptions> = {},
): Promise<RawTable> {
  return withFile(content, (path) => readTable(sourceOfPath(path), hooks, { ...DETECT_ALL, ...options }));
}

export async function summaryOf(
  content: string | Uint8Array,
  options: Partial<ReadingOptions> = {},
): Promise<DatasetSummary> {
  return summarise(await readContent(content, quiet(), options), 'test');
}

/** The summary of several files that are opened together. */
export async function summaryOfFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<ReadingOptions> = {},
): Promise<DatasetSummary> {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-dataset-'));
  try {
    const paths = Object.keys(files).map((name) => join(folder, name));
    await Promise.all(Object.values(files).map((content, index) => writeFile(paths[index] ?? '', content)));
    const table = await readTable(paths.map(sourceOfPath), quiet(), { ...DETECT_ALL, ...options });
    return summarise(table, 'test');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lines for days from 2021-01-01 on, with what `cells` gives for each. */
export function dailyLines(days: number, cells: (day: number) => string): string {
  return Array.from({ length: days }, (_, day) => {
    const date = new Date(Date.UTC(2021, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date},${cells(day)}\n`;
  }).join('');
}

/** What a test asserts of a file in the shape of some source, in a form that is easy to read. */
export interface SourceFacts {
  readonly file: string;
  readonly label: string;
  readonly form: string;
  readonly time: string;
  readonly rows: number;
  readonly gaps: number;
  readonly columns: readonly string[];
}

const DELIMITER_WORDS: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  ' ': 'blank',
};

export function factsOf(file: string, summary: DatasetSummary): SourceFacts {
  const { time, step, range, headerLine, encoding, decimal, delimiter } = summary;
  const parts = time?.parts ?? [];
  const iso = (instant = 0): string => new Date(instant).toISOString().slice(0, 16);
  return {
    file,
    label: phraseText(summary.format.label),
    form: [encoding, DELIMITER_WORDS[delimiter] ?? '', decimal, `header ${headerLine}`].join(' | '),
    time: [
      parts.map((index) => summary.columns[index]?.name).join(' + '),
      time?.format,
      step?.label,
      iso(range?.from),
      iso(range?.to),
    ].join(' | '),
    rows: summary.rows,
    gaps: summary.gapCount,
    columns: summary.columns
      .filter(({ index }) => !parts.includes(index))
      .map(({ name, quantity, unit, missing, words, min, max }) => {
        const values = words > 0 ? `${words} words` : min === null ? '-' : `${min} to ${max}`;
        return [name, unit === '' ? quantity : `${quantity} in ${unit}`, missing, values].join(' | ');
      }),
  };
}

/** The summary of one of the files in `fixtures/`: small, made by us in the shape of the real thing. */
export async function summaryOfFixture(file: string): Promise<DatasetSummary> {
  return summarise(
    await readTable(sourceOfPath(resolve('src-main/dataset/fixtures', file)), quiet()),
    'test',
  );
}

/** A test for each fixture, that all these facts and no others are found in it, and enough to start with. */
export function itFinds(sources: readonly SourceFacts[]): void {
  it.each(sources)('$file', async (facts) => {
    const summary = await summaryOfFixture(facts.file);
    expect(factsOf(facts.file, summary)).toEqual(facts);
    expect(summary.suggestion).not.toBeNull();
  });
}

/** The Problem that something ends in. */
export async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const error: unknown = await promise.then(
    () => 'no problem',
    (thrown: unknown) => thrown,
  );
  if (error instanceof Problem) return error;
  throw new Error(`expected a Problem, got ${String(error)}`);
}

/** Why a file was read as it was, in English. */
export const reasonsOf = ({
  format,
}: {
  readonly format: Pick<DatasetSummary['format'], 'reasons'>;
}): string[] => format.reasons.map((reason) => phraseText(reason));
