import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { check } from './checks';
import { replayDocument } from './report';
import { replay, type Replayed } from './replay';
import { verifyAfterwards } from './verified-afterwards';

const HELP = `npm run replay -- [DAYS] [KILLS] [MINUTES] [FOLDER]

Feeds so many days of a station's hourly readings (365 if left out) into a database of WeeWX while hindcast watch watches it,
with mishaps planted, and kills the watcher so many times (20 if left out). After MINUTES the feeding ends, wherever it is. Then holds
every forecast against the one made by hand from the readings of then, verifies them all with Python, and writes what was
found to docs/replay.md. A FOLDER is kept; one that a replay left is checked again, and nothing is fed.`;

const DAYS = 365;
const KILLS = 20;
const HOURS = 24;
const MINUTE_MS = 60_000;
const RESULTS_FILE = 'replayed.json';
/** Sums of the same numbers in another order. */
const SAME = 1e-9;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

async function main(args: readonly string[]): Promise<number> {
  const [days = DAYS, kills = KILLS, minutes = Infinity] = args.slice(0, 3).map(Number);
  const kept = args[3];
  if (!(days >= 1) || !(kills >= 0) || !(minutes > 0)) {
    say(HELP);
    return 2;
  }
  const folder = kept === undefined ? await mkdtemp(join(tmpdir(), 'hindcast-replay-')) : resolve(kept);
  const begun = Date.now();
  try {
    const plan = {
      learned: 90 * HOURS,
      fed: days * HOURS,
      mishapEvery: 37,
      kills,
      seed: 7,
      paceMs: 60,
      journalMode: 'delete',
      feedUntil: begun + minutes * MINUTE_MS,
    };
    const house = { folder, cli: join(__dirname, 'cli.cjs'), writer: resolve('scripts', 'weewx-writer.py') };
    const results = join(folder, RESULTS_FILE);
    if (!existsSync(results)) {
      const replayed = await replay(house, plan, (done, of) => say(`${done} of ${of} changes written`));
      await writeFile(results, JSON.stringify({ replayed, minutes: (Date.now() - begun) / MINUTE_MS }));
    }
    const fed = JSON.parse(await readFile(results, 'utf8')) as { replayed: Replayed; minutes: number };
    const { replayed } = fed;
    const checked = await check(replayed, (done, of) => say(`${done} of ${of} forecasts checked`));
    const script = resolve('scripts', 'verify-log.py');
    const verified = await verifyAfterwards(script, replayed.run, replayed.database, replayed.issued);
    await writeFile(
      resolve('docs', 'replay.md'),
      replayDocument({ replayed, checked, verified, minutes: fed.minutes }),
    );
    const { missing, twice, different, fromTheFuture } = checked;
    say(JSON.stringify({ missing, twice, different, fromTheFuture, verified, told: replayed.told }));
    const lost = [missing, twice, different, fromTheFuture].reduce((sum, each) => sum + each.length, 0);
    return lost + replayed.told.locked === 0 && verified.apart < SAME ? 0 : 1;
  } finally {
    if (kept === undefined) await rm(folder, { recursive: true, force: true });
  }
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
