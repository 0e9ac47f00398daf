import { join } from 'node:path';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { Series } from '../contract/series';
import { entryAt, makeFolder, writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';
import { whileChanging } from '../files/lock';
import { recoverFolder } from '../files/replace-folder';
import { sealed, sealJson } from '../files/sealed';
import type { Composite } from '../network';
import { CheckpointWriter } from './checkpoint-file';
import { LINEAR_FILE, writeLinearShare } from './linear-file';
import { memberFolder, rehearsalFolder } from './members';
import { newRecord, runRecordSchema, type NewRun, type RunRecord, type RunWeights } from './run-record';
import { writeSeries } from './series-file';
import { WATCH_FILE, WATCH_STATE_FILE } from './watch-file';

/** The files that each network of a run has, in its `memberFolder`. */
export const MEMBER_FILES = ['history.jsonl', 'checkpoint.bin'] as const;
/** The file by which a run is known to be there, and to be whole. */
export const RUN_MARK = 'run.json';
/** Where the model before the one that forecasts is kept, after a training on newer readings. */
export const EARLIER_FOLDER = 'earlier';
/** The files of a run, whichever folder it lies in. */
export const RUN_FILES = [
  RUN_MARK,
  'series.json',
  'series.bin',
  LINEAR_FILE,
  'forecasts.json',
  WATCH_FILE,
  WATCH_STATE_FILE,
  ...MEMBER_FILES,
] as const;

const recordPath = (folder: string): string => join(folder, RUN_MARK);

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
    await makeFolder(rehearsalFolder(folder));
    await writeWeights(rehearsalFolder(folder), record.rehearsal.keptEpoch, rehearsal);
  }
  await writeRecord(folder, record);
}

/** @throws Problem 'cannot-write' */
function writeRecord(folder: string, record: RunRecord): Promise<void> {
  return writeAtomically(recordPath(folder), sealJson(record, 2));
}

/**
 * Reads a record, changes it and writes it back. Two callers that do so at once, in this process or in others, wait for each other:
 * neither loses what the other changed.
 * @throws Problem as `readRecord`, 'cannot-write', 'folder-busy'
 */
export async function changeRecord(
  folder: string,
  id: string,
  change: (before: RunRecord) => RunRecord,
): Promise<RunRecord> {
  await recoverFolder(folder);
  if ((await entryAt(folder).catch(() => null)) === null) throw new Problem('run-missing');
  return whileChanging(folder, async () => {
    const record = change(await readWhole(folder, id));
    await writeRecord(folder, record);
    return record;
  });
}

/** @throws Problem 'run-missing', 'run-damaged' or 'file-unreadable'; of a run that a kill left half in place, 'cannot-write' */
export async function readRecord(folder: string, id: string): Promise<RunRecord> {
  await recoverFolder(folder);
  return readWhole(folder, id);
}

async function readWhole(folder: string, id: string): Promise<RunRecord> {
  try {
    return await readJson(
      recordPath(folder),
      sealed(runRecordSchema),
      16 * 1024 * 1024,
      (cause) =>
        new Problem('run-damaged', { name: id, cause: phrase('in-file', { file: 'run.json', what: cause }) }),
    );
  } catch (error) {
    if (error instanceof Problem && error.code === 'file-missing') throw new Problem('run-missing');
    throw error;
  }
}

async function writeComposite(folder: string, epoch: number, composite: Composite): Promise<void> {
  for (const [member, theta] of composite.members.entries()) {
    await makeFolder(memberFolder(folder, member));
    await writeWeights(memberFolder(folder, member), epoch, theta);
  }
  if (composite.linear !== null || composite.lstmShare !== 1) await writeLinearShare(folder, composite);
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
