import { join } from 'node:path';
import { z } from 'zod';
import { phrase, type Phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { causeOfIssues } from '../contract/schema-cause';
import type { Series } from '../contract/series';
import { entryAt, makeFolder, writeAtomically } from '../files/atomic';
import { readBounded } from '../files/bounded';
import { checksumOf } from '../files/sealed';
import { readWeights } from './checkpoint-file';
import { furtherTargetFolders } from './further-targets';
import { LINEAR_FILE, readLinearShare } from './linear-file';
import { furtherWeightFolders, memberFolder } from './members';
import { interruptRun } from './recover-run';
import { MEMBER_FILES, readRecord, RUN_MARK } from './run-folder';
import type { RunRecord, RunToTrain } from './run-record';
import { readProgress, type SavedProgress } from './saved-progress';
import { decodeSeries, encodeSeries, SERIES_FILES, writeSeries } from './series-file';
import { SingleRun } from './single-run';

/**
 * Files of a run as one piece of bytes, to travel: `HRA1`, the length of the header (uint32, little-endian), the header as JSON,
 * then the files one after another. No file but those of a run, known by name, is ever written.
 */
const MARK = Buffer.from('HRA1');
const HEADER_AT = MARK.length + 4;
const MOST_HEADER_BYTES = 100_000;
const MOST_FILE_BYTES = 512 * 1024 * 1024;

const headerSchema = z.strictObject({
  files: z
    .array(
      z.strictObject({
        path: z.string().max(100),
        bytes: z.number().int().min(0).max(MOST_FILE_BYTES),
        sha256: z.string().length(64),
      }),
    )
    .max(500),
});

const invalid = (cause: Phrase): Problem => new Problem('job-content', { cause });

/** What training leaves in the folder of a run, but for the readings of its own, which who asked for it has. */
const TRAINED_FILES = [RUN_MARK, LINEAR_FILE, ...MEMBER_FILES];
const WEIGHT_FILES = furtherWeightFolders('').flatMap((within) =>
  MEMBER_FILES.map((file) => `${within}/${file}`),
);
const OWN_FILES = [...TRAINED_FILES, ...WEIGHT_FILES];
const FURTHER_TARGET_PATTERN = /^target-[2-9]\//;

const isOfTrainedRun = (path: string): boolean =>
  OWN_FILES.includes(path) ||
  (FURTHER_TARGET_PATTERN.test(path) &&
    [...OWN_FILES, ...SERIES_FILES].includes(path.replace(FURTHER_TARGET_PATTERN, '')));
const isOfSeries = (path: string): boolean => SERIES_FILES.some((file) => file === path);

/** All that was learned in the folder of a run, trained or in training. @throws Problem of reading */
export async function packTrained(folder: string): Promise<Uint8Array> {
  const further = (await furtherTargetFolders(folder)).map((each) => each.slice(-'target-2'.length));
  const ofFurther = further.flatMap((within) =>
    [...OWN_FILES, ...SERIES_FILES].map((file) => `${within}/${file}`),
  );
  return pack(folder, [...OWN_FILES, ...ofFurther]);
}

/**
 * Lays what another machine has trained into an empty folder, with the readings that it was given.
 * @throws Problem 'job-content' where it is no such archive, or not what that run gives; of reading and writing
 */
export async function unpackTrained(
  archive: Uint8Array,
  folder: string,
  run: RunToTrain,
  series: Series,
): Promise<RunRecord> {
  const record = await unpackOf(archive, folder, run, series);
  if (record.keptEpoch === 0 || record.measured === null) throw invalid(phrase('archive-unfinished'));
  for (let member = 0; member < record.settings.members; member++) {
    const { keptEpoch } = record.members?.[member] ?? record;
    const weights = await readWeights(memberFolder(folder, member), keptEpoch);
    if (weights === null) throw invalid(phrase('archive-unfinished'));
  }
  return record;
}

/**
 * Lays what another machine has left of an unfinished training into an empty folder, with the readings that it was given.
 * @returns the last epoch that is whole there; 0: none
 * @throws Problem 'job-content', 'run-damaged' where it is no such archive, or of another run; of reading and writing
 */
export async function unpackUnfinished(
  archive: Uint8Array,
  folder: string,
  run: RunToTrain,
  series: Series,
): Promise<number> {
  await unpackOf(archive, folder, run, series);
  const store = new SingleRun(folder);
  await store.update(store.id, { status: 'training', measured: null });
  return (await interruptRun(store, store.id)).epochs;
}

const isOfTrial = (path: string): boolean => MEMBER_FILES.some((file) => file === path);

/** How far the trial of a search has come. @throws Problem of reading */
export const packTrial = (folder: string): Promise<Uint8Array> => pack(folder, MEMBER_FILES);

/**
 * Lays what another machine has trained of a trial into its folder.
 * @returns how far it is; null where nothing whole is there
 * @throws Problem 'job-content', 'run-damaged' where it is no such archive; of reading and writing
 */
export async function unpackTrial(archive: Uint8Array, folder: string): Promise<SavedProgress | null> {
  await unpack(archive, folder, isOfTrial);
  return readProgress(folder);
}

const memberFiles = (member: number): readonly string[] => [
  LINEAR_FILE,
  ...MEMBER_FILES.map((file) => join(memberFolder('', member), file)),
];

/** How far one network of a run has come, with what stands beside them all. @throws Problem of reading */
export const packMember = (folder: string, member: number): Promise<Uint8Array> =>
  pack(folder, memberFiles(member));

/**
 * Lays what another machine has trained of a network into the folder of its run.
 * @returns how far it is; null where nothing whole is there
 * @throws Problem 'job-content', 'run-damaged' where it is no such archive; of reading and writing
 */
export async function unpackMember(
  archive: Uint8Array,
  folder: string,
  member: number,
): Promise<SavedProgress | null> {
  await makeFolder(memberFolder(folder, member));
  await unpack(archive, folder, (path) => memberFiles(member).includes(path));
  await readLinearShare(folder, '');
  return readProgress(memberFolder(folder, member));
}

/** Readings as one piece of bytes. */
export function packSeries(series: Series): Uint8Array {
  const { header, numbers } = encodeSeries(series);
  const [headerFile, numbersFile] = SERIES_FILES;
  return archiveOf([
    { path: headerFile, content: header },
    { path: numbersFile, content: numbers },
  ]);
}

/** @throws Problem 'job-content', 'run-damaged' */
export function unpackSeries(archive: Uint8Array): Series {
  const files = filesOf(archive, isOfSeries);
  const [header, numbers] = SERIES_FILES.map((file) => files.find(({ path }) => path === file)?.content);
  if (header === undefined || numbers === undefined) throw invalid(phrase('archive-form'));
  return decodeSeries({ header, numbers });
}

async function unpackOf(
  archive: Uint8Array,
  folder: string,
  run: RunToTrain,
  series: Series,
): Promise<RunRecord> {
  await writeSeries(folder, series);
  await unpack(archive, folder, isOfTrainedRun);
  const record = await readRecord(folder, folder);
  const isSame = (key: 'columns' | 'settings'): boolean =>
    JSON.stringify(record[key]) === JSON.stringify(run[key]);
  if (!isSame('columns') || !isSame('settings')) throw invalid(phrase('archive-other-run'));
  return record;
}

/** Those of the files that are there. */
async function pack(folder: string, paths: readonly string[]): Promise<Uint8Array> {
  const files: { readonly path: string; readonly content: Buffer }[] = [];
  for (const path of paths) {
    const file = join(folder, path);
    if ((await entryAt(file)) === null) continue;
    files.push({ path, content: await readBounded(file, MOST_FILE_BYTES) });
  }
  return archiveOf(files);
}

function archiveOf(files: readonly { readonly path: string; readonly content: Uint8Array }[]): Uint8Array {
  const header = Buffer.from(
    JSON.stringify({
      files: files.map(({ path, content }) => ({ path, bytes: content.length, sha256: checksumOf(content) })),
    } satisfies z.infer<typeof headerSchema>),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([MARK, length, header, ...files.map(({ content }) => content)]);
}

async function unpack(
  archive: Uint8Array,
  folder: string,
  isKnown: (path: string) => boolean,
): Promise<void> {
  for (const { path, content } of filesOf(archive, isKnown))
    await writeAtomically(join(folder, path), content);
}

/** All of them whole, and such as are known. @throws Problem 'job-content' */
function filesOf(archive: Uint8Array, isKnown: (path: string) => boolean): ReturnType<typeof readHeader> {
  const files = readHeader(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength));
  const strange = files.find(({ path }) => !isKnown(path));
  if (strange !== undefined) throw invalid(phrase('archive-file', { file: strange.path }));
  if (files.some(({ content, sha256 }) => checksumOf(content) !== sha256))
    throw invalid(phrase('seal-broken'));
  return files;
}

function readHeader(
  bytes: Buffer,
): readonly { readonly path: string; readonly content: Buffer; readonly sha256: string }[] {
  const length = bytes.length < HEADER_AT ? 0 : bytes.readUInt32LE(MARK.length);
  const isOurs = bytes.subarray(0, MARK.length).equals(MARK) && length <= MOST_HEADER_BYTES;
  let header: unknown;
  try {
    if (!isOurs) throw new Error('another mark');
    header = JSON.parse(bytes.toString('utf8', HEADER_AT, HEADER_AT + length));
  } catch {
    throw invalid(phrase('archive-form'));
  }
  const parsed = headerSchema.safeParse(header);
  if (!parsed.success) throw invalid(causeOfIssues(parsed.error.issues));
  let at = HEADER_AT + length;
  const files = parsed.data.files.map(({ path, bytes: size, sha256 }) => {
    const content = bytes.subarray(at, at + size);
    at += size;
    return { path, content, sha256 };
  });
  const isUnlike = new Set(files.map(({ path }) => path)).size === files.length;
  if (at !== bytes.length || !isUnlike) throw invalid(phrase('archive-form'));
  return files;
}
