import { mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { z } from 'zod';
import { Problem } from '../contract/problems';
import {
  cannotWrite,
  entryAt,
  flushFolder,
  isMissing,
  isTemporary,
  makeFolder,
  sweepTemporaries,
  writeAtomically,
} from './atomic';
import { sweepLocks, whileChanging, whileLocked } from './lock';

/**
 * Replacing what a folder holds, as a whole. The new content is built in a folder within, so that it is on the same
 * disk, needs no right to write beside it, and meets no limit that the content itself would not meet. When it is whole
 * and flushed, one rename makes it ready; from then on it is moved into place, and after a kill the next process that opens
 * the folder moves the rest. What the folder holds besides stays, as do the folder itself, its mode and its links.
 */
const BUILDING_NAME = '.hindcast-new';
const READY_NAME = '.hindcast-ready';
/** Within both: the new content, and the plan. The plan is also the mark by which they are known as ours. */
const CONTENT_NAME = 'content';
const PLAN_NAME = 'plan.json';

/** Leads to something within the folder, even where the plan was forged. */
const pathWithin = z.string().refine(leadsInside);
const planSchema = z.strictObject({
  format: z.literal('hindcast-replacement'),
  /** Files of the old content that the new one does not replace, paths within the folder with '/'; marks first. */
  removes: z.array(pathWithin),
  /** Of the new content, what says that it is there. */
  marks: z.array(pathWithin),
});
type Plan = z.infer<typeof planSchema>;

export interface Replacement {
  /** Writes the new content into an empty folder. Where it throws the old content stays as it was. */
  readonly build: (folder: string) => Promise<void>;
  /**
   * The files of the old content, which go: paths within the folder. Only files that Hindcast made, known by name and by
   * a mark. Whatever else has the name of a new file is never replaced.
   */
  readonly owned: (folder: string) => Promise<readonly string[]> | readonly string[];
  /** The files without which the content does not count as whole: removed first, written last. */
  readonly marks: readonly string[];
}

/**
 * Replaces the content of a folder, which is made where there is none. Whatever fails, the old content stays, and a
 * folder that was made for it goes.
 * @throws Problem 'cannot-write', 'not-ours', 'folder-busy', and what `build` throws
 */
export async function replaceFolder(folder: string, replacement: Replacement): Promise<void> {
  const made = await makeFolder(folder);
  try {
    await whileLocked(folder, 'replace', 0, () => buildAndPut(folder, replacement));
  } catch (error) {
    await unmakeFolder(folder, made);
    throw error;
  }
}

/**
 * Finishes what a killed process had begun to put in place. To be called before the content of a folder is read; costs a
 * look where there is nothing to do. @throws Problem 'cannot-write', 'folder-busy'
 */
export async function recoverFolder(folder: string): Promise<void> {
  // What is no folder, or cannot be listed, is reported by what reads it.
  if ((await entryAt(join(folder, READY_NAME)).catch(() => null)) === null) return;
  try {
    await whileChanging(folder, () => putInPlace(folder));
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/**
 * Finishes what was ready, and removes what killed processes left: what was being built, files that were being written,
 * locks. What other processes are at work on stays. To be called at a start. @throws Problem 'cannot-write'
 */
export async function sweepFolder(folder: string): Promise<void> {
  await recoverFolder(folder);
  await sweepTemporaries(folder);
  if ((await entryAt(join(folder, BUILDING_NAME)).catch(() => null)) !== null) {
    try {
      await whileLocked(folder, 'replace', 0, () => removeOwn(join(folder, BUILDING_NAME)));
    } catch (error) {
      const isTheirs =
        error instanceof Problem && (error.code === 'folder-busy' || error.code === 'not-ours');
      if (!isTheirs) throw cannotWrite(folder, error);
    }
  }
  await sweepLocks(folder);
}

async function buildAndPut(folder: string, { build, owned, marks }: Replacement): Promise<void> {
  const building = join(folder, BUILDING_NAME);
  const content = join(building, CONTENT_NAME);
  try {
    await recoverFolder(folder);
    await sweepTemporaries(folder);
    await removeOwn(building);
    await mkdir(building);
    await writePlan(building, { removes: [], marks: [] });
    await mkdir(content);
    await build(content);
    await whileChanging(folder, async () => {
      const old = (await owned(folder)).map(portable);
      const coming = await requireOurs(folder, content, old);
      const isMark = (path: string): boolean => marks.includes(path);
      const removes = old.filter((path) => !coming.includes(path));
      removes.sort((a, b) => Number(isMark(b)) - Number(isMark(a)));
      await writePlan(building, { removes, marks: marks.filter((path) => coming.includes(path)) });
      await flushTree(building);
      await rename(building, join(folder, READY_NAME));
      await flushFolder(folder);
      await putInPlace(folder);
    });
  } catch (error) {
    // Where it was made ready already it stays: the next process that opens the folder continues.
    await removeOwn(building).catch(() => undefined);
    throw cannotWrite(folder, error);
  }
}

/** May be ended anywhere and begun again: what is still in the ready folder is not in place yet. */
async function putInPlace(folder: string): Promise<void> {
  const ready = join(folder, READY_NAME);
  const plan = await readPlan(ready);
  if (plan === null) {
    // Empty it is what a kill left of ours at the very end; else it is the user's.
    await rmdir(ready).catch(() => undefined);
    return;
  }
  const content = join(ready, CONTENT_NAME);
  for (const mark of plan.marks) {
    if ((await entryAt(join(content, mark))) !== null) await removeFile(folder, mark);
  }
  for (const path of plan.removes) await removeFile(folder, path);
  // Its folder goes when all that was in it is in place.
  const isInPlace = (await entryAt(content)) === null;
  for (const path of isInPlace ? [] : await filesIn(content)) {
    if (!plan.marks.includes(path)) await moveFile(content, folder, path);
  }
  for (const mark of plan.marks) await moveFile(content, folder, mark);
  await flushFolder(folder);
  await tidyUp(ready);
}

/** Never fails, for all is in place: what the disk does not let go of goes when the folder is opened next. */
async function tidyUp(ready: string): Promise<void> {
  try {
    await rm(join(ready, CONTENT_NAME), { recursive: true, force: true });
    // The plan last: while it is there, what is left is known as ours.
    await rm(ready, { recursive: true, force: true });
  } catch {
    // As said.
  }
}

/** @returns the files of the new content. @throws Problem 'not-ours' where one would replace what Hindcast did not make */
async function requireOurs(folder: string, content: string, owned: readonly string[]): Promise<string[]> {
  const coming = await filesIn(content);
  for (const path of coming) {
    const parts = path.split('/');
    for (let depth = 1; depth <= parts.length; depth++) {
      const part = parts.slice(0, depth).join('/');
      const entry = await entryAt(join(folder, part));
      if (entry === null) break;
      const fits = depth < parts.length ? entry.isDirectory() : entry.isFile() && owned.includes(path);
      if (!fits) throw new Problem('not-ours', { file: join(folder, part) });
    }
  }
  return coming;
}

/** The files in a folder and those below, paths with '/'. Links are not followed. */
async function filesIn(folder: string, within = ''): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(join(folder, within), { withFileTypes: true })) {
    const path = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.isDirectory()) files.push(...(await filesIn(folder, path)));
    else files.push(path);
  }
  return files;
}

