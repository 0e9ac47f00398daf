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

/** `docs/journeys.md`: how far one gets with each file by taking what is suggested. */
export function journeysDocument(machine: Machine, journeys: readonly Journey[]): string {
  const ratios = journeys.map(ratioOf).filter((ratio) => ratio !== null);
  const judged = journeys.filter(({ differs }) => differs !== null);
  const share = (count: number, of: number): string => `${count} of ${of}`;
  const rows = journeys.map((journey) => {
    const { name, differs, question, target, inputs, windows, unit, trained } = journey;
    const ratio = ratioOf(journey);
    return [
      cell(name),
      differs === null ? '' : differs.length === 0 ? 'yes' : `**${cell(differs.join('; '))}**`,
      question,
      cell(unit === '' ? target : `${target} in ${unit}`),
      inputs.length === 0 ? '' : String(inputs.length),
      windows === 0 ? '' : String(windows),
      trained === null ? '' : trained.rmse.toFixed(3),
      trained === null ? '' : `${trained.bestRmse.toFixed(3)} (${trained.best})`,
      trained === null ? '' : `${Math.round(100 * trained.share)} %`,
      ratio === null
        ? trained === null
          ? ''
          : 'exact'
        : ratio > WANTED
          ? `**${ratio.toFixed(3)}**`
          : ratio.toFixed(3),
    ];
  });
  const untrained = journeys.filter(({ trained }) => trained === null);
  return `# From any file to a forecast

Made by \`npm run bench -- journeys FOLDER|FILE ... --write\` on ${machine.date}: ${machine.processor}, ${machine.cores} cores, Node ${machine.node}.
Each file was opened, what is suggested was taken, and Recommended was trained on it: the way of who changes nothing. "Read
right" is held against an \`expected.json\` that lies in the folder, else against \`docs/journeys-expected.json\`. The best baseline is that which is best on the test
part, chosen with hindsight; a ratio above ${WANTED} is printed
bold, and where a file is a line drawn for a test, which a baseline meets exactly, there is none.

- Read right: ${share(judged.filter(({ differs }) => differs?.length === 0).length, judged.length)} of which somebody said what is right.
- Trained: ${share(journeys.length - untrained.length, journeys.length)}.
- Recommended at most ${WANTED} times the best baseline: ${share(ratios.filter((ratio) => ratio <= WANTED).length, ratios.length)}; above ${WORST}: ${ratios.filter((ratio) => ratio > WORST).length}; in the median ${median(ratios).toFixed(3)}.

${table(
  [
    'file',
    'read right',
    'question',
    'target',
    'inputs',
    'windows',
    'RMSE',
    'best baseline',
    'share of the LSTM',
    'ratio',
  ],
  rows,
)}

## Where nothing was trained

${untrained.map(({ name, sentence }) => `- ${name}: ${sentence}`).join('\n')}
`;
}
