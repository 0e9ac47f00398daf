import type { Combination } from '../contract/combination';
import type { IntervalCalibration } from '../contract/intervals';
import type { EventModel } from '../contract/probability';
import { mapMethods, type ByMethod, type Verification } from '../contract/results';
import { observationsOf, type Series } from '../contract/series';
import { scaleValue, targetVariable, type Preparation } from '../series';
import { fitBaselines } from './baselines/baselines';
import { compareModels } from './scores/diebold-mariano';
import { verifyEvent } from './rain/event';
import { verifyDistribution } from './distribution/verify-distribution';
import { verifyIntervals } from './intervals/intervals';
import { meanStepChange } from './windows/learning-rows';
import { measureScores } from './scores/measure';
import { nearestTurn } from './scores/circle';
import { meanSquaredError, scoreForecast } from './scores/scores';
import { foretellingInputs } from './foretelling-inputs';
import { judge } from './verdict';
import { scoreMembers } from './scores/member-scores';
import { pointsOf, readForecasts, valuesAhead } from './windows/window-forecasts';

/**
 * Scores the network and the baselines on the test part, by what was read there: a value that was filled is no observation.
 * @param input.predicted what the model forecasts for each test window, in order: as in `readForecasts`
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
  /** What each network alone forecasts for each test window, where the model is a mean of several. */
  readonly alone?: readonly Float32Array[];
}): Verification {
  const { series, preparation, predicted, calibration = null, combination = null } = input;
  const { event = null, alone = [] } = input;
  const { window, horizon, split, targets, targetScaler } = preparation;
  const starts = split.test;
  const model = readForecasts(series, preparation, predicted, starts.length);

  const target = targetVariable(series);
  const observed = valuesAhead(observationsOf(target), starts, window, horizon);
  const forecasts: ByMethod<Float32Array> = {
    model: model.point,
    ...fitBaselines(series, preparation).forecast(starts),
  };
  const scale = meanStepChange(series, preparation);
  // What is scored of a direction is the shorter way round.
  const scored =
    target.quantity === 'wind direction'
      ? mapMethods(forecasts, (forecast) => nearestTurn(observed, forecast))
      : forecasts;
  const scores = mapMethods(scored, (forecast) =>
    scoreForecast(observed, forecast, scored.persistence, horizon, scale),
  );
  const time = Float64Array.from(starts, (start) => series.time[start + window]!);
  const stepSeconds = series.step.seconds;
  const measured = measureScores({ time, stepSeconds, horizon, observed, forecasts: scored, scores, scale });
  const best = scored[measured.overall.bestBaseline] ?? scored.persistence;
  const comparison = compareModels(observed, scored.model, best, horizon, stepSeconds, time);
  const intervals = calibration === null ? null : verifyIntervals(series, preparation, calibration, model);
  const scaledObserved = observed.map((value) => scaleValue(targetScaler, value));
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
    observed,
    forecasts,
    scores,
    ...measured,
    testLoss: meanSquaredError(scaledObserved, pointsOf(predicted, scaledObserved.length)),
    persistenceTestLoss: meanSquaredError(scaledObserved, scaledPersistence),
    verdict: judge(measured.overall, comparison, target.unit, combination?.share ?? 1),
    service:
      scored.service === undefined || scores.service === undefined
        ? null
        : {
            modelRmse: scores.model.rmse,
            serviceRmse: scores.service.rmse,
            ...compareModels(observed, scored.model, scored.service, horizon, stepSeconds, time),
          },
    members: alone.length < 2 ? null : scoreMembers(series, preparation, alone),
    combination,
    foretelling: foretellingInputs(series, preparation),
    event: event === null ? null : verifyEvent(series, preparation, event),
    intervals,
    distribution: intervals && verifyDistribution(series, preparation, intervals.bounds, model.point),
  };
}