async function moveFile(from: string, to: string, path: string): Promise<void> {
  await makeFolder(dirname(join(to, path)));
  try {
    await rename(join(from, path), join(to, path));
  } catch (error) {
    // Moved before a kill.
    if (!isMissing(error)) throw error;
  }
  if (path.includes('/')) await flushFolder(dirname(join(to, path)));
}

/** Removes a file, and the folders around it that this leaves empty. */
async function removeFile(folder: string, path: string): Promise<void> {
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const entry = await entryAt(join(folder, ...parts.slice(0, depth)));
    if (entry?.isDirectory() !== true) return;
  }
  if ((await entryAt(join(folder, path)))?.isFile() === true) await rm(join(folder, path), { force: true });
  for (let depth = parts.length - 1; depth > 0; depth--) {
    await rmdir(join(folder, ...parts.slice(0, depth))).catch(() => undefined);
  }
}

async function flushTree(folder: string): Promise<void> {
  for (const path of await filesIn(folder)) {
    const file = await open(join(folder, path), 'r+');
    await file.sync().finally(() => file.close());
  }
  const folders = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  for (const { name } of folders) await flushTree(join(folder, name));
  await flushFolder(folder);
}

function writePlan(building: string, plan: Omit<Plan, 'format'>): Promise<void> {
  const value = { format: 'hindcast-replacement', ...plan } satisfies Plan;
  return writeAtomically(join(building, PLAN_NAME), JSON.stringify(value));
}

/** null where there is none, or where the folder is none of ours. */
async function readPlan(folder: string): Promise<Plan | null> {
  try {
    return planSchema.parse(JSON.parse(await readFile(join(folder, PLAN_NAME), 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError || isMissing(error)) return null;
    throw error;
  }
}

/** Removes a folder that was being built. @throws Problem 'not-ours' where somebody else made it */
async function removeOwn(building: string): Promise<void> {
  const entry = await entryAt(building);
  if (entry === null) return;
  const hasOnlyPlan = async (): Promise<boolean> =>
    (await readdir(building)).every((name) => name === PLAN_NAME || isTemporary(name));
  const isOurs = entry.isDirectory() && ((await readPlan(building)) !== null || (await hasOnlyPlan()));
  if (!isOurs) throw new Problem('not-ours', { file: building });
  await rm(building, { recursive: true, force: true });
}

/** Takes back what `makeFolder` made, as far as nothing lies in it. */
async function unmakeFolder(folder: string, made: string | undefined): Promise<void> {
  if (made === undefined) return;
  for (let each = folder; each.length >= made.length; each = dirname(each)) {
    const isGone = await rmdir(each).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}

const portable = (path: string): string => path.split(sep).join('/');

/** A path that leads to something within the folder. */
function leadsInside(path: string): boolean {
  return path
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\\0:]/.test(part));
}
