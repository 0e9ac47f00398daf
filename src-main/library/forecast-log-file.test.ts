import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_FORECASTS, type IssuedForecast } from '../contract/forecast-log';
import { fixtureSeries } from '../series/series.fixture';
import { logForecast, readForecastLog } from './forecast-log-file';
import { readNewerSeries, removeNewerSeries, writeNewerSeries } from './newer-series';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const issued = (issuedAt: number, value = 1): IssuedForecast => ({
  issuedAt,
  madeAt: 5,
  lastReading: null,
  points: [{ time: issuedAt + 1, lead: 1, value, low: null, high: 2 }],
});

describe('the log of forecasts', () => {
  it('keeps every forecast once, in order, as it was first issued', async () => {
    expect(await readForecastLog(folder, 'run')).toEqual([]);
    await logForecast(folder, 'run', issued(20));
    await logForecast(folder, 'run', issued(10));
    await logForecast(folder, 'run', issued(20, 99));
    expect(await readForecastLog(folder, 'run')).toEqual([issued(10), issued(20)]);
    expect(await readdir(folder)).toEqual(['forecasts.json']);
  });

  it('is bounded: the oldest go first', async () => {
    const forecasts = Array.from({ length: MOST_FORECASTS }, (_, index) => issued(index));
    const log = { format: 'hindcast-forecast-log', version: 1, forecasts };
    await writeFile(join(folder, 'forecasts.json'), JSON.stringify(log));
    const kept = await logForecast(folder, 'run', issued(1e6));
    expect(kept).toHaveLength(MOST_FORECASTS);
    expect([kept[0]!.issuedAt, kept.at(-1)!.issuedAt]).toEqual([1, 1e6]);
  });

  it('is refused when it is damaged, and left as it is', async () => {
    await writeFile(
      join(folder, 'forecasts.json'),
      '{"format":"hindcast-forecast-log","version":1,"forecasts":[{}]}',
    );
    for (const attempt of [
      () => readForecastLog(folder, 'run'),
      () => logForecast(folder, 'run', issued(1)),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'run-damaged' });
    }
  });
});

it('newer readings stand beside those of the training, exchanged as a whole', async () => {
  expect(await readNewerSeries(folder, 'run')).toBeNull();
  const series = fixtureSeries([{ values: [1, 2, 3] }]);
  await writeNewerSeries(folder, series);
  await writeNewerSeries(folder, fixtureSeries([{ values: [1, 2, 3, 4] }]));
  expect((await readNewerSeries(folder, 'run'))?.time).toHaveLength(4);
  expect(await readdir(folder)).toEqual(['newer']);
  await removeNewerSeries(folder);
  expect(await readdir(folder)).toEqual([]);
});
