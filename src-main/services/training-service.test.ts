import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import { isRunning } from '../files/processes';
import { readProgress, RunLibrary, type NewRun } from '../library';
import { singleNetwork } from '../network';
import { TrainerClient } from '../trainer/processes/trainer-client';
import { trainIn, TrainingBench } from './service.fixture';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';

const bench = new TrainingBench();
const series = weatherSeries();
/** Takes minutes unless it is stopped. */
const LONG = { epochs: 10_000 };

const epochReached = (epoch: number) =>
  bench.event('progress', ({ records }) => (records.at(-1)?.epoch ?? 0) >= epoch);
const epochsTold = () => bench.events.flatMap((each) => (each.kind === 'progress' ? each.records : []));

const train = (run: NewRun = weatherRun(), data: Series = series): Promise<string> => bench.train(run, data);

describe('a training', () => {
  it('sends its events from start to end, and its run keeps them', async () => {
    const { runId } = await bench.service.start(weatherRun({ patience: 5, epochs: 300 }), series);
    const end = await bench.service.ended(runId);
    expect(bench.events[0]).toMatchObject({ kind: 'started', runId, epochs: 300, windows: { test: 79 } });
    expect(bench.events.at(-1)).toMatchObject({ kind: 'finished', runId, reason: 'early-stopping' });
    const { summary, history } = await bench.library.read(runId);
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
      histories.push((await bench.library.read(runId)).history);
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
    const trainer = new TrainerClient(bench.startTrainer('auto'));
    const losses: number[] = [];
    for (const change of changes) {
      const run = await trainIn(trainer, bench.library, weatherRun({ ...change, epochs: 4 }), series);
      losses.push((await readProgress(run))!.history.at(-1)!.loss);
    }
    trainer.kill();
    expect(new Set(losses).size).toBe(changes.length);
  });

  it('is the same whether it was paused or not', async () => {
    const settings = { epochs: 400 };
    const through = await train(weatherRun(settings));
    const { runId } = await bench.service.start(weatherRun(settings), series);
    await epochReached(3);
    await bench.service.control(runId, 'pause');
    await bench.event('paused');
    const told = epochsTold().length;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(epochsTold().length).toBe(told);
    expect(told).toBeLessThan(800);
    await bench.service.control(runId, 'resume');
    await bench.service.ended(runId);
    expect(bench.events.filter(({ kind }) => kind === 'resumed')).toHaveLength(1);
    expect((await bench.library.read(runId)).history).toEqual((await bench.library.read(through)).history);
  });

  it('refuses a second one beside it', async () => {
    const { runId } = await bench.service.start(weatherRun(LONG), series);
    await expect(bench.service.start(weatherRun(), series)).rejects.toMatchObject({ code: 'trainer-busy' });
    await bench.service.control(runId, 'cancel');
    await train(weatherRun({ epochs: 2 }));
  });

  it('says in the end what it was trained with, also where the disk refused to take that down at first', async () => {
    const refusal = new Problem('cannot-write', { file: 'run.json', cause: phrase('disk-fault') });
    vi.spyOn(bench.library, 'update').mockRejectedValueOnce(refusal);
    const runId = await train(weatherRun({ epochs: 2 }));
    const { versions } = await new RunLibrary(join(bench.folder, 'runs')).record(runId);
    expect(versions).toHaveProperty('tensorflow');
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
      await expect(bench.service.start(run, data)).rejects.toMatchObject({ code });
    }
    expect(await readdir(join(bench.folder, 'runs'))).toEqual([]);
    expect(bench.events).toEqual([]);
  });

  it('that cannot begin says why, also where the disk then refuses to take it away', async () => {
    const library = new RunLibrary(join(bench.folder, 'runs'));
    library.delete = () => Promise.reject(new Error('EROFS: read-only file system'));
    const service = bench.serviceOver(library);
    const refused = service.start(weatherRun({ patience: 5, validationShare: 0 }), series);
    await expect(refused).rejects.toMatchObject({ code: 'setting-invalid' });
    await service.close();
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
    const { runId } = await bench.service.start(run, wild);
    await bench.service.ended(runId);
    expect(await bench.event('failed')).toMatchObject({
      problem: { code: 'loss-not-finite' },
      savedEpoch: 0,
    });
    expect((await bench.library.read(runId)).summary.status).toBe('interrupted');
    await expect(bench.verify(runId)).rejects.toMatchObject({ code: 'run-not-trained' });
  });
});

