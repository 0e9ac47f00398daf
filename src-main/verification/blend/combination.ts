import type { BlendPart, Combination } from '../../contract/combination';
import { observationsOf, type Series } from '../../contract/series';
import type { LinearPart } from '../../network';
import { targetVariable, type Calendar, type Preparation } from '../../series';
import { meanSquaredError } from '../scores/scores';
import { readForecasts, valuesAhead } from '../windows/window-forecasts';
import { learningStarts } from '../windows/learning-rows';
import { blendTable, forecastLinear, learnParts } from './candidates';
import { chooseParts } from './origins';
import { trust } from './shares';

/**
 * Chooses what a forecast is made of, by the training and the validation part alone. First the shares of the parts beside
 * the LSTM, by several origins in both; then the LSTM's share beside what they say together, on the validation part, which
 * it did not learn from either: the less, the fewer windows that choice has. No share is negative.
 * @param lstm its forecasts for the validation windows, [n, horizon], in the target's unit
 */
export function chooseCombination(
  series: Series,
  preparation: Preparation,
  calendar: Calendar,
  lstm: Float32Array,
): Combination {
  const { window, horizon, split } = preparation;
  const starts = split.validation;
  const table = blendTable(series, preparation, calendar);
  const parts = chooseParts(series, preparation, table);
  const said = forecastLinear(table, learnParts(table, split.train, parts), starts);
  const others = readForecasts(series, preparation, said, starts.length).point;
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

/** The parts beside the LSTM in their shares, learned from the training and the validation part; null where there are none. */
export function linearParts(
  series: Series,
  preparation: Preparation,
  calendar: Calendar,
  parts: readonly BlendPart[],
): LinearPart | null {
  if (parts.length === 0) return null;
  const { split, window, horizon, inputCount } = preparation;
  const table = blendTable(series, preparation, calendar);
  const { weights, intercepts } = learnParts(table, learningStarts(split), parts);
  const kernel = new Float32Array(window * inputCount * horizon);
  const skipped = table.skipped * inputCount;
  weights.forEach((own, lead) => {
    own.forEach((weight, column) => (kernel[(skipped + column) * horizon + lead] = weight));
  });
  return { kernel, bias: Float32Array.from(intercepts) };
}
