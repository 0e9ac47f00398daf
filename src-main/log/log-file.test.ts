import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from './log';
import { openLogFile } from './log-file';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindcast-log-'));
  path = join(folder, 'logs', 'hindcast.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const filesOf = (): string[] => readdirSync(join(folder, 'logs')).sort();

describe('the log file', () => {
  it('has a line for each entry, with the time and what it is', () => {
    const log = createLog(openLogFile(path));
    log.info('100 %s of %d');
    log.error('Unexpected', new Error('outer', { cause: new Error('inner') }));
    log.error('Unexpected', { readings: [1, 2, 3] });
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines[0]).toMatch(/^\[\d{4}-\d\d-\d\dT[\d:.]+Z\] \[info\] +100 %s of %d$/);
    expect(lines[1]).toMatch(/\[error\] Unexpected: Error: outer$/);
    expect(lines[2]).toMatch(/^ {4}at .*log-file\.test\.ts:\d+:\d+\)?$/);
    expect(lines.join('\n')).toMatch(/\ncaused by Error: inner\n {4}at /);
    expect(lines.at(-2)).toMatch(/\[error\] Unexpected: thrown: no error, a value of type object$/);
  });

  it('never grows past its limit, with the one before it, and keeps the newest', () => {
    const bytes = 200_000;
    const log = createLog(openLogFile(path, bytes));
    for (let entry = 0; entry < 2000; entry++) {
      log.info(`${entry} ${'가'.repeat(entry % 200)}`);
      if (entry % 50 > 0) continue;
      const sizes = filesOf().map((name) => statSync(join(folder, 'logs', name)).size);
      expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(bytes);
    }
    expect(filesOf()).toEqual(['hindcast.log', 'hindcast.old.log']);
    expect(readFileSync(path, 'utf8')).toMatch(/ 1999 /);
  });

  it('goes on after a time in which it could not be written', () => {
    const log = createLog(openLogFile(path));
    log.info('before');
    rmSync(join(folder, 'logs'), { recursive: true });
    writeFileSync(join(folder, 'logs'), 'in its place');
    log.info('meanwhile');
    rmSync(join(folder, 'logs'));
    mkdirSync(join(folder, 'logs'));
    log.info('after');
    expect(readFileSync(path, 'utf8')).toMatch(/^\S+ \[info\] +after\n$/);
  });

  it('throws nothing on a full disk, nor on one that may only be read, and goes on when there is room', (context) => {
    const disk = join(folder, 'logs');
    mkdirSync(disk);
    const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
    if (made.status !== 0) return context.skip('this user can make no disk of its own');
    try {
      const log = createLog(openLogFile(path));
      log.info('before');
      expect(() => writeFileSync(join(disk, 'filler'), Buffer.alloc(128_000))).toThrow('ENOSPC');
      for (let entry = 0; entry < 200; entry++) log.info('x'.repeat(1000));
      rmSync(join(disk, 'filler'));
      log.info('room again');
      spawnSync('mount', ['-o', 'remount,ro', disk]);
      expect(() => writeFileSync(join(disk, 'other'), 'x')).toThrow('EROFS');
      log.info('read-only');
      createLog(openLogFile(join(disk, 'another.log'))).info('read-only');
      const text = readFileSync(path, 'utf8');
      expect(text).toMatch(/ before\n/);
      expect(text).toMatch(/ room again\n$/);
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  it.skipIf(process.platform === 'win32')(
    'leaves a pipe in its place alone, and does not wait for it',
    () => {
      mkdirSync(join(folder, 'logs'));
      execFileSync('mkfifo', [path]);
      createLog(openLogFile(path)).info('not here');
      expect(statSync(path).isFIFO()).toBe(true);
    },
  );

  it('survives an error that cannot be told', () => {
    const thrown = new Error('x');
    Object.defineProperty(thrown, 'stack', {
      get() {
        throw new Error('no stack');
      },
    });
    expect(() => createLog(openLogFile(path)).error('Unexpected', thrown)).not.toThrow();
  });
});
