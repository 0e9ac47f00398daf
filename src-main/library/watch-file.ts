import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import {
  FRESH_STATE,
  watchFileSchema,
  watchStateSchema,
  type WatchSettings,
  type WatchState,
} from '../contract/watch';
import { cannotWrite, writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';
import { sealed, sealJson } from '../files/sealed';

/** In the folder of a run that is watched: what is wanted, and how far it has come. */
export const WATCH_FILE = 'watch.json';
export const WATCH_STATE_FILE = 'watch-state.json';
const MOST_BYTES = 1024 * 1024;

/** null where the run was never to be watched. @throws Problem 'run-damaged', 'file-unreadable' */
export async function readWatch(folder: string): Promise<WatchSettings | null> {
  try {
    return (await readJson(join(folder, WATCH_FILE), sealed(watchFileSchema), MOST_BYTES, damaged(folder)))
      .settings;
  } catch (error) {
    if (error instanceof Problem && error.code === 'file-missing') return null;
    throw error;
  }
}

const damaged = (folder: string) => (): Problem =>
  new Problem('run-damaged', { name: folder, cause: phrase('file-not-whole', { file: WATCH_FILE }) });

/** @throws Problem 'cannot-write' */
export async function writeWatch(folder: string, settings: WatchSettings): Promise<void> {
  await writeAtomically(
    join(folder, WATCH_FILE),
    sealJson({ format: 'hindcast-watch', version: 1, settings }, 2),
  );
}

/** It is not watched any more, and knows nothing of how it was. @throws Problem 'cannot-write' */
export async function removeWatch(folder: string): Promise<void> {
  for (const file of [WATCH_FILE, WATCH_STATE_FILE]) {
    const path = join(folder, file);
    await rm(path, { force: true }).catch((error: unknown) => {
      throw cannotWrite(path, error);
    });
  }
}

/** A new one where there is none, or a damaged one: the log of forecasts tells what was issued. */
export async function readWatchState(folder: string): Promise<WatchState> {
  const path = join(folder, WATCH_STATE_FILE);
  return readJson(path, sealed(watchStateSchema), MOST_BYTES, damaged(folder)).catch(() => FRESH_STATE);
}

/** @throws Problem 'cannot-write' */
export async function writeWatchState(folder: string, state: WatchState): Promise<void> {
  await writeAtomically(join(folder, WATCH_STATE_FILE), sealJson(state));
}
