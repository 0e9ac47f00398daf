import { BLEND_PARTS, type BlendPart, type BlendPartName } from '../../contract/combination';
import { observationsOf, type Series } from '../../contract/series';
import { endingBefore, scaleValue, targetVariable, type Preparation } from '../../series';
import { addEquations, type NormalEquations } from '../algebra/normal-equations';
import { concatenate } from '../../network';
import { learningStarts } from '../windows/learning-rows';
import { thin } from '../windows/thin';
import { valuesAhead } from '../windows/window-forecasts';
import {
  independentOf,
  learnSimple,
  partsOf,
  penaltiesOf,
  plainPartsOf,
  solveRegressions,
  sumForBlend,
  type BlendTable,
} from './candidates';
import { forecastLinear } from './simple-models';
import { drawTogether, leastErrorShares } from './shares';

/** Of the learning windows, how many are learned from at the first origin, and how many origins there are until their end. */
const FIRST_SHARE = 0.5;
const ORIGIN_COUNT = 4;
/** Fewer windows teach nothing. */
const LEAST_LEARNED = 8;
/** Of a ridge regression that there are too few windows to choose a penalty for. */
const USUAL_PENALTY = 1;
/** Windows after each origin that are forecast, evenly spread. */
const MOST_FORECAST = 600;

/** What would have been forecast after each origin by what was known then. */
interface Origins {
  /** [windows, horizon], scaled, all origins one after another; NaN where nothing was read. */
  readonly observed: Float32Array;
  /** The same of each part; a regression has one for each penalty. */
  readonly forecasts: readonly (Pick<BlendPart, 'name' | 'penalty'> & { readonly said: Float32Array })[];
  /** Windows after the origins, before they were thinned. */
  readonly windows: number;
}

/**
 * Chooses the shares of the parts beside the LSTM by squared error after several origins within the learning part: by more
 * than one season. Drawn towards equal shares where there are few windows, of a short record to those of the plain parts.
 * The penalty of each regression is that of least error, and is the one that then forecasts.
 * @returns shares that add up to 1; equal ones of the plain parts where there are too few windows to choose; persistence alone
 * where readings within the day do not hold one
 */
export function chooseParts(
  series: Series,
  preparation: Preparation,
  table: BlendTable,
): readonly BlendPart[] {
  // From a morning nobody can tell a night.
  if (!table.holdsDay && table.place !== -1) {
    return [{ name: table.service.length > 0 ? 'service' : 'persistence', share: 1, penalty: null }];
  }
  const learning = learningStarts(preparation.split);
  const origins = forecastFromOrigins(series, preparation, table, learning);
  const plain = plainPartsOf(table);
  if (origins === null) {
    return plain.map((name) => ({
      name,
      share: 1 / plain.length,
      penalty: name === 'ridge' ? USUAL_PENALTY : null,
    }));
  }
  const { observed, forecasts, windows } = origins;
  const errors = forecasts.map(({ said }) => said.map((value, index) => value - observed[index]!));
  const kept = BLEND_PARTS.flatMap((name) => {
    const places = [...forecasts.keys()].filter((place) => forecasts[place]!.name === name);
    return places.length === 0 ? [] : [leastError(places, errors)];
  });
  const products = kept.map((row) => kept.map((column) => productOf(errors[row]!, errors[column]!)));
  const independent = independentOf(table, windows);
  // Nobody can tell from a spring what a winter is: what a wave of the year was fitted to within a year is chosen, or nothing.
  const isDrawnTo = kept.map((place) => {
    const { name } = forecasts[place]!;
    // Beside a service it is sure that much can be learned of its errors.
    return table.service.length > 0 ? name !== 'service' : !table.isShort || plain.includes(name);
  });
  const shares = drawTogether(leastErrorShares(products), independent, isDrawnTo);
  return kept.map((place, index) => {
    const { name, penalty } = forecasts[place]!;
    return { name, penalty, share: shares[index]! };
  });
}

const leastError = (places: readonly number[], errors: readonly Float32Array[]): number => {
  const sums = places.map((place) => productOf(errors[place]!, errors[place]!));
  return places[sums.indexOf(Math.min(...sums))]!;
};

/** Summed over what was observed. */
function productOf(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) {
    const product = one[index]! * other[index]!;
    if (!Number.isNaN(product)) sum += product;
  }
  return sum;
}

/** Null where no origin has enough windows before it. */
function forecastFromOrigins(
  series: Series,
  { window, horizon, targetScaler, axisRows }: Preparation,
  table: BlendTable,
  learning: Int32Array,
): Origins | null {
  const values = observationsOf(targetVariable(series)).map((value) => scaleValue(targetScaler, value));
  const borders = Array.from({ length: ORIGIN_COUNT + 1 }, (_, index) =>
    Math.floor(learning.length * (FIRST_SHARE + ((1 - FIRST_SHARE) * index) / ORIGIN_COUNT)),
  );
  const observed: Float32Array[] = [];
  const said = new Map<string, Pick<BlendPart, 'name' | 'penalty'> & { readonly parts: Float32Array[] }>();
  const keep = (name: BlendPartName, penalty: number | null, forecast: Float32Array): void => {
    const key = `${name} ${penalty}`;
    if (!said.has(key)) said.set(key, { name, penalty, parts: [] });
    said.get(key)!.parts.push(forecast);
  };
  let equations: NormalEquations | null = null;
  let [windows, summed] = [0, 0];
  for (let origin = 0; origin < ORIGIN_COUNT; origin++) {
    const after = learning.subarray(borders[origin], borders[origin + 1]);
    if (after.length === 0) continue;
    const known = endingBefore(learning.subarray(0, borders[origin]), after, horizon, axisRows);
    if (known.length < LEAST_LEARNED) continue;
    const fresh = known.subarray(summed);
    const sums = sumForBlend(table, fresh, fresh.length / learning.length);
    equations = equations === null ? sums : addEquations(equations, sums);
    summed = known.length;

    const starts = thin(after, MOST_FORECAST);
    windows += after.length;
    observed.push(valuesAhead(values, starts, window, horizon));
    const learned = learnSimple(table, known, equations);
    for (const name of partsOf(table)) {
      const model = learned.simple[name];
      if (model !== undefined) keep(name, null, forecastLinear(table, model, starts));
    }
    for (const penalty of penaltiesOf(table)) {
      for (const [name, model] of Object.entries(solveRegressions(learned, penalty))) {
        keep(name as BlendPartName, penalty, forecastLinear(table, model, starts));
      }
    }
  }
  if (observed.length === 0) return null;
  return {
    observed: concatenate(observed),
    forecasts: [...said.values()].map(({ parts, ...part }) => ({ ...part, said: concatenate(parts) })),
    windows,
  };
}
