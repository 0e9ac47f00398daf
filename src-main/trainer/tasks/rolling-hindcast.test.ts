import { beforeAll, describe, expect, it } from 'vitest';
import type { Series } from '../../contract/series';
import { newRecord } from '../../library/run-record';
import { initialiseParameters, singleNetwork } from '../../network';
import { networkShape, prepare, unscaleValues } from '../../series';
import { predictWindows } from '../../model/predict';
import { retrain } from '../../training/retrain';
import { rollThrough } from './rolling-hindcast';
import type { TrainedRun } from '../../model/trained-run';
import { weatherRun, weatherSeries } from '../trainer.fixture';

/** The real engine, a small network. */
const record = { ...newRecord(weatherRun({ hidden: 4, horizon: 2, epochs: 4 })), keptEpoch: 4 };
const { settings } = record;
const whole = weatherSeries(200);
const { window, horizon } = settings;
let trained: TrainedRun;

beforeAll(async () => {
  const preparation = prepare(whole, settings);
  const fresh = initialiseParameters(networkShape(settings, preparation.inputCount), {
    scheme: settings.initialisation,
    seed: settings.seed,
  });
  const theta = await retrain(settings, preparation, fresh);
  trained = { record, series: whole, preparation, composite: singleNetwork(theta), rehearsal: null };
});

const roll = (run: TrainedRun, every: number, restart: 'warm' | 'anew' = 'warm') =>
  rollThrough({ trained: run, combination: null }, { every, restart }, () => undefined);

describe('a rolling hindcast', () => {
  it('is that of the frozen model where nothing is trained again', async () => {
    const { test } = trained.preparation.split;
    const { forecasts, trainings } = await roll(trained, test.length);
    expect(trainings).toBe(0);
    expect(forecasts.model).toEqual(
      unscaleValues(trained.preparation.targetScaler, predictWindows(trained, test)),
    );
  });

  it('uses nothing from after an origin', async () => {
    const { test } = trained.preparation.split;
    // Well within a stretch between two trainings, and behind one of them.
    const border = test[17]! + window;
    const altered: Series = {
      ...whole,
      variables: whole.variables.map((variable) => ({
        ...variable,
        values: variable.values.map((value, row) => (row < border ? value : 500 - 3 * value)),
      })),
    };
    const after: TrainedRun = { ...trained, series: altered, preparation: prepare(altered, settings) };
    for (const restart of ['warm', 'anew'] as const) {
      const [told, before] = [await roll(after, 10, restart), await roll(trained, 10, restart)];
      expect(before.trainings).toBe(Math.ceil(test.length / 10) - 1);
      // Windows whose last reading lies before the border: the first 18.
      const known = 18 * horizon;
      for (const method of ['model', 'persistence', 'dampedPersistence', 'climatology', 'ridge'] as const) {
        expect(told.forecasts[method]!.subarray(0, known)).toEqual(
          before.forecasts[method]!.subarray(0, known),
        );
      }
      expect(told.forecasts.model[known]).not.toBe(before.forecasts.model[known]);
    }
  });

  it('learns again: from the first re-training on the forecasts differ, and tells how far it is', async () => {
    const { test } = trained.preparation.split;
    const told: [number, number][] = [];
    const { forecasts } = await rollThrough(
      { trained, combination: null },
      { every: 15, restart: 'warm' },
      (done, total) => {
        told.push([done, total]);
      },
    );
    const frozen = (await roll(trained, test.length)).forecasts;
    // The engine rounds by how many windows it does at once.
    forecasts.model
      .subarray(0, 30)
      .forEach((value, index) => expect(value).toBeCloseTo(frozen.model[index]!, 4));
    for (const method of ['model', 'ridge', 'climatology'] as const) {
      expect(forecasts[method][30]).not.toBe(frozen[method][30]);
    }
    // Persistence has nothing to learn.
    expect(forecasts.persistence).toEqual(frozen.persistence);
    expect(told.map(([done]) => done)).toEqual(told.map((_, index) => index + 1));
    expect(told.at(-1)).toEqual([Math.ceil(test.length / 15) - 1, Math.ceil(test.length / 15) - 1]);
  });
});
