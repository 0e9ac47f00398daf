import type { InputName } from '../contract/series';
import type { Importance, Rise } from '../contract/importance';
import { randomSource } from '../network';
import { meanSquaredError } from './scores/scores';

const REPEATS = 10;
/** The importance of the same model is the same whenever it is measured. */
const SEED = 7;
/** More windows than this are thinned evenly: the mean error of some thousand is known well enough. */
const MOST_WINDOWS = 2000;
/** Numbers in the windows that are shown at once, and most in those that are shuffled: 32 and 16 MB. */
const MOST_SHOWN = 8e6;
const MOST_SHUFFLED = 4e6;
/** Lags beyond these stand in groups that double in length: 1, 2, 3-4, 5-8, ... */
const MOST_SINGLE_LAGS = 10;
/** Hours of a day: thinning with a step that has no divisor in common with it meets every hour. */
const HOURS_PER_DAY = 24;

/** What is shuffled together: these columns at these places of the window. */
interface Group {
  readonly columns: readonly number[];
  /** Places in the window, 0 the oldest. */
  readonly places: readonly number[];
}

interface ImportanceInput {
  /** As the network sees them, calendar inputs last. */
  readonly inputNames: readonly InputName[];
  readonly window: number;
  readonly horizon: number;
  /** Test windows, scaled: [n, window, inputs]. */
  readonly windows: Float32Array;
  /** Scaled: [n, horizon]. */
  readonly observed: Float32Array;
  readonly targetName: string;
  readonly unit: string;
  /** Of the target: what a scaled error of 1 is in its unit. */
  readonly scale: number;
  /** Forecasts of so many windows, laid one after another: [count, horizon], scaled. */
  predict(windows: Float32Array, count: number): Float32Array;
  /** Called with the number of shuffles done; its promise is awaited. */
  onProgress(done: number, total: number): Promise<void> | void;
}

