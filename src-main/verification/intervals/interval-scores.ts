import { mapLevels, type ByLevel, type Ends, type IntervalScore } from '../../contract/intervals';

/** Every `stride`-th value from `from` on: one lead time of [n, horizon], or all values. */
interface Slice {
  readonly from: number;
  readonly stride: number;
}

/**
 * How intervals of one level did. The interval score is the width, plus 2/alpha times how far an observation lies
 * outside (alpha is what the level leaves out): Gneiting and Raftery (2007), Journal of the American Statistical
 * Association 102, 359-378, equation 43. The lower the better; no one gains by widening or narrowing.
 * @param observed [n, horizon], row-major, as both ends; NaN where there is no observation
 * @param level in per cent
 */
export function scoreInterval(
  observed: Float32Array,
  { low, high }: Ends<Float32Array>,
  level: number,
  { from, stride }: Slice = { from: 0, stride: 1 },
): IntervalScore {
  const penalty = 2 / (1 - level / 100);
  let [count, below, above, widths, outside] = [0, 0, 0, 0, 0];
  for (let index = from; index < observed.length; index += stride) {
    const value = observed[index]!;
    if (Number.isNaN(value)) continue;
    count += 1;
    widths += high[index]! - low[index]!;
    if (value < low[index]!) {
      below += 1;
      outside += low[index]! - value;
    } else if (value > high[index]!) {
      above += 1;
      outside += value - high[index]!;
    }
  }
  return {
    coverage: (count - below - above) / count,
    below: below / count,
    above: above / count,
    width: widths / count,
    score: (widths + penalty * outside) / count,
  };
}

/** Scores of every level, over all lead times and by each (index 0 is lead 1). */
export function scoreIntervals(
  observed: Float32Array,
  bounds: ByLevel<Ends<Float32Array>>,
  horizon: number,
): { readonly overall: ByLevel<IntervalScore>; readonly byLead: readonly ByLevel<IntervalScore>[] } {
  return {
    overall: mapLevels((level) => scoreInterval(observed, bounds[level], level)),
    byLead: Array.from({ length: horizon }, (_, lead) =>
      mapLevels((level) => scoreInterval(observed, bounds[level], level, { from: lead, stride: horizon })),
    ),
  };
}
