import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Series } from '../contract/series';
import { NOTHING_COUNTED, PUBLISH_NOTHING } from '../contract/watch';
import {
  holdsEarlier,
  holdsRun,
  readForecastLog,
  readNewerSeries,
  readRecord,
  readSeries,
  readWatch,
  readWatchState,
  takeEarlierBack,
  writeNewerSeries,
  writeWatch,
  writeWatchState,
} from '../library';
import { TrainingBench } from '../services/service.fixture';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';
import { settingsFor, settleCandidate, trainCandidate, type Candidate } from './retraining';

const bench = new TrainingBench();
const NEWER = 400;
const TRAINED = 200;
const NOW = Date.UTC(2026, 0, 1);
const SETTINGS = {
  source: '/nowhere.csv',
  schedule: { kind: 'reading' as const },
  publish: PUBLISH_NOTHING,
  forecasts: null,
  baselineInstead: false,
  retrainDays: 30,
};

/** A station that was moved to a warmer place when the training was over. */
function movedSeries(): Series {
  const series = weatherSeries(NEWER);
  const variables = series.variables.map((variable) => ({
    ...variable,
    values: variable.values.map((value, row) =>
      variable.name === 'temperature' && row >= TRAINED ? value + 15 : value,
    ),
  }));
  return { ...series, variables };
}

const firstRows = (series: Series, rows: number): Series => ({
  ...series,
  time: series.time.subarray(0, rows),
  variables: series.variables.map((variable) => ({
    ...variable,
    values: variable.values.subarray(0, rows),
    filled: variable.filled.subarray(0, rows),
  })),
});

it('trains again on all readings, takes the new model where it is no worse, and can take the old one back', async () => {
  const all = movedSeries();
  const runId = await bench.train(weatherRun({ epochs: 3 }), firstRows(all, TRAINED));
  const folder = bench.library.folderOf(runId);
  await bench.forecast(runId);
  await writeNewerSeries(folder, all);
  await writeWatch(folder, SETTINGS);
  const worse = { ...NOTHING_COUNTED, since: 5 };
  await writeWatchState(folder, {
    ...(await readWatchState(folder)),
    decidedUpTo: all.time.at(-1)!,
    worse,
  });
  const old = await readRecord(folder, folder);
  const { questions } = bench.service;
  const parts = { folder, questions, startTrainer: () => bench.startTrainer('auto') };
  const candidate = await trainCandidate(parts, new AbortController().signal);

  // Neither had learned from the newest fifth, which lies behind the readings of the first.
  expect(candidate.rows).toBe(NEWER);
  expect(candidate.compared.windows).toBeGreaterThan(50);
  expect(candidate.compared.windows).toBeLessThan(NEWER - TRAINED);
  expect(candidate.compared.unit).toBe('°C');
  expect(candidate.compared.after).toBeLessThan(candidate.compared.before);
  expect(await readRecord(folder, folder)).toEqual(old);

  const told = await settleCandidate(folder, candidate, NOW);
  expect(told.code).toBe('watch-retrained');
  expect(await holdsRun(candidate.folder)).toBe(false);
  const taken = await readRecord(folder, folder);
  expect(taken.createdAt).toBeGreaterThan(old.createdAt);
  expect(taken).toMatchObject({ name: old.name, status: 'completed', columns: old.columns });
  expect((await readSeries(folder, 'new')).time).toHaveLength(NEWER);
  // What was said and is wanted stays; the test begins anew.
  expect(await readForecastLog(folder)).toHaveLength(1);
  expect(await readWatch(folder)).toEqual(SETTINGS);
  expect(await readWatchState(folder)).toMatchObject({
    decidedUpTo: all.time.at(-1)!,
    worse: NOTHING_COUNTED,
    retrainedAt: NOW,
  });
  bench.service.questions.forget(runId);
  expect((await bench.forecast(runId)).issuedAt).toBe(all.time.at(-1)!);
  expect(await holdsEarlier(folder)).toBe(true);

  await takeEarlierBack(folder, NOW);
  expect((await readRecord(folder, folder)).createdAt).toBe(old.createdAt);
  expect((await readNewerSeries(folder, 'old'))?.time).toHaveLength(NEWER);
  expect((await readSeries(folder, 'old')).time).toHaveLength(TRAINED);
  expect(await holdsEarlier(folder)).toBe(true);
  const left = (await readdir(tmpdir())).filter((name) => name === candidate.folder.split('/').at(-1));
  expect(left).toEqual([]);
  // It can be put aside and brought back like any run.
  await bench.library.putAside(runId);
  await bench.library.restore(runId);
  expect((await readRecord(join(folder, 'earlier'), 'earlier')).createdAt).toBe(taken.createdAt);
});

it('begins parts that had a date at the same share of the longer record', () => {
  const days = (count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, day) => Date.UTC(2021, 0, 1 + day));
  const dates = { validationFrom: Date.UTC(2021, 0, 71), testFrom: Date.UTC(2021, 0, 81) };
  const { settings } = weatherRun(dates);
  expect(settingsFor(settings, days(100), days(200))).toEqual({
    ...settings,
    validationFrom: Date.UTC(2021, 0, 141),
    testFrom: Date.UTC(2021, 0, 161),
  });
  const shares = weatherRun().settings;
  expect(settingsFor(shares, days(100), days(200))).toEqual(shares);
});

it.each([
  [{ windows: 19, before: 2, after: 1 }, 'watch-retrained-few'],
  [{ windows: 20, before: 1, after: 1.001 }, 'watch-retrained-worse'],
])('leaves the model as it is after %j', async (compared, code) => {
  const candidate: Candidate = {
    rows: 100,
    compared: { ...compared, unit: '°C' },
    folder: join(bench.folder, 'candidate'),
  };
  // Nothing of the run is touched: there is none.
  expect((await settleCandidate(join(bench.folder, 'none'), candidate, NOW)).code).toBe(code);
});
