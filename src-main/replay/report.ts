import type { Checked } from './checks';
import type { Replayed } from './replay';
import { MISHAPS } from './station-log';

/** docs/replay.md: what a replay found. */
export function replayDocument({
  replayed,
  checked,
  minutes,
}: {
  readonly replayed: Replayed;
  readonly checked: Checked;
  readonly minutes: number;
}): string {
  const { hours, changes, planted, kills, told } = replayed;
  const rows: readonly (readonly [string, string | number])[] = [
    ['days of hourly readings', Math.round(hours / 24)],
    ['transactions of the station', told.transactions],
    ['of these the database was locked for', told.locked],
    ['longest wait of the station for its lock', `${told.longest_wait_ms.toFixed(2)} ms`],
    ['times that the watcher was killed', kills],
    ['forecasts issued', checked.issued],
    ['due, and not issued', checked.missing.length],
    ['issued twice, or changed later', checked.twice.length],
    ['other than those made by hand from the readings of then, to the last bit', checked.different.length],
    ['from readings that were not written yet', checked.fromTheFuture.length],
  ];
  const counts = MISHAPS.map((mishap) => `${planted.filter((each) => each === mishap).length} × ${mishap}`);
  return [
    '# A station, replayed',
    '',
    'A process writes hourly readings into a database of WeeWX, many times as fast as they come, while `hindcast watch`',
    'watches it and is killed at moments drawn by a seed. Afterwards every forecast that was ever in the log is made once more by',
    'hand: from the archive as it stood when the forecast was made, up to its last reading, with the run as it was before it was',
    'watched. `npm run replay -- DAYS KILLS MINUTES` does it (a year with 20 kills where nothing is said; after MINUTES no more is fed in); `src-main/replay/replay.test.ts` does two weeks with five kills in `npm test`.',
    '',
    '| what | number |',
    '| --- | --- |',
    ...rows.map(([what, number]) => `| ${what} | ${number} |`),
    '',
    `Planted among ${changes.length} changes: ${counts.join(', ')}. It took ${minutes.toFixed(0)} minutes.`,
    '',
  ].join('\n');
}
