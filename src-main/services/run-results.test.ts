import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Verification } from '../contract/results';
import type { Series } from '../contract/series';
import { EXPORT_FILES } from '../forecaster/forecaster.fixture';
import { forecastFrom, readExport } from '../forecaster';
import { writeFixtureExport } from '../forecaster/forecaster.fixture';
import type { NewRun } from '../library';
import { forwardComposite, initialiseParameters } from '../network';
import { prepare, unscaleValue } from '../series';
import { TrainingBench } from './service.fixture';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';

const bench = new TrainingBench();
const series = weatherSeries();
/** Takes minutes unless it is stopped. */
const LONG = { epochs: 10_000 };

const train = (run: NewRun = weatherRun(), data: Series = series): Promise<string> => bench.train(run, data);

describe('results', () => {
  it('are kept with the run, agree with its history, and come back from an export', async () => {
    const runId = await train(weatherRun({ layers: 2, dropout: 0.1, horizon: 3, validationShare: 0 }));
    const { summary, history } = await bench.library.read(runId);
    expect(summary.scores).toBeNull();
    const [verification, forecast] = await Promise.all([bench.verify(runId), bench.forecast(runId)]);
    // Without validation windows the last curve point is the test loss.
    expect(verification.testLoss).toBeCloseTo(history.at(-1)!.valLoss, 5);
    expect((await bench.library.read(runId)).summary.scores).toEqual(verification.scores);
    expect(forecast.points).toHaveLength(3);
    expect(forecast.expectedError).toHaveLength(3);
    expect(forecast.intervals?.coverage[80]).toBe(verification.intervals?.overall[80].coverage);
    expect(verification.intervals?.before.part).toBe('training');

    const { folder: exported } = await bench.service.exportModel(runId, join(bench.folder, 'export'), [
      'tfjs',
    ]);
    expect((await readdir(exported)).sort()).toEqual(EXPORT_FILES);
    const again = await bench.service.importForecaster(join(exported, 'forecaster.json'));
    expect((await bench.library.read(again.runId)).summary).toMatchObject({
      status: 'imported',
      targetName: 'temperature',
    });
    expect(await bench.forecast(again.runId)).toEqual(forecast);
    expect(await bench.verify(again.runId)).toEqual(verification);
  });

  it('of a sum of several networks and a linear part agree with the reference, and come back', async () => {
    const runId = await train(weatherRun({ epochs: 2, horizon: 2, layers: 2 }));
    const { folder: exported } = await bench.service.exportModel(runId, join(bench.folder, 'export'), [
      'tfjs',
    ]);
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
    await writeFixtureExport(sum, series, join(bench.folder, 'sum'));

    const imported = await bench.service.importForecaster(join(bench.folder, 'sum', 'forecaster.json'));
    const verification = await bench.verify(imported.runId);
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
    expect(await bench.forecast(imported.runId)).toMatchObject({
      points: forecastFrom(sum, series).points,
    });

    // TF.js itself agrees, or the export would be taken back.
    const { folder: again } = await bench.service.exportModel(imported.runId, join(bench.folder, 'again'), [
      'tfjs',
    ]);
    expect((await readExport(join(again, 'forecaster.json'))).forecaster.composite).toEqual(composite);
  });

  it('of a blend with ridge say what was chosen, keep it, and take it away', async () => {
    const runId = await train(weatherRun({ horizon: 2, combine: 'best' }));
    const { combination, scores, verdict } = await bench.verify(runId);
    expect(combination!.share).toBeGreaterThanOrEqual(0);
    expect(combination!.share).toBeLessThan(1);
    const { chosen, lstm, others } = combination!.errors;
    expect(chosen).toBeLessThanOrEqual(Math.max(lstm, others));
    const rest = combination!.parts.reduce((sum, part) => sum + part.share, 0);
    expect(combination!.share + rest).toBeCloseTo(1, 9);
    expect(verdict.lstmShare).toBe(combination!.share);

    const forecast = await bench.forecast(runId);
    const { folder: exported } = await bench.service.exportModel(runId, join(bench.folder, 'export'), [
      'tfjs',
    ]);
    const { forecaster } = await readExport(join(exported, 'forecaster.json'));
    expect(forecaster.composite.lstmShare).toBe(combination!.share);
    expect(forecaster.combination).toEqual(combination);
    expect(forecastFrom(forecaster, series)).toEqual(forecast);
    const again = await bench.service.importForecaster(join(exported, 'forecaster.json'));
    expect((await bench.verify(again.runId)).scores).toEqual(scores);

    // A network that learned the change since the last reading brings that reading along.
    const residual = await train(weatherRun({ horizon: 2, combine: 'best', residual: true }));
    const blend = await bench.verify(residual);
    expect(blend.combination!.errors.lstm).toBeLessThan(1.5 * blend.combination!.errors.others);
    expect(blend.scores.model.rmse).toBeLessThan(1.2 * blend.scores.ridge.rmse);
    await bench.service.exportModel(residual, join(bench.folder, 'residual'), ['tfjs']);

    const alone = await train(weatherRun({ horizon: 2, combine: 'none' }));
    const verification = await bench.verify(alone);
    expect(verification.combination).toBeNull();
    expect(verification.scores.model).not.toEqual(scores.model);
    expect(verification.scores.ridge).toEqual(scores.ridge);
  });

  it('of quantiles have the median as their forecast, and intervals from the others', async () => {
    const runId = await train(weatherRun({ loss: 'pinball', horizon: 2, epochs: 60 }));
    const { intervals, scores } = await bench.verify(runId);
    expect(scores.model.rmse).toBeLessThan(scores.climatology.rmse);
    expect(intervals?.before).toMatchObject({ part: 'validation', season: null });
    expect(intervals!.overall[95].coverage).toBeGreaterThan(0.85);
    expect(intervals!.overall[50].coverage).toBeLessThan(0.75);
    const forecast = await bench.forecast(runId);
    forecast.points.forEach(({ value }, lead) => {
      const { low, high } = forecast.intervals!.byLead[lead]![95];
      expect(value).toBeGreaterThan(low);
      expect(value).toBeLessThan(high);
    });
    // TF.js itself has loaded it and says the same of every quantile.
    const { folder: exported } = await bench.service.exportModel(runId, join(bench.folder, 'export'), [
      'tfjs',
    ]);
    const again = await bench.service.importForecaster(join(exported, 'forecaster.json'));
    expect(await bench.forecast(again.runId)).toEqual(forecast);
  });

  it('of a network that learned changes have the last reading added, in an export too', async () => {
    const settings = { residual: true, horizon: 3, epochs: 3, validationShare: 0 };
    const runId = await train(weatherRun(settings));
    const { history } = await bench.library.read(runId);
    const verification = await bench.verify(runId);
    expect(verification.testLoss).toBeCloseTo(history.at(-1)!.valLoss, 5);
    const { folder: exported } = await bench.service.exportModel(runId, join(bench.folder, 'export'), [
      'tfjs',
    ]);
    const again = await bench.service.importForecaster(join(exported, 'forecaster.json'));
    expect(await bench.verify(again.runId)).toEqual(verification);
    expect(await bench.forecast(again.runId)).toEqual(await bench.forecast(runId));
    // After three epochs the value itself is still far off; its change from the last reading is not.
    const values = await train(weatherRun({ ...settings, residual: false }));
    expect(verification.scores.model.rmse).toBeLessThan((await bench.verify(values)).scores.model.rmse);

    const validated = { ...settings, validationShare: 0.2 };
    const alone = await bench.verify(await train(weatherRun({ ...validated, combine: 'none' })));
    const blend = await bench.verify(await train(weatherRun({ ...validated, combine: 'best' })));
    const { share, parts } = blend.combination!;
    expect(parts.map(({ name }) => name)).toContain('persistence');
    const other = await bench.verify(await train(weatherRun({ ...validated, combine: 'best', seed: 9 })));
    expect(other.combination!.parts.map(({ name }) => name)).toEqual(parts.map(({ name }) => name));
    // What stands beside the network does not depend on it: the same is left where its share is taken away.
    const otherAlone = await bench.verify(
      await train(weatherRun({ ...validated, combine: 'none', seed: 9 })),
    );
    const restOf = (whole: Verification, network: Verification): Float32Array => {
      const own = whole.combination!.share;
      return whole.forecasts.model.map(
        (value, index) => (value - own * network.forecasts.model[index]!) / (1 - own),
      );
    };
    const rest = restOf(blend, alone);
    restOf(other, otherAlone).forEach((value, index) => expect(value).toBeCloseTo(rest[index]!, 2));
    expect(share).toBeLessThan(1);
  });

  it('of a forecaster that is not that of its readings are refused', async () => {
    const runId = await train(weatherRun({ epochs: 2 }));
    const { folder: exported } = await bench.service.exportModel(runId, join(bench.folder, 'export'), [
      'tfjs',
    ]);
    const path = join(exported, 'forecaster.json');
    const document = JSON.parse(await readFile(path, 'utf8')) as { targetScaler: { mean: number } };
    document.targetScaler.mean += 1;
    await writeFile(path, JSON.stringify(document));
    await expect(bench.service.importForecaster(path)).rejects.toMatchObject({ code: 'forecaster-invalid' });
  });

  it('can be asked for while another run trains', async () => {
    const trained = await train(weatherRun({ epochs: 5 }));
    const { runId } = await bench.service.start(weatherRun(LONG), series);
    expect((await bench.verify(trained)).horizon).toBe(1);
    await bench.service.control(runId, 'cancel');
  });
});

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
    const first = await bench.forecast(runId);
    expect(first.issuedAt).toBe(series.time[379]);
    expect(await bench.service.questions.ask('forecastLog', { runId })).toMatchObject({
      issued: 1,
      added: 0,
      scores: null,
      verified: [],
    });

    expect(await bench.service.questions.ask('keepReadings', { runId, newer: upTo(382) })).toEqual({
      rows: 2,
      from: series.time[380],
      to: series.time[381],
    });
    const second = await bench.forecast(runId);
    expect(second.issuedAt).toBe(series.time[381]);
    const log = await bench.service.questions.ask('forecastLog', { runId });
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
    expect((await bench.verify(runId)).time.at(-1)).toBe(series.time[377]);
    await expect(
      bench.service.questions.ask('keepReadings', { runId, newer: upTo(382) }),
    ).rejects.toMatchObject({
      code: 'nothing-newer',
    });
  });
});

