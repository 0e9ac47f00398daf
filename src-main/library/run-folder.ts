import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import type { Series } from '../contract/series';
import { writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';
import type { Composite } from '../network';
import { CheckpointWriter } from './checkpoint-file';
import { LINEAR_FILE, writeLinearShare } from './linear-file';
import { memberFolder } from './members';
import { newRecord, runRecordSchema, type NewRun, type RunRecord } from './run-record';
import { writeSeries } from './series-file';

/** The files that each network of a run has, in its `memberFolder`. */
export const MEMBER_FILES = ['history.jsonl', 'checkpoint.bin'] as const;
/** The files of a run, whichever folder it lies in. */
export const RUN_FILES = [
  'run.json',
  'series.json',
  'series.bin',
  LINEAR_FILE,
  'forecasts.json',
  ...MEMBER_FILES,
] as const;

const recordPath = (folder: string): string => join(folder, 'run.json');

/**
 * Lays a run's first files; `run.json` comes last, so a folder that has it is whole.
 * @param trained what a model trained elsewhere consists of
 * @throws Problem 'cannot-write'
 */
export async function writeNewRun(
  folder: string,
  run: NewRun,
  series: Series,
  trained?: Composite,
): Promise<void> {
  const record = newRecord(run);
  await writeSeries(folder, series);
  if (trained !== undefined) await writeComposite(folder, record.keptEpoch, trained);
  await writeRecord(folder, record);
}

/** @throws Problem 'cannot-write' */
export function writeRecord(folder: string, record: RunRecord): Promise<void> {
  return writeAtomically(recordPath(folder), JSON.stringify(record, null, 2));
}

/** @throws Problem 'run-missing', 'run-damaged' or 'file-unreadable' */
export async function readRecord(folder: string, id: string): Promise<RunRecord> {
  try {
    return await readJson(
      recordPath(folder),
      runRecordSchema,
      16 * 1024 * 1024,
      (cause) => new Problem('run-damaged', { name: id, cause: `run.json: ${cause}` }),
    );
  } catch (error) {
    if (error instanceof Problem && error.code === 'file-missing') throw new Problem('run-missing');
    throw error;
  }
}

async function writeComposite(folder: string, epoch: number, composite: Composite): Promise<void> {
  for (const [member, theta] of composite.members.entries()) {
    await mkdir(memberFolder(folder, member), { recursive: true });
    writeWeights(memberFolder(folder, member), epoch, theta);
  }
  if (composite.linear !== null || composite.lstmShare !== 1) await writeLinearShare(folder, composite);
}

/** Weights alone, of a training whose way there is not known. */
function writeWeights(folder: string, epoch: number, theta: Float32Array): void {
  const writer = new CheckpointWriter(folder);
  try {
    const still = new Float32Array(theta.length);
    writer.write({
      epoch,
      step: 0,
      theta,
      firstMoment: still,
      secondMoment: still,
      bestEpoch: epoch,
      bestLoss: NaN,
      bestTheta: theta,
    });
  } finally {
    writer.close();
  }
}
