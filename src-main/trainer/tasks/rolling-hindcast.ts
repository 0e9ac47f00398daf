import type { ByMethod } from '../../contract/results';
import type { RollingOptions } from '../../contract/rolling';
import type { Series } from '../../contract/series';
import type { TrainingSettings } from '../../contract/settings';
import { concatenate, initialiseParameters, type Composite } from '../../network';
import { prepare, type Preparation } from '../../series';
import { fitBaselines, readForecasts } from '../../verification';
import { blend, type AssembledRun } from '../../model/assemble';
import { memberSeed, shapeOf } from '../../training/plan';
import { predictWindows } from '../../model/predict';
import { retrain } from '../../training/retrain';
import type { TrainedRun } from '../../model/trained-run';

/** Training on from given weights takes this share of the epochs that they took, and no fewer than `LEAST_EPOCHS`. */
const WARM_SHARE = 0.1;
const LEAST_EPOCHS = 5;

/**
 * Goes through the test part origin by origin and forecasts each window with what could be known at its origin. After
 * every so many windows model and baselines learn again, from all that had been observed before the next origin: rows
 * that come later are cut off before anything is learned. The first windows are forecast by the run as it is.
 * @returns [test windows, horizon] of each method, in the target's unit
 */
export async function rollThrough(
  { trained, combination }: Pick<AssembledRun, 'trained' | 'combination'>,
  { every, restart }: RollingOptions,
  onProgress: (done: number, total: number) => Promise<void> | void,
): Promise<{ readonly forecasts: ByMethod<Float32Array>; readonly trainings: number }> {
  const { series, preparation, record } = trained;
  const { window, horizon, split } = preparation;
  const trainings = Math.max(0, Math.ceil(split.test.length / every) - 1);
  const parts: ByMethod<Float32Array>[] = [];
  let run = trained;
  for (let first = 0; first < split.test.length; first += every) {
    const starts = split.test.subarray(first, first + every);
    if (first > 0) {
      const known = upTo(series, starts[starts.length - 1]! + window + horizon);
      const settings = settingsFrom(record.settings, preparation, series.time[starts[0]! + window]!);
      const learned = prepare(known, settings);
      const networks = await learnAgain(run, settings, learned, restart);
      run = {
        record: { ...record, settings },
        series: known,
        preparation: learned,
        composite: networks,
        rehearsal: null,
      };
      if (combination !== null) run = { ...run, composite: blend(run, learned, combination) };
      await onProgress(first / every, trainings);
    }
    parts.push({
      model: readForecasts(run.series, run.preparation, predictWindows(run, starts), starts.length).point,
      ...fitBaselines(run.series, run.preparation).forecast(starts),
    });
  }
  return { forecasts: joined(parts), trainings };
}

/** The settings of a training whose test part begins at a moment; its scalers learn from its training part alone. */
function settingsFrom(
  settings: TrainingSettings,
  { split }: Preparation,
  testFrom: number,
): TrainingSettings {
  const { train, validation } = split;
  return {
    ...settings,
    testFrom,
    validationFrom: null,
    validationShare:
      settings.validationFrom === null
        ? settings.validationShare
        : validation.length / (train.length + validation.length),
    scalerFit: 'training',
  };
}

/** Each network of the model, trained on what is known now; what stands beside them stays as it is. */
async function learnAgain(
  { composite, record }: TrainedRun,
  settings: TrainingSettings,
  preparation: Preparation,
  restart: RollingOptions['restart'],
): Promise<Composite> {
  const shape = shapeOf(settings, preparation);
  const epochs = Math.max(LEAST_EPOCHS, Math.ceil(record.keptEpoch * WARM_SHARE));
  const members: Float32Array[] = [];
  for (const [member, theta] of composite.members.entries()) {
    const seed = memberSeed(settings.seed, member);
    members.push(
      restart === 'warm'
        ? await retrain({ ...settings, seed, epochs }, preparation, theta)
        : await retrain(
            { ...settings, seed },
            preparation,
            initialiseParameters(shape, { scheme: settings.initialisation, seed }),
          ),
    );
  }
  return { ...composite, members };
}

/** The first `rows` rows. */
function upTo(series: Series, rows: number): Series {
  return {
    ...series,
    time: series.time.slice(0, rows),
    variables: series.variables.map((variable) => ({
      ...variable,
      values: variable.values.slice(0, rows),
      filled: variable.filled.slice(0, rows),
    })),
  };
}

/** The forecasts of all parts behind one another; a method that one part has nothing of is left out. */
function joined(parts: readonly ByMethod<Float32Array>[]): ByMethod<Float32Array> {
  const names = Object.keys(parts[0] ?? {}) as (keyof ByMethod<Float32Array>)[];
  const methods = names.flatMap((name) => {
    const each = parts.map((part) => part[name]);
    if (!each.every((values) => values !== undefined)) return [];
    return [[name, concatenate(each)] as const];
  });
  return Object.fromEntries(methods) as unknown as ByMethod<Float32Array>;
}
