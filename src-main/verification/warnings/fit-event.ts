import type { EventFit, EventSource, WeatherEvent } from '../../contract/events';
import type { Series } from '../../contract/series';
import type { Preparation } from '../../series';
import { usualByTime } from '../baselines/climatology';
import { calibrationWindows, type ForecastWindows } from '../intervals/intervals';
import { brierScore } from '../rain/event-scores';
import { fitLogistic } from '../rain/logistic';
import { learnLogistics, probabilityReader } from '../rain/window-logistics';
import { learningStarts } from '../windows/learning-rows';
import { endingBefore } from '../../series';
import { heldAfter, heldValue, isEvent, lastReading, limitsOf } from './held';
import { calibrate, distributionAround, ERROR_LEVELS, logOdds, probabilityOfEvent } from './probability';

/** Pieces of the validation part that are judged in turn by what was learned from the others. */
const PIECES = 5;
/** Fewest windows that the errors of a forecast are learned from, and fewest of either outcome that a calibration is. */
const LEAST_ERRORS = 39;
const LEAST_OUTCOMES = 5;
/** Of the calibration's slope: next to none, but enough where the probabilities part the outcomes wholly. */
const PENALTY = 1e-3;

/** Windows that somebody saw the outcome of. */
interface Outcomes {
  readonly starts: Int32Array;
  /** 0 or 1. [starts] */
  readonly events: Uint8Array;
  /** What was held against the threshold. [starts] */
  readonly held: Float64Array;
}

/**
 * Learns the probability of an event from all before the test part. For the target there are two ways to it, the
 * distribution of the forecast (its errors on the validation part, of what is held against the threshold: the lowest of a
 * night has errors of its own) and a logistic regression of the event on the window; for any other column the latter. Each
 * as it is, and with its log odds stretched and shifted (Platt 1999). Which is used the validation part decides, by the
 * Brier score; what is itself learned there is judged piece by piece, by what the other pieces taught.
 * @param forecast of the model without what it learned from the validation part; not asked unless the event is of the target
 */
export function fitEvent(
  series: Series,
  preparation: Preparation,
  event: WeatherEvent,
  forecast: ForecastWindows,
): EventFit {
  const { window, horizon, split, axisRows } = preparation;
  const outcomesOf = (starts: Int32Array): Outcomes => {
    const held = heldAfter(series, event, window, starts);
    const isSeen = (_: number, index: number): boolean => !Number.isNaN(held[index]!);
    const seen = held.filter(isSeen);
    return {
      starts: starts.filter(isSeen),
      held: seen,
      events: Uint8Array.from(seen, (value) => (isEvent(event, value) ? 1 : 0)),
    };
  };
  const judged = calibrationWindows(preparation).starts;
  const train = outcomesOf(
    endingBefore(
      split.train.filter((start) => start % axisRows < (judged[0] ?? Infinity) % axisRows),
      judged,
      horizon,
      axisRows,
    ),
  );
  const validation = outcomesOf(judged);
  const all = outcomesOf(learningStarts(split));

  const logisticOf = (parts: Pick<Preparation['split'], 'train' | 'validation'>) => {
    const known = { ...preparation, split: { ...split, ...parts } };
    const outcomes = (starts: Int32Array): Uint8Array =>
      Uint8Array.from(heldAfter(series, event, window, starts), (value) => (isEvent(event, value) ? 1 : 0));
    return learnLogistics(series, known, 1, outcomes);
  };
  const early = logisticOf({ train: train.starts, validation: new Int32Array() });
  const earlyAt = probabilityReader(early, preparation.inputScalers);
  const byLogistic = Float64Array.from(
    validation.starts,
    (start) => earlyAt(preparation.inputs, start + window)[0]!,
  );
  const errors = isOfTarget(series, event)
    ? errorsOf(series, event, preparation, validation, forecast)
    : null;
  const byDistribution = errors && judgeDistribution(series, event, validation, errors);

  const candidates = [
    ...(byDistribution === null ? [] : judgedWays('distribution', byDistribution, validation.events)),
    ...judgedWays('logistic', byLogistic, validation.events),
  ];
  const best = candidates.reduce((first, other) => (other.brier < first.brier ? other : first));
  const rawBest = best.source === 'distribution' ? byDistribution! : byLogistic;
  const calibration = best.isCalibrated ? calibrationOf(rawBest, validation.events) : null;
  const bestOf = (source: EventSource): number =>
    Math.min(...candidates.filter((each) => each.source === source).map(({ brier }) => brier));
  return {
    source: best.source,
    errors: best.source === 'distribution' ? quantilesOf(errors!.map(({ error }) => error)) : null,
    logistic:
      best.source === 'distribution'
        ? null
        : calibration !== null || split.validation.length === 0
          ? early
          : logisticOf({ train: train.starts, validation: validation.starts }),
    calibration,
    validation: {
      distribution: byDistribution === null ? null : bestOf('distribution'),
      logistic: bestOf('logistic'),
      climatology: usualBrier(series, preparation, event, train, validation),
    },
    learned: { windows: all.events.length, events: countOf(all.events) },
  };
}

