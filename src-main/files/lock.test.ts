import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundled } from '../bundle.fixture';
import { withFault } from './faults.fixture';
import { lockFile, lockFolder, sweepLocks, whileLocked } from './lock';
import { ownIdentity } from './processes';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-lock-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(what: string, ...args: string[]): ChildProcess {
  const child = fork(bundled('lock-holder'), [what, folder, ...args]);
  children.push(child);
  return child;
}

/** A process that holds the lock until it is killed. */
async function holder(): Promise<ChildProcess> {
  const child = start('hold');
  await once(child, 'message');
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe('a lock', () => {
  it('is refused while another process holds it, naming that and the file, and free again after it', async () => {
    const child = await holder();
    await expect(lockFolder(folder, 'train')).rejects.toMatchObject({
      code: 'folder-busy',
      params: { folder, pid: String(child.pid), host: hostname(), lock: lockFile(folder, 'train') },
    });
    (await lockFolder(folder, 'change'))();
    const freed = once(child, 'message');
    child.send('release');
    await freed;
    const unlock = await lockFolder(folder, 'train');
    unlock();
    unlock();
    expect(await readdir(folder)).toEqual([]);
  });

  it('of a killed process is taken over', async () => {
    await killed(await holder());
    expect(await readdir(folder)).toEqual(['.hindcast-train.lock']);
    (await lockFolder(folder, 'train'))();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken over where the number belongs to another process now, or the machine was started since', async () => {
    const own = { ...ownIdentity(), token: 'x' };
    const stale = [
      { ...own, began: 'another-boot/1' },
      { ...own, began: null, since: 0 },
      { ...own, pid: 2 ** 30 },
    ];
    for (const each of stale) {
      await writeFile(lockFile(folder, 'train'), JSON.stringify(each));
      (await lockFolder(folder, 'train'))();
    }
    // A power cut may leave the file without what was written into it.
    await writeFile(lockFile(folder, 'train'), '');
    await utimes(lockFile(folder, 'train'), 0, 0);
    (await lockFolder(folder, 'train'))();
    // A process on another machine cannot be asked.
    await writeFile(lockFile(folder, 'train'), JSON.stringify({ ...own, host: 'elsewhere', pid: 2 ** 30 }));
    await expect(lockFolder(folder, 'train')).rejects.toMatchObject({ params: { host: 'elsewhere' } });
  });

  it('lets processes change a file in turns, so that none loses what another wrote', async () => {
    // A lock that was left behind: all of them want to take it over.
    await killed(await holder());
    await writeFile(join(folder, 'count'), '0');
    const [processes, times] = [4, 25];
    const counting = Array.from({ length: processes }, () => start('count', String(times)));
    const codes = await Promise.all(counting.map(async (child) => (await once(child, 'exit'))[0] as number));
    expect(codes).toEqual(codes.map(() => 0));
    expect(await readFile(join(folder, 'count'), 'utf8')).toBe(String(processes * times));
    expect(await readdir(folder)).toEqual(['count']);
  });

  it('is given back where what was done under it fails', async () => {
    const failing = whileLocked(folder, 'change', 0, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
    await expect(lockFolder(join(folder, 'nowhere'), 'change')).rejects.toMatchObject({
      code: 'cannot-write',
    });
  });

  it('that could not be removed when it was given back is taken over by the same process at once', async () => {
    const unlock = await lockFolder(folder, 'change');
    expect(await withFault({ at: 1, kind: 'fails' }, async () => unlock())).toBe(true);
    expect(await readdir(folder)).toEqual(['.hindcast-change.lock']);
    (await lockFolder(folder, 'change'))();
    expect(await readdir(folder)).toEqual([]);
  });

  it('sweeps the turn of a process that was killed while it took a lock away, and no other', async () => {
    const [old, young] = [`${lockFile(folder, 'train')}.old`, `${lockFile(folder, 'change')}.old`];
    for (const turn of [old, young]) await mkdir(turn);
    const aMinuteAgo = Date.now() / 1000 - 60;
    await utimes(old, aMinuteAgo, aMinuteAgo);
    await sweepLocks(folder);
    expect(await readdir(folder)).toEqual(['.hindcast-change.lock.old']);
  });
});
