import type { TrainingSettings } from '../contract/settings';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { TrainingSession } from '../engine';
import { chooseKeptEpoch, thetaOfEpoch } from '../library';
import type { Preparation } from '../series';
import { runTraining } from './job';
import { openOnOneCore } from './open-session';
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
  return (await learnIn(session, settings, preparation, theta, false)).theta;
}

/**
 * The same on one core, with the epoch whose weights were kept.
 * @param mayStay whether the weights stay as they were (epoch 0) where the validation part was forecast no better afterwards
 * @throws Problem 'loss-not-finite', 'engine-missing'
 */
export function learn(
  settings: TrainingSettings,
  preparation: Preparation,
  theta: Float32Array,
  { mayStay = false }: { readonly mayStay?: boolean } = {},
): Promise<{ readonly theta: Float32Array; readonly epochs: number }> {
  const session = openOnOneCore(makePlan(settings, preparation), dataOf(preparation), theta);
  return learnIn(session, settings, preparation, theta, mayStay);
}

async function learnIn(
  session: TrainingSession,
  settings: TrainingSettings,
  preparation: Preparation,
  theta: Float32Array,
  mayStay: boolean,
): Promise<{ readonly theta: Float32Array; readonly epochs: number }> {
  try {
    const { split } = preparation;
    const before = mayStay ? session.sumLoss(split.validation) / split.validation.length : Infinity;
    const { last } = await runTraining({
      settings,
      split,
      session,
      from: null,
      control: new TrainingControl(),
      onEpoch: () => undefined,
      onPhase: () => undefined,
    });
    const epochs = last === null ? 0 : chooseKeptEpoch(settings, last, false);
    const kept = last === null ? null : thetaOfEpoch(last, epochs);
    if (last === null || kept === null) throw new Problem('trainer-failed', { cause: phrase('no-epoch') });
    return last.bestLoss < before ? { theta: kept, epochs } : { theta, epochs: 0 };
  } finally {
    session.close();
  }
}
