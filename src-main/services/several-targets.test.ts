import { describe, expect, it } from 'vitest';
import type { Series } from '../contract/series';
import { PINBALL_QUANTILES } from '../contract/settings';
import type { TrainingSettings } from '../contract/settings';
import { readSeries, readWeights, SingleRun, type NewRun, type RunColumn } from '../library';
import { forward, initialiseParameters } from '../network';
import { networkShape, prepare } from '../series';
import { columnsOfTarget, forecastsOfTarget, seriesOfTarget, thetaOfTarget } from '../model/one-target';
import { TrainingBench } from './service.fixture';
import { weatherRun, weatherSeries, withFurtherTarget } from '../trainer/trainer.fixture';

const bench = new TrainingBench();

/** Temperature and then humidity are forecast, from both. */
const weather: Series = { ...weatherSeries(260), alsoTargets: [0] };
const together = (changes: Partial<TrainingSettings> = {}): NewRun =>
  withFurtherTarget(weatherRun({ horizon: 2, hidden: 6, epochs: 8, ...changes }));

describe('one target out of several', () => {
  it('is forecast by its own outputs, quantile by quantile, as the whole network would', () => {
    const settings = weatherRun({ horizon: 3, hidden: 4, layers: 2, loss: 'pinball' }).settings;
    const count = 3;
    const shape = networkShape(settings, 2, count);
    expect(shape.outputs).toBe(3 * count * PINBALL_QUANTILES.length);
    const theta = initialiseParameters(shape, { scheme: 'pytorch', seed: 9 });
    const window = Float32Array.from({ length: settings.window * 2 }, (_, index) => Math.sin(index));
    const all = Float32Array.from(forward(shape, theta, window).outputs);
    for (let place = 0; place < count; place++) {
      const own = thetaOfTarget(theta, settings, 2, { place, count });
      const alone = forward(networkShape(settings, 2), own, window).outputs;
      expect(forecastsOfTarget(all, settings, { place, count })).toEqual(Float32Array.from(alone));
      // Lead 2, quantile 1.
      const quantiles = PINBALL_QUANTILES.length;
      expect(alone[quantiles + 1]).toBeCloseTo(all[(count + place) * quantiles + 1]!, 6);
    }
  });

  it('has a series without targets that it does not look at', () => {
    const series: Series = { ...weatherSeries(50), inputs: [0], target: 0, alsoTargets: [1] };
    expect(seriesOfTarget(series, 0).variables.map(({ name }) => name)).toEqual(['humidity']);
    const other = seriesOfTarget(series, 1);
    expect(other.variables.map(({ name }) => name)).toEqual(['humidity', 'temperature']);
    expect([other.inputs, other.target, other.alsoTargets]).toEqual([[0], 1, []]);
  });

  it('keeps the other targets as inputs, or only in the list of columns', () => {
    const column = { quantity: 'temperature', unit: '°C', useUnit: '°C', gapPolicy: 'linear' } as const;
    const columns: RunColumn[] = [
      { ...column, name: 'warmth', role: 'target', isInput: false },
      { ...column, name: 'soil', role: 'also-target', isInput: true },
      { ...column, name: 'wind', role: 'feature' },
    ];
    const told = (name: string) => columnsOfTarget(columns, name).map((each) => [each.name, each.role]);
    expect(told('warmth')).toEqual([
      ['warmth', 'target'],
      ['soil', 'feature'],
      ['wind', 'feature'],
    ]);
    expect(told('soil')).toEqual([
      ['soil', 'target'],
      ['wind', 'feature'],
      ['warmth', 'ignore'],
    ]);
  });
});

describe('a training of several targets', () => {
  it('gives a run for each, with the weights of one network, its own scores, forecast and export', async () => {
    const runId = await bench.train(together({ members: 2 }), weather);
    const runs = await bench.library.list();
    expect(runs).toHaveLength(2);
    const [own, other] = [runs.find(({ id }) => id === runId)!, runs.find(({ id }) => id !== runId)!];
    expect([own.targetName, own.status, own.learnedWith]).toEqual(['temperature', 'completed', undefined]);
    expect([other.targetName, other.status, other.learnedWith]).toEqual(['humidity', 'alongside', runId]);
    expect(other.members).toHaveLength(2);

    const { settings } = own;
    const whole = (await readWeights(bench.library.folderOf(runId), own.members![0]!.keptEpoch))!;
    const kept = (await readWeights(bench.library.folderOf(other.id), other.keptEpoch))!;
    const { inputCount } = prepare(weather, settings);
    expect(kept).toEqual(thetaOfTarget(whole, settings, inputCount, { place: 1, count: 2 }));

    for (const run of [own, other]) {
      const verification = await bench.verify(run.id);
      expect([verification.targetName, verification.unit]).toEqual([run.targetName, run.unit]);
      expect(Number.isFinite(verification.scores.model.rmse)).toBe(true);
      const forecast = await bench.forecast(run.id);
      expect([forecast.targetName, forecast.points.length]).toEqual([run.targetName, 2]);
      // The export is compared with the trained network before it is called done.
      await bench.service.exportModel(run.id, `${bench.folder}/${run.targetName}`, ['tfjs']);
    }
    const series = await readSeries(bench.library.folderOf(other.id), other.name);
    expect([series.target, series.alsoTargets]).toEqual([0, []]);
  });

  it('learns each target: with changes since the last reading, too, a forecast starts from its own', async () => {
    const runId = await bench.train(together({ residual: true, epochs: 30, combine: 'none' }), weather);
    for (const { id } of await bench.library.list()) {
      const { scores } = await bench.verify(id);
      expect(scores.model.rmse, id === runId ? 'temperature' : 'humidity').toBeLessThan(
        1.25 * scores.persistence.rmse,
      );
    }
  });

  it('gives new runs when it is gone on with, and the earlier ones stay', async () => {
    const runId = await bench.train(together({ epochs: 4 }), weather);
    await bench.service.resume(runId, 6);
    await bench.service.ended(runId);
    const others = (await bench.library.list()).filter(({ id }) => id !== runId);
    expect(others.map(({ epochs, learnedWith }) => [epochs, learnedWith]).sort()).toEqual([
      [4, undefined],
      [6, runId],
    ]);
  });

  it('that was killed before it had made them makes them when it is resumed', async () => {
    const runId = await bench.train(together({ epochs: 4 }), weather);
    for (const { id } of await bench.library.list()) if (id !== runId) await bench.library.delete(id);
    await bench.library.update(runId, { status: 'training' });
    await bench.library.recover();
    await bench.service.resume(runId);
    await bench.service.ended(runId);
    const { summary, targets } = await bench.library.read(runId);
    expect([summary.status, targets.length]).toEqual(['completed', 2]);
  });

  it('in a folder of its own keeps them within, and takes them away with it', async () => {
    const store = new SingleRun(`${bench.folder}/run`);
    await store.create(together(), weather);
    const run = { ...weatherRun(), keptEpoch: 1 };
    await store.createAlongside(store.id, 1, run, weatherSeries(260), { trained: trained() });
    const beside = new SingleRun(`${bench.folder}/run/target-2`);
    expect((await beside.record()).learnedWith).toBe(store.id);
    await store.delete();
    await expect(beside.record()).rejects.toMatchObject({ code: 'run-missing' });
  });
});

function trained() {
  const shape = networkShape(weatherRun().settings, 4);
  return {
    members: [initialiseParameters(shape, { scheme: 'keras', seed: 1 })],
    lstmShare: 1,
    linear: null,
  };
}
