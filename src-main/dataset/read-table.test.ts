import { execFileSync } from 'node:child_process';
import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, open, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../contract/problems';
import type { ReadingProgress } from '../contract/dataset';
import { dailyLines, problemOf, readContent, reasonsOf } from './fixture';
import { sourceOfPath } from './bytes/source-file';
import { readTable } from './read-table';
import { pageOf } from './summary/summarise';
import type { RawTable } from './cells/table';

const cellsOf = (table: RawTable): string[][] => pageOf(table, 0, table.rows).rows.map((row) => [...row]);
const numbersOf = (table: RawTable, column: number): number[] =>
  Array.from({ length: table.rows }, (_, row) => table.columns[column]?.numberAt(row) ?? NaN);

describe('readTable', () => {
  it('reads a Korean export with CRLF, numbers without a leading zero and empty rain', async () => {
    const text =
      '지점,지점명,일시,평균기온(°C),일강수량(mm)\r\n108,서울,2018-01-07,-.8,\r\n108,서울,2018-01-08,1.3,.9\r\n';
    const table = await readContent(text);
    expect(table).toMatchObject({ encoding: 'UTF-8', delimiter: ',', decimal: '.', headerLine: 1, rows: 2 });
    expect(table.columns.map(({ name }) => name)).toEqual([
      '지점',
      '지점명',
      '일시',
      '평균기온(°C)',
      '일강수량(mm)',
    ]);
    expect(cellsOf(table)).toEqual([
      ['108', '서울', '2018-01-07', '-.8', ''],
      ['108', '서울', '2018-01-08', '1.3', '.9'],
    ]);
    expect(table.time).toMatchObject({ column: 2, format: 'YYYY-MM-DD', zone: null });
  });

  it('reads the same in CP949, UTF-8 with a byte order mark and UTF-16', async () => {
    const text = '일시,강수량,평균기온\n2021-01-01,,-4.2\n2021-01-02,1.5,-5\n';
    const variants = [
      ['CP949', iconv.encode(text, 'cp949')],
      ['UTF-8 with BOM', iconv.encode(text, 'utf8', { addBOM: true })],
      ['UTF-16LE', iconv.encode(text, 'utf-16le', { addBOM: true })],
    ] as const;
    for (const [encoding, bytes] of variants) {
      const table = await readContent(bytes);
      expect(table.encoding).toBe(encoding);
      expect(table.columns.map(({ name }) => name)).toEqual(['일시', '강수량', '평균기온']);
      expect(numbersOf(table, 2)).toEqual([-4.2, -5]);
    }
  });

  it('finds the header below a blank line, titles and metadata, with true line numbers', async () => {
    const openMeteo = await readContent(
      '\ntime,temperature_2m (°C)\n2014-01-01T00:00,5.9\n2014-01-01T01:00,-0.0\n',
    );
    expect(openMeteo).toMatchObject({ headerLine: 2, rows: 2 });
    expect([...openMeteo.lines]).toEqual([3, 4]);
    expect(openMeteo.time?.format).toBe('YYYY-MM-DDTHH:mm');
    const titled = await readContent(
      `My station\nexported, today\n\ndate,temp,rain\n${dailyLines(5, (day) => `${day},0`)}`,
    );
    expect(titled).toMatchObject({ headerLine: 4, rows: 5 });
    const metadata = await readContent(
      `latitude,longitude,elevation\n48.86,2.33,42\n\ntime,temperature,rain,wind\n${dailyLines(9, (day) => `${day},0,1`)}`,
    );
    expect(metadata).toMatchObject({ headerLine: 4, rows: 9 });
    const asWide = await readContent(
      `latitude,longitude,zone\n48.86,2.33,0\n\ntime,temperature,rain\n${dailyLines(9, (day) => `${day},0`)}`,
    );
    expect(asWide).toMatchObject({ headerLine: 4, rows: 9 });
    const shortFirstRow = await readContent(
      `date,temp,rain\n2021-01-01,5\n${dailyLines(9, (day) => `${day},0`)}`,
    );
    expect(shortFirstRow).toMatchObject({ headerLine: 1, rows: 10 });
  });

  it('does without a header', async () => {
    const table = await readContent('2021-01-01;1,5;80\n2021-01-02;2,5;70\n');
    expect(table).toMatchObject({ headerLine: 0, delimiter: ';', decimal: ',', rows: 2 });
    expect(table.columns.map(({ name }) => name)).toEqual(['column 1', 'column 2', 'column 3']);
    expect(numbersOf(table, 1)).toEqual([1.5, 2.5]);
  });

  it('gives equal names a number, and takes the names of object members as they are', async () => {
    const table = await readContent(
      `date,wind,wind,__proto__,constructor\n${dailyLines(3, (day) => `${day},1,2,3`)}`,
    );
    expect(table.columns.map(({ name }) => name)).toEqual([
      'date',
      'wind',
      'wind (2)',
      '__proto__',
      'constructor',
    ]);
  });

  it('tells day-first from month-first by the whole column', async () => {
    const line = (day: number): string => `${day}/3/2021,${day}`;
    const rows = Array.from({ length: 28 }, (_, day) => line(day + 1)).join('\n');
    const dayFirst = await readContent(`date,temp\n${rows}\n`);
    expect(dayFirst.time?.format).toBe('D/M/YYYY');
    expect(dayFirst.time?.times[0]).toBe(Date.UTC(2021, 2, 1));
    const monthFirst = await readContent('date,temp\n3/1/2021,1\n3/2/2021,2\n3/3/2021,3\n');
    expect(monthFirst.time?.times[2]).toBe(Date.UTC(2021, 2, 3));
  });

  it('does not take a number for a date unless its column is named so', async () => {
    const named = await readContent('date,pressure\n20210101,1013\n20210102,1014\n');
    expect(named.time).toMatchObject({ column: 0, format: 'YYYYMMDD' });
    expect((await readContent('a,b\n20210101,1013\n20210102,1014\n')).time).toBeNull();
  });

  it('keeps ragged and unbalanced lines from spoiling the rest, and tells of them', async () => {
    const text = `date,temp,sky\n${dailyLines(60, (day) => (day === 7 ? '7' : `${day},${day === 20 ? '"fog' : 'sun'}`))}`;
    const table = await readContent(text);
    expect(table.rows).toBe(60);
    expect(reasonsOf(table)).toContain('line 9 has not as many cells as the 3 columns');
    expect(reasonsOf(table)).toContain('line 22 has a quotation mark without its partner');
    expect(cellsOf(table)[20]).toEqual(['2021-01-21', '20', '"fog']);
  });

  it('tells how far it is, and stops when asked', async () => {
    const content = `date,temp,text\n${dailyLines(60_000, (day) => `${day},${'x'.repeat(30)}`)}`;
    const told: ReadingProgress[] = [];
    const whole = await readContent(content, {
      onProgress: (progress) => told.push(progress),
      signal: new AbortController().signal,
    });
    expect(whole.rows).toBe(60_000);
    expect(told.at(-1)).toMatchObject({ fraction: 1, secondsLeft: 0 });
    const controller = new AbortController();
    const reading = readContent(content, { onProgress: () => undefined, signal: controller.signal });
    controller.abort();
    expect((await problemOf(reading)).code).toBe('cancelled');
  });

  it('reads back any table, whatever the delimiter, the dates and the encoding', async () => {
    const dialect = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      codec: fc.constantFrom('utf8', 'cp949', 'utf-16le'),
      missing: fc.constantFrom('', '-', '---', 'NA', 'NaN', 'null'),
      date: fc.constantFrom('-', '/', '.', 'T'),
    });
    const reading = fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: -40_000, max: 40_000 }).map((value) => value / 100) },
      { weight: 1, arbitrary: fc.constant(NaN) },
    );
    const rows = fc.array(fc.tuple(reading, reading), { minLength: 3, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(dialect, rows, async ({ delimiter, lineEnd, codec, missing, date }, written) => {
        const number = (value: number): string => {
          if (Number.isNaN(value)) return missing;
          return delimiter === ',' ? String(value) : String(value).replace('.', ',');
        };
        const start = Date.UTC(2020, 1, 27);
        const dateText = (row: number): string => {
          const iso = new Date(start + row * 86_400_000).toISOString();
          return date === 'T' ? iso.slice(0, 16) : iso.slice(0, 10).replaceAll('-', date);
        };
        const lines = written.map(([a, b], row) => [dateText(row), number(a), number(b)].join(delimiter));
        const text = [['일시', '평균기온(°C)', '습도'].join(delimiter), ...lines, ''].join(lineEnd);
        const table = await readContent(iconv.encode(text, codec, { addBOM: codec === 'utf-16le' }));
        expect(table.delimiter).toBe(delimiter);
        expect(table.columns.map(({ name }) => name)).toEqual(['일시', '평균기온(°C)', '습도']);
        expect(numbersOf(table, 1)).toEqual(written.map(([a]) => a));
        expect(numbersOf(table, 2)).toEqual(written.map(([, b]) => b));
        expect([...(table.time?.times ?? [])]).toEqual(written.map((_, row) => start + row * 86_400_000));
      }),
      { numRuns: 60 },
    );
  });

  it('never does worse than a Problem on damaged files', async () => {
    const good = Buffer.from(`date,"temp",rain\n${dailyLines(40, (day) => `${day},"0.${day}"`)}`);
    const damage = fc.record({
      cut: fc.integer({ min: 0, max: good.length }),
      flips: fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ cut, flips }) => {
        const bytes = Buffer.from(good);
        for (const [at, byte] of flips) bytes[at] = byte;
        const result = await readContent(bytes.subarray(0, cut)).catch((error: unknown) => error);
        if (result instanceof Error) expect((result as Problem).code).toMatch(/^(file|no|line|too)-/);
      }),
      { numRuns: 150 },
    );
  });
});

