import { readdir, readlink, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { presetSettings } from '../contract/settings';
import { forkProcess } from '../processes/fork-process';
import { summarisePreparation } from '../series';
import { bundled } from '../bundle.fixture';
import { isRunning } from '../files/processes';
import { DatasetReader } from './dataset-reader';
import { dailyLines } from './fixture';
import { sourceOfPath } from './bytes/source-file';
import { forkReader } from './reader-process';
import { READING_LIMITS, type ReadingLimits } from './reading-watch';

let folder = '';
let readers: DatasetReader[] = [];
const file = (name: string) => sourceOfPath(join(folder, name));
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no problem',
    (error: unknown) => (error as { code: string }).code,
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-reader-'));
  await writeFile(
    join(folder, 'good.csv'),
    `date,temp,rain\n${dailyLines(20, (day) => `${day},${day % 3}`)}`,
  );
  await writeFile(
    join(folder, 'large.csv'),
    `date,temp,text\n${dailyLines(80_000, (day) => `${day},${'x'.repeat(60)}`)}`,
  );
  await writeFile(join(folder, 'empty.csv'), '');
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => {
  for (const reader of readers) reader.close();
  readers = [];
});

const newReader = (limits: Partial<ReadingLimits> = {}): DatasetReader => {
  const reader = new DatasetReader(() => forkReader(bundled('reader')), { ...READING_LIMITS, ...limits });
  readers.push(reader);
  return reader;
};

describe('DatasetReader', () => {
  it('opens a file in its process, gives rows and the series, and tells progress', async () => {
    const reader = newReader();
    const told: number[] = [];
    const summary = await reader.open(file('good.csv'), ({ fraction }) => told.push(fraction));
    expect(summary).toMatchObject({ fileName: 'good.csv', rows: 20, problems: [] });
    expect(summary.id).toMatch(/^[A-Za-z0-9-]{1,64}$/);
    expect(told.at(-1)).toBe(1);
    expect((await reader.rows(summary.id, 18, 5)).rows).toEqual([
      ['2021-01-19', '18', '0'],
      ['2021-01-20', '19', '1'],
    ]);
    if (summary.suggestion === null) throw new Error('no suggestion');
    const series = await reader.series(summary.id, summary.suggestion);
    expect(series.time).toBeInstanceOf(Float64Array);
    expect(series.variables[0]?.values).toHaveLength(20);
  });

  it('says what settings make of the series, which is there for the next who asks', async () => {
    const reader = newReader();
    const { id, suggestion } = await reader.open(file('good.csv'));
    if (suggestion === null) throw new Error('no suggestion');
    const settings = { ...presetSettings('tutorial'), window: 3, trainShare: 0.5, validationShare: 0.2 };
    const summary = await reader.check(id, suggestion, settings);
    expect(summary).toEqual(summarisePreparation(await reader.series(id, suggestion), settings));
    expect(await reader.check(id, suggestion, { ...settings, window: 4 })).toMatchObject({ rows: 20 });
    expect(await codeOf(reader.check(id, suggestion, { ...settings, window: 19 }))).toBe('too-few-rows');
    expect(await codeOf(reader.check('gone', suggestion, settings))).toBe('dataset-gone');
  });

  it('keeps the last good data set when another file cannot be read, and forgets it for a new one', async () => {
    const reader = newReader();
    const first = await reader.open(file('good.csv'));
    expect(await codeOf(reader.open(file('empty.csv')))).toBe('file-empty');
    expect((await reader.rows(first.id, 0, 1)).rows).toHaveLength(1);
    const second = await reader.open(file('good.csv'));
    expect(await codeOf(reader.rows(first.id, 0, 1))).toBe('dataset-gone');
    expect((await reader.rows(second.id, 0, 1)).rows).toHaveLength(1);
  });

  it('cancels: by asking, and by opening another', async () => {
    const reader = newReader();
    await reader.open(file('good.csv'));
    const asked = codeOf(reader.open(file('large.csv')));
    reader.cancel();
    expect(await asked).toBe('cancelled');
    const replaced = codeOf(reader.open(file('large.csv')));
    const opened = reader.open(file('good.csv'));
    expect(await replaced).toBe('cancelled');
    expect((await opened).rows).toBe(20);
  });

  it('tells what was under way that it was closed', async () => {
    const reader = newReader();
    const opening = codeOf(reader.open(file('large.csv')));
    reader.close();
    expect(await opening).toBe('cancelled');
  });
});

