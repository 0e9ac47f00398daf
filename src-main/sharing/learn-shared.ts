import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { validates, type TrainingSettings } from '../contract/settings';
import { initialiseParameters } from '../network';
import type { Preparation } from '../series';
import { learn, tuneOrStay, type LearningHooks } from '../training/retrain';
import { makePlan } from '../training/plan';
import { Pool, stack, traitsKnown, type PooledStation } from './pool';

/** A network that several stations have made. */
export interface SharedNetwork {
  readonly pool: Pool;
  readonly theta: Float32Array;
  readonly epochs: number;
  /** Windows that it learned from, and by which its epoch was chosen. */
  readonly windows: readonly [train: number, validation: number];
}

/** A network that knows all stations is told by one with this share of its learning rate. */
const TUNING_RATE = 0.2;
/** Epochs without a better validation loss that end a tuning. */
const MOST_PATIENCE = 5;
/** Where no validation part ends a tuning, it has this share of the epochs. */
const TUNING_EPOCHS = 0.1;
/** Where there is no validation part the curve is drawn on each n-th window that is learned from; nothing is chosen by it. */
const DRAWN_EVERY = 10;

/**
 * Trains one network on several stations together, from fresh weights.
 * @param common as `commonInputs` gives them for the group
 * @throws Problem 'too-few-windows', 'loss-not-finite', 'engine-missing'
 */
export async function learnShared(
  stations: readonly PooledStation[],
  common: readonly (readonly number[])[],
  hooks: LearningHooks = {},
): Promise<SharedNetwork> {
  const learned = stations.filter(({ parts }) => parts.train.length > 0);
  if (learned.length === 0) throw tooFew('part-training');
  const pool = new Pool(learned, common, traitsKnown(learned.map(({ station }) => station)));
  const { settings } = pool;
  const preparation = withCurve(settings, stack(learned.map((each) => pool.prepare(each))));
  const { initialisation: scheme, seed } = settings;
  const { network } = makePlan(settings, preparation);
  const fresh = initialiseParameters(network, { scheme, seed });
  const { theta, epochs } = await learn(settings, preparation, fresh, hooks);
  const { train, validation } = preparation.split;
  return { pool, theta, epochs, windows: [train.length, validates(settings) ? validation.length : 0] };
}

/**
 * Trains a network of several stations on, on the readings of one. Where a validation part says that it did not help, the
 * weights stay as they were.
 * @throws Problem 'loss-not-finite', 'engine-missing'
 */
export async function tune(
  { pool, theta }: SharedNetwork,
  station: PooledStation,
  hooks: LearningHooks = {},
): Promise<{ readonly theta: Float32Array; readonly epochs: number }> {
  const { settings } = pool;
  if (station.parts.train.length === 0) return { theta, epochs: 0 };
  const isJudged = station.parts.validation.length > 0 && validates(settings);
  const tuning: TrainingSettings = {
    ...settings,
    learningRate: settings.learningRate * TUNING_RATE,
    schedule: 'constant',
    warmupEpochs: 0,
    epochs: isJudged ? settings.epochs : Math.ceil(settings.epochs * TUNING_EPOCHS),
    patience: isJudged ? Math.min(settings.patience ?? MOST_PATIENCE, MOST_PATIENCE) : null,
  };
  const prepared = withCurve(tuning, pool.prepare(station), isJudged);
  return (isJudged ? tuneOrStay : learn)(tuning, prepared, theta, hooks);
}

function withCurve(
  settings: TrainingSettings,
  preparation: Preparation,
  isJudged = validates(settings),
): Preparation {
  const { train, validation, test } = preparation.split;
  if (isJudged && validation.length === 0) throw tooFew('part-validation');
  if (isJudged) return preparation;
  const drawn = train.filter((_, index) => index % DRAWN_EVERY === 0);
  return { ...preparation, split: { train, validation: drawn, test } };
}

const tooFew = (part: 'part-training' | 'part-validation'): Problem =>
  new Problem('too-few-windows', { windows: 0, part: phrase(part) });
