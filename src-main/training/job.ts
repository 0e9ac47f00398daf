import type { TrainingSettings } from '../contract/settings';
import type { EpochRecord } from '../contract/training';
import { Problem } from '../contract/problems';
import type { TrainingSession } from '../engine';
import type { Checkpoint, SavedProgress } from '../library';
import { randomSource } from '../network';
import type { Split } from '../series';
import { ActiveClock } from './active-clock';
import { BEFORE_PLATEAU, learningRateAt, watchPlateau } from './learning-rate';
import type { TrainingControl } from './training-control';

/** What of a session a training needs. */
export type TrainableSession = Pick<
  TrainingSession,
  'trainSteps' | 'sumLoss' | 'readState' | 'windowsPerRun' | 'windowsPerEvaluation'
>;

export interface TrainingJob {
  readonly settings: Pick<
    TrainingSettings,
    | 'epochs'
    | 'batchSize'
    | 'patience'
    | 'validationShare'
    | 'seed'
    | 'learningRate'
    | 'schedule'
    | 'warmupEpochs'
  >;
  readonly split: Split;
  /** Has the first weights, or those of the checkpoint. */
  readonly session: TrainableSession;
  /** What to go on from; null: from the beginning. */
  readonly from: SavedProgress | null;
  readonly control: TrainingControl;
  /** Called with each finished epoch before the next begins. */
  onEpoch(record: EpochRecord, checkpoint: Checkpoint): void;
  onPhase(phase: 'paused' | 'resumed'): void;
}

export interface TrainingOutcome {
  /** 'cancelled' also where a stop was asked for before the first epoch was done: there is nothing to keep. */
  readonly reason: 'completed' | 'early-stopping' | 'stopped' | 'cancelled';
  readonly last: Checkpoint | null;
  /** Wall time without pauses, with that before a resume. */
  readonly seconds: number;
  /** Mean time of an optimiser step, validation not counted; 0 where none was done. */
  readonly msPerStep: number;
}

/** The thread is given to messages at least this often, so that pause, stop and cancel act at once. */
const YIELD_AFTER_MS = 15;

/**
 * Trains epoch by epoch until the epochs are done, early stopping finds no better validation loss for `patience` epochs,
 * or the user wants otherwise. A training that continues from what was saved does the same as one that was never ended:
 * the order of the windows in an epoch follows from the seed and the epoch's number alone. Losses are means over windows,
 * in scaled units; where there are no validation windows `valLoss` is that of the test part, as in the lesson, and
 * nothing is chosen by it.
 * @throws Problem 'loss-not-finite'
 */
export async function runTraining(job: TrainingJob): Promise<TrainingOutcome> {
  const { settings, split, session, control, from } = job;
  const watched = split.validation.length > 0 ? split.validation : split.test;
  const clock = new ActiveClock();
  const stepsPerEpoch = Math.ceil(split.train.length / settings.batchSize);
  let plateau = (from?.history ?? []).reduce(
    (before, { valLoss }) => watchPlateau(before, valLoss),
    BEFORE_PLATEAU,
  );
  const learningRate = (step: number): number => learningRateAt(settings, step, stepsPerEpoch, plateau);
  const secondsBefore = from?.checkpoint.seconds ?? 0;
  let last = from?.checkpoint ?? null;
  let stepMs = 0;
  let steps = 0;
  let yieldedAt = performance.now();

  /** Lets messages in, waits while paused; whether training continues. */
  const mayGoOn = async (): Promise<boolean> => {
    if (performance.now() - yieldedAt >= YIELD_AFTER_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      yieldedAt = performance.now();
    }
    if (control.paused) {
      clock.stop();
      job.onPhase('paused');
      await control.untilResumed();
      if (control.running) job.onPhase('resumed');
      clock.start();
      yieldedAt = performance.now();
    }
    return control.running;
  };
  const end = (reason: TrainingOutcome['reason']): TrainingOutcome => ({
    reason: reason === 'stopped' && last === null ? 'cancelled' : reason,
    last,
    seconds: secondsBefore + clock.seconds,
    msPerStep: steps === 0 ? 0 : stepMs / steps,
  });
  const endAsAsked = (): TrainingOutcome => end(control.phase === 'cancelling' ? 'cancelled' : 'stopped');

  for (let epoch = (last?.epoch ?? 0) + 1; ; epoch++) {
    if (settings.patience !== null && last !== null && last.epoch - last.bestEpoch >= settings.patience) {
      return end('early-stopping');
    }
    if (epoch > settings.epochs) return end('completed');
    const order = randomSource(settings.seed, `shuffle ${epoch}`).permutation(split.train.length);
    const starts = order.map((position) => split.train[position]!);
    let lossSum = 0;
    for (const part of parts(starts, session.windowsPerRun)) {
      if (!(await mayGoOn())) return endAsAsked();
      const began = performance.now();
      lossSum += session.trainSteps(part, { learningRate });
      stepMs += performance.now() - began;
      steps += Math.ceil(part.length / settings.batchSize);
    }
    let watchedSum = 0;
    for (const part of parts(watched, session.windowsPerEvaluation)) {
      if (!(await mayGoOn())) return endAsAsked();
      watchedSum += session.sumLoss(part);
    }

    const record = { epoch, loss: lossSum / starts.length, valLoss: watchedSum / watched.length };
    if (!Number.isFinite(record.loss) || !Number.isFinite(record.valLoss)) {
      throw new Problem('loss-not-finite', { epoch });
    }
    plateau = watchPlateau(plateau, record.valLoss);
    last = { ...nextCheckpoint(last, record, session), seconds: secondsBefore + clock.seconds };
    job.onEpoch(record, last);
  }
}

function nextCheckpoint(
  before: Checkpoint | null,
  { epoch, valLoss }: EpochRecord,
  session: TrainableSession,
): Omit<Checkpoint, 'seconds'> {
  const state = session.readState();
  const best =
    before === null || valLoss < before.bestLoss
      ? { bestEpoch: epoch, bestLoss: valLoss, bestTheta: state.theta }
      : { bestEpoch: before.bestEpoch, bestLoss: before.bestLoss, bestTheta: before.bestTheta };
  return { ...state, ...best, epoch };
}

function* parts(starts: Int32Array, size: number): Generator<Int32Array> {
  for (let first = 0; first < starts.length; first += size) yield starts.subarray(first, first + size);
}
