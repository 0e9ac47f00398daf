import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AS_SET,
  chosenTrial,
  rankTrials,
  trialsToCompare,
  type SearchOptions,
  type SearchReport,
} from '../contract/search';
import type { TrainingSettings } from '../contract/settings';
import { readRecord, SearchFolder } from '../library';
import { SearchService } from './search-service';
import { TrainingBench } from './service.fixture';
import { weatherRun, weatherSeries, withFurtherTarget } from '../trainer/trainer.fixture';
import { TrainerPool } from '../trainer/processes/trainer-pool';

const bench = new TrainingBench();
let search: SearchService;
let reports: SearchReport[];
let waiting: (() => void)[];

function makeService(parallel: number): SearchService {
  return new SearchService({
    folder: new SearchFolder(join(bench.folder, 'search')),
    training: bench.service,
    parallel,
    emit: (report) => {
      reports.push(report);
      for (const look of waiting) look();
    },
  });
}

beforeEach(() => {
  reports = [];
  waiting = [];
  search = makeService(2);
});
afterEach(() => search.close());

const series = weatherSeries();
/** Rungs of 3, 9 and 27 epochs. */
const run = (changes: Partial<TrainingSettings> = {}) => weatherRun({ epochs: 27, ...changes });
/** More time than any of these needs: they end when they have what they want. */
const OPTIONS: SearchOptions = {
  method: 'hyperband',
  budgetSeconds: 600,
  mostTrials: null,
  seed: 11,
  space: {
    window: { min: 3, max: 9 },
    hidden: { min: 4, max: 12 },
    learningRate: { min: 0.001, max: 0.02 },
    layers: [1, 2],
    batchSize: [32, 64],
    dropout: [0, 0.1],
    weightDecay: null,
    residual: null,
    schedule: null,
    calendarYear: null,
    calendarDay: null,
    inputShare: null,
  },
};

/** The first report that fits, past or to come. */
function report(fits: (report: SearchReport) => boolean): Promise<SearchReport> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = reports.find(fits);
      if (found) resolve(found);
    };
    waiting.push(look);
    look();
  });
}
const scored = (count: number) => report(({ trials }) => rankTrials(trials).length >= count);

