import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { targetsOf, type DatasetSummary, type SampleId } from '../contract/dataset';
import { describeProblem, toProblem } from '../contract/problems';
import { suggestedSettings } from '../contract/question';
import type { Baseline } from '../contract/results';
import {
  readTable,
  readingFilesIn,
  sampleSource,
  seriesOfTable,
  sourceOfPath,
  summarise,
  type SourceFile,
} from '../dataset';
import { newRunOf } from '../model';
import { formatInstant, summarisePreparation } from '../series';
import { trainOnce } from './verification';

/** What is right for a file, as far as a folder's `expected.json` says it. */
const expectedSchema = z.object({
  rows: z.number().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  /** Of the column that a person would forecast, as a regular expression; null: there is none. */
  target: z.string().nullable().optional(),
  unit: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  trainable: z.boolean().optional(),
  stations: z.number().optional(),
  typicalYear: z.boolean().optional(),
  /** Where it differs from what the file's own folder says. */
  why: z.string().optional(),
});
export type Expected = z.infer<typeof expectedSchema>;
const expectedFileSchema = z.object({ files: z.record(z.string(), expectedSchema) });

/** A file that a new user might drop. */
export interface JourneyFile {
  readonly name: string;
  readonly source: SourceFile;
  readonly expected: Expected | null;
}

/** How far one gets with a file by the bright buttons alone. */
export interface Journey {
  readonly name: string;
  /** What of the reading differs from what is right; null: nothing is known to compare with. */
  readonly differs: readonly string[] | null;
  readonly question: string;
  readonly target: string;
  readonly inputs: readonly string[];
  /** Readings of the target in the file. */
  readonly readings: number;
  readonly windows: number;
  readonly unit: string;
  readonly trained: {
    readonly rmse: number;
    readonly best: Baseline;
    readonly bestRmse: number;
    /** Share of the LSTM in the forecast, 0 to 1. */
    readonly share: number;
    /** Whether the test part is long enough that it can name a winner at all. */
    readonly canTell: boolean;
  } | null;
  /** The sentence that the user reads where nothing was trained; '' elsewhere. */
  readonly sentence: string;
}

const EXPECTED = 'expected.json';
/** What differs in the last digit of a rounding is no difference. */
const ROUNDING = 0.051;

/**
 * The files to go through: those named, and those of folders that are named with the folders in them.
 * @param known what is right for files whatever their own folder says, by their names
 */
export async function journeyFiles(
  paths: readonly string[],
  left: readonly string[],
  known: ReadonlyMap<string, Expected> = new Map(),
): Promise<JourneyFile[]> {
  const found: JourneyFile[] = [];
  for (const path of paths.map((each) => resolve(each))) {
    const isFolder = (await stat(path)).isDirectory();
    const root = isFolder ? path : dirname(path);
    const expected = await readExpected(join(root, EXPECTED));
    for (const file of isFolder ? await readingFilesIn(path, left) : [path]) {
      const name = relative(root, file).replaceAll('\\', '/');
      found.push({
        name,
        source: sourceOfPath(file),
        expected: known.get(name) ?? expected.get(name) ?? null,
      });
    }
  }
  return found;
}

export const sampleFiles = (resources: string): JourneyFile[] =>
  (['seattle', 'seoul-synthetic'] satisfies SampleId[]).map((sample) => ({
    name: `sample ${sample}`,
    source: sampleSource(sample, resources),
    expected: null,
  }));

/** Journeys that were kept line by line; none where there is no such file. */
export async function readJourneys(file: string): Promise<readonly Journey[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Journey]));
}

/** What a file says is right for others, by their names; nothing where there is none. */
export async function readExpected(file: string): Promise<ReadonlyMap<string, Expected>> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return new Map();
  return new Map(Object.entries(expectedFileSchema.parse(JSON.parse(text)).files));
}

