import { coverageOf } from '../contract/intervals';
import type { Measured } from '../contract/measured';
import type { Forecast, Verification } from '../contract/results';

export function measuredBy({ scores, intervals, combination, event }: Verification): Measured {
  return {
    scores,
    intervals: intervals && { calibration: intervals.after, coverage: coverageOf(intervals) },
    combination,
    event: event && event.model,
  };
}

export interface MeasuredForecast {
  readonly forecast: Forecast;
  readonly measured: Measured;
}

/** A report as one HTML page. */
export interface WrittenReport {
  readonly html: string;
  readonly measured: Measured;
}
