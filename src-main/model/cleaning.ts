import type { CleaningEffect } from '../contract/cleaning';
import type { Verification } from '../contract/results';
import type { Series } from '../contract/series';

/** Readings of the columns, those that inputs are made of aside, that are other in the mended series: [rows] alike. */
export function countTaken(asRead: Series, mended: Series): number {
  let taken = 0;
  for (const { name, made = false, values } of mended.variables) {
    const before = asRead.variables.find((variable) => variable.name === name)?.values;
    if (made || before === undefined) continue;
    values.forEach((value, row) => {
      if (!Object.is(value, before[row])) taken += 1;
    });
  }
  return taken;
}

/**
 * The errors of both models on the windows that both forecast, at the times at which something was read that was not taken
 * out. NaN where there is none.
 */
export function compareCleaning(
  asRead: Verification,
  mended: Verification,
): NonNullable<CleaningEffect['compared']> {
  const { horizon, time, observed, forecasts } = mended;
  const places = new Map([...asRead.time].map((moment, place) => [moment, place]));
  let [windows, count, squaresAsRead, squaresMended] = [0, 0, 0, 0];
  time.forEach((moment, place) => {
    const other = places.get(moment);
    if (other === undefined) return;
    windows += 1;
    for (let lead = 0; lead < horizon; lead++) {
      const value = observed[place * horizon + lead]!;
      if (Number.isNaN(value)) continue;
      count += 1;
      squaresMended += (forecasts.model[place * horizon + lead]! - value) ** 2;
      squaresAsRead += (asRead.forecasts.model[other * horizon + lead]! - value) ** 2;
    }
  });
  return { windows, asRead: Math.sqrt(squaresAsRead / count), mended: Math.sqrt(squaresMended / count) };
}
