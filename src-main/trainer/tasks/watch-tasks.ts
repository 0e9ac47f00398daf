import type { Forecast } from '../../contract/results';
import type { Series } from '../../contract/series';
import type { Beside, Issued, ModelsCompared, TakenIn, WorseTest } from '../../contract/watch';
import {
  forecastFrom,
  issuedForecastOf,
  prepareNewer,
  requireSameVariables,
  takeIn,
  type Forecaster,
} from '../../forecaster';
import { logForecast, readNewerSeries, whileChanging, writeNewerSeries } from '../../library';
import { forecasterOf, type TrainedRun } from '../../model/trained-run';
import { scaleInputs, targetVariable } from '../../series';
import {
  bestBaselineOf,
  forecastBeside,
  gradeForecasts,
  learnBeside,
  rmseOfForecasts,
  type LearnedBeside,
} from '../../verification';
import type { TaskNews, TrainerFunctions } from '../processes/protocol';
import { assemble, forecasterWithWarnings, measure } from './result-tasks';

/**
 * Takes new readings in, forecasts from the newest and keeps the forecast in the run's log, with what baselines say of the
 * same time; and grades all that was issued. Done again with the same readings it changes nothing.
 * @throws Problem 'columns-differ', 'setting-invalid' (another time step or other times of day), 'too-few-windows', and of
 * reading and writing the run
 */
async function issueForecast(
  folder: string,
  newer: Series,
  worse: WorseTest,
  keeps: boolean,
  tell: (news: TaskNews) => void,
): Promise<Issued> {
  const assembled = await assemble(folder);
  const { trained } = assembled;
  const measured = measure(assembled, tell);
  const forecaster = forecasterWithWarnings(assembled, measured, tell);
  requireSameVariables(forecaster, newer);
  const { series, taken } = await whileChanging(folder, () => takeNewer(folder, trained, newer, keeps));
  const forecast = forecastFrom(forecaster, series);
  const best = bestBaselineOf(measured.scores);
  // The baselines may need what the weather service says too.
  const beside =
    forecast.withoutService === true
      ? null
      : besideOf(learnedFor(folder, trained, best), trained, forecaster, series, forecast);
  const madeAt = Date.now();
  const forecasts = await logForecast(folder, issuedForecastOf(forecast, madeAt, beside ?? undefined));
  const isNew = forecasts.some((each) => each.issuedAt === forecast.issuedAt && each.madeAt === madeAt);
  return { taken, forecast, isNew, beside, ...gradeForecasts(forecasts, series, best, worse) };
}

async function takeNewer(
  folder: string,
  { record, series: trainedOn }: TrainedRun,
  found: Series,
  keeps: boolean,
): Promise<{ readonly series: Series; readonly taken: TakenIn }> {
  const kept = (await readNewerSeries(folder, record.name)) ?? trainedOn;
  const result = takeIn(trainedOn, kept, found);
  const { added, late, changed } = result.taken;
  if (keeps && added + late + changed > 0) await writeNewerSeries(folder, result.series);
  return result;
}

/** Of the run that was asked last: a regression takes seconds to learn. */
let kept: { readonly key: string; readonly learned: LearnedBeside } | null = null;

function learnedFor(
  folder: string,
  { record, preparation }: TrainedRun,
  best: LearnedBeside['best'],
): LearnedBeside {
  const key = JSON.stringify([folder, record.createdAt, record.keptEpoch, best]);
  if (kept?.key !== key) kept = { key, learned: learnBeside(best, preparation) };
  return kept.learned;
}

function besideOf(
  learned: LearnedBeside,
  { preparation }: TrainedRun,
  { inputScalers, calendar, window }: Forecaster,
  series: Series,
  { issuedAt }: Forecast,
): Beside {
  const end = series.time.indexOf(issuedAt) + 1;
  const scaled = scaleInputs(series, inputScalers, calendar, end - window, end);
  return forecastBeside(learned, series, preparation, end - window, scaled);
}

/**
 * Compares the model of a run with one that was trained on all its readings, on those windows whose observations neither has
 * learned from: behind the readings of the first, and in the test part of the second.
 * @throws Problem of reading the runs
 */
async function compareModels(folder: string, candidate: string): Promise<ModelsCompared> {
  const { trained: before } = await assemble(folder);
  const { trained: after } = await assemble(candidate);
  const { series } = after;
  const first = after.preparation.split.test[0] ?? Infinity;
  const all = [before, after].map((trained) =>
    prepareNewer(forecasterOf(trained, null), before.series, series),
  );
  const starts = all[0]!.preparation.split.test;
  const unlearned = starts.filter((start) => start >= first);
  const [rmseBefore = NaN, rmseAfter = NaN] = all.map(({ series, preparation, predicted }) => {
    const outputs = predicted.length / starts.length;
    const from = (starts.length - unlearned.length) * outputs;
    return rmseOfForecasts(series, preparation, unlearned, predicted.subarray(from));
  });
  return {
    windows: unlearned.length,
    before: rmseBefore,
    after: rmseAfter,
    unit: targetVariable(series).unit,
  };
}

export const watchTasks = {
  compareModels: ({ folder, candidate }) => compareModels(folder, candidate),
  issueForecast: ({ folder, newer, worse, keeps }, tell) => issueForecast(folder, newer, worse, keeps, tell),
} satisfies Partial<TrainerFunctions>;
