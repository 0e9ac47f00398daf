import { warnAbove, type EventFit, type EventReport, type Warning } from '../../contract/events';
import type { RocPoint } from '../../contract/event-scores';
import type { Series } from '../../contract/series';
import type { Preparation } from '../../series';
import { usualByTime } from '../baselines/climatology';
import { brierParts } from '../events/brier-parts';
import { contingencyAbove, scoreContingency } from '../events/contingency';
import { reliabilityBars } from '../events/reliability';
import { rocOf } from '../events/roc';
import { savingsOf, valueCurve } from '../events/value';
import { scoreProbabilities } from '../rain/event-scores';
import { learningStarts } from '../windows/learning-rows';
import { eventTimes } from './fit-event';
import { heldAfter, isEvent, lastReading, variableOf } from './held';
import { eventReader } from './probability';

/** Most points of a ROC curve that are kept. */
const MOST_ROC_POINTS = 101;

/**
 * The probabilities of an event after each test window, the warnings they give, and how both did by what was read there.
 * @param point forecasts of the target: [test windows, horizon], row-major
 * @param fit as `fitEvent` gives it
 */
export function verifyWarning(
  series: Series,
  preparation: Preparation,
  point: Float32Array,
  { event, costs }: Warning,
  fit: EventFit,
): EventReport {
  const { window, horizon, split, inputs, inputScalers } = preparation;
  const probabilityAt = eventReader(series, event, fit, inputScalers);
  const held = heldAfter(series, event, window, split.test);
  const isSeen = (_: number, index: number): boolean => !Number.isNaN(held[index]!);
  const events = Uint8Array.from(held.filter(isSeen), (value) => (isEvent(event, value) ? 1 : 0));
  const probabilities = Float64Array.from(split.test, (start, index) =>
    probabilityAt({
      inputs,
      end: start + window,
      last: lastReading(series, event, start + window),
      point: (lead) => point[index * horizon + lead]!,
    }),
  ).filter(isSeen);
  const usualAt = learnUsualShare(series, preparation, event);
  const climatology = eventTimes(series, event, window, split.test.filter(isSeen)).map((time) =>
    usualAt(time),
  );
  const { brier, climatologyBrier, skill } = scoreProbabilities(events, probabilities, climatology);
  const threshold = warnAbove(costs);
  const table = contingencyAbove(events, probabilities, threshold);
  const { points, area } = rocOf(events, probabilities);
  return {
    event,
    costs,
    unit: variableOf(series, event).unit,
    stepSeconds: series.step.seconds,
    fit,
    windows: events.length,
    baseRate: events.reduce((sum, happened) => sum + happened, 0) / events.length,
    brier,
    climatologyBrier,
    brierSkill: skill,
    parts: brierParts(events, probabilities),
    warnAbove: threshold,
    table,
    ...scoreContingency(table),
    rocArea: area,
    roc: thinPoints(points),
    reliability: reliabilityBars(events, probabilities),
    value: valueCurve(events, probabilities),
    savings: costs === null ? null : savingsOf(table, costs),
  };
}

/** How often it happened at that time of the year in the learning part. */
function learnUsualShare(
  series: Series,
  { window, split }: Preparation,
  event: Warning['event'],
): (time: number) => number {
  const starts = learningStarts(split);
  const held = heldAfter(series, event, window, starts);
  const isSeen = (_: number, index: number): boolean => !Number.isNaN(held[index]!);
  return usualByTime(
    eventTimes(series, event, window, starts.filter(isSeen)),
    held.filter(isSeen).map((value) => (isEvent(event, value) ? 1 : 0)),
    series.step.seconds,
  );
}

/** The first, the last and an even choice between. */
function thinPoints(points: readonly RocPoint[]): readonly RocPoint[] {
  if (points.length <= MOST_ROC_POINTS) return points;
  return Array.from(
    { length: MOST_ROC_POINTS },
    (_, index) => points[Math.round((index * (points.length - 1)) / (MOST_ROC_POINTS - 1))]!,
  );
}
