import type { Checked } from './checks';
import type { Replayed } from './replay';
import { MISHAPS } from './station-log';
import type { VerifiedAfterwards } from './verified-afterwards';

/** What a replay found. */
export interface Found {
  readonly replayed: Replayed;
  readonly checked: Checked;
  readonly verified: VerifiedAfterwards;
  /** That the feeding took. */
  readonly minutes: number;
}

/** docs/replay.md: the station with a database, and the files by a clock that is put forward and back. */
export interface Document {
  readonly database: string;
  readonly files: string;
}

const INTRODUCTION = [
  '# A station, replayed',
  '',
  'A process writes hourly readings into a database of WeeWX, many times as fast as they come, while `hindcast watch`',
  'watches it and is killed at moments drawn by a seed. Afterwards every forecast that was ever in the log is made once more by',
  'hand: from the archive as it stood when the forecast was made, up to its last reading, with the run as it was before it was',
  'watched. All of them are verified by a script in Python (`scripts/verify-log.py`) that reads forecasts and database alone.',
  '`npm run replay -- DAYS KILLS MINUTES FOLDER` does it (a year with 20 kills where nothing is said; after MINUTES no more is fed in);',
  '`src-main/replay/replay.test.ts` does a week with five kills in `npm test`. The model is a small one, trained in moments, and the',
  'sensor is moved now and then: the scores here measure the log, not what Hindcast can do.',
  '',
].join('\n');
const FILES_TITLE = '## A clock on a wall';

/** The two parts of docs/replay.md as it is; each is written by a replay of its own. */
export function partsOf(document: string): Document {
  const at = document.indexOf(FILES_TITLE);
  const [database, files] = at < 0 ? [document, ''] : [document.slice(0, at), document.slice(at)];
  return { database: database.slice(Math.max(0, database.indexOf('| what'))), files };
}

export const documentOf = ({ database, files }: Document): string =>
  `${INTRODUCTION}\n${database.trim()}\n${files === '' ? '' : `\n${files.trim()}\n`}`;

const degrees = (value: number): string => `${value.toFixed(6)} °C`;

type Line = readonly [what: string, of: (found: Found) => string | number];

const LINES: readonly Line[] = [
  ['days of hourly readings', ({ replayed }) => Math.round(replayed.hours / 24)],
  ['times that the watcher was killed', ({ replayed }) => replayed.kills],
  ['forecasts issued', ({ checked }) => checked.issued],
  ['due, and not issued', ({ checked }) => checked.missing.length],
  ['issued twice, or changed later', ({ checked }) => checked.twice.length],
  [
    'other than those made by hand from the readings of then, to the last bit',
    ({ checked }) => checked.different.length,
  ],
  ['from readings that were not written yet', ({ checked }) => checked.fromTheFuture.length],
  [
    'values that were verified, by Hindcast and by Python',
    ({ verified }) => `${verified.own.points}, ${verified.byPython.points}`,
  ],
  [
    'their RMSE, by Hindcast and by Python',
    ({ verified }) => `${degrees(verified.own.rmse)}, ${degrees(verified.byPython.rmse)}`,
  ],
  ['RMSE of persistence on the same values', ({ verified }) => degrees(verified.byPython.persistenceRmse)],
  ['within the 95 % interval', ({ verified }) => `${(100 * verified.byPython.within).toFixed(1)} %`],
  ['largest difference of any of these scores', ({ verified }) => verified.apart.toExponential(1)],
];

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

function plantedIn({ replayed: { changes, planted } }: Found): string {
  const counts = MISHAPS.map((mishap) => ({
    mishap,
    count: planted.filter((each) => each === mishap).length,
  }));
  const said = counts.filter(({ count }) => count > 0).map(({ mishap, count }) => `${count} × ${mishap}`);
  return `Planted among ${changes.length} changes: ${said.join(', ')}.`;
}

/** Of the station with a database. */
export function databasePart(found: Found): string {
  const { told } = found.replayed;
  const waits: readonly (readonly [string, string | number])[] =
    told === null
      ? []
      : [
          ['transactions of the station', told.transactions],
          ['of these the database was locked for', told.locked],
          ['longest wait of the station for its lock', `${told.longest_wait_ms.toFixed(2)} ms`],
          [
            'the same, of a database beside it that nobody watches',
            `${told.longest_wait_beside_ms.toFixed(2)} ms`,
          ],
          [
            'waits over 50 ms, and those of the one beside it',
            `${told.long_waits}, ${told.long_waits_beside}`,
          ],
        ];
  const lines = [...waits, ...LINES.map(([what, of]) => [what, of(found)] as const)];
  return [
    row(['what', 'number']),
    row(['---', '---']),
    ...lines.map(row),
    '',
    `${plantedIn(found)} Feeding took ${found.minutes.toFixed(0)} minutes.`,
  ].join('\n');
}

/** Of the files, one to summer time and one back. */
export function filesPart(founds: readonly (readonly [name: string, Found])[]): string {
  return [
    FILES_TITLE,
    '',
    'The same with a file of local times that say nothing of summer time (`train --zone Europe/Berlin`): in March an hour is',
    'left out, in October one comes twice. `npm run replay -- summer-time` does it.',
    '',
    row(['what', ...founds.map(([name]) => name)]),
    row(['---', ...founds.map(() => '---')]),
    ...LINES.map(([what, of]) => row([what, ...founds.map(([, found]) => of(found))])),
    '',
    ...founds.flatMap(([name, found]) => [`${name}: ${plantedIn(found)}`, '']),
  ].join('\n');
}
