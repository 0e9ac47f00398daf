import type { Combination } from '../contract/combination';
import type { IntervalCalibration } from '../contract/intervals';
import type { EventModel } from '../contract/probability';
import { mapMethods, type ByMethod, type Verification } from '../contract/results';
import type { Series } from '../contract/series';
import { targetVariable, type Preparation } from '../series';
import type { FitCertainBaseline } from './baseline';
import { fitClimatology } from './climatology';
import { fitDampedPersistence } from './damped-persistence';
import { compareForecasts, lossDifferences } from './diebold-mariano';
import { verifyEvent } from './event';
import { verifyIntervals } from './intervals';
import { meanStepChange } from './learning-rows';
import { measureScores } from './measure';
import { fitPersistence } from './persistence';
import { fitRidge } from './ridge';
import { meanSquaredError, scoreForecast } from './scores';
import { fitSeasonalNaive } from './seasonal-naive';
import { judge } from './verdict';
import { keepPossible, readForecasts, pointsOf } from './window-forecasts';

/**
 * Scores the network and the baselines on the test part.
 * @param input.predicted what the model says of each test window, in order: as in `readForecasts`
 * @param input.event as `learnEvent` gives it
 * @param input.combination what the model is made of, where it is not an LSTM alone
 * @param input.calibration as `learnIntervals` gives it; without one the model has no intervals
 */
export function verify(input: {
  readonly series: Series;
  readonly preparation: Preparation;
  readonly predicted: Float32Array;
  readonly calibration?: IntervalCalibration | null;
  readonly combination?: Combination | null;
  readonly event?: EventModel | null;
}): Verification {
  const { series, preparation, predicted, calibration = null, combination = null, event = null } = input;
  const { window, horizon, split, targets } = preparation;
  const starts = split.test;
  const model = readForecasts(series, preparation, predicted, starts.length);

  const target = targetVariable(series);
  const observed = valuesAhead(target.values, starts, window, horizon);
  const forecasts: ByMethod<Float32Array> = {
    model: model.point,
    ...forecastBaselines(series, preparation, starts),
  };
  const scale = meanStepChange(series, preparation);
  const scores = mapMethods(forecasts, (forecast) =>
    scoreForecast(observed, forecast, forecasts.persistence, horizon, scale),
  );
  const time = Float64Array.from(starts, (start) => series.time[start + window]!);
  const stepSeconds = series.step.seconds;
  const measured = measureScores({ time, stepSeconds, horizon, observed, forecasts, scores, scale });
  const best = forecasts[measured.overall.bestBaseline] ?? forecasts.persistence;
  const comparison = compareForecasts(lossDifferences(observed, forecasts.model, best, horizon), horizon);
  const scaledObserved = valuesAhead(targets, starts, window, horizon);
  const scaledPersistence = scaledObserved.map(
    (_, index) => targets[starts[Math.floor(index / horizon)]! + window - 1]!,
  );
  return {
    targetName: target.name,
    quantity: target.quantity,
    unit: target.unit,
    horizon,
    stepSeconds,
    time,
    filled: Uint8Array.from(starts, (start) => target.filled[start + window]!),
    observed,
    forecasts,
    scores,
    ...measured,
    testLoss: meanSquaredError(scaledObserved, pointsOf(predicted, scaledObserved.length)),
    persistenceTestLoss: meanSquaredError(scaledObserved, scaledPersistence),
    verdict: judge(measured.overall, comparison, starts.length, target.unit, combination?.share ?? 1),
    combination,
    event: event === null ? null : verifyEvent(series, preparation, event),
    intervals: calibration === null ? null : verifyIntervals(series, preparation, calibration, model),
  };
}

/** The values at the lead times of each window: [n, horizon], row-major. */
function valuesAhead(
  values: Float32Array,
  starts: Int32Array,
  window: number,
  horizon: number,
): Float32Array {
  const ahead = new Float32Array(starts.length * horizon);
  starts.forEach((start, index) => {
    ahead.set(values.subarray(start + window, start + window + horizon), index * horizon);
  });
  return ahead;
}

/** What each baseline says that can say something. */
function forecastBaselines(
  series: Series,
  preparation: Preparation,
  starts: Int32Array,
): Omit<ByMethod<Float32Array>, 'model'> {
  const forecastBy = (fit: FitCertainBaseline): Float32Array => fit(series, preparation).forecast(starts);
  return {
    persistence: forecastBy(fitPersistence),
    dampedPersistence: forecastBy(fitDampedPersistence),
    climatology: forecastBy(fitClimatology),
    seasonalNaive: fitSeasonalNaive(series, preparation).forecast(starts) ?? undefined,
    // The others say only what was observed before, or means of it.
    ridge: keepPossible(series, forecastBy(fitRidge)),
  };
}
