import type { Warning, WarningsReport } from '../../contract/events';
import { EventLearner, eventContextOf, keptOf } from '../../model/event-learner';
import type { TaskNews, TrainerFunctions } from '../processes/protocol';
import { assemble } from './result-tasks';

/**
 * How warnings of these events, or of those that the run keeps, would have done on the test part.
 * @throws Problem as `assemble`, 'event-invalid'
 */
async function verifyWarnings(
  folder: string,
  asked: readonly Warning[] | null,
  keep: boolean,
  tell: (news: TaskNews) => void,
): Promise<WarningsReport> {
  const assembled = await assemble(folder);
  const { trained } = assembled;
  const reports = new EventLearner(assembled).verify(asked ?? trained.record.warnings);
  const kept = reports.map(keptOf);
  if (keep) tell({ kind: 'warnings', warnings: kept });
  const { series, record } = trained;
  return { ...eventContextOf(series, record.settings.horizon), kept, reports };
}

export const warningTasks = {
  verifyWarnings: ({ folder, warnings, keep }, tell) => verifyWarnings(folder, warnings, keep, tell),
} satisfies Partial<TrainerFunctions>;
