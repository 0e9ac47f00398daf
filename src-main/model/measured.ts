import type { Combination } from '../contract/combination';
import { coverageOf, type CalibratedIntervals } from '../contract/intervals';
import type { EventModel } from '../contract/probability';
import type { Forecast, Verification } from '../contract/results';

/** What the test part says of a model: worth keeping whenever it was computed on the way to something else. */
export interface Measured {
  readonly scores: Verification['scores'];
  readonly intervals: CalibratedIntervals | null;
  readonly combination: Combination | null;
  readonly event: EventModel | null;
}

export function measuredBy({ scores, intervals, combination, event }: Verification): Measured {
  return {
    scores,
    intervals: intervals && { calibration: intervals.after, coverage: coverageOf(intervals) },
    combination,
    event: event && event.model,
  };
}

export interface MeasuredForecast extends Measured {
  readonly forecast: Forecast;
}
/** A report as one HTML page. */
export interface WrittenReport extends Measured {
  readonly html: string;
}
