import {
  ALL_INPUTS,
  AS_SET,
  columnsLeftOut,
  INPUT_SHARE,
  SEARCHED_SETTINGS,
  type SearchOptions,
  type SearchReport,
  type SearchSpace,
  type SearchTrial,
} from '../contract/search';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import type { NewRun } from '../library';
import { possibleSpace, sampleTrial, trialSettings, type TrialChoice } from '../search';
import { targetVariable } from '../series';

/** What of a search follows from its report and its readings. */

export function newReport({ settings }: NewRun, series: Series, options: SearchOptions): SearchReport {
  const { name, unit } = targetVariable(series);
  return {
    state: 'running',
    options,
    settings,
    targetName: name,
    unit,
    elapsedSeconds: 0,
    inputOrder: [],
    trials: [],
    runId: null,
    problem: null,
    broker: null,
  };
}

/** Whether fewer were drawn, beside the settings as they are, than are wanted. */
export function mayDraw({ options: { mostTrials }, trials }: SearchReport): boolean {
  return mostTrials === null || trials.length - (AS_SET + 1) < mostTrials;
}

/** The next trial: the first has the settings as they are. */
export function nextTrial(report: SearchReport, series: Series): SearchTrial {
  const { options, settings, trials } = report;
  const number = trials.length;
  const space = spaceOf(report, series);
  const choice =
    number === AS_SET ? choiceAsSet(space, settings) : sampleTrial(space, options.seed, number, settings);
  return { number, choice, epochs: 0, bestEpoch: 0, rmse: null, blended: null, state: 'waiting' };
}

/** Schedule and early stopping of the settings as they are stay as they are. */
export const settingsOfTrial = ({ options, settings }: SearchReport, trial: SearchTrial): TrainingSettings =>
  trial.number === AS_SET ? settings : trialSettings(settings, trial.choice, options.method);

/** Inputs that a trial does without, by name. */
export const leftOutBy = (
  { inputOrder }: SearchReport,
  series: Series,
  { choice }: Pick<SearchTrial, 'choice'>,
): readonly string[] => columnsLeftOut(choice, inputOrder, targetIsInput(series));

function choiceAsSet(space: SearchSpace, settings: TrainingSettings): TrialChoice {
  const all = { ...settings, [INPUT_SHARE]: ALL_INPUTS };
  const searched = SEARCHED_SETTINGS.filter((name) => space[name] !== null);
  return Object.fromEntries(searched.map((name) => [name, all[name]]));
}

const spaceOf = ({ options, inputOrder }: SearchReport, series: Series): SearchSpace =>
  possibleSpace(options.space, { targetIsInput: targetIsInput(series), inputOrder });

/** Whether the last reading of every target is there to forecast a change from. */
const targetIsInput = ({ inputs, target, alsoTargets }: Series): boolean =>
  [target, ...alsoTargets].every((each) => inputs.includes(each));
