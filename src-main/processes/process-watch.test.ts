import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundled } from '../bundle.fixture';
import { forkProcess } from './fork-process';
import { readLines, watchProcesses, type ProcessName } from './process-watch';
import { TaskClient } from './task-client';
import type { ThrowingTasks } from './throwing.fixture';
import { phrase, type Phrase } from '../contract/phrases';

let folder: string;
let told: { kind: string; pid: number | undefined; what: string }[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindcast-watch-'));
  told = [];
  const note = ({ kind, pid }: ProcessName, what: string): void => void told.push({ kind, pid, what });
  watchProcesses({
    started: (name) => note(name, 'started'),
    said: (name, line) => note(name, `said ${line}`),
    ended: (name, cause) => note(name, `ended ${cause}`),
  });
});
afterEach(() => {
  watchProcesses(null);
  rmSync(folder, { recursive: true, force: true });
});

function startScript(script: string): ReturnType<typeof forkProcess> {
  const entry = join(folder, 'worker.cjs');
  writeFileSync(entry, script);
  return forkProcess(entry);
}

/** Waits until that holds; the test's own limit ends what never does. */
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
};
const has = (what: string | RegExp) => (): boolean =>
  told.some((each) => (typeof what === 'string' ? each.what === what : what.test(each.what)));

describe('watched processes', () => {
  it('are logged with their kind and pid, each line of their standard error, and their end', async () => {
    const child = startScript(
      `process.stderr.write('one\\n\\ntwo\\nan end without one', () => process.exit(7))`,
    );
    await until(has('said an end without one'));
    await until(has(/^ended/));
    expect(told.map(({ what }) => what).filter((what) => !what.startsWith('ended'))).toEqual([
      'started',
      'said one',
      'said two',
      'said an end without one',
    ]);
    expect(has('ended exit code 7')()).toBe(true);
    expect(new Set(told.map(({ kind, pid }) => `${kind} ${pid}`))).toEqual(new Set([`worker ${child.pid}`]));
  });

  it('tell apart whether Hindcast ended them or another did', async () => {
    const ours = startScript('setInterval(() => undefined, 1000)');
    await until(has('started'));
    ours.kill();
    await until(has('ended Hindcast ended it'));
    told = [];
    const theirs = startScript('setInterval(() => undefined, 1000)');
    process.kill(theirs.pid!, 'SIGKILL');
    await until(has('ended signal SIGKILL'));
  });

  it('leave the stack of an error that nothing caught', async () => {
    startScript(`setTimeout(function late() { throw new Error('boom') })`);
    await until(has(/said +at .*late .*worker\.cjs/));
    await until(has('ended exit code 1'));
    expect(has('said Error: boom')()).toBe(true);
  });

  it('leave the stack of what a task threw that nobody foresaw', async () => {
    const child = forkProcess(bundled('throwing'));
    const client = new TaskClient<ThrowingTasks>(child);
    await expect(client.ask('work', null)).rejects.toMatchObject({ code: 'unexpected' });
    await until(has(/said +at .*throwing\.cjs:\d+/));
    expect(has('said TypeError: nobody foresaw it')()).toBe(true);
    child.kill();
    await until(has('ended Hindcast ended it'));
  });

  it('are not stopped by an endless line, whose beginning is logged', async () => {
    startScript(`
      for (let line = 0; line < 3000; line++) process.stderr.write('line ' + line + ' ' + 'x'.repeat(2000) + '\\n');
      process.stderr.write('', () => process.exit(0));
    `);
    await until(has('said (what follows is left out)'));
    await until(has('ended exit code 0'));
    const said = told.filter(({ what }) => what.startsWith('said'));
    expect(said).toHaveLength(1001);
    expect(said.at(-1)?.what).toBe('said (what follows is left out)');
    expect(said[0]?.what).toHaveLength('said '.length + 1000);
  });

  it('end at once where they cannot be started', async () => {
    const { execPath } = process;
    process.execPath = join(folder, 'no-such-node');
    try {
      const causes: Phrase[] = [];
      startScript('').onExit((cause) => causes.push(cause));
      await until(() => causes.length > 0);
      expect(causes).toEqual([phrase('not-started', { error: 'ENOENT' })]);
      expect(told.map(({ what }) => what)).toEqual(['ended it could not be started: ENOENT']);
    } finally {
      process.execPath = execPath;
    }
  });
});

it('lines come out as they went in, however the stream is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), { maxLength: 20 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      async (texts, sizes) => {
        const lines = texts.map((text) => text.replace(/[\r\n]/g, '_'));
        const bytes = Buffer.from(lines.join('\n'));
        const stream = new PassThrough();
        const read: string[] = [];
        readLines(stream, 1000, (line) => read.push(line));
        for (let at = 0; at < bytes.length;) {
          const size = sizes.next().value;
          stream.write(bytes.subarray(at, at + size));
          at += size;
        }
        stream.end();
        await new Promise((resolve) => stream.on('close', resolve));
        expect(read).toEqual(lines);
      },
    ),
    { numRuns: 50 },
  );
});
