import type { Importance } from '../../contract/importance';
import { mapMethods, type ByMethod, type MethodScores } from '../../contract/results';
import type { RollingHindcast, RollingOptions } from '../../contract/rolling';
import { observationsOf } from '../../contract/series';
import { layRows } from '../../network';
import { scaleValue, targetVariable, type LeadRows } from '../../series';
import {
  compareModels,
  measureImportance,
  meanStepChange,
  pointsOf,
  scoreForecast,
  valuesAhead,
} from '../../verification';
import { cutWindows, predictMembers, predictWindows } from '../../model/predict';
import { assemble, verifyAssembled } from './result-tasks';
import { rollThrough } from './rolling-hindcast';
import type { TrainedRun } from '../../model/trained-run';
import type { TaskNews, TrainerFunctions } from '../processes/protocol';

/** Called with the progress of a long calculation. */
type TellProgress = (done: number, total: number) => Promise<void> | void;

/** @throws Problem of reading the run, 'run-not-trained', 'engine-missing' */
async function measureImportanceOf(folder: string, onProgress: TellProgress): Promise<Importance> {
  const { trained } = await assemble(folder);
  const { series, preparation } = trained;
  const { inputNames, window, horizon, split, targetScaler } = preparation;
  const target = targetVariable(series);
  const observed = observationsOf(target).map((value) => scaleValue(targetScaler, value));
  return measureImportance({
    inputNames,
    window,
    horizon,
    windows: cutWindows(preparation, split.test),
    observed: valuesAhead(observed, split.test, window, horizon),
    targetName: target.name,
    unit: target.unit,
    scale: targetScaler.scale,
    predict: (windows, count) => predictLaid(trained, windows, count),
    onProgress,
  });
}

/** Forecasts of windows that are laid one after another instead of overlapping in a series. */
function predictLaid(trained: TrainedRun, windows: Float32Array, count: number): Float32Array {
  const { preparation } = trained;
  const { window, horizon, inputCount, leadRows } = preparation;
  // Behind the last window stand the rows of its targets, which are not used.
  const rows = count * window + horizon;
  const inputs = new Float32Array(rows * inputCount);
  inputs.set(windows);
  const laid = { ...preparation, inputs, targets: new Float32Array(rows) };
  const starts = Int32Array.from({ length: count }, (_, index) => index * window);
  const members = leadRows === null ? undefined : predictStepped(trained, leadRows.ahead, windows, count);
  return pointsOf(predictWindows({ ...trained, preparation: laid }, starts, members), count * horizon);
}

/** What the networks say that go on through the lead times: their rows stand one window behind the other. */
function predictStepped(
  trained: TrainedRun,
  ahead: LeadRows['ahead'],
  windows: Float32Array,
  count: number,
): Float32Array[] {
  const { preparation } = trained;
  const { window, inputCount, horizon } = preparation;
  const [inputs, span] = [ahead.known.length, window + horizon];
  const size = window * inputCount;
  const rows = new Float32Array(count * span * inputs);
  for (let index = 0; index < count; index++) {
    const own = layRows({ inputs, ahead }, windows.subarray(index * size, (index + 1) * size));
    rows.set(own, index * span * inputs);
  }
  const targets = new Float32Array(count * span);
  const laid = { ...preparation, leadRows: { ahead, inputs: rows }, targets, service: null };
  const starts = Int32Array.from({ length: count }, (_, index) => index * span);
  return predictMembers({ ...trained, preparation: laid }, starts);
}

/** @throws Problem as `measureImportanceOf`, 'loss-not-finite' */
async function rollHindcast(
  folder: string,
  options: RollingOptions,
  onProgress: TellProgress,
): Promise<RollingHindcast> {
  const began = performance.now();
  const assembled = await assemble(folder);
  const { trained } = assembled;
  const { horizon, split } = trained.preparation;
  const {
    observed,
    scores: frozen,
    forecasts: before,
    targetName,
    unit,
    time,
    stepSeconds,
  } = verifyAssembled(assembled);
  const { forecasts, trainings } = await rollThrough(assembled, options, onProgress);
  const scale = meanStepChange(trained.series, trained.preparation);
  const retrained: ByMethod<MethodScores> = mapMethods(forecasts, (forecast) =>
    scoreForecast(observed, forecast, forecasts.persistence, horizon, scale),
  );
  return {
    ...options,
    targetName,
    unit,
    horizon,
    windows: split.test.length,
    trainings,
    seconds: (performance.now() - began) / 1000,
    frozen,
    retrained,
    pValue: compareModels(observed, forecasts.model, before.model, horizon, stepSeconds, time).pValue,
  };
}

/** The channel gets its turn between two pieces of work. */
function inTurns(tell: (news: TaskNews) => void): TellProgress {
  return async (done, total) => {
    tell({ kind: 'work', done, total });
    await new Promise((resolve) => setImmediate(resolve));
  };
}

export const analysisTasks = {
  measureImportance: ({ folder }, tell) => measureImportanceOf(folder, inTurns(tell)),
  rollHindcast: ({ folder, options }, tell) => rollHindcast(folder, options, inTurns(tell)),
} satisfies Partial<TrainerFunctions>;
