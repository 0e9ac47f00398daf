import { endingBefore, unscaleValue, type Preparation } from '../../series';
import type { FitCertainBaseline } from './baseline';
import {
  addEquations,
  applyModel,
  errorOfModel,
  newestColumns,
  solveRidge,
  sumWindows,
  type Block,
  type LinearModel,
  type NormalEquations,
  type WindowTable,
} from '../algebra/normal-equations';

/** Per window and in scaled units, so that they mean the same for any data. */
const PENALTIES = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1] as const;
const USUAL_PENALTY = 1e-2;

/** Most columns of a flattened window (readings of the window times inputs): factorising grows with their cube. */
const MAX_COLUMNS = 1_700;
/** Most columns that the penalty is chosen with, since that factorises once for each penalty. */
const MAX_COLUMNS_FOR_CHOICE = 600;
/** Multiplications spent on summing windows: under a second. */
const SUMMING_BUDGET = 8e8;
/** Share of the training windows, their newest, that the penalty is chosen on where no validation part was kept. */
const CHOICE_SHARE = 0.2;

/**
 * A straight-line model of the same scaled inputs as the network's, flattened, with one output a lead time. The
 * penalty is chosen on the validation windows (or the newest fifth of the training windows) and the model then fitted
 * on both. To stay within seconds, a very long window is cut to its newest readings, of very many windows evenly
 * spread blocks are used, and the penalty of a very wide model is chosen with its newest readings alone.
 */
export const fitRidge: FitCertainBaseline = (_series, preparation) => {
  const { inputCount, inputs, horizon, targetScaler } = preparation;
  const { model, skipped } = learnRidge(preparation);
  return {
    forecast(starts) {
      const forecast = new Float32Array(starts.length * horizon);
      starts.forEach((start, index) => {
        const offset = (start + skipped) * inputCount;
        for (let lead = 0; lead < horizon; lead++) {
          const scaled = applyModel(model, lead, inputs, offset);
          forecast[index * horizon + lead] = unscaleValue(targetScaler, scaled);
        }
      });
      return forecast;
    },
  };
};

/** What ridge regression says of one scaled window, [window, inputs]: [horizon], in the target's unit. */
export type RidgeForecast = (scaled: Float32Array) => Float32Array;

/** The same model for windows that are not among those of the preparation. */
export function learnRidgeForecast(preparation: Preparation): RidgeForecast {
  const { inputCount, horizon, targetScaler } = preparation;
  const { model, skipped } = learnRidge(preparation);
  return (scaled) =>
    Float32Array.from({ length: horizon }, (_, lead) =>
      unscaleValue(targetScaler, applyModel(model, lead, scaled, skipped * inputCount)),
    );
}

/** The model, and how many of a window's oldest rows it does not look at. */
function learnRidge(preparation: Preparation): { readonly model: LinearModel; readonly skipped: number } {
  const { inputCount, window } = preparation;
  const lags = Math.min(window, Math.max(1, Math.floor(MAX_COLUMNS / inputCount)));
  const skipped = window - lags;
  const table = { ...preparation, window: lags };
  return { model: fitModel(table, splitForChoice(preparation), skipped), skipped };
}

/** Windows to fit on and windows to choose the penalty on. */
interface Choice {
  readonly fit: Int32Array;
  readonly choose: Int32Array;
}

function splitForChoice({ split, horizon, axisRows }: Preparation): Choice {
  const { train, validation } = split;
  if (validation.length > 0) return { fit: train, choose: validation };
  const kept = train.length - Math.floor(CHOICE_SHARE * train.length);
  const choose = train.subarray(kept);
  return { fit: endingBefore(train.subarray(0, kept), choose, horizon, axisRows), choose };
}

function fitModel(table: WindowTable, { fit, choose }: Choice, skipped: number): LinearModel {
  const sum = (starts: Int32Array): NormalEquations => {
    const share = starts.length / (fit.length + choose.length);
    return sumWindows(table, chooseBlocks(starts, table, share * SUMMING_BUDGET, skipped));
  };
  if (fit.length === 0 || choose.length === 0) {
    return solveRidge(sum(fit.length === 0 ? choose : fit), USUAL_PENALTY);
  }
  const fitting = sum(fit);
  const choosing = sum(choose);
  return solveRidge(addEquations(fitting, choosing), choosePenalty(fitting, choosing, table.inputCount));
}

function choosePenalty(fitting: NormalEquations, choosing: NormalEquations, inputCount: number): number {
  const lags = Math.max(1, Math.floor(MAX_COLUMNS_FOR_CHOICE / inputCount));
  const columns = Math.min(fitting.columns, lags * inputCount);
  const narrow = newestColumns(fitting, columns);
  const measure = newestColumns(choosing, columns);
  const errors = PENALTIES.map((penalty) => errorOfModel(solveRidge(narrow, penalty), measure));
  return PENALTIES[errors.indexOf(Math.min(...errors))] ?? USUAL_PENALTY;
}

/** Blocks of consecutive windows, `skipped` rows later; evenly thinned where summing all would cost too much. */
export function chooseBlocks(
  starts: Int32Array,
  { window, inputCount }: Pick<WindowTable, 'window' | 'inputCount'>,
  budget: number,
  skipped = 0,
): readonly Block[] {
  const columns = window * inputCount;
  // Long enough that the work at a block's edges, columns^2, is little beside the work within it.
  const blocks = consecutiveBlocks(starts, Math.max(500, 4 * window));
  const cost = starts.length * columns * inputCount + blocks.length * columns ** 2;
  const count = Math.max(1, Math.floor(blocks.length * Math.min(1, budget / cost)));
  return Array.from({ length: count }, (_, index) => {
    const { first, last } = blocks[Math.floor(((index + 0.5) * blocks.length) / count)]!;
    return { first: first + skipped, last: last + skipped };
  });
}

function consecutiveBlocks(starts: Int32Array, longest: number): readonly Block[] {
  const blocks: { first: number; last: number }[] = [];
  // Of several stations they come in order of time.
  for (const start of starts.slice().sort()) {
    const block = blocks[blocks.length - 1];
    if (block && block.last + 1 === start && start - block.first < longest) block.last = start;
    else blocks.push({ first: start, last: start });
  }
  return blocks;
}
