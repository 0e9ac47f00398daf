import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { INPUT_SHARE, type SearchMethod, type SearchSpace } from '../contract/search';
import { validates, type TrainingSettings } from '../contract/settings';
import type { TrialChoice } from './sample';

/** @throws Problem 'setting-invalid' where there is no validation part to choose by */
export function requireSearchable(settings: TrainingSettings): void {
  if (validates(settings)) return;
  throw new Problem('setting-invalid', {
    setting: phrase('setting-validation'),
    cause: phrase('search-unvalidated'),
  });
}

/** The settings that a trial drew, in the place of those that were set. */
function withChoice(settings: TrainingSettings, choice: TrialChoice): TrainingSettings {
  const { [INPUT_SHARE]: _columns, ...drawn } = choice;
  return { ...settings, ...(drawn as Partial<TrainingSettings>) };
}

/**
 * The settings of a trial. Hyperband itself decides which trials continue; in a random search early stopping does. A
 * schedule goes by the most epochs that a trial is trained for, whatever rung it ends at; where it is not searched the rate
 * stays constant.
 */
export function trialSettings(
  settings: TrainingSettings,
  choice: TrialChoice,
  method: SearchMethod,
): TrainingSettings {
  const patience = method === 'hyperband' ? null : settings.patience;
  return { ...withChoice({ ...settings, schedule: 'constant' }, choice), patience };
}

/**
 * The settings with which the best drawn trial is trained again: on training and validation part together, for as many
 * epochs as were best. The rate falls to nothing: at the end of a training with a constant one chance is left over, and
 * there is no validation part to choose a better epoch by.
 */
export function finalSettings(
  settings: TrainingSettings,
  choice: TrialChoice,
  bestEpoch: number,
): TrainingSettings {
  return {
    ...withChoice(settings, choice),
    schedule: 'cosine',
    patience: null,
    validationShare: 0,
    validationFrom: null,
    epochs: bestEpoch,
  };
}

/** What of a space can be searched: a change is forecast from the last reading, and inputs are chosen where there are several. */
export function possibleSpace(
  space: SearchSpace,
  { targetIsInput, inputOrder }: { readonly targetIsInput: boolean; readonly inputOrder: readonly string[] },
): SearchSpace {
  return {
    ...space,
    residual: targetIsInput ? space.residual : null,
    [INPUT_SHARE]: inputOrder.length > 0 ? space[INPUT_SHARE] : null,
  };
}
