import type { Series } from '../../contract/series';
import type { Preparation } from '../../series';

/**
 * A simple forecast that the network must be compared with. It learns from the learning part alone (the rows that
 * training and validation windows hold), never from the test part; and forecasts from nothing later than the last
 * reading of a window.
 */
export type FitBaseline = (series: Series, preparation: Preparation) => FittedBaseline;

export interface FittedBaseline {
  /**
   * Forecasts for the windows at these starts: [n, horizon], in the target's unit, row-major; null where the readings
   * are not there to make every one of them.
   */
  forecast(starts: Int32Array): Float32Array | null;
}

/** A baseline that can always forecast. */
export type FitCertainBaseline = (
  series: Series,
  preparation: Preparation,
) => { forecast(starts: Int32Array): Float32Array };
