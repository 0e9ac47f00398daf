import type { Series } from '../contract/series';
import type { TrainingAction } from '../contract/training';
import type { TrialAsk, TrialScore } from '../trainer/processes/protocol';
import { TrainerPool } from '../trainer/processes/trainer-pool';
import type { TrainerProcess } from '../trainer/processes/trainer-process';

export type { TrialAsk, TrialScore };

/** Where the trials of one search are trained. */
export interface Trials {
  /** The broker whose workers do it: 'host:port'; null: this machine does. */
  readonly broker: string | null;
  /** So many at a time keep it busy. */
  readonly parallel: number;
  /**
   * Trains a trial on until it has so many epochs; what it has then lies in its folder.
   * @param onEpochs called now and then with the epochs that it has
   * @throws Problem of the training; ProcessGone where what trained it ended, NotBegun where nothing more is begun
   */
  train(trial: TrialAsk, onEpochs: (epochs: number) => void): Promise<TrialScore>;
  /** After 'stop' and 'cancel' nothing more is begun. */
  control(action: TrainingAction): void;
  close(): void;
}

/** What trials are to be trained. */
export interface TrialsAsk {
  readonly series: Series;
  /** Where they are trained when no other place can be reached. */
  readonly here: Trials;
}

/** In processes of this machine. */
export function trialsIn(pool: TrainerPool, parallel: number): Trials {
  return {
    broker: null,
    parallel,
    train: (trial, onEpochs) =>
      pool.run('trial', trial, (event) => {
        if (event.kind === 'trial') onEpochs(event.epochs);
      }),
    control: (action) => pool.control(action),
    close: () => pool.close(),
  };
}

/** In processes of their own, as many as `parallel`, which are started when they are needed. */
export const poolOfTrials = (startTrainer: () => TrainerProcess, parallel: number): Trials =>
  trialsIn(new TrainerPool(startTrainer, parallel), parallel);
