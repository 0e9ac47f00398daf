import type { Language } from '../contract/language';
import { inputText, SHARED_WORDS } from '../contract/words';
import { formatInstant } from '../series';
import type { ReportContent } from './content';
import { REPORT_WORDS } from './words';

export type Fact = readonly [name: string, value: string];

/** What the model learned from, and what was kept from it. */
export function dataFacts(
  { sourceFile, data, windows, parts }: ReportContent,
  language: Language,
): readonly Fact[] {
  const words = REPORT_WORDS[language];
  const range = (from: number, to: number): string => words.range(formatInstant(from), formatInstant(to));
  const part = (key: 'train' | 'validation' | 'test'): string => {
    const dates = parts[key];
    return dates === null ? words.noWindows : words.part(windows[key], range(dates.from, dates.to));
  };
  const shared = SHARED_WORDS[language];
  const step = shared.step(data.stepLabel);
  const toldByLater: readonly Fact[] =
    data.toldByLater === 0 ? [] : [[words.facts.toldByLater, shared.toldByLater(String(data.toldByLater))]];
  return [
    [words.facts.file, sourceFile],
    [words.facts.readings, words.readings(data.rows, step, range(data.from, data.to))],
    [words.facts.filled, String(data.filled)],
    ...struckFact(data.struck, language),
    [words.facts.training, part('train')],
    [words.facts.validation, part('validation')],
    [words.facts.test, part('test')],
    ...toldByLater,
  ];
}

/** A longer list would not be read; run.json has them all. */
const MOST_STRUCK_LISTED = 12;

function struckFact(struck: ReportContent['data']['struck'], language: Language): readonly Fact[] {
  if (struck.length === 0) return [];
  const words = REPORT_WORDS[language];
  const listed = struck
    .slice(0, MOST_STRUCK_LISTED)
    .map(({ column, from, to }) => `${column}: ${words.range(formatInstant(from), formatInstant(to))}`);
  const others = struck.length - listed.length;
  return [[words.facts.struck, [...listed, ...(others > 0 ? [words.moreStruck(others)] : [])].join('; ')]];
}

/** What the model is, and how it was trained. */
export function modelFacts(content: ReportContent, language: Language): readonly Fact[] {
  const { settings, inputNames, parameterCount, epochs, keptEpoch, trainedAt } = content;
  const { window, horizon, layers, hidden, learningRate, seed, members } = settings;
  const words = REPORT_WORDS[language];
  const isMean = members > 1;
  const network = words.network(layers, hidden, parameterCount);
  const course = isMean ? words.epochsOfMembers(epochs, keptEpoch) : words.epochs(epochs, keptEpoch);
  const seeds = isMean ? words.seeds(seed, seed + members - 1) : words.seed(seed);
  return [
    [words.facts.network, isMean ? words.meanOf(members, network) : network],
    [words.facts.window, words.window(window)],
    [words.facts.horizon, words.horizon(horizon)],
    [words.facts.inputs, inputNames.map((input) => inputText(input, language)).join(', ')],
    [words.facts.training, `${course}; ${words.learning(learningRate, seeds)}`],
    [words.facts.trained, `${formatUtc(trainedAt)} UTC`],
  ];
}

/** '2024-05-01 09:30'. */
export function formatUtc(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
