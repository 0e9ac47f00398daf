import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import type { DeletedRun } from '../contract/runs';
import { cannotWrite, flushFolder, isMissing } from '../files/atomic';
import { readRecord } from './run-folder';

/**
 * Deleted runs wait in the folder of runs, under a name that says when they were deleted. They are not given to the
 * system's trash: not every system has one, and none would bring a run back under its own name.
 */
const PREFIX = '.deleted-run-';
const PATTERN = /^\.deleted-run-([0-9a-z]{1,12})-([A-Za-z0-9-]{1,64})$/;

/** As long as many a system keeps what is in its trash. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

interface Found {
  readonly folder: string;
  readonly id: string;
  readonly deletedAt: number;
}

/** Puts the folder of a run aside; nothing happens when it is not there. @throws Problem 'cannot-write' */
export async function putAside(runs: string, id: string, now = Date.now()): Promise<void> {
  await move(runs, id, `${PREFIX}${now.toString(36)}-${id}`);
}

/** Brings a deleted run back. @throws Problem 'run-missing', 'cannot-write' */
export async function bringBack(runs: string, id: string): Promise<void> {
  const found = await newest(runs, id);
  if (found === undefined) throw new Problem('run-missing');
  await move(runs, found.folder, id);
}

/** Removes a deleted run finally; nothing happens when it is not there. @throws Problem 'cannot-write' */
export async function removeForGood(runs: string, id: string): Promise<void> {
  for (const { folder } of (await find(runs)).filter((each) => each.id === id)) await remove(runs, folder);
}

/** Removes what has waited long enough. Never throws: there is another start. */
export async function removeExpired(runs: string, now = Date.now()): Promise<void> {
  for (const { folder, deletedAt } of await find(runs)) {
    if (now - deletedAt > KEPT_MS) await remove(runs, folder).catch(() => undefined);
  }
}

/** The one deleted last first. A run whose record cannot be read goes by its id. */
export async function listDeleted(runs: string): Promise<readonly DeletedRun[]> {
  const listed = (await find(runs)).map(async ({ folder, id, deletedAt }) => {
    const name = await readRecord(join(runs, folder), id).then(
      (record) => record.name,
      () => id,
    );
    return { id, name, deletedAt };
  });
  return (await Promise.all(listed)).sort((a, b) => b.deletedAt - a.deletedAt);
}

async function find(runs: string): Promise<readonly Found[]> {
  const names = await readdir(runs).catch(() => []);
  return names.flatMap((folder) => {
    const [, time, id] = PATTERN.exec(folder) ?? [];
    return time === undefined || id === undefined ? [] : [{ folder, id, deletedAt: parseInt(time, 36) }];
  });
}

async function newest(runs: string, id: string): Promise<Found | undefined> {
  const found = (await find(runs)).filter((each) => each.id === id);
  return found.sort((a, b) => b.deletedAt - a.deletedAt)[0];
}

async function move(runs: string, from: string, to: string): Promise<void> {
  try {
    // One rename: a run is there or it is not, never half of it.
    await rename(join(runs, from), join(runs, to));
  } catch (error) {
    if (isMissing(error)) return;
    throw cannotWrite(join(runs, from), error);
  }
  await flushFolder(runs);
}

async function remove(runs: string, folder: string): Promise<void> {
  // Renamed first: half of a run is none that could be brought back. What stays for now goes at the next start.
  const leaving = `.deleted-${folder.slice(PREFIX.length)}`;
  await move(runs, folder, leaving);
  await rm(join(runs, leaving), { recursive: true, force: true }).catch(() => undefined);
}
