import { requireEvent } from '../contract/event-text';
import {
  isSameEvent,
  recordOf,
  type EventContext,
  type EventFit,
  type EventReport,
  type KeptWarning,
  type Warning,
} from '../contract/events';
import type { Series } from '../contract/series';
import { targetVariable } from '../series';
import { fitEvent, readForecasts, verifyWarning } from '../verification';
import type { AssembledRun } from './assemble';
import { predictWindows } from './predict';
import { seriesOfTarget } from './one-target';

/** What events can be about of a model of these readings. */
export function eventContextOf(whole: Series, horizon: number): EventContext {
  const series = seriesOfTarget(whole, 0);
  const target = targetVariable(series);
  const others = series.variables.filter((variable) => variable !== target);
  return {
    columns: [target, ...others].map(({ name, quantity, unit }) => ({ name, quantity, unit })),
    stepSeconds: series.step.seconds,
    horizon,
  };
}

/** Learns the probability of events on a run, and scores it on the test part. */
export class EventLearner {
  readonly #assembled: AssembledRun;
  readonly #series: Series;
  #point: Float32Array | null = null;

  constructor(assembled: AssembledRun) {
    this.#assembled = assembled;
    this.#series = assembled.trained.series;
  }

  /**
   * As they are asked, each learned and scored. What was learned of an event before holds as long as the run is the same,
   * whatever its costs.
   * @throws Problem 'event-invalid'
   */
  verify(asked: readonly Warning[]): readonly EventReport[] {
    const known = this.#assembled.trained.record.warnings;
    return asked.map(({ event, costs }) => {
      const before = known.find((each) => isSameEvent(each.event, event))?.learned ?? null;
      return this.#score({ event, costs }, before?.fit ?? this.#fit({ event, costs }));
    });
  }

  #fit({ event }: Warning): EventFit {
    const { trained, unvalidated } = this.#assembled;
    requireEvent(event, eventContextOf(this.#series, trained.record.settings.horizon));
    // What is seen of a window is scaled as the model that forecasts scales it.
    const preparation = { ...trained.preparation, split: unvalidated.preparation.split };
    return fitEvent(this.#series, preparation, event, (starts) =>
      readForecasts(
        this.#series,
        unvalidated.preparation,
        predictWindows(unvalidated, starts),
        starts.length,
      ),
    );
  }

  #score(warning: Warning, fit: EventFit): EventReport {
    const { trained } = this.#assembled;
    const { preparation } = trained;
    const { test } = preparation.split;
    this.#point ??= readForecasts(
      this.#series,
      preparation,
      predictWindows(trained, test),
      test.length,
    ).point;
    return verifyWarning(this.#series, preparation, this.#point, warning, fit);
  }
}

/** What a run warns of, with what was learned of each: anew where the run was trained on since. */
export function learnedWarnings(assembled: AssembledRun): readonly KeptWarning[] {
  const { warnings } = assembled.trained.record;
  if (warnings.every(({ learned }) => learned !== null)) return warnings;
  return new EventLearner(assembled).verify(warnings).map(keptOf);
}

/** What a run keeps of a warning. */
export function keptOf(report: EventReport): KeptWarning {
  const { event, costs, fit } = report;
  return { event, costs, learned: { fit, record: recordOf(report) } };
}
