import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_FORECASTS, type IssuedForecast } from '../contract/forecast-log';
import { fixtureSeries } from '../series/series.fixture';
import { logForecast, logsSetAside, readForecastLog } from './forecast-log-file';
import { readNewerSeries, writeNewerSeries } from './newer-series';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const path = (): string => join(folder, 'forecasts.json');
const issued = (issuedAt: number, value = 1): IssuedForecast => ({
  issuedAt,
  madeAt: 5,
  lastReading: null,
  points: [{ time: issuedAt + 1, lead: 1, value, low: null, high: 2 }],
});

describe('the log of forecasts', () => {
  it('keeps every forecast once, in order, as it was first issued', async () => {
    expect(await readForecastLog(folder)).toEqual([]);
    await logForecast(folder, issued(20));
    await logForecast(folder, issued(10));
    await logForecast(folder, issued(20, 99));
    expect(await readForecastLog(folder)).toEqual([issued(10), issued(20)]);
    expect(await readdir(folder)).toEqual(['forecasts.json']);
  });

  it('adds what baselines say beside a forecast that was issued by hand, where it is the same forecast', async () => {
    const beside = { climatology: [3], best: { name: 'ridge' as const, values: [2] } };
    await logForecast(folder, issued(20));
    await logForecast(folder, { ...issued(20, 99), madeAt: 9, beside });
    expect(await readForecastLog(folder)).toEqual([issued(20)]);
    await logForecast(folder, { ...issued(20), madeAt: 9, beside });
    await logForecast(folder, issued(20));
    expect(await readForecastLog(folder)).toEqual([{ ...issued(20), beside }]);
  });

  it('is bounded: the oldest go first', async () => {
    const forecasts = Array.from({ length: MOST_FORECASTS }, (_, index) => issued(index));
    const log = { format: 'hindcast-forecast-log', version: 1, forecasts };
    await writeFile(join(folder, 'forecasts.json'), JSON.stringify(log));
    const kept = await logForecast(folder, issued(1e6));
    expect(kept).toHaveLength(MOST_FORECASTS);
    expect([kept[0]!.issuedAt, kept.at(-1)!.issuedAt]).toEqual([1, 1e6]);
  });

  it('that is damaged, or no file, never blocks: it is set aside, kept and told, and a new one begun', async () => {
    const damages: (() => Promise<unknown>)[] = [
      () => writeFile(path(), '{"format":"hindcast-forecast-log","version":1,"forecasts":[{}]}'),
      () => writeFile(path(), ''),
      async () => {
        const text = await readFile(path(), 'utf8');
        await writeFile(path(), text.replace('"value":1', '"value":7'));
      },
      () => rm(path()).then(() => mkdir(path())),
    ];
    for (const damage of damages) {
      await logForecast(folder, issued(1));
      await damage();
      expect(await readForecastLog(folder)).toEqual([]);
      await logForecast(folder, issued(1));
      await damage();
      expect(await logForecast(folder, issued(2))).toEqual([issued(2)]);
      await rm(path());
    }
    const names = Array.from({ length: 8 }, (_, index) => `forecasts-damaged-${index + 1}.json`);
    expect(await logsSetAside(folder)).toEqual(names);
    expect(await readFile(join(folder, names[4]!), 'utf8')).toContain('"value":7');
  });

  it('of an earlier version, without a checksum, is taken as it is', async () => {
    const log = { format: 'hindcast-forecast-log', version: 1, forecasts: [issued(3)] };
    await writeFile(path(), JSON.stringify(log));
    expect(await readForecastLog(folder)).toEqual([issued(3)]);
  });

  it('loses nothing when many forecast at once', async () => {
    const times = Array.from({ length: 12 }, (_, index) => index);
    await Promise.all(times.map((time) => logForecast(folder, issued(time))));
    expect(await readForecastLog(folder)).toEqual(times.map((time) => issued(time)));
  });
});

it('newer readings stand beside those of the training, exchanged as a whole', async () => {
  expect(await readNewerSeries(folder, 'run')).toBeNull();
  const series = fixtureSeries([{ values: [1, 2, 3] }]);
  await writeNewerSeries(folder, series);
  await writeNewerSeries(folder, fixtureSeries([{ values: [1, 2, 3, 4] }]));
  expect((await readNewerSeries(folder, 'run'))?.time).toHaveLength(4);
  expect(await readdir(folder)).toEqual(['newer']);
});
