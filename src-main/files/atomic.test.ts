import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { causeOf, sweepTemporaries, writeAtomically } from './atomic';
import { phraseText } from '../contract/phrases';

const posix = process.platform !== 'win32';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-atomic-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const problem = (cause: string) => ({
  code: 'cannot-write',
  message: expect.stringContaining(cause),
});

describe('writing atomically', () => {
  it('makes the file and its folders, and replaces what was there', async () => {
    const path = join(folder, 'a', 'b', 'c.txt');
    await writeAtomically(path, 'old');
    await writeAtomically(path, Uint8Array.of(110, 101, 119));
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(join(folder, 'a', 'b'))).toEqual(['c.txt']);
  });

  it('takes names of every kind, up to the longest that the disk takes', async () => {
    const character = fc.oneof(fc.constantFrom(...' 한글%#&=+-@\'"$~\n'), fc.string({ unit: 'grapheme' }));
    const names = fc
      .array(character, { minLength: 1, maxLength: 40 })
      .map((parts) => parts.join(''))
      .filter((name) => !/[/\\\0:*?"<>|]/.test(name) && !/^\.*$/.test(name) && Buffer.byteLength(name) < 256);
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        await writeAtomically(join(folder, name), name);
        expect(await readFile(join(folder, name), 'utf8')).toBe(name);
        await rm(join(folder, name));
      }),
      { numRuns: 50 },
    );
    const longest = 'n'.repeat(255);
    await writeAtomically(join(folder, longest), 'x');
    expect(await readdir(folder)).toEqual([longest]);
    await expect(writeAtomically(join(folder, `${longest}n`), 'x')).rejects.toMatchObject(
      problem('too long'),
    );
  });

  it.runIf(posix)('keeps the mode of a file that is there', async () => {
    const path = join(folder, 'private.csv');
    for (const mode of [0o600, 0o666, 0o755]) {
      await writeFile(path, 'old');
      await chmod(path, mode);
      await writeAtomically(path, 'new');
      expect((await stat(path)).mode & 0o777).toBe(mode);
    }
  });

  it.runIf(posix)('never replaces a link, a folder, a device or a pipe', async () => {
    const target = join(folder, 'target');
    await writeFile(target, 'mine');
    await symlink(target, join(folder, 'link'));
    await symlink(join(folder, 'nowhere'), join(folder, 'dangling'));
    await mkdir(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const before = await readdir(folder);
    await expect(writeAtomically(join(folder, 'link'), 'x')).rejects.toMatchObject(problem('it is a link'));
    await expect(writeAtomically(join(folder, 'dangling'), 'x')).rejects.toMatchObject(
      problem('it is a link'),
    );
    await expect(writeAtomically(join(folder, 'folder'), 'x')).rejects.toMatchObject(
      problem('it is a folder'),
    );
    await expect(writeAtomically(join(folder, 'pipe'), 'x')).rejects.toMatchObject(
      problem('a device or a pipe'),
    );
    await expect(writeAtomically('/dev/null', 'x')).rejects.toMatchObject(problem('a device or a pipe'));
    expect(await readdir(folder)).toEqual(before);
    expect(await readFile(target, 'utf8')).toBe('mine');
    expect((await lstat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  it('says in words why it cannot', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(writeAtomically(join(folder, 'file', 'x'), 'x')).rejects.toMatchObject(
      problem('not a folder'),
    );
    await expect(writeAtomically(join(folder, 'a\0b'), 'x')).rejects.toMatchObject(
      problem('a character that no name may have'),
    );
    if (posix) {
      await symlink(join(folder, 'b'), join(folder, 'a'));
      await symlink(join(folder, 'a'), join(folder, 'b'));
      await expect(writeAtomically(join(folder, 'a', 'x'), 'x')).rejects.toMatchObject(
        problem('in a circle'),
      );
      await expect(writeAtomically('/proc/x', 'x')).rejects.toMatchObject(problem(''));
    }
    for (const code of ['ENOSPC', 'EROFS', 'EIO', 'EMFILE', 'ENAMETOOLONG', 'EBUSY', 'E2BIG']) {
      const error = Object.assign(new Error(`${code}: raw words, open '/secret'`), { code });
      expect(phraseText(causeOf(error))).not.toContain('raw words');
    }
  });

  it.runIf(posix)('leaves the other names of a file as they were', async () => {
    await writeFile(join(folder, 'a'), 'old');
    await link(join(folder, 'a'), join(folder, 'b'));
    await writeAtomically(join(folder, 'a'), 'new');
    expect(await readFile(join(folder, 'b'), 'utf8')).toBe('old');
  });
});

describe('what killed writers left', () => {
  it('is swept, but neither what is being written nor what is the user’s', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    const alive = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const kept = [`.0123456789ab.${alive.pid}.tmp`, '.mine.tmp', 'readings.tmp', '.0123456789ab.12.tmp.csv'];
    const swept = ['.0123456789ab.tmp', `.0123456789ab.${gone.pid}.tmp`];
    for (const name of [...kept, ...swept]) await writeFile(join(folder, name), '');
    await mkdir(join(folder, '.ba9876543210.tmp'));
    // The number of a killed process that another one has got since.
    const old = `.ba9876543211.${alive.pid}.tmp`;
    await writeFile(join(folder, old), '');
    await utimes(join(folder, old), 0, 0);
    await sweepTemporaries(folder);
    expect((await readdir(folder)).sort()).toEqual([...kept, '.ba9876543210.tmp'].sort());
    await sweepTemporaries(join(folder, 'nowhere'));
    alive.kill();
  });
});
