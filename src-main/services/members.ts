import { cpus } from 'node:os';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import { HINDCAST_VERSION } from '../contract/version';
import { summarisePreparation } from '../series';
import { membersIn, type Members } from '../trainer/processes/member-group';
import type { TrainerEvent } from '../trainer/processes/protocol';
import { TrainerPool } from '../trainer/processes/trainer-pool';
import type { TrainerProcess } from '../trainer/processes/trainer-process';
import { requireHonest } from '../training/plan';

export type { Members };

/** The workers of a broker. */
export interface MembersElsewhere extends Members {
  /** Where it is: 'host:port'. */
  readonly place: string;
}

/** What networks are to be trained. */
export interface MembersAsk {
  readonly settings: TrainingSettings;
  readonly series: Series;
  /** Where they are trained when no other place can be reached. */
  readonly here: Members;
}

/** In processes of their own, which are started when they are needed. @param parallel at a time, at most */
export const poolOfMembers = (
  startTrainer: () => TrainerProcess,
  members: number,
  parallel = cpus().length,
): Members => membersIn(new TrainerPool(startTrainer, Math.min(members, parallel)));

/**
 * What is told first of a training that other machines do: those who wait for it need not wait until one has begun.
 * @throws Problem of preparing the series, 'setting-invalid'
 */
export function startedElsewhere(
  { place }: MembersElsewhere,
  { settings, series }: Pick<MembersAsk, 'settings' | 'series'>,
): Extract<TrainerEvent, { kind: 'started' }> {
  requireHonest(settings);
  const { train, validation, test } = summarisePreparation(series, settings);
  return {
    kind: 'started',
    epochs: settings.epochs,
    resumedAfter: 0,
    device: '',
    broker: place,
    versions: { hindcast: HINDCAST_VERSION },
    windows: { train, validation, test },
  };
}
