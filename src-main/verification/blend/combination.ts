import type { BlendPart, Combination } from '../../contract/combination';
import { observationsOf, type Series } from '../../contract/series';
import { concatenate, type LinearPart } from '../../network';
import { endingBefore, targetVariable, type Calendar, type Preparation, type Split } from '../../series';
import { addEquations, type NormalEquations } from '../algebra/normal-equations';
import { meanSquaredError } from '../scores/scores';
import { readForecasts, valuesAhead } from '../windows/window-forecasts';
import { learningStarts } from '../windows/learning-rows';
import {
  blendTable,
  independentOf,
  joinParts,
  learnParts,
  learnSimple,
  sumForBlend,
  type BlendTable,
} from './candidates';
import { forecastLinear } from './simple-models';
import { chooseParts } from './origins';
import { trust } from './shares';

/** Moments within the validation part at which what stands beside the LSTM would have learned again. */
const TIMES_LEARNED = 4;
/** Stretches of the validation part that are left out in turn, to see how firm the LSTM's share is. */
const STRETCHES = 8;

/**
 * Chooses what a forecast is made of, by the training and the validation part alone. First the shares of the parts beside
 * the LSTM, by several origins in both; then the LSTM's share beside what they say together, on the validation part, which
 * it did not learn from either. No share is negative.
 * @param lstm what it says of the validation windows, [n, horizon], in the target's unit
 * @param isTrainedAgain whether the LSTM that forecasts has learned from the validation part too. Where it has not, and what
 * stands beside it has, they are compared as they will forecast: the others learn again on the way, the LSTM grows old
 */
export function chooseCombination(
  series: Series,
  preparation: Preparation,
  calendar: Calendar,
  lstm: Float32Array,
  isTrainedAgain = false,
): Combination {
  const { window, horizon, split } = preparation;
  const starts = split.validation;
  const table = blendTable(series, preparation, calendar);
  const parts = chooseParts(series, preparation, table);
  const said = forecastOnTheWay(table, split, parts, isTrainedAgain ? 1 : TIMES_LEARNED);
  const others = readForecasts(series, preparation, said, starts.length).point;
  const observed = valuesAhead(observationsOf(targetVariable(series)), starts, window, horizon);
  const withoutDay = !table.holdsDay && table.place !== -1;
  const share = withoutDay
    ? 0
    : shareOf(observed, lstm, others, {
        windows: starts.length,
        independent: independentOf(table, starts.length),
      });
  const chosen = lstm.map((value, index) => share * value + (1 - share) * others[index]!);
  const errorOf = (forecast: Float32Array): number => Math.sqrt(meanSquaredError(observed, forecast));
  return {
    share,
    parts: parts
      .map((part) => ({ ...part, share: (1 - share) * part.share }))
      .filter((part) => part.share > 0),
    errors: { lstm: errorOf(lstm), others: errorOf(others), chosen: errorOf(chosen) },
    ...(withoutDay ? { withoutDay } : {}),
  };
}

/**
 * What the parts together would have said of the validation windows, learned again at so many moments, evenly spread, from
 * all that was known then: [n, horizon], scaled.
 */
function forecastOnTheWay(
  table: BlendTable,
  split: Split,
  parts: readonly BlendPart[],
  times: number,
): Float32Array {
  const { train, validation } = split;
  const learning = learningStarts(split);
  const said: Float32Array[] = [];
  let equations: NormalEquations | null = null;
  let summed = 0;
  for (let time = 0; time < times; time++) {
    const [from, to] = [time, time + 1].map((each) => Math.floor((each * validation.length) / times));
    const ahead = validation.subarray(from, to);
    if (ahead.length === 0) continue;
    const known = endingBefore(
      learning.subarray(0, train.length + from!),
      ahead,
      table.horizon,
      table.axisRows,
    );
    const fresh = known.subarray(summed);
    const sums = sumForBlend(table, fresh, fresh.length / learning.length);
    equations = equations === null ? sums : addEquations(equations, sums);
    summed = known.length;
    said.push(forecastLinear(table, joinParts(learnSimple(table, known, equations), parts), ahead));
  }
  return concatenate(said);
}

/**
 * The share of the LSTM with which a blend has the least squared error, less its standard error, times how far so many
 * observations are believed; in whole hundredths. The validation part has also chosen the LSTM's epoch, so its share there
 * is too large by luck: of the shares that do not differ from the best by more than chance the least is taken (the rule of one standard error:
 * Breiman, Friedman, Olshen and Stone 1984, Classification and Regression Trees). That error by leaving out one stretch of
 * windows after the other (Kuensch 1989, Annals of Statistics 17, 1217-1241).
 * @param count.independent windows that do not depend on each other, about
 */
export function shareOf(
  observed: Float32Array,
  lstm: Float32Array,
  others: Float32Array,
  { windows, independent }: { readonly windows: number; readonly independent: number },
): number {
  if (windows < STRETCHES) return 0;
  const horizon = observed.length / windows;
  const stretches = Array.from({ length: STRETCHES }, () => ({ product: 0, square: 0 }));
  for (let index = 0; index < observed.length; index++) {
    if (Number.isNaN(observed[index]!)) continue;
    const stretch = stretches[Math.floor((Math.floor(index / horizon) * STRETCHES) / windows)]!;
    const apart = lstm[index]! - others[index]!;
    stretch.product += apart * (observed[index]! - others[index]!);
    stretch.square += apart * apart;
  }
  const sumOf = (of: typeof stretches): { product: number; square: number } => ({
    product: of.reduce((sum, { product }) => sum + product, 0),
    square: of.reduce((sum, { square }) => sum + square, 0),
  });
  const bestOf = ({ product, square }: { product: number; square: number }): number =>
    square === 0 ? 0 : product / square;
  const shares = stretches.map((left) => bestOf(sumOf(stretches.filter((stretch) => stretch !== left))));
  const mean = shares.reduce((sum, share) => sum + share, 0) / STRETCHES;
  const spread = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0);
  const error = Math.sqrt(((STRETCHES - 1) / STRETCHES) * spread);
  const firm = Math.min(1, Math.max(0, bestOf(sumOf(stretches)) - error));
  return Math.round(100 * firm * trust(independent)) / 100;
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
