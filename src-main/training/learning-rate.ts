import type { TrainingSettings } from '../contract/settings';

type ScheduleSettings = Pick<TrainingSettings, 'learningRate' | 'schedule' | 'warmupEpochs' | 'epochs'>;

/** Epochs without a better validation loss after which the plateau schedule halves the learning rate. */
const PLATEAU_PATIENCE = 5;
/** It stops falling at this share of the learning rate: below, nothing moves any more. */
const SMALLEST_SHARE = 1e-3;

/** What the plateau schedule knows; follows from the validation losses alone, so a resumed training has it again. */
export interface Plateau {
  readonly best: number;
  /** Epochs since the best one or the last halving. */
  readonly waited: number;
  readonly halvings: number;
}
export const BEFORE_PLATEAU: Plateau = { best: Infinity, waited: 0, halvings: 0 };

/** The plateau after one more epoch. */
export function watchPlateau({ best, waited, halvings }: Plateau, valLoss: number): Plateau {
  if (valLoss < best) return { best: valLoss, waited: 0, halvings };
  if (waited + 1 < PLATEAU_PATIENCE) return { best, waited: waited + 1, halvings };
  return { best, waited: 0, halvings: halvings + 1 };
}

/**
 * The learning rate of an optimiser step: it rises from 0 in a straight line over the warm-up epochs; then it is constant,
 * falls to 0 at the last step as half a cosine (Loshchilov and Hutter 2017, SGDR, without restarts), or is halved at
 * each plateau.
 * @param step from 0, over all epochs
 */
export function learningRateAt(
  { learningRate, schedule, warmupEpochs, epochs }: ScheduleSettings,
  step: number,
  stepsPerEpoch: number,
  plateau: Plateau,
): number {
  const warmup = warmupEpochs * stepsPerEpoch;
  if (step < warmup) return (learningRate * (step + 1)) / warmup;
  switch (schedule) {
    case 'constant':
      return learningRate;
    case 'cosine': {
      const done = (step - warmup) / (epochs * stepsPerEpoch - warmup);
      return (learningRate * (1 + Math.cos(Math.PI * done))) / 2;
    }
    case 'plateau':
      return learningRate * Math.max(SMALLEST_SHARE, 0.5 ** plateau.halvings);
  }
}
