import type { TrainingSettings } from '../contract/settings';
import { meanHistory, type EpochRecord } from '../contract/training';
import { readHistory } from './history-file';
import { keptAfterInterruption } from './kept-epoch';
import { memberFolder } from './members';
import type { RunRecord } from './run-record';
import { readProgress } from './saved-progress';

/** What an interrupted training leaves, of all its networks. */
export type SavedRun = Pick<RunRecord, 'epochs' | 'keptEpoch' | 'seconds' | 'members'>;

/** @throws Problem of reading */
export async function readSavedRun(
  folder: string,
  settings: Pick<TrainingSettings, 'patience' | 'validationShare' | 'validationFrom' | 'members'>,
): Promise<SavedRun> {
  const members: ReturnType<typeof keptAfterInterruption>[] = [];
  for (let member = 0; member < settings.members; member++) {
    members.push(keptAfterInterruption(settings, await readProgress(memberFolder(folder, member))));
  }
  const most = (key: 'epochs' | 'keptEpoch' | 'seconds'): number =>
    Math.max(...members.map((each) => each[key]));
  return {
    epochs: most('epochs'),
    keptEpoch: most('keptEpoch'),
    seconds: most('seconds'),
    ...(members.length === 1
      ? {}
      : { members: members.map(({ epochs, keptEpoch }) => ({ epochs, keptEpoch })) }),
  };
}

/** The finished epochs that a run knows of. @throws Problem of reading */
export async function readHistories(
  folder: string,
  { epochs, members }: Pick<RunRecord, 'epochs' | 'members'>,
): Promise<{
  readonly history: readonly EpochRecord[];
  readonly memberHistories: readonly (readonly EpochRecord[])[];
}> {
  if (members === undefined) return { history: await readHistory(folder, epochs), memberHistories: [] };
  const memberHistories: EpochRecord[][] = [];
  for (const [member, known] of members.entries()) {
    memberHistories.push(await readHistory(memberFolder(folder, member), known.epochs));
  }
  return { history: meanHistory(memberHistories), memberHistories };
}