describe('what the user wants', () => {
  it('acts in the middle of an epoch: ten times before one has ended', async () => {
    // Some 15 s an epoch on two cores; an answer takes a hundredth of it.
    const slow = weatherRun({ ...LONG, hidden: 64, layers: 2, window: 60 });
    const { runId } = await bench.service.start(slow, weatherSeries(20_000));
    for (let round = 0; round < 5; round++) {
      for (const [action, told] of [
        ['pause', 'paused'],
        ['resume', 'resumed'],
      ] as const) {
        bench.events = [];
        await bench.service.control(runId, action);
        await bench.event(told);
        expect(epochsTold()).toEqual([]);
      }
    }
    await bench.service.control(runId, 'cancel');
    expect(await bench.library.list()).toEqual([]);
    expect(bench.events.at(-1)).toEqual({ kind: 'cancelled', runId });
  });

  it('stop keeps the best epoch so far', async () => {
    const { runId } = await bench.service.start(weatherRun(LONG), series);
    await epochReached(20);
    await bench.service.control(runId, 'stop');
    const { summary, history } = await bench.library.read(runId);
    const best = history.reduce((a, b) => (b.valLoss < a.valLoss ? b : a));
    expect(summary).toMatchObject({ status: 'stopped', epochs: history.length, keptEpoch: best.epoch });
    expect(bench.events.at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped', keptEpoch: best.epoch });
  });

  it('stop acts in a pause, too', async () => {
    const { runId } = await bench.service.start(weatherRun(LONG), series);
    await epochReached(2);
    await bench.service.control(runId, 'pause');
    await bench.event('paused');
    await bench.service.control(runId, 'stop');
    expect((await bench.library.read(runId)).summary.status).toBe('stopped');
  });
});

describe('a killed trainer', () => {
  it('is reported, and the last finished epoch is there to verify, forecast and export', async () => {
    const { runId } = await bench.service.start(weatherRun(LONG), series);
    await epochReached(10);
    process.kill(bench.service.trainerPids[0]!, 'SIGKILL');
    const failed = await bench.event('failed');
    expect(failed.problem).toMatchObject({
      code: 'trainer-died',
      params: { cause: phrase('signal', { signal: 'SIGKILL' }) },
    });
    // Every epoch that was told is saved.
    expect(failed.savedEpoch).toBeGreaterThanOrEqual(epochsTold().at(-1)!.epoch);
    const { summary, history } = await bench.library.read(runId);
    expect(summary).toMatchObject({ status: 'interrupted', epochs: failed.savedEpoch });
    expect(history).toHaveLength(failed.savedEpoch);

    const verification = await bench.verify(runId);
    expect(verification.scores.model.rmse).toBeGreaterThan(0);
    expect((await bench.forecast(runId)).points).toHaveLength(1);
    await bench.service.exportModel(runId, join(bench.folder, 'export'), ['tfjs']);
    await train(weatherRun({ epochs: 2 }));
  });

  it('leaves a run that goes on where it stood, and can be verified anew', async () => {
    const through = await train(weatherRun({ epochs: 300 }));
    bench.events = [];
    const { runId } = await bench.service.start(weatherRun({ epochs: 300 }), series);
    await bench.service.control(runId, 'pause');
    await bench.event('paused');
    process.kill(bench.service.trainerPids[0]!, 'SIGKILL');
    const { savedEpoch } = await bench.event('failed');
    bench.events = [];
    await bench.service.resume(runId);
    expect(bench.events[0]).toMatchObject({ kind: 'started', runId, resumedAfter: savedEpoch });
    expect((await bench.library.read(runId)).history).toHaveLength(savedEpoch);
    await bench.service.ended(runId);
    expect(epochsTold()[0]?.epoch).toBe(savedEpoch + 1);
    const [resumed, whole] = [await bench.library.read(runId), await bench.library.read(through)];
    expect(resumed.history).toEqual(whole.history);
    expect(resumed.summary).toMatchObject({ status: 'completed', keptEpoch: whole.summary.keptEpoch });
    expect((await bench.verify(runId)).scores).toEqual((await bench.verify(through)).scores);
  });

  it('is started again when it dies between two tasks', async () => {
    const runId = await train();
    await bench.verify(runId);
    const killed = bench.running();
    expect(killed).not.toEqual([]);
    for (const pid of killed) process.kill(pid, 'SIGKILL');
    await expect.poll(() => killed.filter((pid) => !bench.ended.has(pid))).toEqual([]);
    expect((await bench.forecast(runId)).points).toHaveLength(1);
  });
});

describe('resuming', () => {
  it('goes on from a stop', async () => {
    const { runId } = await bench.service.start(weatherRun({ epochs: 2000 }), series);
    await epochReached(3);
    await bench.service.control(runId, 'stop');
    await bench.verify(runId);
    expect((await bench.library.record(runId)).measured).not.toBeNull();
    await bench.service.resume(runId);
    expect(await bench.library.record(runId)).toMatchObject({ status: 'training', measured: null });
    await bench.service.close();
    expect((await bench.library.read(runId)).summary.status).toBe('interrupted');
  });

  it('trains a complete run further where more epochs are given', async () => {
    const runId = await train(weatherRun({ epochs: 3 }));
    await expect(bench.service.resume(runId)).rejects.toMatchObject({ code: 'nothing-to-resume' });
    await bench.service.resume(runId, 6);
    await bench.service.ended(runId);
    expect((await bench.library.read(runId)).summary).toMatchObject({ epochs: 6, settings: { epochs: 6 } });
  });

  it('refuses what has nothing to go on from, and leaves it as it was', async () => {
    const early = await train(weatherRun({ patience: 1, learningRate: 0.1, epochs: 300 }));
    await expect(bench.service.resume(early, 400)).rejects.toMatchObject({ code: 'nothing-to-resume' });
    await expect(bench.service.resume('gone')).rejects.toMatchObject({ code: 'run-missing' });
    const untrained = singleNetwork(new Float32Array(9));
    const imported = await bench.library.create(
      { ...weatherRun(), status: 'imported', epochs: 3, keptEpoch: 3 },
      series,
      { trained: untrained },
    );
    await expect(bench.service.resume(imported, 400)).rejects.toMatchObject({ code: 'nothing-to-resume' });

    const lacking = await bench.library.create({ ...weatherRun(), status: 'interrupted' }, series);
    await rm(join(bench.library.folderOf(lacking), 'series.bin'));
    await expect(bench.service.resume(lacking)).rejects.toMatchObject({ code: 'run-damaged' });
    expect((await bench.library.read(lacking)).summary.status).toBe('interrupted');
  });
});

describe('a process that waits', () => {
  it('trains at once, is followed by the next, and a dead one is replaced', async () => {
    const first = bench.service.keepReady();
    expect(first).toEqual(expect.any(Number));
    expect(bench.service.keepReady()).toBe(first);
    const { runId } = await bench.service.start(weatherRun(LONG), series);
    expect(bench.service.trainerPids[0]).toBe(first);
    await epochReached(1);
    await bench.service.control(runId, 'stop');
    const second = bench.service.keepReady();
    expect(second).not.toBe(first);
    process.kill(second ?? NaN, 'SIGKILL');
    await train(weatherRun({ epochs: 1 }));
    const scores = (await bench.library.list()).map(({ epochs }) => epochs);
    expect(scores).toContain(1);
  });

  it('ends with the service', async () => {
    const waiting = bench.service.keepReady() ?? NaN;
    await bench.service.close();
    await expect.poll(() => isRunning(waiting)).toBe(false);
  });
});
