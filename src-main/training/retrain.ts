import type { TrainingSettings } from '../contract/settings';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { TrainingSession } from '../engine';
import { chooseKeptEpoch, thetaOfEpoch } from '../library';
import type { Preparation } from '../series';
import { runTraining } from './job';
import { dataOf, makePlan } from './plan';
import { TrainingControl } from './training-control';

/**
 * Trains one network from these weights on and gives the weights that would be kept; nothing is written to the disk.
 * @throws Problem 'loss-not-finite', 'engine-missing'
 */
export async function retrain(
  settings: TrainingSettings,
  preparation: Preparation,
  theta: Float32Array,
): Promise<Float32Array> {
  const session = TrainingSession.open(makePlan(settings, preparation), dataOf(preparation), theta);
  try {
    const { last } = await runTraining({
      settings,
      split: preparation.split,
      session,
      from: null,
      control: new TrainingControl(),
      onEpoch: () => undefined,
      onPhase: () => undefined,
    });
    const kept = last === null ? null : thetaOfEpoch(last, chooseKeptEpoch(settings, last, false));
    if (kept === null) throw new Problem('trainer-failed', { cause: phrase('no-epoch') });
    return kept;
  } finally {
    session.close();
  }
}