describe('long calculations', () => {
  it('tell how far they are, are one at a time, and can be cancelled', async () => {
    const runId = await train(weatherRun({ epochs: 3 }));
    const told: number[] = [];
    const importance = await bench.service.questions.ask('measureImportance', { runId }, ({ done, total }) =>
      told.push(done / total),
    );
    expect(importance.inputs.map(({ name }) => name).sort()).toEqual([
      'day of year',
      'humidity',
      'temperature',
    ]);
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual([...told].sort((a, b) => a - b));

    let rolling: Promise<unknown> | undefined;
    await new Promise<void>((begun) => {
      rolling = bench.service.questions.ask(
        'rollHindcast',
        { runId, options: { every: 1, restart: 'anew' } },
        () => begun(),
      );
      rolling.catch(() => begun());
    });
    await expect(
      bench.service.questions.ask('measureImportance', { runId }, () => undefined),
    ).rejects.toMatchObject({
      code: 'work-busy',
    });
    bench.service.questions.cancelLong();
    await expect(rolling).rejects.toMatchObject({ code: 'cancelled' });
    const { trainings, retrained } = await bench.service.questions.ask(
      'rollHindcast',
      { runId, options: { every: 40, restart: 'warm' } },
      () => undefined,
    );
    expect(trainings).toBe(1);
    expect(retrained.model.rmse).toBeGreaterThan(0);
  });
});
