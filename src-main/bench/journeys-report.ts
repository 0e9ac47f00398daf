import type { Journey } from './journeys';
import { table, type Machine } from './report';

/** The bound for Recommended against the baseline that is best on the test part, which is not known beforehand. */
const WANTED = 1.02;
const WORST = 1.1;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A baseline that is this near is exact: the file is a line drawn for a test, and a ratio to it says nothing. */
const EXACT = 1e-3;

/** RMSE of Recommended to that of the best baseline; null where nothing was trained, or the baseline is exact. */
export function ratioOf({ trained }: Journey): number | null {
  return trained === null || trained.bestRmse < EXACT ? null : trained.rmse / trained.bestRmse;
}

function median(values: readonly number[]): number {
  const sorted = values.slice().sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

/** One line of progress. */
export function journeyLine(journey: Journey): string {
  const { name, differs, target, question, windows, trained, sentence } = journey;
  const read = differs === null ? '' : differs.length === 0 ? ', read right' : `, ${differs.join('; ')}`;
  if (trained === null) return `${name}${read}: ${sentence}`;
  const ratio = ratioOf(journey)?.toFixed(3) ?? 'exact';
  return `${name}${read}: ${target} (${question}, ${windows} windows) ${trained.rmse.toFixed(3)} / ${trained.best} ${trained.bestRmse.toFixed(3)} = ${ratio}`;
}

/** What a file must hold of its target to be counted: with fewer readings it is honest, and no more is asked of it. */
const COUNTED_FROM = 60;

const HEADER = [
  'file',
  'read right',
  'question',
  'target',
  'readings',
  'inputs',
  'windows',
  'RMSE',
  'best baseline',
  'share of the LSTM',
  'ratio',
];

/** What stands behind a ratio where the test part is too short to name a winner. */
const SHORT_TEST = '(short)';

function rowOf(journey: Journey): string[] {
  const { name, differs, question, target, readings, inputs, windows, unit, trained } = journey;
  const number = (count: number): string => (count === 0 ? '' : String(count));
  return [
    cell(name),
    differs === null ? '' : differs.length === 0 ? 'yes' : `**${cell(differs.join('; '))}**`,
    question,
    cell(unit === '' ? target : `${target} in ${unit}`),
    number(readings),
    number(inputs.length),
    number(windows),
    trained === null ? '' : trained.rmse.toFixed(3),
    trained === null ? '' : `${trained.bestRmse.toFixed(3)} (${trained.best})`,
    trained === null ? '' : `${Math.round(100 * trained.share)} %`,
    ratioCell(journey),
  ];
}

function ratioCell(journey: Journey): string {
  const { trained } = journey;
  if (trained === null) return '';
  const ratio = ratioOf(journey);
  if (ratio === null) return 'exact';
  const told = ratio > WANTED ? `**${ratio.toFixed(3)}**` : ratio.toFixed(3);
  return trained.canTell ? told : `${told} ${SHORT_TEST}`;
}

/** How many are within the bounds, in one sentence. */
function ratiosSentence(journeys: readonly Journey[]): string {
  const ratios = journeys.map(ratioOf).filter((ratio) => ratio !== null);
  const within = ratios.filter((ratio) => ratio <= WANTED).length;
  const beyond = ratios.filter((ratio) => ratio > WORST).length;
  return `Recommended at most ${WANTED} times the best baseline: ${within} of ${ratios.length}; above ${WORST}: ${beyond}; in the median ${median(ratios).toFixed(3)}.`;
}

/** `docs/journeys.md`: how far one gets with each file by taking what is suggested. */
export function journeysDocument(machine: Machine, journeys: readonly Journey[]): string {
  const judged = journeys.filter(({ differs }) => differs !== null);
  const right = judged.filter(({ differs }) => differs?.length === 0);
  const counted = journeys.filter(({ readings }) => readings >= COUNTED_FROM);
  const small = journeys.filter(({ readings }) => readings < COUNTED_FROM);
  const trainedOf = (of: readonly Journey[]): string =>
    `${of.filter(({ trained }) => trained !== null).length} of ${of.length}`;
  const untrained = journeys.filter(({ trained }) => trained === null);
  return `# From any file to a forecast

Made by \`npm run bench -- journeys FOLDER|FILE ... --write\` on ${machine.date}: ${machine.processor}, ${machine.cores} cores, Node ${machine.node}.
Each file was opened, what is suggested was taken, and Recommended was trained on it: the way of who changes nothing. "Read
right" is held against \`docs/journeys-expected.json\`, else against an \`expected.json\` that lies in the folder. The best
baseline is that which is best on the test part, chosen with hindsight. A ratio above ${WANTED} is printed bold. Where a baseline
meets the file exactly, a line drawn for a test, there is none. "${SHORT_TEST}" stands where the test part is too short to name a
winner (shorter than two days, or than four times the lead times), as the verdict then says.

- Read right: ${right.length} of ${judged.length} of which somebody said what is right.

## Files with ${COUNTED_FROM} readings or more

- Trained: ${trainedOf(counted)}.
- ${ratiosSentence(counted)}

${table(HEADER, counted.map(rowOf))}

## Smaller files

Trained where there are windows at all, and judged on a handful of them: what stands here says little.

- Trained: ${trainedOf(small)}.
- ${ratiosSentence(small)}

${table(HEADER, small.map(rowOf))}

## Where nothing was trained

${untrained.map(({ name, sentence }) => `- ${name}: ${sentence}`).join('\n')}
`;
}
