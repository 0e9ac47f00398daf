import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import { causeOf, codeOf, temporaryName } from '../files/atomic';

/**
 * Makes the user's folder and tries whether it can be written, before Chromium needs it: Chromium takes a folder that it
 * cannot write for one that another Hindcast uses, and would end without a word.
 * @returns null, or the problem with which the window can still be opened: that the disk is full
 * @throws Problem 'user-folder'
 */
export function tryUserFolder(folder: string): Problem | null {
  // As `isTemporary` knows them: what a killed start left is swept at the next.
  const trial = join(folder, temporaryName());
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(trial, 'x', { flag: 'wx' });
    return null;
  } catch (error) {
    const cause = causeOf(error);
    const isFull = /^(ENOSPC|EDQUOT)$/.test(codeOf(error));
    if (isFull) return new Problem('disk-full', { file: folder }, { cause: error });
    throw new Problem('user-folder', { file: folder, cause }, { cause: error });
  } finally {
    try {
      rmSync(trial, { force: true });
    } catch {
      // It was never made.
    }
  }
}
