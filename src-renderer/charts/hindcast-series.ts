import { mapMethods, type ByMethod, type Verification } from '../../src-main/contract/results';

/** The held-back part at one lead time, ready to draw. All of length n, values in the target's unit. */
export interface LeadSeries {
  readonly time: Float64Array;
  /** NaN where there is no observation. */
  readonly observed: Float32Array;
  readonly forecasts: ByMethod<Float32Array>;
  readonly stepMilliseconds: number;
}

/**
 * What was observed and forecast `lead` steps after each window (1 to horizon). `Verification` tells the valid time of
 * lead 1 alone; a later lead is valid when a later window's lead 1 is (which also knows how long
 * the months were), or, where there is no such window, that many steps later.
 */
export function seriesOfLead(verification: Verification, lead: number): LeadSeries {
  const { horizon } = verification;
  const windows = verification.time.length;
  const stepMilliseconds = verification.stepSeconds * 1000;
  const offset = Math.min(Math.max(Math.trunc(lead), 1), horizon) - 1;

  const column = (table: Float32Array): Float32Array => {
    const values = new Float32Array(windows);
    for (let i = 0; i < windows; i++) values[i] = table[i * horizon + offset] as number;
    return values;
  };

  const time = new Float64Array(windows);
  let later = 0;
  for (let i = 0; i < windows; i++) {
    const expected = (verification.time[i] as number) + offset * stepMilliseconds;
    while (later < windows && (verification.time[later] as number) < expected - stepMilliseconds / 2) later++;
    const known = verification.time[later];
    const isSameInstant = known !== undefined && Math.abs(known - expected) <= stepMilliseconds / 2;
    time[i] = isSameInstant ? known : expected;
  }

  const forecasts = mapMethods(verification.forecasts, column);
  return { time, observed: column(verification.observed), forecasts, stepMilliseconds };
}
