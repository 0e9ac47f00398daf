import { Problem } from '../contract/problems';
import { sweepRun } from './own-files';
import type { RunStore } from './run-store';
import { readSavedRun, type SavedRun } from './saved-run';

/**
 * A run that a crash, a power cut or a closed app left in training becomes an interrupted one, with what was saved of it.
 * What was half done in its folder is finished or undone. To be called only where this process does not train it; one
 * that another process trains stays as it is.
 * @throws Problem 'run-missing', 'run-damaged', 'cannot-write', and of reading
 */
export async function recoverRun(store: RunStore, id: string): Promise<void> {
  await sweepRun(store.folderOf(id));
  if ((await store.record(id)).status !== 'training') return;
  let unlock;
  try {
    unlock = await store.lock(id);
  } catch (error) {
    if (error instanceof Problem && error.code === 'folder-busy') return;
    // Where the disk takes no lock it takes no training of another process either.
  }
  try {
    if ((await store.record(id)).status === 'training') await interruptRun(store, id);
  } finally {
    unlock?.();
  }
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
