import type { Checked } from './checks';
import type { Replayed } from './replay';
import { MISHAPS } from './station-log';
import type { VerifiedAfterwards } from './verified-afterwards';

const degrees = (value: number): string => `${value.toFixed(6)} °C`;

/** docs/replay.md: what a replay found. */
export function replayDocument({
  replayed,
  checked,
  verified,
  minutes,
}: {
  readonly replayed: Replayed;
  readonly checked: Checked;
  readonly verified: VerifiedAfterwards;
  readonly minutes: number;
}): string {
  const { hours, changes, planted, kills, told } = replayed;
  const rows: readonly (readonly [string, string | number])[] = [
    ['days of hourly readings', Math.round(hours / 24)],
    ['transactions of the station', told.transactions],
    ['of these the database was locked for', told.locked],
    ['longest wait of the station for its lock', `${told.longest_wait_ms.toFixed(2)} ms`],
    ['the same, of a database beside it that nobody watches', `${told.longest_wait_beside_ms.toFixed(2)} ms`],
    ['waits over 50 ms, and those of the one beside it', `${told.long_waits}, ${told.long_waits_beside}`],
    ['times that the watcher was killed', kills],
    ['forecasts issued', checked.issued],
    ['due, and not issued', checked.missing.length],
    ['issued twice, or changed later', checked.twice.length],
    ['other than those made by hand from the readings of then, to the last bit', checked.different.length],
    ['from readings that were not written yet', checked.fromTheFuture.length],
    ['values that were verified, by Hindcast and by Python', `${verified.own.points}, ${verified.byPython.points}`],
    ['their RMSE, by Hindcast and by Python', `${degrees(verified.own.rmse)}, ${degrees(verified.byPython.rmse)}`],
    ['RMSE of persistence on the same values', degrees(verified.byPython.persistenceRmse)],
    ['within the 95 % interval', `${(100 * verified.byPython.within).toFixed(1)} %`],
    ['largest difference of any of these scores', verified.apart.toExponential(1)],
  ];
  const counts = MISHAPS.map((mishap) => `${planted.filter((each) => each === mishap).length} × ${mishap}`);
  return [
    '# A station, replayed',
    '',
    'A process writes hourly readings into a database of WeeWX, many times as fast as they come, while `hindcast watch`',
    'watches it and is killed at moments drawn by a seed. Afterwards every forecast that was ever in the log is made once more by',
    'hand: from the archive as it stood when the forecast was made, up to its last reading, with the run as it was before it was',
    'watched. All of them are verified by a script in Python that reads the log and the database alone. `npm run replay -- DAYS KILLS MINUTES` does it (a year with 20 kills where nothing is said; after MINUTES no more is fed in); `src-main/replay/replay.test.ts` does two weeks with five kills in `npm test`.',
    '',
    '| what | number |',
    '| --- | --- |',
    ...rows.map(([what, number]) => `| ${what} | ${number} |`),
    '',
    `Planted among ${changes.length} changes: ${counts.join(', ')}. It took ${minutes.toFixed(0)} minutes.`,
    '',
  ].join('\n');
}
