import type { Combination } from '../contract/combination';
import { observationsOf } from '../contract/series';
import { writeLinearShare } from '../library';
import type { Composite, LinearPart } from '../network';
import { targetVariable, type Preparation } from '../series';
import { chooseCombination, fitRidge, readForecasts, ridgePart, valuesAhead } from '../verification';
import { partBeside } from './part-beside';
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
 * table, fitted on training and validation. What was chosen once stays, and a model from
 * elsewhere is as it came.
 * @param folder of the run: the linear part is kept there
 * @throws Problem 'engine-missing', 'cannot-write'
 */
export async function assembleRun(folder: string, run: TrainedRun): Promise<AssembledRun> {
  const { record, preparation } = run;
  const learned = run.rehearsal ?? run;
  const kept = record.measured !== null || record.status === 'imported';
  const combination = kept
    ? (record.measured?.combination ?? null)
    : mayCombine(learned)
      ? choose(learned)
      : null;
  if (combination === null) return { trained: run, unvalidated: learned, combination };

  const { share } = combination;
  const blended = (each: TrainedRun, ridgeOn: Preparation): TrainedRun => ({
    ...each,
    composite: blend(each, ridgeOn, share),
  });
  const trained = kept ? run : blended(run, preparation);
  if (!kept) await writeLinearShare(folder, trained.composite);
  return { trained, unvalidated: blended(learned, withoutValidation(learned.preparation)), combination };
}

function mayCombine({ record, preparation }: TrainedRun): boolean {
  const { combine, loss } = record.settings;
  return combine === 'best' && loss !== 'pinball' && preparation.split.validation.length > 0;
}

function choose(run: TrainedRun): Combination {
  const { series, preparation } = run;
  const { window, horizon, split } = preparation;
  const starts = split.validation;
  const observed = valuesAhead(observationsOf(targetVariable(series)), starts, window, horizon);
  const lstm = readForecasts(
    series,
    preparation,
    predictWindows({ ...run, composite: unblended(run) }, starts),
    starts.length,
  ).point;
  const ridge = fitRidge(series, withoutValidation(preparation)).forecast(starts);
  return chooseCombination(observed, lstm, ridge);
}

/** The LSTM's forecast (with the last reading, where it learned changes from that) in its share, and ridge in the rest. */
export function blend(run: TrainedRun, learned: Preparation, share: number): Composite {
  const { members, linear } = unblended(run);
  const own = linear === null ? null : scaledPart(linear, share);
  const ridge = share === 1 ? null : ridgePart(learned, 1 - share);
  return {
    members,
    lstmShare: share,
    linear: own === null || ridge === null ? (own ?? ridge) : sumOf(own, ridge),
  };
}

/** The networks as they were trained. */
function unblended({ record, series, preparation, composite }: TrainedRun): Composite {
  return { members: composite.members, ...partBeside(record.settings, series, preparation) };
}

function scaledPart({ kernel, bias }: LinearPart, share: number): LinearPart {
  return { kernel: kernel.map((value) => value * share), bias: bias.map((value) => value * share) };
}

function sumOf(one: LinearPart, other: LinearPart): LinearPart {
  const add = (a: Float32Array, b: Float32Array): Float32Array => a.map((value, index) => value + b[index]!);
  return { kernel: add(one.kernel, other.kernel), bias: add(one.bias, other.bias) };
}

const withoutValidation = (preparation: Preparation): Preparation => ({
  ...preparation,
  split: { ...preparation.split, validation: new Int32Array() },
});
