import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IssuedForecast } from '../contract/forecast-log';
import { growCsv } from './csv';

const HOUR = 3_600_000;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-csv-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const forecast = (hour: number): IssuedForecast => ({
  issuedAt: Date.UTC(2026, 0, 1, hour),
  madeAt: Date.UTC(2026, 0, 1, hour, 1),
  lastReading: 1,
  points: [1, 2].map((lead) => ({
    time: Date.UTC(2026, 0, 1, hour) + lead * HOUR,
    lead,
    value: hour + lead / 10,
    low: lead === 1 ? -1.23456 : null,
    high: null,
  })),
});
const ABOUT = { targetName: '기온, "2 m"', unit: '°C' };

it('grows by the lines that are new, whichever of them a kill cut short', async () => {
  const whole = join(folder, 'deep', 'whole.csv');
  const all = [0, 1, 2, 3].map(forecast);
  await growCsv(whole, all, ABOUT);
  const expected = await readFile(whole);
  expect(expected.toString().split('\n').slice(0, 3)).toEqual([
    'issued,made (UTC),time,lead,"기온, ""2 m"" [°C]",95 % low [°C],95 % high [°C]',
    '2026-01-01T00:00:00,2026-01-01T00:01:00.000Z,2026-01-01T01:00:00,1,0.1,-1.235,',
    '2026-01-01T00:00:00,2026-01-01T00:01:00.000Z,2026-01-01T02:00:00,2,0.2,,',
  ]);
  for (let bytes = 0; bytes <= expected.length; bytes += 1) {
    const path = join(folder, 'cut.csv');
    await rm(path, { force: true });
    await growCsv(path, all, ABOUT);
    await truncate(path, bytes);
    await growCsv(path, all, ABOUT);
    expect((await readFile(path)).equals(expected)).toBe(true);
  }
});
