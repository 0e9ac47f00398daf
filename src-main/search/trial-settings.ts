import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { SearchMethod } from '../contract/search';
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

/**
 * The settings of a trial. The learning rate stays constant: where it ends would depend on how long a trial is trained.
 * Hyperband itself decides which trials continue; in a random search early stopping does.
 */
export function trialSettings(
  settings: TrainingSettings,
  choice: TrialChoice,
  method: SearchMethod,
): TrainingSettings {
  const patience = method === 'hyperband' ? null : settings.patience;
  return { ...settings, ...choice, schedule: 'constant', patience };
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
    ...settings,
    ...choice,
    schedule: 'cosine',
    patience: null,
    validationShare: 0,
    validationFrom: null,
    epochs: bestEpoch,
  };
}