describe('a reading that goes wrong', () => {
  /** A process that does something else than to read, at the first task. */
  const misreader = async (what: string): Promise<DatasetReader> => {
    const path = join(folder, `mis-${what.length}.cjs`);
    await writeFile(path, `process.on('message', ({ kind }) => { if (kind === 'task') { ${what} } });`);
    const reader = new DatasetReader(() => forkProcess(path));
    readers.push(reader);
    return reader;
  };

  it.each([
    ['an exception', `throw new Error('out of luck')`, /exit code 1/],
    ['a signal', `process.kill(process.pid, 'SIGSEGV')`, /signal SIGSEGV/],
    ['an abort, as where V8 finds no memory,', `process.abort()`, /signal SIGABRT/],
  ])('%s ends that reading alone, with a sentence', async (_what, code, cause) => {
    const reader = await misreader(code);
    const problem = await reader.open(file('good.csv')).catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: 'reader-died', message: expect.stringMatching(cause) });
  });

  it('the data set that is open outlives a reading that is killed, and another file opens at once', async () => {
    const reader = newReader();
    const first = await reader.open(file('good.csv'));
    const [opened] = reader.pids;
    const dying = codeOf(reader.open(file('large.csv'), () => kill()));
    const kill = (): void => {
      for (const pid of reader.pids) if (pid !== opened) process.kill(pid, 'SIGKILL');
    };
    expect(await dying).toBe('reader-died');
    expect((await reader.rows(first.id, 0, 1)).rows).toHaveLength(1);
    expect((await reader.open(file('good.csv'))).rows).toBe(20);
  });

  it('Stop ends a reading even where its process no longer answers', async () => {
    const reader = newReader();
    let stopped = 0;
    const stuck = codeOf(
      reader.open(file('large.csv'), () => {
        stopped ||= reader.pids[0] ?? 0;
        process.kill(stopped, 'SIGSTOP');
        reader.cancel();
      }),
    );
    expect(await stuck).toBe('cancelled');
    expect((await reader.open(file('good.csv'))).rows).toBe(20);
    await expect.poll(() => isRunning(stopped)).toBe(false);
  });

  it('is ended where it takes more memory than it may', async () => {
    const reader = newReader({ residentMegabytes: 40 });
    expect(await codeOf(reader.open(file('large.csv')))).toBe('reading-memory');
    const small = newReader({ heapMegabytes: 8 });
    expect(await codeOf(small.open(file('large.csv')))).toBe('reading-memory');
  });

  it.runIf(process.platform === 'linux')(
    'leaves no process and no handle behind, overtaken or stopped',
    async () => {
      const handles = async (): Promise<string[]> => {
        const links = (await readdir('/proc/self/fd')).map((handle) =>
          readlink(`/proc/self/fd/${handle}`).catch(() => 'closed'),
        );
        return (await Promise.all(links))
          .filter((link) => link !== 'closed')
          .map((link) => link.replace(/\d+/, ''))
          .sort();
      };
      const reader = newReader();
      await reader.open(file('good.csv'));
      const before = await handles();
      const seen = new Set<number>();
      const watch = (): void => reader.pids.forEach((pid) => seen.add(pid));
      for (let round = 0; round < 2; round += 1) {
        const overtaken = codeOf(reader.open(file('large.csv'), watch));
        const stopped = codeOf(reader.open(file('large.csv'), () => (watch(), reader.cancel())));
        expect([await overtaken, await stopped]).toEqual(['cancelled', 'cancelled']);
        watch();
        expect(await codeOf(reader.open(file('empty.csv')))).toBe('file-empty');
      }
      await reader.open(file('good.csv'));
      const [opened] = reader.pids;
      await expect.poll(() => [...seen].filter((pid) => pid !== opened && isRunning(pid))).toEqual([]);
      await expect.poll(handles).toEqual(before);
    },
    120_000,
  );
});