/** Every `step`-th of `count` windows, so that no more than `most` remain and every hour of the day is among them. */
export function thinningStep(count: number, most: number): number {
  let step = Math.max(1, Math.ceil(count / most));
  while (step > 1 && greatestCommonDivisor(step, HOURS_PER_DAY) > 1) step += 1;
  return step;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Groups of lags, the newest first; a lag of 1 is the last reading of the window. */
export function lagGroups(window: number): readonly { readonly from: number; readonly to: number }[] {
  if (window <= MOST_SINGLE_LAGS)
    return Array.from({ length: window }, (_, lag) => ({ from: lag + 1, to: lag + 1 }));
  const groups: { from: number; to: number }[] = [];
  for (let from = 1, to = 1; from <= window; from = to + 1, to *= 2)
    groups.push({ from, to: Math.min(to, window) });
  return groups;
}

/** Each input alone; sines and cosines of the year together, and those of the day, since one without the others tells no time. */
export function inputGroups(
  names: readonly InputName[],
): readonly (InputName & { readonly columns: readonly number[] })[] {
  const circles = new Map<string, number[]>();
  return names.flatMap(({ name, made }, column) => {
    const circle = made ? /^(?:sin|cos)\((?:\d x )?(day of year|hour of day)\)$/.exec(name)?.[1] : undefined;
    if (circle === undefined) return [{ name, made, columns: [column] }];
    const begun = circles.get(circle);
    begun?.push(column);
    if (begun !== undefined) return [];
    const columns = [column];
    circles.set(circle, columns);
    return [{ name: circle, made, columns }];
  });
}

/**
 * For each window the one whose values it is shown: blocks of neighbouring windows change places, so that what follows
 * on each other in time still does. [count]
 */
export function blockPermutation(count: number, length: number, repeat: number): Int32Array {
  const blocks = Math.ceil(count / length);
  const order = randomSource(SEED, `importance ${repeat}`).permutation(blocks);
  const sources = new Int32Array(count);
  let at = 0;
  for (const block of order) {
    for (let window = block * length; window < Math.min(count, (block + 1) * length); window++) {
      sources[at++] = window;
    }
  }
  return sources;
}

/**
 * Permutation importance of each input and of each group of lags: how much the RMSE rises when the model is shown them
 * from another time of the test part, all else as it was. Breiman (2001), Machine Learning 45, 5-32; Fisher, Rudin and
 * Dominici (2019), Journal of Machine Learning Research 20 (177). Inputs that tell the same share their importance.
 */
export async function measureImportance(input: ImportanceInput): Promise<Importance> {
  const { inputNames, window, horizon, scale, predict, onProgress } = input;
  const size = window * inputNames.length;
  const all = input.windows.length / size;
  const step = thinningStep(all, Math.min(MOST_WINDOWS, Math.max(20, Math.floor(MOST_SHUFFLED / size))));
  const kept = Int32Array.from({ length: Math.ceil(all / step) }, (_, index) => index * step);
  const windows = gather(input.windows, kept, size);
  const observed = gather(input.observed, kept, horizon);
  const count = kept.length;
  // As long as what neighbouring windows have in common, but short enough that there is something to shuffle.
  const wanted = Math.max(Math.ceil((window + horizon) / step), Math.ceil(Math.cbrt(count)));
  const blockLength = Math.max(1, Math.min(wanted, Math.floor(count / 10)));

  const places = Array.from({ length: window }, (_, place) => place);
  const columns = inputNames.map((_, column) => column);
  const inputs = inputGroups(inputNames).map((group) => ({ ...group, places }));
  const lags = lagGroups(window).map(({ from, to }) => ({
    from,
    to,
    columns,
    places: places.slice(window - to, window - from + 1),
  }));
  /** The RMSE on each of `copies` versions of the windows. */
  const rmsesOf = (shown: Float32Array, copies: number): number[] => {
    const predicted = predict(shown, copies * count);
    const values = count * horizon;
    return Array.from({ length: copies }, (_, copy) => {
      const own = predicted.subarray(copy * values, (copy + 1) * values);
      return Math.sqrt(meanSquaredError(observed, own)) * scale;
    });
  };
  const rmse = rmsesOf(windows, 1)[0]!;
  // Several versions are forecast at once: preparing the network takes longer than a forecast of few windows.
  const atOnce = Math.max(1, Math.min(REPEATS, Math.floor(MOST_SHOWN / windows.length)));
  const total = (inputs.length + lags.length) * REPEATS;
  let done = 0;
  const measure = async (group: Group): Promise<Rise> => {
    const rises: number[] = [];
    for (let first = 0; first < REPEATS; first += atOnce) {
      const copies = Math.min(atOnce, REPEATS - first);
      const shown = new Float32Array(copies * windows.length);
      for (let copy = 0; copy < copies; copy++) {
        const sources = blockPermutation(count, blockLength, first + copy);
        shown.set(shuffled(windows, inputNames.length, group, sources, size), copy * windows.length);
      }
      rises.push(...rmsesOf(shown, copies).map((shuffledRmse) => shuffledRmse - rmse));
      done += copies;
      await onProgress(done, total);
    }
    return {
      mean: rises.reduce((sum, rise) => sum + rise, 0) / REPEATS,
      low: Math.min(...rises),
      high: Math.max(...rises),
    };
  };

  const measuredInputs = [];
  for (const group of inputs)
    measuredInputs.push({ name: group.name, made: group.made, ...(await measure(group)) });
  const measuredLags = [];
  for (const group of lags) measuredLags.push({ from: group.from, to: group.to, ...(await measure(group)) });
  return {
    targetName: input.targetName,
    unit: input.unit,
    rmse,
    windows: count,
    repeats: REPEATS,
    blockLength,
    inputs: measuredInputs.sort((a, b) => b.mean - a.mean),
    lags: measuredLags,
  };
}

/** Rows of `size` numbers, by their number. */
function gather(values: Float32Array, rows: Int32Array, size: number): Float32Array {
  const gathered = new Float32Array(rows.length * size);
  rows.forEach((row, index) => gathered.set(values.subarray(row * size, (row + 1) * size), index * size));
  return gathered;
}

/** The windows with the group's values taken from the source of each. */
function shuffled(
  windows: Float32Array,
  width: number,
  { columns, places }: Group,
  sources: Int32Array,
  size: number,
): Float32Array {
  const shown = windows.slice();
  sources.forEach((source, index) => {
    for (const place of places) {
      for (const column of columns) {
        const offset = place * width + column;
        shown[index * size + offset] = windows[source * size + offset]!;
      }
    }
  });
  return shown;
}
