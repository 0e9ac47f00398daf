import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatWithUnit } from '../contract/format';
import { Problem, type ProblemData } from '../contract/problems';
import type { TrainingSettings } from '../contract/settings';
import type { ModelsCompared } from '../contract/watch';
import { whileLocked } from '../files/lock';
import { putModelInPlace, readNewerSeries, readRecord, readSeries, SingleRun } from '../library';
import { formatInstant } from '../series';
import { TrainingService, type RunQuestions, type TrainingServiceParts } from '../services';

/** A comparison of fewer forecasts says too little. */
const LEAST_WINDOWS = 20;
/** Forecasts of one run wait for each other, and for a change of its model. */
const LOCK_WAIT_MS = 300_000;

/** What a training of a watched run needs of the program around it. */
export interface RetrainingParts {
  /** Of the run. */
  readonly folder: string;
  readonly questions: Pick<RunQuestions, 'run'>;
  readonly startTrainer: TrainingServiceParts['startTrainer'];
  readonly device?: TrainingServiceParts['device'];
}

/** A model trained on all readings, beside the one that forecasts. */
export interface Candidate {
  readonly rows: number;
  readonly compared: ModelsCompared;
  /** Where it lies until it is taken or left. */
  readonly folder: string;
}

/**
 * The settings for a longer record: parts that begin at a date begin at the same share of it as before, or the new model would
 * learn from no newer reading than the old.
 * @param before, after the times of the rows, ascending
 */
export function settingsFor(
  settings: TrainingSettings,
  before: Float64Array,
  after: Float64Array,
): TrainingSettings {
  const moved = (moment: number | null): number | null => {
    if (moment === null) return null;
    const share = before.findIndex((time) => time >= moment) / before.length;
    return after[Math.min(after.length - 1, Math.round(share * after.length))] ?? moment;
  };
  return {
    ...settings,
    testFrom: moved(settings.testFrom),
    validationFrom: moved(settings.validationFrom),
  };
}

/**
 * Trains a new model with the run's settings on all readings that are known, in a folder of its own, and compares it with the
 * one in use. The run goes on as it is meanwhile.
 * @throws Problem 'nothing-newer', 'cancelled', of the training
 */
export async function trainCandidate(parts: RetrainingParts, signal: AbortSignal): Promise<Candidate> {
  const { folder, questions, startTrainer, device } = parts;
  const { name, sourceFile, columns, settings, rehearsal, warnings, ...axis } = await readRecord(
    folder,
    folder,
  );
  const trainedOn = await readSeries(folder, name);
  const newest = await readNewerSeries(folder, name);
  if (newest === null || newest.time.length <= trainedOn.time.length) {
    throw new Problem('nothing-newer', { newest: formatInstant(trainedOn.time.at(-1) ?? 0) });
  }
  const { stepSeconds, gapLimit, derived, sun } = axis;
  const aside = await mkdtemp(join(tmpdir(), 'hindcast-retraining-'));
  let failure: Problem | null = null;
  const store = new SingleRun(aside);
  const service = new TrainingService({
    library: store,
    startTrainer,
    device,
    emit(event) {
      if (event.kind === 'failed') failure = Problem.from(event.problem);
    },
  });
  const cancel = (): void => void service.close();
  signal.addEventListener('abort', cancel);
  try {
    if (signal.aborted) throw new Problem('cancelled');
    // With a validation part, which a search leaves out at the very end: intervals are learned from it.
    const run = {
      name,
      sourceFile,
      columns,
      settings: settingsFor(rehearsal?.settings ?? settings, trainedOn.time, newest.time),
      stepSeconds,
      gapLimit,
      derived,
      sun,
    };
    const { runId } = await service.start(run, newest);
    await service.ended(runId);
    if (failure !== null) throw failure as Problem;
    await service.questions.ask('verifyRun', { runId });
    await store.update(runId, { warnings: warnings.map((warning) => ({ ...warning, learned: null })) });
    const compared = await questions.run('compareModels', { folder, candidate: aside });
    return { rows: newest.time.length, compared, folder: aside };
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw signal.aborted ? new Problem('cancelled') : error;
  } finally {
    signal.removeEventListener('abort', cancel);
    await service.close();
  }
}

/**
 * Whether the new model is taken: no worse than the one in use, by its RMSE, on at least 20 windows of forecasts that
 * neither has learned from.
 */
export const isTaken = ({ windows, before, after }: ModelsCompared): boolean =>
  windows >= LEAST_WINDOWS && after <= before;

/** Takes the new model where it is no worse, and removes what is not needed any more. @returns what is to be told. @throws Problem 'cannot-write', 'folder-busy' */
export async function settleCandidate(run: string, candidate: Candidate, now: number): Promise<ProblemData> {
  const { folder, compared, rows } = candidate;
  const { windows, before, after, unit } = compared;
  try {
    if (windows < LEAST_WINDOWS) {
      return { code: 'watch-retrained-few', params: { count: windows, least: LEAST_WINDOWS } };
    }
    const params = {
      rows,
      count: windows,
      before: formatWithUnit(before, unit),
      after: formatWithUnit(after, unit),
    };
    if (!isTaken(compared)) return { code: 'watch-retrained-worse', params };
    await whileLocked(run, 'forecast', LOCK_WAIT_MS, () => putModelInPlace(run, folder, now));
    return { code: 'watch-retrained', params };
  } finally {
    await removeCandidate(candidate);
  }
}

export const removeCandidate = ({ folder }: Candidate): Promise<void> =>
  rm(folder, { recursive: true, force: true });
