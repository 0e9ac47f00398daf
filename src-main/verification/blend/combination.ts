import type { BlendPart, Combination } from '../../contract/combination';
import { observationsOf, type Series } from '../../contract/series';
import { targetVariable, unscaleValue, type Calendar, type Preparation } from '../../series';
import { meanSquaredError } from '../scores/scores';
import { keepPossible, valuesAhead } from '../windows/window-forecasts';
import { blendTable, fitParts, forecastLinear, learnSimple, sumForBlend } from './candidates';
import { chooseParts } from './origins';
import { trust } from './shares';

/** A linear map of the whole scaled window: `kernel` [window x inputs, horizon], row-major, and `bias` [horizon]. */
export interface LinearMap {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/**
 * Chooses what a forecast is made of, by the training and the validation part alone. First the shares of the parts beside
 * the LSTM, by several origins in both; then the LSTM's share beside what they say together, on the validation part, which
 * it did not learn from either: the less, the fewer windows that choice has. No share is negative.
 * @param lstm what it says of the validation windows, [n, horizon], in the target's unit
 */
export function chooseCombination(
  series: Series,
  preparation: Preparation,
  calendar: Calendar,
  lstm: Float32Array,
): Combination {
  const { window, horizon, split, targetScaler } = preparation;
  const starts = split.validation;
  const table = blendTable(series, preparation, calendar);
  const parts = chooseParts(series, preparation, table);
  const learned = learnSimple(table, split.train, sumForBlend(table, split.train, 1));
  const models = fitParts(learned, parts);
  const sums = new Float64Array(starts.length * horizon);
  for (const { name, share } of parts) {
    const model = models[name];
    if (model === undefined) continue;
    forecastLinear(table, model, starts).forEach((value, index) => (sums[index]! += share * value));
  }
  const others = keepPossible(
    series,
    Float32Array.from(sums, (scaled) => unscaleValue(targetScaler, scaled)),
  );
  const observed = valuesAhead(observationsOf(targetVariable(series)), starts, window, horizon);
  const share = shareOf(observed, lstm, others, starts.length / Math.max(horizon, table.stepsPerDay, 1));
  const chosen = lstm.map((value, index) => share * value + (1 - share) * others[index]!);
  const errorOf = (forecast: Float32Array): number => Math.sqrt(meanSquaredError(observed, forecast));
  return {
    share,
    parts: parts
      .map((part) => ({ ...part, share: (1 - share) * part.share }))
      .filter((part) => part.share > 0),
    errors: { lstm: errorOf(lstm), others: errorOf(others), chosen: errorOf(chosen) },
  };
}

/**
 * The share of the LSTM with which a blend has the least squared error, times how far so many observations are believed; in
 * whole hundredths.
 */
export function shareOf(
  observed: Float32Array,
  lstm: Float32Array,
  others: Float32Array,
  independent: number,
): number {
  let [products, squares] = [0, 0];
  for (let index = 0; index < observed.length; index++) {
    if (Number.isNaN(observed[index]!)) continue;
    const apart = lstm[index]! - others[index]!;
    products += apart * (observed[index]! - others[index]!);
    squares += apart * apart;
  }
  if (squares === 0) return 0;
  const best = Math.min(1, Math.max(0, products / squares));
  return Math.round(100 * best * trust(independent)) / 100;
}

/** What the parts beside the LSTM say, in their shares, learned from the training and the validation part. */
export function linearParts(
  series: Series,
  preparation: Preparation,
  calendar: Calendar,
  parts: readonly BlendPart[],
): LinearMap | null {
  if (parts.length === 0) return null;
  const { split, window, horizon, inputCount } = preparation;
  const table = blendTable(series, preparation, calendar);
  const learning = Int32Array.from([...split.train, ...split.validation]);
  const models = fitParts(learnSimple(table, learning, sumForBlend(table, learning, 1)), parts);
  const kernel = new Float64Array(window * inputCount * horizon);
  const bias = new Float64Array(horizon);
  for (const { name, share } of parts) {
    const model = models[name];
    if (model === undefined) continue;
    model.weights.forEach((weights, lead) => {
      bias[lead]! += share * model.intercepts[lead]!;
      weights.forEach((weight, column) => {
        kernel[(table.skipped * inputCount + column) * horizon + lead]! += share * weight;
      });
    });
  }
  return { kernel: Float32Array.from(kernel), bias: Float32Array.from(bias) };
}
