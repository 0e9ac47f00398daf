import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { check } from './checks';
import { replayDocument } from './report';
import { replay } from './replay';

const HELP = `npm run replay -- [DAYS] [KILLS] [MINUTES]

Feeds so many days of a station's hourly readings (365 if left out) into a database of WeeWX while hindcast watch watches it,
with mishaps planted, and kills the watcher so many times (20 if left out). After MINUTES the feeding ends, wherever it is. Then holds every forecast against the one made by
hand from the readings of then, and writes what was found to docs/replay.md.`;

const DAYS = 365;
const KILLS = 20;
const HOURS = 24;
const MINUTE_MS = 60_000;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

async function main(args: readonly string[]): Promise<number> {
  const [days = DAYS, kills = KILLS, minutes = Infinity] = args.map(Number);
  if (!(days >= 1) || !(kills >= 0) || !(minutes > 0)) {
    say(HELP);
    return 2;
  }
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-replay-'));
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
    const replayed = await replay(house, plan, (done, of) => say(`${done} of ${of} changes written`));
    const checked = await check(replayed, (done, of) => say(`${done} of ${of} forecasts checked`));
    const took = (Date.now() - begun) / MINUTE_MS;
    await writeFile(resolve('docs', 'replay.md'), replayDocument({ replayed, checked, minutes: took }));
    const { missing, twice, different, fromTheFuture } = checked;
    const lost = [missing, twice, different, fromTheFuture].reduce((sum, each) => sum + each.length, 0);
    return lost + replayed.told.locked === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
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
