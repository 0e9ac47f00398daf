import { INTERVAL_LEVELS, type ByLevel } from '../contract/intervals';
import { table, type Machine } from './report';
import type { DataSetResult, SeedResult } from './verification';

/** What the Recommended settings are held to, against the best single baseline and against persistence. */
const MOST_ABOVE_BEST = 0.01;
const LEAST_BELOW_PERSISTENCE = 0.05;
/** How far measured coverage may lie from the nominal level. */
const MOST_OFF = 0.03;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** '2.01 (1.99 to 2.03)' */
function spread(values: readonly number[], digits: number): string {
  const write = (value: number): string => value.toFixed(digits);
  return `${write(mean(values))} (${write(Math.min(...values))} to ${write(Math.max(...values))})`;
}

const percent = (share: number): string => `${share < 0 ? '' : '+'}${(100 * share).toFixed(1)} %`;

/** `docs/verification.md`: what the Recommended settings reach, and how often their intervals hold. */
export function verificationDocument(
  machine: Machine,
  seeds: readonly number[],
  results: readonly DataSetResult[],
): string {
  const of = (result: DataSetResult, pick: (seed: SeedResult) => number): number[] => result.seeds.map(pick);
  const scores = results.map((result) => {
    const { name, unit, persistence, bestBaseline, bestRmse } = result;
    const rmse = mean(of(result, (seed) => seed.rmse));
    const [above, below] = [rmse / bestRmse - 1, rmse / persistence - 1];
    const holds = above <= MOST_ABOVE_BEST && below <= -LEAST_BELOW_PERSISTENCE;
    return [
      `${name} (${unit})`,
      spread(
        of(result, (seed) => seed.rmse),
        3,
      ),
      spread(
        of(result, (seed) => seed.lstmRmse),
        3,
      ),
      `${bestRmse.toFixed(3)} (${bestBaseline})`,
      persistence.toFixed(3),
      percent(above),
      percent(below),
      spread(
        of(result, (seed) => 100 * seed.share),
        0,
      ),
      holds ? 'yes' : '**no**',
    ];
  });
  const coverages = results.map((result) => {
    const held = (kind: 'coverage' | 'frozenCoverage', level: keyof ByLevel<unknown>): number[] =>
      of(result, (seed) => 100 * seed[kind][level]);
    const off = INTERVAL_LEVELS.map((level) => Math.abs(mean(held('coverage', level)) - level) / 100);
    return [
      result.name,
      ...INTERVAL_LEVELS.map((level) => spread(held('coverage', level), 1)),
      INTERVAL_LEVELS.map((level) => mean(held('frozenCoverage', level)).toFixed(1)).join(' / '),
      INTERVAL_LEVELS.map((level) => mean(of(result, (seed) => seed.width[level])).toFixed(2)).join(' / '),
      off.every((each) => each <= MOST_OFF) ? 'yes' : '**no**',
    ];
  });
  const sizes = results.map(({ name, rows, step, horizon, testWindows, seeds: each }) => [
    name,
    rows,
    step,
    horizon,
    testWindows,
    spread(
      each.map(({ seconds }) => seconds),
      1,
    ),
  ]);
  return `# What the Recommended settings reach

Made by \`npm run bench -- verification NAME=FILE::TARGET[::FIRST-DAY] ... --write\` on ${machine.date}: ${machine.processor},
${machine.cores} cores, ${machine.platform}, Node ${machine.node}. Seeds ${seeds.join(', ')}; numbers are means over them, with the least and the most in
brackets. Everything is measured on the test part, the newest fifth, which nothing was learned or chosen on.

## The data

${table(['data', 'rows', 'step', 'lead times', 'test windows', 'training, s'], sizes)}

## RMSE beside the baselines

The blend of the LSTM and simple models is chosen without the test part. It is to be no worse than the best single
baseline by more than 1 %, and better than persistence by at least 5 %.

${table(
  [
    'data',
    'Recommended',
    'its LSTM alone',
    'best baseline',
    'persistence',
    'against the best',
    'against persistence',
    'LSTM in the blend, %',
    'holds',
  ],
  scores,
)}

## How often the intervals held, in per cent

Each end is learned from errors before the test part and then follows each error that was known when a forecast was
given. "Frozen" is what the same intervals would have held had they stayed as they were when the test part began. The
nominal levels are to be met within 3 points. How fast the ends follow was settled while looking at these data: elsewhere coverage
may be a little farther off.

${table(['data', '50 %', '80 %', '95 %', 'frozen, 50 / 80 / 95 %', 'mean width, 50 / 80 / 95 %', 'holds'], coverages)}
`;
}
