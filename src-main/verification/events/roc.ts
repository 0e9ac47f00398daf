import type { RocPoint } from '../../contract/event-scores';

export interface Roc {
  /** From never warning (0, 0) to always (1, 1), one point for each probability that was given, the highest first. */
  readonly points: readonly RocPoint[];
  /** Share of pairs of an event and a non-event in which the event had the higher probability; NaN where either lacks. */
  readonly area: number;
}

/** The ROC curve: what warning above each probability would have hit, against what it would have cried in vain. Mason (1982), Australian Meteorological Magazine 30, 291-303. */
export function rocOf(events: ArrayLike<number>, probabilities: ArrayLike<number>): Roc {
  const order = Array.from({ length: events.length }, (_, index) => index).sort(
    (one, other) => probabilities[other]! - probabilities[one]!,
  );
  const happened = order.reduce((sum, index) => sum + events[index]!, 0);
  const quiet = order.length - happened;
  const points: RocPoint[] = [{ threshold: 1, falseAlarmRate: 0, hitRate: 0 }];
  let [hits, falseAlarms, area] = [0, 0, 0];
  order.forEach((index, place) => {
    if (events[index] === 1) hits += 1;
    else falseAlarms += 1;
    const threshold = probabilities[index]!;
    if (place + 1 < order.length && probabilities[order[place + 1]!] === threshold) return;
    const before = points[points.length - 1]!;
    const point = { threshold, falseAlarmRate: falseAlarms / quiet, hitRate: hits / happened };
    area += ((point.falseAlarmRate - before.falseAlarmRate) * (point.hitRate + before.hitRate)) / 2;
    points.push(point);
  });
  return { points, area };
}
