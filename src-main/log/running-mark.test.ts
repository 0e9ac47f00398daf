import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { setRunningMark } from './running-mark';

it('tells of a last time that did not end as it should, whatever lies in its place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-mark-'));
  try {
    const first = setRunningMark(folder);
    expect(first.wasLeft).toBe(false);
    const second = setRunningMark(folder);
    expect(second.wasLeft).toBe(true);
    second.remove();
    expect(setRunningMark(folder).wasLeft).toBe(false);
    if (process.platform !== 'win32') {
      rmSync(join(folder, 'running'));
      execFileSync('mkfifo', [join(folder, 'running')]);
      expect(setRunningMark(folder).wasLeft).toBe(true);
    }
    expect(setRunningMark(join(folder, 'nowhere', 'at all')).wasLeft).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
