import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { check } from './checks';
import { databasePart, documentOf, filesPart, partsOf, type Document, type Found } from './report';
import { replay, type ReplayPlan } from './replay';
import { verifyAfterwards } from './verified-afterwards';

const HELP = `npm run replay -- [DAYS] [KILLS] [MINUTES] [FOLDER]
npm run replay -- summer-time [FOLDER]

Feeds so many days of a station's hourly readings (365 if left out) into a database of WeeWX while hindcast watch watches it,
with mishaps planted, and kills the watcher so many times (20 if left out). After MINUTES the feeding ends, wherever it is. Then holds
every forecast against the one made by hand from the readings of then, verifies them all with Python, and writes what was
found to docs/replay.md. summer-time: the same with files of local times, around the changes of March and October.
A FOLDER is kept; one that a replay left is checked again, and nothing is fed.`;

const DAYS = 365;
const KILLS = 20;
const HOURS = 24;
const MINUTE_MS = 60_000;
const RESULTS_FILE = 'replayed.json';
/** Sums of the same numbers in another order. */
const SAME = 1e-9;
const LEARNED_DAYS = 90;
/** From one mishap to the next, in hours. */
const MISHAP_EVERY = 37;
const SEED = 7;
const SUMMER_TIME = 'summer-time';
/** Feeding begins six days before the clock is changed, and ends as many behind it. */
const AROUND_CHANGES = {
  March: Date.UTC(2022, 2, 21) / 1000,
  October: Date.UTC(2022, 9, 24) / 1000,
} as const;
const AROUND_DAYS = 12;
const AROUND_KILLS = 4;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const COMMON = {
  learned: LEARNED_DAYS * HOURS,
  mishapEvery: MISHAP_EVERY,
  seed: SEED,
  paceMs: 60,
  journalMode: 'delete',
};

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === SUMMER_TIME) return inFolder(args[1], replaySummerTime);
  const [days = DAYS, kills = KILLS, minutes = Infinity] = args.slice(0, 3).map(Number);
  if (!(days >= 1) || !(kills >= 0) || !(minutes > 0)) {
    say(HELP);
    return 2;
  }
  return inFolder(args[3], async (folder) => {
    const feedUntil = Date.now() + minutes * MINUTE_MS;
    const start = Date.UTC(2022, 0, 1) / 1000;
    const found = await replayed(folder, {
      ...COMMON,
      station: 'weewx',
      start,
      fed: days * HOURS,
      kills,
      feedUntil,
    });
    await writePart({ database: databasePart(found) });
    return isRight(found) ? 0 : 1;
  });
}

async function replaySummerTime(folder: string): Promise<number> {
  const founds: (readonly [string, Found])[] = [];
  for (const [name, begin] of Object.entries(AROUND_CHANGES)) {
    const found = await replayed(join(folder, name), {
      ...COMMON,
      station: 'wall-clock',
      start: begin - COMMON.learned * 3600,
      fed: AROUND_DAYS * HOURS,
      kills: AROUND_KILLS,
      feedUntil: Infinity,
    });
    founds.push([name, found]);
  }
  await writePart({ files: filesPart(founds) });
  return founds.every(([, found]) => isRight(found)) ? 0 : 1;
}

/** A folder that is named is kept. */
async function inFolder(
  named: string | undefined,
  act: (folder: string) => Promise<number>,
): Promise<number> {
  const folder = named === undefined ? await mkdtemp(join(tmpdir(), 'hindcast-replay-')) : resolve(named);
  try {
    return await act(folder);
  } finally {
    if (named === undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** Feeds, unless that was done in this folder before, and checks. */
async function replayed(folder: string, plan: ReplayPlan): Promise<Found> {
  const house = { folder, cli: join(__dirname, 'cli.cjs'), writer: resolve('scripts', 'weewx-writer.py') };
  const results = join(folder, RESULTS_FILE);
  if (!existsSync(results)) {
    const begun = Date.now();
    const fed = await replay(house, plan, (done, of) => say(`${done} of ${of} changes written`));
    const minutes = (Date.now() - begun) / MINUTE_MS;
    await writeFile(results, JSON.stringify({ replayed: fed, minutes }));
  }
  const fed = JSON.parse(await readFile(results, 'utf8')) as Pick<Found, 'replayed' | 'minutes'>;
  const checked = await check(fed.replayed, (done, of) => say(`${done} of ${of} forecasts checked`));
  const verified = await verifyAfterwards(resolve('scripts', 'verify-log.py'), fed.replayed);
  const { missing, twice, different, fromTheFuture } = checked;
  say(JSON.stringify({ missing, twice, different, fromTheFuture, verified, told: fed.replayed.told }));
  return { ...fed, checked, verified };
}

function isRight({ replayed: { told }, checked, verified }: Found): boolean {
  const { missing, twice, different, fromTheFuture } = checked;
  const lost = [missing, twice, different, fromTheFuture].reduce((sum, each) => sum + each.length, 0);
  return lost + (told?.locked ?? 0) === 0 && verified.apart < SAME;
}

async function writePart(part: Partial<Document>): Promise<void> {
  const path = resolve('docs', 'replay.md');
  await writeFile(path, documentOf({ ...partsOf(await readFile(path, 'utf8')), ...part }));
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
