import type { StationOutcome } from '../contract/fleet';
import type { Series } from '../contract/series';
import type { NewRun } from '../library';
import type { Members, MembersAsk, Trials, TrialsAsk } from '../services';
import type { Meanwhile } from './meanwhile';
import type { Pace } from './pace';

/** A station to be trained: how, and on what. */
export interface StationWork {
  readonly run: NewRun;
  readonly series: Series;
}

export interface StationHooks {
  readonly signal: AbortSignal;
  /** 0 to 1; null while it cannot be known. */
  readonly onProgress: (fraction: number | null) => void;
  /** Where it can be paused; a broker's workers finish what they have begun. */
  readonly pace?: Pace | undefined;
  /** What goes on while a broker is away; where it is left out the broker is waited for. */
  readonly meanwhile?: Meanwhile | undefined;
  /** Called where it is begun on this machine, since the broker is away. */
  readonly onHere?: (() => void) | undefined;
}

/** Where work runs, stations of fleets, trials of searches and networks of ensembles: in processes of this machine, or with the workers of a broker. */
export interface Workplace {
  /**
   * Trains a station into a folder, where a run that lies there gives way, and verifies it on the held-back part. The same work
   * gives the same numbers in every place, bit for bit on machines of the same kind.
   * @throws Problem of the training, 'cancelled', of the place
   */
  train(work: StationWork, folder: string, hooks: StationHooks): Promise<StationOutcome>;
  /** For the trials of a search; to be closed. */
  trials(asked: TrialsAsk): Trials;
  /** For the networks of a training; to be closed. */
  members(asked: MembersAsk): Members;
}