describe('readTable refuses', () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

  it.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'file-empty'],
    ['a file of blank lines', '\n \n', 'file-empty'],
    ['a picture', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), 'file-not-text'],
    ['a damaged ZIP archive', bytes(0x50, 0x4b, 3, 4, 20, 0, 0, 0), 'file-damaged'],
    ['zeros', new Uint8Array(1000), 'file-not-text'],
    ['a web page', '<!DOCTYPE html>\n<html></html>', 'file-not-text'],
    ['prose', 'It was a dark night.\nAnd stormy.\n', 'file-no-table'],
    ['one column', 'temp\n1\n2\n', 'file-no-table'],
    ['a header alone', 'time,temp\n', 'no-rows'],
    ['a long header', 'a,'.repeat(700_000), 'line-too-long'],
    ['a long row', `time,a\n2021-01-01,${'1'.repeat(3_000_000)}\n`, 'line-too-long'],
    ['thousands of columns', `${'a,'.repeat(3000)}b\n2021-01-01${',1'.repeat(3000)}\n`, 'too-many-columns'],
  ])('%s', async (_what, content, code) => {
    expect((await problemOf(readContent(content))).code).toBe(code);
  });

  it('tells what a picture is, and in which line a row is too long', async () => {
    const picture = await problemOf(readContent(bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16)));
    expect(picture.message).toContain(
      '“readings.csv” is not a table of readings but looks like a picture (JPEG)',
    );
    const long = await problemOf(readContent(`time,a\n2021-01-01,${'1'.repeat(3_000_000)}\n`));
    expect(long.params['line']).toBe(2);
  });

  it('2 GB at once, a missing file and a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hindcast-dataset-'));
    const hooks = { onProgress: () => undefined, signal: new AbortController().signal };
    try {
      const large = join(folder, 'large.csv');
      await (await open(large, 'w')).close();
      await truncate(large, 2 * 1024 ** 3);
      const problem = await problemOf(readTable(sourceOfPath(large), hooks));
      expect(problem.message).toContain('“large.csv” has 2 GB, more than the 1 GB');
      expect((await problemOf(readTable(sourceOfPath(join(folder, 'none.csv')), hooks))).code).toBe(
        'file-missing',
      );
      expect((await problemOf(readTable(sourceOfPath(folder), hooks))).message).toContain('it is a folder');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.skipIf(process.platform === 'win32')('a pipe and a link to a device, at once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hindcast-dataset-'));
    const hooks = { onProgress: () => undefined, signal: new AbortController().signal };
    try {
      execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
      await symlink('/dev/zero', join(folder, 'endless.csv'));
      const messageOf = async (name: string): Promise<string> =>
        (await problemOf(readTable(sourceOfPath(join(folder, name)), hooks))).message;
      expect(await messageOf('pipe.csv')).toContain('“pipe.csv” cannot be read (it is a pipe');
      expect(await messageOf('endless.csv')).toContain('“endless.csv” cannot be read (it is a device');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.each([
    ['grows', (path: string) => appendFileSync(path, '2022-01-01,1\n')],
    ['is cut', (path: string) => truncateSync(path, 1000)],
    ['is taken away', (path: string) => rmSync(path)],
    [
      'becomes another',
      (path: string) => {
        writeFileSync(`${path}.new`, 'date,a\n2020-01-01,1\n');
        renameSync(`${path}.new`, path);
      },
    ],
  ])('a file that %s while it is read', async (_how, change) => {
    const folder = await mkdtemp(join(tmpdir(), 'hindcast-dataset-'));
    const path = join(folder, 'live.csv');
    try {
      await writeFile(path, `date,a\n${dailyLines(60_000, (day) => String(day))}`);
      let changed = false;
      const onProgress = (): void => {
        if (!changed) change(path);
        changed = true;
      };
      const { signal } = new AbortController();
      const problem = await problemOf(readTable(sourceOfPath(path), { onProgress, signal }));
      expect(problem.code).toBe('file-changed');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('nothing where a table has no dates: that is reported when it is used', async () => {
    expect((await readContent('a,b\n1,2\n3,4\n')).time).toBeNull();
  });
});
