import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import type { TrainingEvent } from '../contract/training';
import { forecastFrom, readExport, writeExport } from '../forecaster';
import { RunLibrary, type NewRun } from '../library';
import { forwardComposite, initialiseParameters, singleNetwork } from '../network';
import { prepare, unscaleValue } from '../series';
import { bundleEntries, weatherRun, weatherSeries } from './trainer.fixture';
import { forkTrainer } from './trainer-process';
import { TrainingService } from './training-service';

/** The real engine in real processes. */
let bundle: Awaited<ReturnType<typeof bundleEntries>>;
beforeAll(async () => {
  bundle = await bundleEntries({ trainer: 'src-main/training/trainer-main.ts' });
});
afterAll(() => bundle.remove());

let folder: string;
let library: RunLibrary;
let service: TrainingService;
let events: TrainingEvent[];
let waiting: (() => void)[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-training-'));
  library = new RunLibrary(join(folder, 'runs'));
  events = [];
  waiting = [];
  service = new TrainingService({
    library,
    startTrainer: () => forkTrainer(join(bundle.folder, 'trainer.cjs')),
    emit: (event) => {
      events.push(event);
      for (const look of waiting) look();
    },
  });
});
afterEach(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

const series = weatherSeries();
/** Goes on for minutes unless it is told otherwise. */
const long = { epochs: 10_000 };

type EventOf<K extends TrainingEvent['kind']> = Extract<TrainingEvent, { kind: K }>;

/** The first such event, past or to come. */
function event<K extends TrainingEvent['kind']>(
  kind: K,
  fits: (event: EventOf<K>) => boolean = () => true,
): Promise<EventOf<K>> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = events.find((each): each is EventOf<K> => each.kind === kind && fits(each as EventOf<K>));
      if (found) resolve(found);
    };
    waiting.push(look);
    look();
  });
}

const epochReached = (epoch: number) =>
  event('progress', ({ records }) => (records.at(-1)?.epoch ?? 0) >= epoch);
const epochsTold = () => events.flatMap((each) => (each.kind === 'progress' ? each.records : []));

