import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import type { Series } from '../contract/series';
import { sweepTemporaries, writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';
import { sealed, sealJson } from '../files/sealed';
import type { Composite } from '../network';
import { CheckpointWriter } from './checkpoint-file';
import { LINEAR_FILE, writeLinearShare } from './linear-file';
import { memberFolder, rehearsalFolder } from './members';
import { newRecord, runRecordSchema, type NewRun, type RunRecord, type RunWeights } from './run-record';
import type { RunStore } from './run-store';
import { readSavedRun, type SavedRun } from './saved-run';
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
 * @throws Problem 'cannot-write'
 */
export async function writeNewRun(
  folder: string,
  run: NewRun,
  series: Series,
  { trained, rehearsal }: RunWeights,
): Promise<void> {
  const record = newRecord(run);
  await writeSeries(folder, series);
  if (trained !== undefined) await writeComposite(folder, record.keptEpoch, trained);
  if (record.rehearsal !== undefined && rehearsal !== undefined) {
    await mkdir(rehearsalFolder(folder), { recursive: true });
    await writeWeights(rehearsalFolder(folder), record.rehearsal.keptEpoch, rehearsal);
  }
  await writeRecord(folder, record);
}

/** @throws Problem 'cannot-write' */
export function writeRecord(folder: string, record: RunRecord): Promise<void> {
  return writeAtomically(recordPath(folder), sealJson(record, 2));
}

/** @throws Problem 'run-missing', 'run-damaged' or 'file-unreadable' */
export async function readRecord(folder: string, id: string): Promise<RunRecord> {
  try {
    return await readJson(
      recordPath(folder),
      sealed(runRecordSchema),
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
    await writeWeights(memberFolder(folder, member), epoch, theta);
  }
  if (composite.linear !== null || composite.lstmShare !== 1) await writeLinearShare(folder, composite);
}

/**
 * A run that a crash, a power cut or a closed app left in training becomes an interrupted one, with what was saved of it.
 * To be called only where nothing trains it.
 * @throws Problem 'run-missing', 'run-damaged', and of reading
 */
export async function recoverRun(store: RunStore, id: string): Promise<void> {
  if ((await store.record(id)).status !== 'training') return;
  const folder = store.folderOf(id);
  await sweepTemporaries(folder);
  await interruptRun(store, id);
}

/**
 * Says of a run what its training left on the disk. Where the disk refuses to take that down, the store holds it.
 * @throws Problem 'run-missing', 'run-damaged', and of reading
 */
export async function interruptRun(store: RunStore, id: string): Promise<SavedRun> {
  const { settings } = await store.record(id);
  const saved = await readSavedRun(store.folderOf(id), settings);
  const changes = { status: 'interrupted', ...saved } as const;
  await store.update(id, changes).catch(() => store.hold(id, changes));
  return saved;
}

/** Weights alone, of a training whose way there is not known. */
async function writeWeights(folder: string, epoch: number, theta: Float32Array): Promise<void> {
  const writer = await CheckpointWriter.open(folder, null);
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
      seconds: 0,
    });
  } finally {
    writer.close();
  }
}
