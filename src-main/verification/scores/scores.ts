import type { MethodScores, Score } from '../../contract/results';

/** Every `stride`-th value from `from` on: one lead time of [n, horizon], or all values. */
interface Slice {
  readonly from: number;
  readonly stride: number;
}

/** Deviations whose squares are this small beside the squared mean come of rounding. */
const ROUNDING = 1e-20;

/**
 * Errors of a forecast, forecast minus observation, where there was one.
 * @param scale the mean change between learning readings, which MASE is scaled by
 */
function scoreSlice(
  observed: Float32Array,
  forecast: Float32Array,
  scale: number,
  { from, stride }: Slice,
): Score {
  let [count, squares, absolutes, errors] = [0, 0, 0, 0];
  for (let index = from; index < observed.length; index += stride) {
    // Only missing observations are left out: a forecast that is NaN must show.
    if (Number.isNaN(observed[index]!)) continue;
    const error = forecast[index]! - observed[index]!;
    count += 1;
    squares += error * error;
    absolutes += Math.abs(error);
    errors += error;
  }
  const mae = absolutes / count;
  return {
    rmse: Math.sqrt(squares / count),
    mae,
    bias: errors / count,
    correlation: correlate(observed, forecast, { from, stride }),
    mase: scale > 0 ? mae / scale : NaN,
  };
}

/** Pearson's correlation of two vectors where the first has a value; NaN where one of them never varies. */
export function correlate(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
  { from, stride }: Slice = { from: 0, stride: 1 },
): number {
  let [count, meanOne, meanOther] = [0, 0, 0];
  for (let index = from; index < one.length; index += stride) {
    if (Number.isNaN(one[index]!)) continue;
    count += 1;
    meanOne += one[index]!;
    meanOther += other[index]!;
  }
  meanOne /= count;
  meanOther /= count;
  let [squaresOne, squaresOther, products] = [0, 0, 0];
  for (let index = from; index < one.length; index += stride) {
    if (Number.isNaN(one[index]!)) continue;
    const a = one[index]! - meanOne;
    const b = other[index]! - meanOther;
    squaresOne += a * a;
    squaresOther += b * b;
    products += a * b;
  }
  const isVaried =
    squaresOne > ROUNDING * count * meanOne ** 2 && squaresOther > ROUNDING * count * meanOther ** 2;
  return isVaried ? Math.max(-1, Math.min(1, products / Math.sqrt(squaresOne * squaresOther))) : NaN;
}

/**
 * Skill against a reference forecast, 1 - MSE/MSE_reference: 1 is perfect, 0 is no better. Murphy (1988), Monthly
 * Weather Review 116, 2417-2424. Where the reference makes no error at all skill is not defined; 0 is given.
 */
export function skillScore(meanSquaredError: number, reference: number): number {
  return reference === 0 ? 0 : 1 - meanSquaredError / reference;
}

/**
 * Scores of a forecast, over all lead times and by each.
 * @param observed [n, horizon], in the target's unit, as `forecast` and `persistence`; NaN where there is no observation
 * @param scale the mean change between learning readings, which MASE is scaled by
 */
export function scoreForecast(
  observed: Float32Array,
  forecast: Float32Array,
  persistence: Float32Array,
  horizon: number,
  scale: number,
): MethodScores {
  const byLead = Array.from({ length: horizon }, (_, lead) =>
    scoreSlice(observed, forecast, scale, { from: lead, stride: horizon }),
  );
  return {
    ...scoreSlice(observed, forecast, scale, { from: 0, stride: 1 }),
    skill: skillScore(meanSquaredError(observed, forecast), meanSquaredError(observed, persistence)),
    byLead,
  };
}

/** Mean of the squared differences of two vectors of the same length, where there is an observation; NaN where none is. */
export function meanSquaredError(observed: ArrayLike<number>, forecast: ArrayLike<number>): number {
  let [sum, count] = [0, 0];
  for (let index = 0; index < observed.length; index++) {
    if (Number.isNaN(observed[index]!)) continue;
    sum += (forecast[index]! - observed[index]!) ** 2;
    count += 1;
  }
  return sum / count;
}