async function train(run: NewRun = weatherRun(), data: Series = series): Promise<string> {
  const { runId } = await service.start(run, data);
  await service.ended(runId);
  return runId;
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

describe('a training', () => {
  it('is told from start to end, and its run keeps it', async () => {
    const { runId } = await service.start(weatherRun({ patience: 5, epochs: 300 }), series);
    const end = await service.ended(runId);
    expect(events[0]).toMatchObject({ kind: 'started', runId, epochs: 300, windows: { test: 79 } });
    expect(events.at(-1)).toMatchObject({ kind: 'finished', runId, reason: 'early-stopping' });
    const { summary, history } = await library.read(runId);
    expect(history).toEqual(epochsTold());
    expect(summary).toMatchObject({ status: 'completed', epochs: history.length, keptEpoch: end?.keptEpoch });
    const best = history.reduce((a, b) => (b.valLoss < a.valLoss ? b : a));
    expect(summary.keptEpoch).toBe(best.epoch);
    expect(summary.epochs).toBe(best.epoch + 5);
    expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
  });

  it('gives the same losses bit by bit for the same seed, and others for another', async () => {
    const histories = [];
    for (const seed of [3, 3, 4]) {
      const runId = await train(weatherRun({ seed, layers: 2, dropout: 0.2, epochs: 12 }));
      histories.push((await library.read(runId)).history);
    }
    expect(histories[0]).toHaveLength(12);
    expect(histories[1]).toEqual(histories[0]);
    expect(histories[2]).not.toEqual(histories[0]);
  });

  it('follows each of its settings', async () => {
    const changes: Partial<TrainingSettings>[] = [
      {},
      { weightDecay: 0.1 },
      { inputDropout: 0.2 },
      { warmupEpochs: 2 },
      { schedule: 'cosine' },
      { schedule: 'cosine', warmupEpochs: 2 },
    ];
    const losses: number[] = [];
    for (const change of changes) {
      const runId = await train(weatherRun({ ...change, epochs: 4 }));
      losses.push((await library.read(runId)).history.at(-1)!.loss);
    }
    expect(new Set(losses).size).toBe(changes.length);
  });

  it('is the same whether it was paused or not', async () => {
    const settings = { epochs: 400 };
    const through = await train(weatherRun(settings));
    const { runId } = await service.start(weatherRun(settings), series);
    await epochReached(3);
    await service.control(runId, 'pause');
    await event('paused');
    const told = epochsTold().length;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(epochsTold().length).toBe(told);
    expect(told).toBeLessThan(800);
    await service.control(runId, 'resume');
    await service.ended(runId);
    expect(events.filter(({ kind }) => kind === 'resumed')).toHaveLength(1);
    expect((await library.read(runId)).history).toEqual((await library.read(through)).history);
  });

  it('refuses a second one beside it', async () => {
    const { runId } = await service.start(weatherRun(long), series);
    await expect(service.start(weatherRun(), series)).rejects.toMatchObject({ code: 'trainer-busy' });
    await service.control(runId, 'cancel');
    await train(weatherRun({ epochs: 2 }));
  });

  it('that cannot begin leaves nothing behind', async () => {
    const broken = [
      { run: weatherRun(), data: weatherSeries(12), code: 'too-few-rows' },
      { run: weatherRun({ patience: 5, validationShare: 0 }), data: series, code: 'setting-invalid' },
      {
        run: weatherRun({ schedule: 'plateau', validationShare: 0 }),
        data: series,
        code: 'setting-invalid',
      },
    ];
    for (const { run, data, code } of broken) {
      await expect(service.start(run, data)).rejects.toMatchObject({ code });
    }
    expect(await readdir(join(folder, 'runs'))).toEqual([]);
    expect(events).toEqual([]);
  });

  it('whose loss is no longer a number ends with the last good epoch', async () => {
    const run = weatherRun({ learningRate: 1, loss: 'mse', clipNorm: null, epochs: 3 });
    const wild: Series = {
      ...series,
      variables: series.variables.map((variable, index) =>
        index === 1
          ? { ...variable, values: variable.values.map((value, row) => (row > 300 ? 3e38 : value)) }
          : variable,
      ),
    };
    const { runId } = await service.start(run, wild);
    await service.ended(runId);
    expect(await event('failed')).toMatchObject({ problem: { code: 'loss-not-finite' }, savedEpoch: 0 });
    expect((await library.read(runId)).summary.status).toBe('interrupted');
    await expect(service.verify(runId)).rejects.toMatchObject({ code: 'run-not-trained' });
  });
});

describe('what the user wants', () => {
  it('acts within 200 ms, also in the middle of an epoch', async () => {
    // Some 15 s an epoch.
    const slow = weatherRun({ ...long, hidden: 64, layers: 2, window: 60 });
    const { runId } = await service.start(slow, weatherSeries(20_000));
    // TensorFlow prepares a graph in its first run, which cannot be interrupted.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const times = { pause: [] as number[], resume: [] as number[] };
    for (let round = 0; round < 5; round++) {
      for (const [action, told] of [
        ['pause', 'paused'],
        ['resume', 'resumed'],
      ] as const) {
        events = [];
        const answered = timed(() => event(told));
        await service.control(runId, action);
        times[action].push(await answered);
      }
    }
    // The quickest: other programs may take the machine for a moment, but what we do slowly is slow each time.
    for (const each of Object.values(times)) expect(Math.min(...each)).toBeLessThan(200);
    expect(epochsTold()).toEqual([]);
    // Cancelled by asking: a process that had to be killed would have taken 2 s.
    expect(await timed(() => service.control(runId, 'cancel'))).toBeLessThan(1000);
    expect(await library.list()).toEqual([]);
    expect(events.at(-1)).toEqual({ kind: 'cancelled', runId });
  });

  it('stop keeps the best epoch so far', async () => {
    const { runId } = await service.start(weatherRun(long), series);
    await epochReached(20);
    expect(await timed(() => service.control(runId, 'stop'))).toBeLessThan(1000);
    const { summary, history } = await library.read(runId);
    const best = history.reduce((a, b) => (b.valLoss < a.valLoss ? b : a));
    expect(summary).toMatchObject({ status: 'stopped', epochs: history.length, keptEpoch: best.epoch });
    expect(events.at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped', keptEpoch: best.epoch });
  });

  it('stop acts in a pause, too', async () => {
    const { runId } = await service.start(weatherRun(long), series);
    await epochReached(2);
    await service.control(runId, 'pause');
    await event('paused');
    await service.control(runId, 'stop');
    expect((await library.read(runId)).summary.status).toBe('stopped');
  });
});

describe('a killed trainer', () => {
  it('is told, and the last finished epoch is there to verify, forecast and export', async () => {
    const { runId } = await service.start(weatherRun(long), series);
    await epochReached(10);
    process.kill(service.trainerPids[0]!, 'SIGKILL');
    const failed = await event('failed');
    expect(failed.problem).toMatchObject({ code: 'trainer-died', params: { cause: 'signal SIGKILL' } });
    // Every epoch that was told is saved.
    expect(failed.savedEpoch).toBeGreaterThanOrEqual(epochsTold().at(-1)!.epoch);
    const { summary, history } = await library.read(runId);
    expect(summary).toMatchObject({ status: 'interrupted', epochs: failed.savedEpoch });
    expect(history).toHaveLength(failed.savedEpoch);

    const verification = await service.verify(runId);
    expect(verification.scores.model.rmse).toBeGreaterThan(0);
    expect((await service.forecast(runId)).points).toHaveLength(1);
    await service.exportModel(runId, join(folder, 'export'));
    await train(weatherRun({ epochs: 2 }));
  });

  it('leaves a run that goes on where it stood, and can be verified anew', async () => {
    const through = await train(weatherRun({ epochs: 300 }));
    events = [];
    const { runId } = await service.start(weatherRun({ epochs: 300 }), series);
    await service.control(runId, 'pause');
    await event('paused');
    process.kill(service.trainerPids[0]!, 'SIGKILL');
    const { savedEpoch } = await event('failed');
    events = [];
    await service.resume(runId);
    expect(events[0]).toMatchObject({ kind: 'started', runId, resumedAfter: savedEpoch });
    expect((await library.read(runId)).history).toHaveLength(savedEpoch);
    await service.ended(runId);
    expect(epochsTold()[0]?.epoch).toBe(savedEpoch + 1);
    const [resumed, whole] = [await library.read(runId), await library.read(through)];
    expect(resumed.history).toEqual(whole.history);
    expect(resumed.summary).toMatchObject({ status: 'completed', keptEpoch: whole.summary.keptEpoch });
    expect((await service.verify(runId)).scores).toEqual((await service.verify(through)).scores);
  });

  it('is started again when it dies between two tasks', async () => {
    const runId = await train();
    await service.verify(runId);
    await service.close();
    expect((await service.forecast(runId)).points).toHaveLength(1);
  });
});

describe('resuming', () => {
  it('goes on from a stop', async () => {
    const { runId } = await service.start(weatherRun({ epochs: 2000 }), series);
    await epochReached(3);
    await service.control(runId, 'stop');
    await service.verify(runId);
    await service.resume(runId);
    expect((await library.read(runId)).summary).toMatchObject({ status: 'training', scores: null });
    await service.close();
    expect((await library.read(runId)).summary.status).toBe('interrupted');
  });

  it('trains a complete run further where more epochs are given', async () => {
    const runId = await train(weatherRun({ epochs: 3 }));
    await expect(service.resume(runId)).rejects.toMatchObject({ code: 'nothing-to-resume' });
    await service.resume(runId, 6);
    await service.ended(runId);
    expect((await library.read(runId)).summary).toMatchObject({ epochs: 6, settings: { epochs: 6 } });
  });

  it('refuses what has nothing to go on from, and leaves it as it was', async () => {
    const early = await train(weatherRun({ patience: 1, learningRate: 0.1, epochs: 300 }));
    await expect(service.resume(early, 400)).rejects.toMatchObject({ code: 'nothing-to-resume' });
    await expect(service.resume('gone')).rejects.toMatchObject({ code: 'run-missing' });
    const untrained = singleNetwork(new Float32Array(9));
    const imported = await library.create(
      { ...weatherRun(), status: 'imported', epochs: 3, keptEpoch: 3 },
      series,
      untrained,
    );
    await expect(service.resume(imported, 400)).rejects.toMatchObject({ code: 'nothing-to-resume' });

    const lacking = await library.create({ ...weatherRun(), status: 'interrupted' }, series);
    await rm(join(library.folderOf(lacking), 'series.bin'));
    await expect(service.resume(lacking)).rejects.toMatchObject({ code: 'run-damaged' });
    expect((await library.read(lacking)).summary.status).toBe('interrupted');
  });
});

describe('results', () => {
  it('are kept with the run, agree with its history, and come back from an export', async () => {
    const runId = await train(weatherRun({ layers: 2, dropout: 0.1, horizon: 3, validationShare: 0 }));
    const { summary, history } = await library.read(runId);
    expect(summary.scores).toBeNull();
    const [verification, forecast] = await Promise.all([service.verify(runId), service.forecast(runId)]);
    // Without validation windows the last curve point is the test loss.
    expect(verification.testLoss).toBeCloseTo(history.at(-1)!.valLoss, 5);
    expect((await library.read(runId)).summary.scores).toEqual(verification.scores);
    expect(forecast.points).toHaveLength(3);
    expect(forecast.expectedError).toHaveLength(3);
    expect(forecast.intervals?.coverage[80]).toBe(verification.intervals?.overall[80].coverage);
    expect(verification.intervals?.before.part).toBe('training');

    const exported = await service.exportModel(runId, join(folder, 'export'));
    expect((await readdir(exported)).sort()).toEqual([
      'forecaster.json',
      'model.json',
      'series.csv',
      'weights.bin',
    ]);
    const again = await service.importForecaster(join(exported, 'forecaster.json'));
    expect((await library.read(again.runId)).summary).toMatchObject({
      status: 'imported',
      targetName: 'temperature',
    });
    expect(await service.forecast(again.runId)).toEqual(forecast);
    expect(await service.verify(again.runId)).toEqual(verification);
  });

  it('of a sum of several networks and a linear part agree with the reference, and come back', async () => {
    const runId = await train(weatherRun({ epochs: 2, horizon: 2, layers: 2 }));
    const exported = await service.exportModel(runId, join(folder, 'export'));
    const { forecaster: one } = await readExport(join(exported, 'forecaster.json'));
    const { network, window } = one;
    const composite = {
      members: [1, 2, 3].map((seed) => initialiseParameters(network, { scheme: 'pytorch', seed })),
      lstmShare: 0.4,
      linear: {
        kernel: new Float32Array(window * network.inputs * network.outputs).fill(0.01),
        bias: Float32Array.of(0.5, -0.5),
      },
    };
    const sum = { ...one, composite, scores: null };
    await writeExport(sum, series, join(folder, 'sum'));

    const imported = await service.importForecaster(join(folder, 'sum', 'forecaster.json'));
    const verification = await service.verify(imported.runId);
    const { inputs, inputCount, split, targetScaler } = prepare(series, one.settings);
    const expected = Array.from(split.test, (start) =>
      forwardComposite(
        network,
        composite,
        inputs.subarray(start * inputCount, (start + window) * inputCount),
      ),
    ).flatMap((outputs) => Array.from(outputs, (scaled) => unscaleValue(targetScaler, scaled)));
    expect(expected).toHaveLength(verification.forecasts.model.length);
    expected.forEach((value, index) => expect(verification.forecasts.model[index]).toBeCloseTo(value, 3));
    expect(await service.forecast(imported.runId)).toMatchObject({
      points: forecastFrom(sum, series).points,
    });

    // TF.js itself agrees, or the export would be taken back.
    const again = await service.exportModel(imported.runId, join(folder, 'again'));
    expect((await readExport(join(again, 'forecaster.json'))).forecaster.composite).toEqual(composite);
  });

  it('of a blend with ridge say what was chosen, keep it, and take it away', async () => {
    const runId = await train(weatherRun({ horizon: 2, combine: 'best' }));
    const { combination, scores, verdict } = await service.verify(runId);
    expect(combination!.share).toBeGreaterThanOrEqual(0);
    expect(combination!.share).toBeLessThan(1);
    const { chosen, lstm, ridge } = combination!.errors;
    expect(chosen).toBeLessThanOrEqual(Math.min(lstm, ridge) + 1e-6);
    expect(verdict.lstmShare).toBe(combination!.share);

    const forecast = await service.forecast(runId);
    const exported = await service.exportModel(runId, join(folder, 'export'));
    const { forecaster } = await readExport(join(exported, 'forecaster.json'));
    expect(forecaster.composite.lstmShare).toBe(combination!.share);
    expect(forecaster.combination).toEqual(combination);
    expect(forecastFrom(forecaster, series)).toEqual(forecast);
    const again = await service.importForecaster(join(exported, 'forecaster.json'));
    expect((await service.verify(again.runId)).scores).toEqual(scores);

    // A network that learned the change since the last reading brings that reading along.
    const residual = await train(weatherRun({ horizon: 2, combine: 'best', residual: true }));
    const blend = await service.verify(residual);
    expect(blend.combination!.errors.lstm).toBeLessThan(1.5 * blend.combination!.errors.ridge);
    expect(blend.scores.model.rmse).toBeLessThan(1.2 * blend.scores.ridge.rmse);
    await service.exportModel(residual, join(folder, 'residual'));

    const alone = await train(weatherRun({ horizon: 2, combine: 'none' }));
    const verification = await service.verify(alone);
    expect(verification.combination).toBeNull();
    expect(verification.scores.model).not.toEqual(scores.model);
    expect(verification.scores.ridge).toEqual(scores.ridge);
  });

  it('of quantiles have the median as their forecast, and intervals from the others', async () => {
    const runId = await train(weatherRun({ loss: 'pinball', horizon: 2, epochs: 60 }));
    const { intervals, scores } = await service.verify(runId);
    expect(scores.model.rmse).toBeLessThan(scores.climatology.rmse);
    expect(intervals?.before).toMatchObject({ part: 'validation', season: null });
    expect(intervals!.overall[95].coverage).toBeGreaterThan(0.85);
    expect(intervals!.overall[50].coverage).toBeLessThan(0.75);
    const forecast = await service.forecast(runId);
    forecast.points.forEach(({ value }, lead) => {
      const { low, high } = forecast.intervals!.byLead[lead]![95];
      expect(value).toBeGreaterThan(low);
      expect(value).toBeLessThan(high);
    });
    // TF.js itself has loaded it and says the same of every quantile.
    const exported = await service.exportModel(runId, join(folder, 'export'));
    const again = await service.importForecaster(join(exported, 'forecaster.json'));
    expect(await service.forecast(again.runId)).toEqual(forecast);
  });

  it('of a network that learned changes have the last reading added, in an export too', async () => {
    const settings = { residual: true, horizon: 3, epochs: 3, validationShare: 0 };
    const runId = await train(weatherRun(settings));
    const { history } = await library.read(runId);
    const verification = await service.verify(runId);
    expect(verification.testLoss).toBeCloseTo(history.at(-1)!.valLoss, 5);
    const exported = await service.exportModel(runId, join(folder, 'export'));
    const again = await service.importForecaster(join(exported, 'forecaster.json'));
    expect(await service.verify(again.runId)).toEqual(verification);
    expect(await service.forecast(again.runId)).toEqual(await service.forecast(runId));
    // After three epochs the value itself is still far off; its change from the last reading is not.
    const values = await train(weatherRun({ ...settings, residual: false }));
    expect(verification.scores.model.rmse).toBeLessThan((await service.verify(values)).scores.model.rmse);

    const validated = { ...settings, validationShare: 0.2 };
    const alone = await service.verify(await train(weatherRun({ ...validated, combine: 'none' })));
    const blend = await service.verify(await train(weatherRun({ ...validated, combine: 'best' })));
    const { share } = blend.combination!;
    blend.forecasts.model.forEach((value, index) => {
      const parts = share * alone.forecasts.model[index]! + (1 - share) * alone.forecasts.ridge[index]!;
      expect(value).toBeCloseTo(parts, 3);
    });
  });

  it('of a forecaster that is not that of its readings are refused', async () => {
    const runId = await train(weatherRun({ epochs: 2 }));
    const exported = await service.exportModel(runId, join(folder, 'export'));
    const path = join(exported, 'forecaster.json');
    const document = JSON.parse(await readFile(path, 'utf8')) as { targetScaler: { mean: number } };
    document.targetScaler.mean += 1;
    await writeFile(path, JSON.stringify(document));
    await expect(service.importForecaster(path)).rejects.toMatchObject({ code: 'forecaster-invalid' });
  });

  it('can be asked for while another run trains', async () => {
    const trained = await train(weatherRun({ epochs: 5 }));
    const { runId } = await service.start(weatherRun(long), series);
    expect((await service.verify(trained)).horizon).toBe(1);
    await service.control(runId, 'cancel');
  });
});

describe('a process that waits', () => {
  it('trains at once, is followed by the next, and a dead one is replaced', async () => {
    const first = service.keepReady();
    expect(first).toEqual(expect.any(Number));
    expect(service.keepReady()).toBe(first);
    const { runId } = await service.start(weatherRun(long), series);
    expect(service.trainerPids[0]).toBe(first);
    await epochReached(1);
    await service.control(runId, 'stop');
    const second = service.keepReady();
    expect(second).not.toBe(first);
    process.kill(second ?? NaN, 'SIGKILL');
    await train(weatherRun({ epochs: 1 }));
    const scores = (await library.list()).map(({ epochs }) => epochs);
    expect(scores).toContain(1);
  });

  it('ends with the service', async () => {
    const waiting = service.keepReady() ?? NaN;
    await service.close();
    // Signal 0 only asks whether the process is there.
    await expect.poll(() => isThere(waiting)).toBe(false);
  });
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
describe('newer readings', () => {
  const upTo = (rows: number): Series => ({
    ...series,
    time: series.time.slice(0, rows),
    variables: series.variables.map((variable) => ({
      ...variable,
      values: variable.values.slice(0, rows),
      filled: variable.filled.slice(0, rows),
    })),
  });

  it('are forecast from without training again, and say how earlier forecasts did', async () => {
    const runId = await train(weatherRun({ epochs: 3, horizon: 3 }), upTo(380));
    const first = await service.forecast(runId);
    expect(first.issuedAt).toBe(series.time[379]);
    expect(await service.forecastLog(runId)).toMatchObject({
      issued: 1,
      added: 0,
      scores: null,
      verified: [],
    });

    expect(await service.addReadings(runId, upTo(382))).toEqual({
      rows: 2,
      from: series.time[380],
      to: series.time[381],
    });
    const second = await service.forecast(runId);
    expect(second.issuedAt).toBe(series.time[381]);
    const log = await service.forecastLog(runId);
    const observed = series.variables[1]!.values;
    const errors = [0, 1].map((index) => first.points[index]!.value - observed[380 + index]!);
    expect(log).toMatchObject({ issued: 2, added: 2, newest: series.time[381] });
    expect(log.scores!.points).toBe(2);
    expect(log.scores!.rmse).toBeCloseTo(Math.hypot(...errors) / Math.SQRT2, 6);
    expect(log.scores!.persistenceRmse).toBeCloseTo(
      Math.hypot(...[380, 381].map((row) => observed[379]! - observed[row]!)) / Math.SQRT2,
      5,
    );
    // The run is what it was: its scores are still those of its own test part.
    expect((await service.verify(runId)).time.at(-1)).toBe(series.time[377]);
    await expect(service.addReadings(runId, upTo(382))).rejects.toMatchObject({ code: 'nothing-newer' });
  });
});

describe('long calculations', () => {
  it('tell how far they are, are one at a time, and can be cancelled', async () => {
    const runId = await train(weatherRun({ epochs: 3 }));
    const told: number[] = [];
    const importance = await service.measureImportance(runId, ({ done, total }) => told.push(done / total));
    expect(importance.inputs.map(({ name }) => name).sort()).toEqual([
      'day of year',
      'humidity',
      'temperature',
    ]);
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual([...told].sort((a, b) => a - b));

    let rolling: Promise<unknown> | undefined;
    await new Promise<void>((begun) => {
      rolling = service.rollHindcast(runId, { every: 1, restart: 'anew' }, () => begun());
      rolling.catch(() => begun());
    });
    await expect(service.measureImportance(runId, () => undefined)).rejects.toMatchObject({
      code: 'work-busy',
    });
    service.cancelWork();
    await expect(rolling).rejects.toMatchObject({ code: 'cancelled' });
    const { trainings, retrained } = await service.rollHindcast(
      runId,
      { every: 40, restart: 'warm' },
      () => undefined,
    );
    expect(trainings).toBe(1);
    expect(retrained.model.rmse).toBeGreaterThan(0);
  });
});
