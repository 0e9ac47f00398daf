import type { LossSettings } from '../contract/network';
import { Problem } from '../contract/problems';
import type { TrainingSettings } from '../contract/settings';
import type { TrainingData, TrainingPlan } from '../engine';
import { networkShape, type Preparation } from '../series';

/** Where the Huber loss turns from square to straight: one standard deviation of the target, for data are scaled. */
const huberDelta = 1;

function lossOf({ loss }: TrainingSettings): LossSettings {
  return loss === 'huber' ? { kind: 'huber', delta: huberDelta } : { kind: loss };
}

export function makePlan(settings: TrainingSettings, preparation: Preparation): TrainingPlan {
  const { window, horizon, batchSize, dropout, clipNorm, learningRate, seed } = settings;
  return {
    network: networkShape(settings, preparation.inputCount),
    window,
    horizon,
    batchSize,
    loss: lossOf(settings),
    dropout,
    clipNorm,
    learningRate,
    seed,
    trainingWindows: preparation.split.train.length,
  };
}

export function dataOf({ inputs, inputCount, targets }: Preparation): TrainingData {
  return { inputs, inputCount, targets, targetCount: 1 };
}

/**
 * Early stopping chooses an epoch; without validation windows it would choose by the very test part that the model is
 * scored on.
 * @throws Problem 'setting-invalid'
 */
export function requireHonest({ patience, validationShare }: TrainingSettings): void {
  if (patience === null || validationShare > 0) return;
  throw new Problem('setting-invalid', {
    setting: 'patience',
    cause: 'early stopping needs validation windows. Turn it off, or give validation a share such as 0.2',
  });
}