/** The default path: opens, takes what is suggested, trains, verifies. */
export async function travel({ name, source, expected }: JourneyFile): Promise<Journey> {
  const nothing = {
    name,
    question: '',
    target: '',
    inputs: [],
    readings: 0,
    windows: 0,
    unit: '',
    trained: null,
  };
  try {
    const hooks = { onProgress: () => undefined, signal: new AbortController().signal };
    const table = await readTable(source, hooks);
    const summary = summarise(table, 'table');
    const differs = expected && differences(summary, expected);
    const { suggestion, plan, shortage } = summary;
    if (suggestion === null || plan === null) {
      return { ...nothing, differs, sentence: sentencesOf(summary.problems) };
    }
    const columnName = (index: number): string => summary.columns[index]?.name ?? '';
    const known = {
      ...nothing,
      differs,
      question: plan.question,
      target: targetsOf(suggestion).map(columnName).join(', '),
      inputs: suggestion.inputs.map(columnName),
      readings: summary.columns[suggestion.target]?.count ?? 0,
      unit: suggestion.columns[suggestion.target]?.useUnit ?? '',
    };
    if (shortage !== null) return { ...known, sentence: describeProblem(shortage) };
    return await trainJourney(summary, known, () => seriesOfTable(table, suggestion));
  } catch (error) {
    return { ...nothing, differs: expected && ['not read'], sentence: toProblem(error).message };
  }
}

async function trainJourney(
  summary: DatasetSummary,
  known: Omit<Journey, 'sentence'>,
  make: () => ReturnType<typeof seriesOfTable>,
): Promise<Journey> {
  try {
    const series = make();
    const settings = suggestedSettings(summary);
    const windows = summarisePreparation(series, settings).windowsShape[0];
    const { verification } = await trainOnce(newRunOf(summary, summary.suggestion!, settings), series, {});
    const { scores, combination } = verification;
    const best = verification.overall.bestBaseline;
    const trained = {
      rmse: scores.model.rmse,
      best,
      bestRmse: scores[best]!.rmse,
      share: combination?.share ?? 1,
      canTell: !Number.isNaN(verification.verdict.pValue),
    };
    return { ...known, windows, trained, sentence: '' };
  } catch (error) {
    return { ...known, sentence: toProblem(error).message };
  }
}

const sentencesOf = (problems: DatasetSummary['problems']): string =>
  problems[0] === undefined
    ? 'Nothing to forecast was found, and no sentence says why.'
    : describeProblem(problems[0]);

/** What of a reading, and of the suggestion, is not as it should be. */
export function differences(summary: DatasetSummary, expected: Expected): string[] {
  const { rows, range, suggestion, columns, stations, problems, shortage } = summary;
  const target = suggestion === null ? null : columns[suggestion.target];
  const told: string[] = [];
  const hold = (isRight: boolean, words: string): void => void (isRight || told.push(words));
  const far = (a: number | null | undefined, b: number): boolean => Math.abs((a ?? NaN) - b) <= ROUNDING;
  // Of a file of several stations the rows of one are counted.
  if (expected.rows !== undefined && expected.stations === undefined) {
    hold(rows === expected.rows, `${rows} rows, not ${expected.rows}`);
  }
  for (const edge of ['from', 'to'] as const) {
    const wanted = expected[edge];
    const found = range === null ? 'nothing' : formatInstant(range[edge]).replace(' ', 'T');
    // One with the day alone is compared by the day.
    hold(
      wanted === undefined || found.startsWith(wanted) || wanted.startsWith(found),
      `${edge} ${found}, not ${wanted}`,
    );
  }
  if (expected.target !== undefined) {
    const isRight =
      expected.target === null ? target === null : new RegExp(expected.target).test(target?.name ?? '\n');
    hold(isRight, `target ${target?.name ?? 'none'}, not ${expected.target ?? 'none'}`);
  }
  hold(
    expected.unit === undefined || target?.unit === expected.unit,
    `in ${target?.unit}, not ${expected.unit}`,
  );
  for (const edge of ['min', 'max'] as const) {
    const wanted = expected[edge];
    hold(wanted === undefined || far(target?.[edge], wanted), `${edge} ${target?.[edge]}, not ${wanted}`);
  }
  hold(
    expected.stations === undefined || stations.length === expected.stations,
    `${stations.length} stations, not ${expected.stations}`,
  );
  const isTypical = problems.some(({ code }) => code === 'typical-year');
  hold(expected.typicalYear === undefined || isTypical, 'not known as a typical year');
  const isTrainable = suggestion !== null && shortage === null;
  hold(expected.trainable !== true || isTrainable, 'cannot be trained');
  return told;
}
