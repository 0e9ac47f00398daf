import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import type { Verification } from '../contract/results';
import type { Series } from '../contract/series';
import type { TrainingEvent } from '../contract/training';
import { SingleRun, type NewRun } from '../library';
import { TrainingService, type TrainingServiceParts } from './training-service';

/** The request for a training whose run is not kept. */
export interface Aside extends Pick<TrainingServiceParts, 'startTrainer' | 'device'> {
  onEvent?(event: TrainingEvent): void;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/**
 * Trains a run in a folder of its own, asks how it does on the test part, and keeps nothing.
 * @throws Problem of the training, 'cancelled'
 */
export async function trainAside(
  run: NewRun,
  series: Series,
  { onEvent = () => undefined, signal, ...parts }: Aside,
): Promise<{ readonly verification: Verification; readonly seconds: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-aside-'));
  let failure: Problem | null = null;
  const service = new TrainingService({
    ...parts,
    library: new SingleRun(folder),
    emit(event) {
      if (event.kind === 'failed') failure = Problem.from(event.problem);
      onEvent(event);
    },
  });
  const cancel = (): void => void service.close();
  signal?.addEventListener('abort', cancel);
  try {
    if (signal?.aborted === true) throw new Problem('cancelled');
    const { runId } = await service.start(run, series);
    const end = await service.ended(runId);
    if (failure !== null) throw failure as Problem;
    const verification = await service.questions.ask('verifyRun', { runId });
    return { verification, seconds: end?.seconds ?? NaN };
  } catch (error) {
    if (signal?.aborted === true) throw new Problem('cancelled');
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}
