import type { TrainingSettings } from '../contract/settings';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { TrainingSession } from '../engine';
import { chooseKeptEpoch, ProgressWriter, readProgress, thetaOfEpoch, type SavedProgress } from '../library';
import type { Preparation } from '../series';
import { runTraining, type TrainingJob } from './job';
import { openOnOneCore } from './open-session';
import { dataOf, makePlan } from './plan';
import { TrainingControl } from './training-control';

/** How a training that leaves weights alone goes on its way. */
export interface LearningHooks extends Partial<Pick<TrainingJob, 'control' | 'onPhase'>> {
  /** Where its epochs are kept, to be gone on with as if it had never ended; nowhere if left out. */
  readonly folder?: string;
  /** Called with the epochs that are there where it goes on. */
  readonly onGoesOn?: (epochs: number) => void;
  /** Called with each finished epoch. */
  readonly onEpoch?: (epoch: number) => void;
}

/** Weights that would be kept, with their epoch. */
interface Learned {
  readonly theta: Float32Array;
  readonly epochs: number;
}

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
  return (await learnIn(session, settings, preparation, null, {})).theta;
}

/**
 * The same on one core, with the epoch whose weights were kept.
 * @throws Problem 'loss-not-finite', 'engine-missing'; where its epochs are kept, of reading and writing them
 */
export async function learn(
  settings: TrainingSettings,
  preparation: Preparation,
  theta: Float32Array,
  hooks: LearningHooks = {},
): Promise<Learned> {
  const from = hooks.folder === undefined ? null : await readProgress(hooks.folder);
  const state = from?.checkpoint ?? theta;
  const session = openOnOneCore(makePlan(settings, preparation), dataOf(preparation), state);
  return learnIn(session, settings, preparation, from, hooks);
}

/**
 * Trains a network on from these weights; they stay as they were (epoch 0) where the validation part was forecast no better
 * afterwards.
 * @throws Problem 'loss-not-finite', 'engine-missing'
 */
export async function tuneOrStay(
  settings: TrainingSettings,
  preparation: Preparation,
  theta: Float32Array,
  hooks: LearningHooks,
): Promise<Learned> {
  const session = openOnOneCore(makePlan(settings, preparation), dataOf(preparation), theta);
  const { validation } = preparation.split;
  const before = session.sumLoss(validation) / validation.length;
  const { bestLoss, ...learned } = await learnIn(session, settings, preparation, null, hooks);
  return bestLoss < before ? learned : { theta, epochs: 0 };
}

async function learnIn(
  session: TrainingSession,
  settings: TrainingSettings,
  preparation: Preparation,
  from: SavedProgress | null,
  { folder, control = new TrainingControl(), onPhase, onGoesOn, onEpoch }: LearningHooks,
): Promise<Learned & { readonly bestLoss: number }> {
  let files: ProgressWriter | null = null;
  try {
    if (folder !== undefined) files = await ProgressWriter.open(folder, from);
    if (from !== null) onGoesOn?.(from.checkpoint.epoch);
    const { last } = await runTraining({
      settings,
      split: preparation.split,
      session,
      from,
      control,
      onEpoch(record, checkpoint) {
        files?.write(record, checkpoint);
        onEpoch?.(record.epoch);
      },
      onPhase: (phase) => onPhase?.(phase),
    });
    const epochs = last === null ? 0 : chooseKeptEpoch(settings, last, false);
    const kept = last === null ? null : thetaOfEpoch(last, epochs);
    if (last === null || kept === null) throw new Problem('trainer-failed', { cause: phrase('no-epoch') });
    return { theta: kept, epochs, bestLoss: last.bestLoss };
  } finally {
    session.close();
    files?.close();
  }
}
