import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const SEEDS = [1, 2, 3] as const;
const TEST_YEARS = [2015, 2016, 2017] as const;
const DAY = 86_400_000;
/** Of what a training prints. */
const MOST_OUTPUT = 64 * 2 ** 20;

/**
 * What is forecast: the highest or the lowest temperature of the next day; either as the next row's `Present_` column has it, or
 * as `Next_` has it, which stands in the row of the day before and is laid in the row of its own day.
 */
export interface MosTarget {
  readonly extreme: 'Tmax' | 'Tmin';
  readonly observed: 'Present' | 'Next';
}
export const MOS_TARGETS: readonly MosTarget[] = (['Present', 'Next'] as const).flatMap((observed) =>
  (['Tmax', 'Tmin'] as const).map((extreme) => ({ extreme, observed })),
);

const trainedSchema = z.object({
  scores: z.object({
    model: z.object({ rmse: z.number() }),
    service: z.object({ rmse: z.number() }),
    serviceCorrected: z.object({ rmse: z.number() }),
    ridge: z.object({ rmse: z.number() }),
    persistence: z.object({ rmse: z.number() }),
  }),
  combination: z.object({ share: z.number() }),
  coverage: z.record(z.string(), z.number()),
  windows: z.object({ test: z.number() }),
});
type Trained = z.infer<typeof trainedSchema>;

/** One target and test year, trained with each seed. */
export interface MosCase {
  readonly target: MosTarget;
  readonly year: number;
  /** Forecasts that the file holds of the test year with the observation that they are of, at all stations. */
  readonly possible: number;
  /** One a seed. */
  readonly trained: readonly Trained[];
}

/** Trains all cases on the public Seoul LDAPS set by the command line, each on a file that ends with its test year. */
export async function benchMos(file: string, say: (line: string) => void): Promise<readonly MosCase[]> {
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/);
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-mos-'));
  const cases: MosCase[] = [];
  try {
    for (const target of MOS_TARGETS) {
      for (const year of TEST_YEARS) {
        const { text, possible } = cutAfter(lines, year, target);
        const path = join(folder, `ldaps-${year}.csv`);
        await writeFile(path, text);
        const trained: Trained[] = [];
        for (const seed of SEEDS) trained.push(await train(path, target, year, seed, folder));
        cases.push({ target, year, possible, trained });
        const rmse = trained.map(({ scores }) => scores.model.rmse.toFixed(3)).join(', ');
        const { ridge, service } = trained[0]!.scores;
        say(
          `${target.observed}_${target.extreme} ${year}: ${rmse}; ridge ${ridge.rmse.toFixed(3)}, service ${service.rmse.toFixed(3)}`,
        );
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return cases;
}

const columnOf = ({ observed, extreme }: MosTarget): string =>
  `${observed === 'Next' ? 'Day' : 'Present'}_${extreme}`;

async function train(
  path: string,
  target: MosTarget,
  year: number,
  seed: number,
  folder: string,
): Promise<Trained> {
  const args = [
    ...['train', path, '--target', columnOf(target), '--horizon', '1'],
    ...['--issued-ahead', 'LDAPS_*', '--service', `LDAPS_${target.extreme}_lapse`, '--station', 'station'],
    ...[
      '--test-from',
      `${year}-01-01`,
      '--seed',
      String(seed),
      '--out',
      join(folder, 'run'),
      '--force',
      '--json',
    ],
  ];
  const { stdout } = await run(process.execPath, [resolve('out', 'main', 'cli.cjs'), ...args], {
    maxBuffer: MOST_OUTPUT,
  });
  return trainedSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}

/** The rows up to a year; with the target that `Next_` tells in a column of its own, `Day_Tmax` or `Day_Tmin`. */
export function cutAfter(
  lines: readonly string[],
  year: number,
  target: MosTarget,
): { readonly text: string; readonly possible: number } {
  const [head = '', ...rest] = lines;
  const names = head.split(',');
  const place = (name: string): number => {
    const found = names.indexOf(name);
    if (found < 0) throw new Error(`The file has no column “${name}”.`);
    return found;
  };
  const [station, date] = [place('station'), place('Date')];
  const [next, present] = [place(`Next_${target.extreme}`), place(`Present_${target.extreme}`)];
  const service = place(`LDAPS_${target.extreme}_lapse`);
  const rows = rest
    .map((line) => line.split(','))
    .filter((cells) => cells[station] !== '' && Number((cells[date] ?? '').slice(0, 4)) <= year)
    .filter((cells) => cells.length === names.length && /^\d{4}-/.test(cells[date]!));
  const keyOf = (cells: readonly string[], days: number): string =>
    `${cells[station]} ${new Date(Date.parse(cells[date]!) + days * DAY).toISOString().slice(0, 10)}`;
  const observed = new Map(
    rows.map((cells) =>
      target.observed === 'Next' ? [keyOf(cells, 1), cells[next]!] : [keyOf(cells, 0), cells[present]!],
    ),
  );
  const possible = rows.filter(
    (cells) =>
      cells[date]!.startsWith(String(year)) &&
      cells[service] !== '' &&
      (observed.get(keyOf(cells, 1)) ?? '') !== '',
  ).length;
  if (target.observed === 'Present') {
    return { text: `${[names, ...rows].map((cells) => cells.join(',')).join('\n')}\n`, possible };
  }
  const known = new Set(rows.map((cells) => keyOf(cells, 0)));
  // The day after the last of a summer has no row of its own.
  const further = rows
    .filter((cells) => !known.has(keyOf(cells, 1)))
    .map((cells) => {
      const empty = new Array<string>(names.length).fill('');
      [empty[station], empty[date]] = keyOf(cells, 1).split(' ') as [string, string];
      return empty;
    });
  const withDay = [...rows, ...further].map((cells) => {
    const own = [...cells, observed.get(keyOf(cells, 0)) ?? ''];
    // The day that it tells of comes later: what it says there is the target.
    return own.filter((_, column) => !names[column]?.startsWith('Next_'));
  });
  const kept = names.filter((name) => !name.startsWith('Next_'));
  const table = [[...kept, columnOf(target)], ...withDay];
  return { text: `${table.map((cells) => cells.join(',')).join('\n')}\n`, possible };
}
