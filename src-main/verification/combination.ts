import type { Combination } from '../contract/combination';
import { meanSquaredError } from './scores/scores';

/** Shares are tried in steps of this: finer ones would tell validation windows apart, not models. */
const shareStep = 0.05;

/**
 * Chooses the shares of the LSTM and of ridge regression in a forecast by squared error on the validation part. A
 * convex combination is seldom worse than its best part and often better: Bates and Granger (1969), Operational
 * Research Quarterly 20, 451-468. The shares are kept from 0 to 1 and add up to 1, as for stacked regressions: Breiman
 * (1996), Machine Learning 24, 49-64.
 * @param observed of the validation windows, [n, horizon], in the target's unit, as both forecasts; NaN where nobody read it
 * @param ridge fitted without the validation part
 */
export function chooseCombination(
  observed: Float32Array,
  lstm: Float32Array,
  ridge: Float32Array,
): Combination {
  const share = bestShare(observed, lstm, ridge);
  const errorOf = (forecast: Float32Array): number => Math.sqrt(meanSquaredError(observed, forecast));
  return {
    share,
    errors: { lstm: errorOf(lstm), ridge: errorOf(ridge), chosen: errorOf(blend(lstm, ridge, share)) },
  };
}

/** The share of `forecast`, a multiple of the step, with which a blend of the two has the least squared error. */
function bestShare(observed: Float32Array, forecast: Float32Array, ridge: Float32Array): number {
  let [products, squares] = [0, 0];
  for (let index = 0; index < observed.length; index++) {
    if (Number.isNaN(observed[index]!)) continue;
    const apart = forecast[index]! - ridge[index]!;
    products += apart * (observed[index]! - ridge[index]!);
    squares += apart * apart;
  }
  if (squares === 0) return 1;
  const steps = Math.round(products / squares / shareStep);
  const most = Math.round(1 / shareStep);
  return Math.min(most, Math.max(0, steps)) / most;
}

/** [n] of both: share times the first, the rest of the second. */
export function blend(forecast: Float32Array, ridge: Float32Array, share: number): Float32Array {
  return forecast.map((value, index) => share * value + (1 - share) * ridge[index]!);
}
