import type { TrainingOutcome } from './job';

/** How the training of one network ended. */
export interface MemberEnd extends Pick<TrainingOutcome, 'reason' | 'seconds' | 'msPerStep'> {
  readonly epochs: number;
  readonly keptEpoch: number;
}

/** Of a network that another machine has trained. */
export interface TrainedElsewhere {
  /** The worker of a broker. */
  readonly trainedBy?: string;
  /** What it was trained with. */
  readonly versions?: Readonly<Record<string, string>> | undefined;
}

export interface TrainingEnd extends MemberEnd, Pick<TrainedElsewhere, 'versions'> {
  /** Of each network, where there are several; epochs and kept epoch are then the largest of theirs. */
  readonly members?: readonly (Pick<MemberEnd, 'epochs' | 'keptEpoch'> &
    Pick<TrainedElsewhere, 'trainedBy'>)[];
}
