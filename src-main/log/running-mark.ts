import { lstatSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The mark that Hindcast is running: one that a start finds tells that the last one did not end as it should. */
export interface RunningMark {
  readonly wasLeft: boolean;
  /** To be called where Hindcast ends as it should. */
  remove(): void;
}

/** Sets the mark in a folder; one process at a time. A disk that takes no mark is no reason not to start. */
export function setRunningMark(folder: string): RunningMark {
  const path = join(folder, 'running');
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch {
      // The next start says nothing, or says it again.
    }
  };
  const wasLeft = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  const remove = (): void => attempt(() => rmSync(path, { force: true }));
  // Replaced, since what lies there may be a link or a pipe.
  remove();
  attempt(() => writeFileSync(path, '', { flag: 'wx' }));
  return { wasLeft, remove };
}