describe('a search', () => {
  it('drops two of three trials, trains the best again on all but the test part, and keeps a leaderboard', async () => {
    // As set nothing is learned, so that something drawn is better: the LSTM alone forecasts, and alone is compared.
    const poor = run({ learningRate: 1e-6, combine: 'none' });
    await search.start(poor, series, { ...OPTIONS, mostTrials: 9 });
    await expect(bench.service.start(run(), series)).rejects.toMatchObject({ code: 'trainer-busy' });
    await expect(search.start(run(), series, OPTIONS)).rejects.toMatchObject({ code: 'trainer-busy' });
    const ended = (await search.ended())!;
    expect(ended).toMatchObject({ state: 'finished', targetName: 'temperature', unit: '°C', problem: null });
    expect(ended.trials[0]).toMatchObject({
      number: AS_SET,
      choice: { window: run().settings.window, hidden: run().settings.hidden },
    });
    // One bracket: 9 trials to 3 epochs, 3 of them to 9, 1 to 27.
    const first = ended.trials.slice(1);
    expect(first.map(({ epochs }) => epochs).sort((a, b) => a - b)).toEqual([3, 3, 3, 3, 3, 3, 9, 9, 27]);
    expect(first.filter(({ state }) => state === 'dropped')).toHaveLength(8);
    expect(await new SearchFolder(join(bench.folder, 'search')).readReport()).toEqual(ended);
    expect(await readdir(join(bench.folder, 'search'))).toEqual(['search.json']);

    const best = chosenTrial(ended.trials);
    const { summary } = await bench.library.read(ended.runId!);
    expect(summary).toMatchObject({ status: 'completed', epochs: best!.bestEpoch });
    expect(summary.settings).toEqual({
      ...poor.settings,
      ...best!.choice,
      schedule: 'cosine',
      epochs: best!.bestEpoch,
      validationShare: 0,
    });
    expect((await bench.library.list()).map(({ id }) => id)).toEqual([ended.runId]);
    const { scores, intervals } = await bench.verify(ended.runId!);
    expect(scores.model.rmse).toBeGreaterThan(0);
    // The trial left the validation part out: the intervals are from its errors there.
    expect(intervals!.before.part).toBe('validation');
  });

  it('for several targets goes by the first, and gives a model for each', async () => {
    await search.start(
      withFurtherTarget(run()),
      { ...series, alsoTargets: [0] },
      { ...OPTIONS, method: 'random', mostTrials: 1 },
    );
    const ended = (await search.ended())!;
    expect(ended).toMatchObject({ state: 'finished', targetName: 'temperature' });
    const best = chosenTrial(ended.trials);
    const own = await bench.verify(ended.runId!);
    // The settings as they were may have been cut short as a trial, and are then trained to their end.
    expect(own.combination!.errors.lstm).toBeLessThan(best!.rmse! + 1e-4);
    const { targets } = await bench.library.read(ended.runId!);
    expect(targets.map(({ targetName }) => targetName)).toEqual(['temperature', 'humidity']);
    const other = await bench.verify(targets[1]!.runId);
    expect([other.unit, other.intervals!.before.part]).toEqual(['%', 'validation']);
  });

  it('tries where trainings compute', async () => {
    bench.service.useDevice('cpu');
    await search.start(run(), series, OPTIONS);
    await scored(1);
    await search.control('cancel');
    expect([...bench.devices.values()]).toEqual(['cpu', 'cpu']);
  });

  it('scores trials the same whatever the number of processes, also one whose process was killed', async () => {
    const scores: (number | null)[][] = [];
    for (const parallel of [1, 2]) {
      reports = [];
      search = makeService(parallel);
      await search.start(run(), series, { ...OPTIONS, method: 'random' });
      await scored(1);
      if (parallel === 2) for (const pid of search.trainerPids) process.kill(pid, 'SIGKILL');
      const { trials } = await report((each) => each.trials.slice(0, 5).every(({ rmse }) => rmse !== null));
      await search.control('cancel');
      scores.push(trials.slice(0, 5).map(({ rmse }) => rmse));
    }
    expect(scores[1]).toEqual(scores[0]);
  });

  it('ends with the settings as they were where nothing drawn is better', async () => {
    const hopeless = { ...OPTIONS.space, learningRate: { min: 1e-6, max: 1e-6 } };
    // The LSTM alone: a blend would make up for what was not learned.
    const asSet = run({ combine: 'none' });
    await search.start(asSet, series, { ...OPTIONS, method: 'random', mostTrials: 1, space: hopeless });
    const ended = (await search.ended())!;
    const best = chosenTrial(ended.trials);
    expect(best!.number).toBe(AS_SET);
    // Trained as if there had been no search, with a validation part of its own.
    const { summary } = await bench.library.read(ended.runId!);
    expect(summary.settings).toEqual(asSet.settings);
  });

  it('compares the best as they would forecast, and may end with fewer inputs', async () => {
    // As set the LSTM learns nothing and the models beside it see one day: whatever is drawn is better.
    const space = { ...OPTIONS.space, residual: [true], calendarYear: [true], inputShare: [0] };
    await search.start(run({ learningRate: 1e-6, window: 1, combine: 'best' }), series, {
      ...OPTIONS,
      method: 'random',
      mostTrials: 3,
      space,
    });
    const ended = (await search.ended())!;
    expect(ended.inputOrder).toEqual(['humidity']);
    expect(ended.trials[0]!.choice).toMatchObject({ residual: false, inputShare: 1 });
    for (const { number, blended } of trialsToCompare(ended.trials)) {
      expect(blended, `trial ${number}`).toBeGreaterThan(0);
    }
    const best = chosenTrial(ended.trials)!;
    expect(best.choice).toMatchObject({ residual: true, calendarYear: true, inputShare: 0 });
    const { summary } = await bench.library.read(ended.runId!);
    expect(summary.settings).toMatchObject({ residual: true, calendarYear: true });
    const { combination } = await bench.verify(ended.runId!);
    expect(combination!.errors.chosen).toBeCloseTo(best.blended!, 4);
    expect(combination!.errors.lstm).toBeCloseTo(best.rmse!, 4);
    const { columns } = await readRecord(join(bench.folder, 'runs', ended.runId!), 'the best');
    expect(columns.map(({ name }) => name)).toEqual(['date', 'temperature']);
    expect((await bench.forecast(ended.runId!)).points[0]!.value).toBeGreaterThan(-40);
  });

  it('pauses, and is cancelled without a model', async () => {
    await search.start(run({ epochs: 300 }), series, OPTIONS);
    await scored(1);
    await search.control('pause');
    const before = (await search.report())!;
    expect(before.state).toBe('paused');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await search.report())!.elapsedSeconds).toBe(before.elapsedSeconds);
    await search.control('resume');
    await scored(rankTrials(before.trials).length + 1);
    await search.control('cancel');
    expect((await search.report())!.state).toBe('cancelled');
    expect(await bench.library.list()).toEqual([]);
    await bench.service.start(run({ epochs: 1 }), series);
  });

  it('ends when its time is up', async () => {
    await search.start(run({ epochs: 10_000 }), series, {
      ...OPTIONS,
      method: 'random',
      budgetSeconds: 3,
    });
    const ended = (await search.ended())!;
    expect(['finished', 'failed']).toContain(ended.state);
    if (ended.state === 'failed') expect(ended.problem?.code).toBe('search-too-short');
    else expect(ended.trials.every(({ state }) => state === 'stopped')).toBe(true);
  });

  it('that is closed in the middle leaves its leaderboard', async () => {
    await search.start(run({ epochs: 300 }), series, OPTIONS);
    await scored(2);
    await search.close();
    const left = (await makeService(1).report())!;
    expect(left.state).toBe('interrupted');
    expect(left.trials.filter(({ state }) => state === 'training' || state === 'waiting')).toEqual([]);
    expect(rankTrials(left.trials).length).toBeGreaterThanOrEqual(2);
  });

  it('tells why nothing could be trained', async () => {
    await expect(search.start(run({ validationShare: 0 }), series, OPTIONS)).rejects.toMatchObject({
      code: 'setting-invalid',
    });
    await search.start(run(), weatherSeries(8), OPTIONS);
    const ended = (await search.ended())!;
    expect(ended).toMatchObject({ state: 'failed', problem: { code: 'too-few-rows' } });
    expect(ended.trials.filter(({ state }) => state === 'failed').length).toBeGreaterThanOrEqual(8);
  });
});

describe('a trial', () => {
  it('that goes on, also in another process, is the same as one that was never stopped', async () => {
    const store = new SearchFolder(join(bench.folder, 'search'));
    await store.begin(series);
    const { settings } = run({ layers: 2, dropout: 0.2, patience: null });
    const ask = async (number: number, epochs: number) => ({
      seriesFolder: store.seriesFolder,
      folder: await store.trialFolder(number),
      settings,
      without: [],
      epochs,
    });
    const scores = [];
    for (const rungs of [[9], [3, 9]]) {
      let last;
      for (const epochs of rungs) {
        const pool = new TrainerPool(() => bench.startTrainer('auto'), 1);
        last = await pool.run('trial', await ask(rungs.length, epochs));
        pool.close();
      }
      scores.push(last);
    }
    expect(scores[1]).toEqual(scores[0]);
    expect(scores[0]).toMatchObject({ epochs: 9, state: 'kept' });
  });
});
