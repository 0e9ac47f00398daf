import type { Combination } from '../contract/combination';
import { writeLinearShare } from '../library';
import type { Composite } from '../network';
import { targetVariable, type Preparation } from '../series';
import { chooseCombination, fitRidge, readForecasts, ridgePart } from '../verification';
import { predictWindows } from './predict';
import type { TrainedRun } from './trained-run';

/** A trained run with its forecast put together. */
export interface AssembledRun {
  /** With the composite that forecasts. */
  readonly trained: TrainedRun;
  /** The same without anything learned from the validation part: its errors there are what intervals are learned from. */
  readonly unvalidated: TrainedRun;
  readonly combination: Combination | null;
}

/**
 * Puts the forecast of a run together. Where the settings ask for it, the share of ridge regression beside the LSTM is
 * chosen on the validation part, with a ridge that was fitted without it; what then forecasts is the ridge of the score
 * table, fitted on training and validation. What was chosen once stays.
 * @param folder of the run: the linear part is kept there
 * @throws Problem 'engine-missing', 'cannot-write'
 */
export async function assembleRun(folder: string, run: TrainedRun): Promise<AssembledRun> {
  const { record, preparation } = run;
  const kept = record.scores !== null || record.combination !== null;
  const combination = kept ? record.combination : mayCombine(run) ? choose(run) : null;
  if (combination === null) return { trained: run, unvalidated: run, combination };

  const { share } = combination;
  const blended = (learned: Preparation): TrainedRun => ({ ...run, composite: blend(run, learned, share) });
  const trained = kept ? run : blended(preparation);
  if (!kept) await writeLinearShare(folder, trained.composite);
  return { trained, unvalidated: blended(withoutValidation(preparation)), combination };
}

function mayCombine({ record, preparation }: TrainedRun): boolean {
  const { combine, loss } = record.settings;
  return combine === 'best' && loss !== 'pinball' && preparation.split.validation.length > 0;
}

function choose(run: TrainedRun): Combination {
  const { series, preparation } = run;
  const { window, horizon, split } = preparation;
  const starts = split.validation;
  const { values } = targetVariable(series);
  const observed = Float32Array.from(
    { length: starts.length * horizon },
    (_, index) => values[starts[Math.floor(index / horizon)]! + window + (index % horizon)]!,
  );
  const lstm = readForecasts(series, preparation, predictWindows(run, starts), starts.length).point;
  const ridge = fitRidge(series, withoutValidation(preparation)).forecast(starts);
  return chooseCombination(observed, lstm, ridge);
}

/** The same networks with this share, and the ridge of what `learned` learns from beside them. */
export function blend(
  { composite }: Pick<TrainedRun, 'composite'>,
  learned: Preparation,
  share: number,
): Composite {
  return {
    members: composite.members,
    lstmShare: share,
    linear: share === 1 ? null : ridgePart(learned, 1 - share),
  };
}

const withoutValidation = (preparation: Preparation): Preparation => ({
  ...preparation,
  split: { ...preparation.split, validation: new Int32Array() },
});
