import type { EventReport, KeptWarning } from '../contract/events';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { Verification } from '../contract/results';
import type { Series, Variable } from '../contract/series';
import { forwardComposite } from '../network';
import {
  inputVariables,
  scaleInputs,
  scaleValue,
  splitWindows,
  targetVariable,
  timeAfter,
  windowStarts,
  withServiceErrors,
  type Preparation,
} from '../series';
import { readForecasts, verify, verifyWarning } from '../verification';
import { requireOneStation, requireSameVariables } from './forecast';
import type { Forecaster } from './forecaster';

/** Readings may lie this share of a step off the axis. */
const TOLERANCE = 0.25;

/**
 * Scores a trained model on readings that came after those it was trained on, without training it again: every window
 * whose targets are all newer. The baselines learn from the same part as the model did, so the newer readings are
 * unseen by all of them. The first windows look back on the older readings. Uses the float64 reference network: some
 * thousand windows a second.
 * @param trainedOn the readings of the training
 * @param newer readings made with `mappingFor`; those that are no newer are passed over
 * @throws Problem 'columns-differ', 'setting-invalid' (another time step or other times of day), 'too-few-windows'
 */
export function verifyOnNewer(forecaster: Forecaster, trainedOn: Series, newer: Series): Verification {
  return verifyNewer(forecaster, prepareNewer(forecaster, trainedOn, newer));
}

/** Newer readings behind those of the training, and what the model forecasts of them. */
export interface NewerWindows {
  readonly series: Series;
  /** Its test part are the windows whose targets are all newer. */
  readonly preparation: Preparation;
  /** As `readForecasts` reads it. */
  readonly predicted: Float32Array;
}

/** The scores alone. */
export function verifyNewer(
  { intervals, combination, event }: Forecaster,
  { series, preparation, predicted }: NewerWindows,
): Verification {
  const calibration = intervals?.calibration ?? null;
  return verify({ series, preparation, predicted, calibration, combination, event });
}

/** How the warnings would have done that are learned. */
export function verifyNewerWarnings(
  { series, preparation, predicted }: NewerWindows,
  warnings: readonly KeptWarning[],
): readonly EventReport[] {
  const { point } = readForecasts(series, preparation, predicted, preparation.split.test.length);
  return warnings.flatMap(({ learned, ...warning }) =>
    learned === null ? [] : [verifyWarning(series, preparation, point, warning, learned.fit)],
  );
}

/** Whether there is a reading behind those of the training. */
export const hasNewer = (trainedOn: Series, { time }: Series): boolean =>
  (time[time.length - 1] ?? -Infinity) > (trainedOn.time[trainedOn.time.length - 1] ?? Infinity);

/** The windows of it. @throws Problem as `verifyOnNewer` */
export function prepareNewer(forecaster: Forecaster, trainedOn: Series, newer: Series): NewerWindows {
  requireSameVariables(forecaster, newer);
  const { window, horizon, calendar, inputScalers, targetScaler, settings, network, composite } = forecaster;
  const series = appendNewer(trainedOn, newer);
  const firstNewer = trainedOn.time.length;
  const learned = splitWindows(trainedOn, settings);
  // Whatever the training did: of newer readings each forecast knows what was known when it was issued.
  const test = windowStarts(series, { window, horizon, filledWindows: 'leave-out' }).filter(
    (start) => start + window >= firstNewer,
  );
  if (test.length === 0) throw new Problem('too-few-windows', { windows: 0, part: phrase('part-test') });

  const inputs = scaleInputs(series, inputScalers, calendar);
  const width = inputScalers.length;
  const predicted = new Float32Array(test.length * network.outputs);
  test.forEach((start, index) => {
    const values = inputs.subarray(start * width, (start + window) * width);
    predicted.set(forwardComposite(network, composite, values), index * network.outputs);
  });
  const preparation: Preparation = {
    inputNames: inputVariables(series).map(({ name, made = false }) => ({ name, made })),
    inputCount: width,
    window,
    horizon,
    inputs,
    leadRows: null,
    targets: targetVariable(series).values.map((value) => scaleValue(targetScaler, value)),
    alsoTargets: [],
    inputScalers,
    targetScaler,
    split: { train: learned.train, validation: learned.validation, test },
    axisRows: series.time.length,
    service: null,
  };
  return { series, preparation, predicted };
}

/** The older series with the newer readings behind it; rows in between without a reading are NaN. */
export function appendNewer(older: Series, newer: Series): Series {
  requireOneStation(older);
  const { step } = older;
  const last = older.time[older.time.length - 1] ?? -Infinity;
  const rows = [...newer.time.keys()].filter((row) => newer.time[row]! > last);
  const places = rows.map((row) => stepsBetween(last, newer.time[row]!, older));
  const length = places[places.length - 1] ?? 0;

  const extend = (variable: Variable): Variable => {
    const source = newer.variables.find(({ name }) => name === variable.name);
    if (source === undefined) throw new RangeError(`The newer readings have no “${variable.name}”.`);
    const values = new Float32Array(older.time.length + length).fill(NaN);
    const filled = new Uint8Array(values.length);
    values.set(variable.values);
    filled.set(variable.filled);
    rows.forEach((row, index) => {
      const place = older.time.length + places[index]! - 1;
      values[place] = source.values[row]!;
      filled[place] = source.filled[row]!;
    });
    return { ...variable, values, filled };
  };

  const time = new Float64Array(older.time.length + length);
  time.set(older.time);
  for (let ahead = 1; ahead <= length; ahead++) {
    time[older.time.length + ahead - 1] = timeAfter(last, step, ahead);
  }
  return withServiceErrors({ ...older, time, variables: older.variables.map(extend) });
}

/** How many steps the newer time lies after the last. @throws Problem 'setting-invalid' where it lies between two */
function stepsBetween(last: number, time: number, { step }: Series): number {
  const months = (moment: number): number =>
    new Date(moment).getUTCFullYear() * 12 + new Date(moment).getUTCMonth();
  const stepMilliseconds = step.seconds * 1000;
  const steps =
    step.label === 'monthly' ? months(time) - months(last) : Math.round((time - last) / stepMilliseconds);
  if (Math.abs(timeAfter(last, step, steps) - time) > TOLERANCE * stepMilliseconds) {
    const cause = phrase('clock-differs');
    throw new Problem('setting-invalid', { setting: phrase('setting-step'), cause });
  }
  return steps;
}
