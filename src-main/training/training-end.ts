import type { TrainingOutcome } from './job';

/** How the training of one network ended. */
export interface MemberEnd extends Pick<TrainingOutcome, 'reason' | 'seconds' | 'msPerStep'> {
  readonly epochs: number;
  readonly keptEpoch: number;
}

export interface TrainingEnd extends MemberEnd {
  /** Of each network, where there are several; epochs and kept epoch are then the largest of theirs. */
  readonly members?: readonly Pick<MemberEnd, 'epochs' | 'keptEpoch'>[];
}
