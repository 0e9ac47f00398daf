import { join } from 'node:path';
import { Problem } from '../contract/problems';
import { readRecord, SingleRun, type RunRecord } from '../library';
import type { TrainingService } from '../services';
import type { CommandContext } from './command';
import { serviceOn } from './training-run';

/**
 * The record of the run in a folder that somebody named.
 * @throws Problem 'file-missing' where none lies there, and as `readRecord`
 */
export async function requireRun(folder: string): Promise<RunRecord> {
  return readRecord(folder, folder).catch((error: unknown) => {
    const isMissing = error instanceof Problem && error.code === 'run-missing';
    throw isMissing ? new Problem('file-missing', { file: join(folder, 'run.json') }) : error;
  });
}

/**
 * Asks something of the run in a folder; Control-C cancels a long calculation.
 * @throws Problem 'file-missing' where no run lies there, and what is thrown within
 */
export async function withRun<T>(
  context: CommandContext,
  folder: string,
  use: (service: TrainingService, runId: string) => Promise<T>,
): Promise<T> {
  const store = new SingleRun(folder);
  await requireRun(folder);
  const service = serviceOn(context, store);
  const cancel = (): void => service.questions.cancelLong();
  context.signal.addEventListener('abort', cancel);
  try {
    return await use(service, store.id);
  } finally {
    context.signal.removeEventListener('abort', cancel);
    await service.close();
  }
}
