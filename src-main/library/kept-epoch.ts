import { validates, type TrainingSettings } from '../contract/settings';
import type { Checkpoint } from './checkpoint-file';
import type { SavedProgress } from './saved-progress';

type ChoosingSettings = Pick<TrainingSettings, 'patience' | 'validationShare' | 'validationFrom'>;

/**
 * The epoch whose weights are kept. With early stopping, and when the user stops, it is the one that did best on the
 * validation windows; else the last. Without validation windows it is always the last: the curve is then drawn on the
 * test part, and choosing by that would be cheating.
 */
export function chooseKeptEpoch(
  settings: ChoosingSettings,
  checkpoint: Pick<Checkpoint, 'epoch' | 'bestEpoch'>,
  stopped: boolean,
): number {
  const choosing = validates(settings) && (stopped || settings.patience !== null);
  return choosing ? checkpoint.bestEpoch : checkpoint.epoch;
}

/** What an interrupted training leaves: 0 epochs where no checkpoint was written. */
export function keptAfterInterruption(
  settings: ChoosingSettings,
  saved: SavedProgress | null,
): { readonly epochs: number; readonly keptEpoch: number; readonly seconds: number } {
  if (saved === null) return { epochs: 0, keptEpoch: 0, seconds: 0 };
  const { checkpoint } = saved;
  const { epoch, seconds } = checkpoint;
  return { epochs: epoch, keptEpoch: chooseKeptEpoch(settings, checkpoint, false), seconds };
}
