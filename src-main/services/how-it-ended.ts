import { Problem, toProblem } from '../contract/problems';
import { isResumable, type RunStatus } from '../contract/runs';
import type { RunRecord } from '../library';
import type { TrainingEnd } from '../training/training-end';
import { ProcessGone } from '../processes/task-client';

/** The status of a run whose training has ended so. */
export const STATUS_OF: Readonly<Record<Exclude<TrainingEnd['reason'], 'cancelled'>, RunStatus>> = {
  completed: 'completed',
  'early-stopping': 'completed',
  stopped: 'stopped',
};

/** @throws Problem 'nothing-to-resume' */
export function requireResumable({ name, status, epochs, settings }: RunRecord, wanted: number): void {
  // A complete one had all its epochs; one that early stopping ended before would end again at once.
  const further = status === 'completed' && epochs === settings.epochs && wanted > epochs;
  if (further || isResumable({ status, epochs, settings: { ...settings, epochs: wanted } })) return;
  throw new Problem('nothing-to-resume', { name, epochs });
}

/** The problem that is shown when a training fails. @param keptEpoch the last that is saved; 0: none */
export function describeFailure(error: unknown, keptEpoch: number): Problem {
  if (!(error instanceof ProcessGone)) return toProblem(error);
  return keptEpoch === 0
    ? new Problem('trainer-died-before', { cause: error.because })
    : new Problem('trainer-died', { cause: error.because, epoch: keptEpoch });
}
