import { coverageOf } from '../contract/intervals';
import type { Measured } from '../contract/measured';
import type { Verification } from '../contract/results';

export function measuredBy({ scores, intervals, combination, event }: Verification): Measured {
  return {
    scores,
    intervals: intervals && { calibration: intervals.after, coverage: coverageOf(intervals) },
    combination,
    event: event && event.model,
  };
}
