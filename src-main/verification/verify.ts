import { mapMethods, type ByMethod, type Verification } from '../contract/results';
import type { Series } from '../contract/series';
import { targetVariable, unscaleValues, type Preparation } from '../series';
import type { FitCertainBaseline } from './baseline';
import { fitClimatology } from './climatology';
import { fitDampedPersistence } from './damped-persistence';
import { compareForecasts, lossDifferences } from './diebold-mariano';
import { meanStepChange } from './learning-rows';
import { measureScores } from './measure';
import { fitPersistence } from './persistence';
import { fitRidge } from './ridge';
import { meanSquaredError, scoreForecast } from './scores';
import { fitSeasonalNaive } from './seasonal-naive';
import { judge } from './verdict';

/**
 * Scores the network and the baselines on the test part.
 * @param input.predicted what the network says of each test window, in order: [n, horizon], scaled, row-major
 */
export function verify(input: {
  readonly series: Series;
  readonly preparation: Preparation;
  readonly predicted: Float32Array;
}): Verification {
  const { series, preparation, predicted } = input;
  const { window, horizon, split, targets, targetScaler } = preparation;
  const starts = split.test;
  if (predicted.length !== starts.length * horizon) {
    throw new RangeError(
      `${starts.length} test windows have ${starts.length * horizon} forecasts, not ${predicted.length}.`,
    );
  }

  const target = targetVariable(series);
  const observed = valuesAhead(target.values, starts, window, horizon);
  const forecasts: ByMethod<Float32Array> = {
    model: unscaleValues(targetScaler, predicted),
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
    testLoss: meanSquaredError(scaledObserved, predicted),
    persistenceTestLoss: meanSquaredError(scaledObserved, scaledPersistence),
    verdict: judge(measured.overall, comparison, starts.length, target.unit),
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
    ridge: forecastBy(fitRidge),
  };
}
