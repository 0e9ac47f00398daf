import { execFileSync } from 'node:child_process';
import { appendFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saidBy } from '../contract/phrases';
import type { Problem } from '../contract/problems';
import { readBounded } from './bounded';
import { withRegularFile } from './regular';

let folder = '';
const at = (name: string): string => join(folder, name);
const problemOf = (reading: Promise<unknown>): Promise<Problem> =>
  reading.then(
    () => Promise.reject(new Error('it was read')),
    (error: unknown) => error as Problem,
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('readBounded', () => {
  it('reads a file up to the limit and none beyond', async () => {
    await writeFile(at('ten'), '0123456789');
    expect((await readBounded(at('ten'), 10)).toString()).toBe('0123456789');
    expect(await problemOf(readBounded(at('ten'), 9))).toMatchObject({ code: 'file-too-large' });
    await writeFile(at('none'), '');
    expect(await readBounded(at('none'), 10)).toHaveLength(0);
  });

  it.runIf(process.platform === 'linux')(
    'reads no more than the limit where the size is told as 0',
    async () => {
      expect((await readBounded('/proc/self/status', 100_000)).toString()).toContain('Pid:');
      expect(await problemOf(readBounded('/proc/self/status', 100))).toMatchObject({
        code: 'file-too-large',
      });
    },
  );

  it.skipIf(process.platform === 'win32')('opens regular files alone, and waits for nobody', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    await symlink('/dev/zero', at('endless'));
    await symlink(at('gone'), at('broken'));
    await symlink(at('circle'), at('circle'));
    const server = createServer().listen(at('socket'));
    const expected: readonly (readonly [path: string, cause: RegExp])[] = [
      [at('pipe'), /pipe/],
      [at('endless'), /device/],
      [at('broken'), /link to a file that is not there/],
      [at('circle'), /leads back to itself/],
      [at('socket'), /socket/],
      [folder, /folder/],
      [at('a\0b'), /character that no name can hold/],
      [at('n'.repeat(300)), /too long/],
    ];
    for (const [path, cause] of expected) {
      const problem = await problemOf(readBounded(path, 1000));
      expect(problem).toMatchObject({ code: 'file-unreadable' });
      expect(problem.message).toMatch(cause);
      expect(problem.message).not.toMatch(/\0|E[A-Z]{3,}/);
    }
    server.close();
    expect(await problemOf(readBounded(at('nowhere'), 1000))).toMatchObject({ code: 'file-missing' });
  });

  it('passes on what goes wrong while a file is used', async () => {
    await writeFile(at('used'), 'a');
    const using = withRegularFile(at('used'), () => Promise.reject(new Error('of its own')));
    expect(await problemOf(using)).toMatchObject({
      code: 'unexpected',
      params: { cause: saidBy(new Error('of its own')) },
    });
  });

  it('tells of a file that grows while it is read', async () => {
    await writeFile(at('growing'), Buffer.alloc(8 * 1024 ** 2));
    const codes = new Set<string>();
    let writing = true;
    const grow = (async () => {
      while (writing) await appendFile(at('growing'), 'more');
    })();
    for (let round = 0; round < 200 && !codes.has('file-changed'); round += 1) {
      codes.add(
        await readBounded(at('growing'), 1024 ** 3).then(
          () => 'read',
          (error: Problem) => error.code,
        ),
      );
    }
    writing = false;
    await grow;
    expect(codes).toContain('file-changed');
  });

  it('is read as far as it went where it grows, as a history does while a training writes it', async () => {
    const path = join(folder, 'grows.jsonl');
    await writeFile(path, '');
    let isDone = false;
    const writing = (async () => {
      while (!isDone) await appendFile(path, `${'x'.repeat(99)}\n`);
    })();
    let changes = 0;
    try {
      // Until the file has been seen to change under a reading: that is no fault of it.
      while (changes < 3) {
        const content = await readBounded(path, 1e8, 'grows');
        expect(content.toString()).toMatch(/^(?:x{99}\n)*$/);
        await readBounded(path, 1e8).catch(() => (changes += 1));
      }
    } finally {
      isDone = true;
      await writing;
    }
  });
});
