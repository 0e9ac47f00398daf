import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lastLine, runCommand } from './cli.fixture';

/** Days of readings, and how many more come later. */
const DAYS = 300;
const NEWER = 4;
const LEADS = 3;

const dateOf = (day: number): string => new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 10);
const noise = (number: number): number => {
  const drawn = Math.sin(number * 12.9898) * 43_758.5453;
  return 2 * (drawn - Math.floor(drawn)) - 1;
};
const observed = (day: number): number =>
  Number((12 - 9 * Math.cos((2 * Math.PI * day) / 365) + 4 * noise(day)).toFixed(1));
const said = (day: number, lead: number): number =>
  Number((observed(day) + 2 + (0.5 + 0.2 * lead) * noise(500 * lead + day)).toFixed(1));

const readings = (from: number, to: number): string =>
  `date,temperature (°C)\n${Array.from({ length: to - from }, (_, index) => `${dateOf(from + index)},${observed(from + index)}`).join('\n')}\n`;
const forecasts = (from: number, to: number): string =>
  `issued,lead_days,t2m (°C)\n${Array.from({ length: to - from }, (_, index) =>
    Array.from({ length: LEADS }, (_, ahead) => {
      const day = from + index;
      return `${dateOf(day)},${ahead + 1},${said(day + ahead + 1, ahead + 1)}`;
    }).join('\n'),
  ).join('\n')}\n`;

interface Forecast {
  readonly issuedAt: string;
  readonly service: readonly (number | null)[];
  readonly withoutService: boolean;
  readonly points: readonly { readonly value: number }[];
  readonly log: { readonly scores: { readonly service: { readonly points: number } | null } | null } | null;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-cli-service-'));
  await writeFile(join(folder, 'garden.csv'), readings(0, DAYS));
  await writeFile(join(folder, 'service.txt'), forecasts(0, DAYS));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const forecast = async (...args: string[]): Promise<Forecast> => {
  const { code, stdout, stderr } = await runCommand(folder, ['forecast', 'run', ...args, '--json']);
  expect(code, stderr).toBe(0);
  return lastLine(stdout) as unknown as Forecast;
};

it('joins two files, corrects the service, forecasts from a newer pair, keeps what was issued, and does without', async () => {
  const inspected = await runCommand(folder, [
    'inspect',
    'garden.csv',
    '--forecasts',
    'service.txt',
    '--json',
  ]);
  expect(lastLine(inspected.stdout)).toMatchObject({
    forecasts: { matched: DAYS - 1, unmatched: 1, columns: ['forecast t2m (°C)'] },
    // As far as the forecasts reach.
    suggested: { target: 'temperature (°C)', horizon: LEADS, service: ['forecast t2m (°C)'] },
  });

  const train = [
    'train',
    'garden.csv',
    '--forecasts',
    'service.txt',
    '--epochs',
    '3',
    '--out',
    'run',
    '--json',
  ];
  const trained = await runCommand(folder, train);
  expect(trained.code, trained.stderr).toBe(0);
  const { overService, scores } = lastLine(trained.stdout) as {
    readonly overService: { readonly sentence: string };
    readonly scores: Readonly<Record<string, { readonly rmse: number }>>;
  };
  expect(overService.sentence).toMatch(
    /^What your station adds to the weather service’s forecast: \d+ % less/,
  );
  expect(scores['model']!.rmse).toBeLessThan(scores['service']!.rmse);
  const kept = await readFile(join(folder, 'run', 'service.csv'), 'utf8');
  expect(kept.trim().split('\n')).toHaveLength(1 + LEADS * DAYS);

  const first = await forecast();
  expect(first.service).toEqual([1, 2, 3].map((lead) => expect.closeTo(said(DAYS - 1 + lead, lead), 4)));

  const newer = DAYS + NEWER;
  await writeFile(join(folder, 'newer.csv'), readings(DAYS - 5, newer));
  await writeFile(join(folder, 'newer.txt'), forecasts(newer - 2, newer));
  const next = await forecast('newer.csv', '--forecasts', 'newer.txt');
  expect(next).toMatchObject({ issuedAt: dateOf(newer - 1), withoutService: false });
  expect(next.service).toEqual([1, 2, 3].map((lead) => expect.closeTo(said(newer - 1 + lead, lead), 4)));
  expect(next.log?.scores?.service?.points).toBe(LEADS);
  const grown = await readFile(join(folder, 'run', 'service.csv'), 'utf8');
  expect(grown.trim().split('\n')).toHaveLength(1 + LEADS * (DAYS + 2));
  expect(grown.startsWith(kept.trim())).toBe(true);

  // What was kept reaches a day further; the day after that nothing is known of three days ahead.
  await writeFile(join(folder, 'last.csv'), readings(DAYS, newer + 1));
  const without = await forecast('last.csv');
  expect(without).toMatchObject({ issuedAt: dateOf(newer), withoutService: true });
  expect(without.service).toEqual([expect.any(Number), expect.any(Number), null]);
  expect(without.points).toHaveLength(LEADS);
});

interface Logged {
  readonly forecasts: readonly { readonly issuedAt: number; readonly withoutService?: true }[];
}

it('watches readings and forecasts, does without these while they are missing, and says it again when they come', async () => {
  const last = DAYS + NEWER + 1;
  const watch = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runCommand(folder, ['watch', 'run', ...args, '--once']);
    expect(code, stderr).toBe(0);
    return stdout;
  };
  const newest = async (): Promise<Logged['forecasts'][number]> => {
    const { forecasts: all } = JSON.parse(
      await readFile(join(folder, 'run', 'forecasts.json'), 'utf8'),
    ) as Logged;
    return all.at(-1)!;
  };
  const issuedAt = Date.UTC(2023, 0, 1 + last);
  await writeFile(join(folder, 'live.csv'), readings(DAYS, last + 1));
  const without = await watch('--source', 'live.csv', '--forecasts', 'live.txt');
  expect(without).toContain('live.txt');
  expect(without).toContain('the weather service’s forecast is missing');
  expect(await newest()).toMatchObject({ issuedAt, withoutService: true });

  await writeFile(join(folder, 'live.txt'), forecasts(last - 1, last + 1));
  // Where they lie is kept with the run.
  expect(await watch()).toContain(`from the reading of ${dateOf(last)}`);
  const again = await newest();
  expect(again).toMatchObject({ issuedAt, service: [1, 2, 3].map(() => expect.any(Number)) });
  expect(again.withoutService).toBeUndefined();
});
