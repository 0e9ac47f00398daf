import type { LossSettings, NetworkShape } from '../contract/network';
import { phrase, type SimplePhraseCode } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { PINBALL_QUANTILES, SETTINGS, validates, type TrainingSettings } from '../contract/settings';
import type { TrainingData, TrainingPlan } from '../engine';
import { networkShape, type Preparation } from '../series';

/** Where the Huber loss turns from square to straight: one standard deviation of the target, for data are scaled. */
const HUBER_DELTA = 1;

function lossOf({ loss }: TrainingSettings): LossSettings {
  switch (loss) {
    case 'huber':
      return { kind: 'huber', delta: HUBER_DELTA };
    case 'pinball':
      return { kind: 'pinball', quantiles: PINBALL_QUANTILES };
    case 'mse':
    case 'mae':
      return { kind: loss };
  }
}

/** The network of a training. */
export const shapeOf = (
  settings: TrainingSettings,
  { inputCount, alsoTargets, leadRows }: Preparation,
): NetworkShape =>
  networkShape(settings, inputCount, 1 + alsoTargets.length, leadRows === null ? null : leadRows.ahead);

/** The settings as they stand, and what of them the engine takes in another form. */
export function makePlan(settings: TrainingSettings, preparation: Preparation): TrainingPlan {
  return {
    ...settings,
    residual: settings.residual && preparation.service === null,
    network: shapeOf(settings, preparation),
    loss: lossOf(settings),
    trainingWindows: preparation.split.train.length,
  };
}

/** Where the weather service's forecast is named, the networks learn what the target departs from it. */
export function dataOf(preparation: Preparation): TrainingData {
  const { alsoTargets, leadRows, service, ...own } = preparation;
  const inputs = leadRows?.inputs ?? own.inputs;
  const inputCount = leadRows?.ahead.known.length ?? own.inputCount;
  const targets = service === null ? own.targets : own.targets.map((value, row) => value - service[row]!);
  const each = [targets, ...alsoTargets];
  const targetCount = each.length;
  if (targetCount === 1) return { inputs, inputCount, targets, targetCount };
  const together = new Float32Array(targets.length * targetCount);
  each.forEach((values, place) => {
    values.forEach((value, row) => (together[row * targetCount + place] = value));
  });
  return { inputs, inputCount, targets: together, targetCount };
}

/**
 * Early stopping chooses an epoch, and the plateau schedule a learning rate; without validation windows they would choose
 * by the very test part that the model is scored on.
 * @throws Problem 'setting-invalid'
 */
export function requireHonest(settings: TrainingSettings): void {
  if (validates(settings)) return;
  const { patience, schedule } = settings;
  const refuse = (setting: SimplePhraseCode, cause: SimplePhraseCode): never => {
    throw new Problem('setting-invalid', { setting: phrase(setting), cause: phrase(cause) });
  };
  if (patience !== null) refuse('setting-patience', 'patience-unvalidated');
  if (schedule === 'plateau') refuse('setting-schedule', 'plateau-unvalidated');
}

/** The networks of one training start from seeds one after another. */
export function memberSeed(seed: number, member: number): number {
  return (seed + member) % (SETTINGS.seed.max + 1);
}