export const isOfTarget = ({ variables, target }: Series, { column }: WeatherEvent): boolean =>
  variables[target]?.name === column;

/** The time each window's event is filed under: that of the last lead time that counts. */
export function eventTimes(
  series: Series,
  { lead }: WeatherEvent,
  window: number,
  starts: Int32Array,
): Float64Array {
  return Float64Array.from(starts, (start) => series.time[start + window + lead - 1]!);
}

/** A forecast of what is held against the threshold, and how far off it was. */
interface HeldForecast {
  readonly centre: number;
  readonly error: number;
}

function errorsOf(
  series: Series,
  event: WeatherEvent,
  { window, horizon }: Preparation,
  { starts, held }: Outcomes,
  forecast: ForecastWindows,
): readonly HeldForecast[] | null {
  if (starts.length < LEAST_ERRORS) return null;
  const { point } = forecast(starts);
  return Array.from(starts, (start, index) => {
    const at = (lead: number): number => point[index * horizon + lead]!;
    const centre = heldValue(event, at, lastReading(series, event, start + window));
    return { centre, error: held[index]! - centre };
  });
}

/** Errors at `ERROR_LEVELS`: the value at rank level x (n + 1), between two ranks by a straight line. */
export function quantilesOf(errors: readonly number[]): number[] {
  const sorted = Float64Array.from(errors).sort();
  return ERROR_LEVELS.map((level) => {
    const rank = Math.min(sorted.length - 1, Math.max(0, level * (sorted.length + 1) - 1));
    const below = Math.floor(rank);
    const above = Math.min(sorted.length - 1, below + 1);
    return sorted[below]! + (rank - below) * (sorted[above]! - sorted[below]!);
  });
}

/** Which piece a window belongs to. */
const pieceOf = (index: number, count: number): number => Math.floor((index * PIECES) / count);

function judgeDistribution(
  series: Series,
  event: WeatherEvent,
  { starts }: Outcomes,
  errors: readonly HeldForecast[],
): Float64Array {
  const limits = limitsOf(series, event);
  const count = starts.length;
  const byPiece = Array.from({ length: PIECES }, (_, piece) =>
    quantilesOf(errors.filter((_, index) => pieceOf(index, count) !== piece).map(({ error }) => error)),
  );
  return Float64Array.from(errors, ({ centre }, index) =>
    probabilityOfEvent(event, distributionAround(centre, byPiece[pieceOf(index, count)]!, limits)),
  );
}

interface JudgedWay {
  readonly source: EventSource;
  readonly isCalibrated: boolean;
  readonly brier: number;
}

/** Probabilities as they are, and calibrated piece by piece by the other pieces, where there is enough to learn that from. */
function judgedWays(source: EventSource, raw: Float64Array, events: Uint8Array): readonly JudgedWay[] {
  const plain = { source, isCalibrated: false, brier: brierScore(events, raw) };
  const calibrated = new Float64Array(raw.length);
  for (let piece = 0; piece < PIECES; piece++) {
    const isOther = (_: number, index: number): boolean => pieceOf(index, raw.length) !== piece;
    const calibration = calibrationOf(raw.filter(isOther), events.filter(isOther));
    if (calibration === null) return [plain];
    raw.forEach((probability, index) => {
      if (!isOther(0, index)) calibrated[index] = calibrate(calibration, probability);
    });
  }
  return [plain, { source, isCalibrated: true, brier: brierScore(events, calibrated) }];
}

/** null where there is too little of either outcome. Platt (1999), Advances in Large Margin Classifiers, 61-74. */
function calibrationOf(raw: Float64Array, events: Uint8Array): EventFit['calibration'] {
  const happened = countOf(events);
  if (happened < LEAST_OUTCOMES || events.length - happened < LEAST_OUTCOMES) return null;
  const { intercept, weights } = fitLogistic(raw.map(logOdds), events, PENALTY);
  return { intercept, slope: weights[0]! };
}

const countOf = (events: Uint8Array): number => events.reduce((sum, event) => sum + event, 0);

/** Of climatology that knows the training windows alone. */
function usualBrier(
  series: Series,
  { window }: Preparation,
  event: WeatherEvent,
  train: Outcomes,
  validation: Outcomes,
): number {
  const usualAt = usualByTime(
    eventTimes(series, event, window, train.starts),
    train.events,
    series.step.seconds,
  );
  return brierScore(
    validation.events,
    eventTimes(series, event, window, validation.starts).map((time) => usualAt(time)),
  );
}
