import type { Combination } from '../contract/combination';
import { writeLinearShare } from '../library';
import type { Composite, LinearPart } from '../network';
import { calendarOf, type Preparation } from '../series';
import { chooseCombination, linearParts, readForecasts } from '../verification';
import { partBeside } from './part-beside';
import { predictWindows } from './predict';
import type { LearnedNetworks, TrainedRun } from './trained-run';

/** A trained run with its forecast put together. */
export interface AssembledRun {
  /** With the composite that forecasts. */
  readonly trained: TrainedRun;
  /** The same without anything learned from the validation part: its errors there are what intervals are learned from. */
  readonly unvalidated: TrainedRun;
  readonly combination: Combination | null;
}

/**
 * Puts the forecast of a run together. Where the settings ask for it, the shares of the LSTM and of what stands beside it
 * are chosen without the test part; what then forecasts beside it is learned from training and validation. What was chosen
 * once stays, and a model from elsewhere is as it came.
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
      ? choose(learned, run.rehearsal !== null)
      : null;
  if (combination === null) return { trained: run, unvalidated: learned, combination };

  const blended = (each: TrainedRun, othersOn: Preparation): TrainedRun => ({
    ...each,
    composite: blend(each, othersOn, combination),
  });
  const trained = kept ? run : blended(run, preparation);
  if (!kept) await writeLinearShare(folder, trained.composite);
  return { trained, unvalidated: blended(learned, withoutValidation(learned.preparation)), combination };
}

/**
 * The RMSE of what would forecast on the validation part, trained again on all, in the target's unit; null where that is the networks alone.
 * @throws Problem 'engine-missing'
 */
export const errorOfBlend = (learned: LearnedNetworks): number | null =>
  mayCombine(learned) ? choose(learned, true).errors.chosen : null;

function mayCombine({ record, preparation }: LearnedNetworks): boolean {
  const { combine, loss } = record.settings;
  return combine === 'best' && loss !== 'pinball' && preparation.split.validation.length > 0;
}

function choose(run: LearnedNetworks, isTrainedAgain: boolean): Combination {
  const { series, preparation, record } = run;
  const starts = preparation.split.validation;
  const alone = predictWindows({ ...run, composite: unblended(run) }, starts);
  const lstm = readForecasts(series, preparation, alone, starts.length).point;
  return chooseCombination(series, preparation, calendarOf(record.settings), lstm, isTrainedAgain);
}

/** The same of networks that are in no folder: what forecasts, by the training and the validation part alone. @throws Problem 'engine-missing' */
export const blendLearned = (learned: LearnedNetworks): Composite =>
  mayCombine(learned) ? blend(learned, learned.preparation, choose(learned, false)) : learned.composite;

/**
 * The LSTM's forecast (with the last reading, where it learned changes from that) and what stands beside it, each in its
 * share. @param learned what the latter may learn from
 */
export function blend(run: LearnedNetworks, learned: Preparation, { share, parts }: Combination): Composite {
  const { series, record } = run;
  const { members, linear } = unblended(run);
  const own = linear === null || share === 0 ? null : scaledPart(linear, share);
  const others = linearParts(series, learned, calendarOf(record.settings), parts);
  return {
    members,
    lstmShare: share,
    linear: own === null || others === null ? (own ?? others) : sumOf(own, others),
  };
}

/** The networks as they were trained. */
function unblended({ record, series, preparation, composite }: LearnedNetworks): Composite {
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
