import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { describe, expect, it } from 'vitest';
import { Problem } from '../contract/problems';
import { makeSeries } from './axis/make-series';
import { sourceOfPath } from './bytes/source-file';
import { readTable } from './read-table';
import { summarise } from './summary/summarise';

/** As many damaged files as are tried; ten thousand take about ten minutes. */
const FILES = Number(process.env['HINDCAST_MUTATIONS'] ?? 400);
const LONGEST_MS = 5000;
/** Characters that a line may grow to when it is repeated. */
const MOST_REPEATED = 4_000_000;
const MOST_BYTES = 1024 ** 3;

const random = xoroshiro128plus(20_261_124);
const below = (limit: number): number => (limit <= 1 ? 0 : uniformInt(random, 0, limit - 1));

type Mutation = (bytes: Buffer) => Buffer;
const lines = (bytes: Buffer, change: (line: string, at: number) => string): Buffer =>
  Buffer.from(bytes.toString('latin1').split('\n').map(change).join('\n'), 'latin1');

/** What patterns for numbers, units, dates, names and tags look for. */
const TOKENS = [
  '*',
  ' ',
  '0',
  '1,',
  '.',
  '-',
  '_',
  'a',
  'A',
  '(',
  ')',
  '[',
  '#',
  '"',
  '""',
  '<br',
  '<',
  '|',
  '/',
  ':',
];
const MORE_TOKENS = [
  '\t',
  '\r',
  ';',
  ',',
  "'",
  '+',
  'e',
  'E',
  '1 ',
  '1:',
  '12:00 ',
  '년 ',
  '\u00a0',
  '가',
  'max',
  'temp',
  '°',
];
const LENGTHS = [20, 36, 100, 1000, 30_000, 400_000];

/** A cell of one token over and over, in front of, behind or instead of what stood there. */
function withLongCell(bytes: Buffer): Buffer {
  const token = [...TOKENS, ...MORE_TOKENS][below(TOKENS.length + MORE_TOKENS.length)] ?? ' ';
  const run = token.repeat(Math.ceil((LENGTHS[below(LENGTHS.length)] ?? 0) / token.length));
  const text = bytes.toString('latin1');
  const delimiter = [',', ';', '\t', ' '].find((each) => text.includes(each)) ?? ',';
  const at = below(Math.min(12, text.split('\n').length));
  return lines(bytes, (line, index) => {
    if (index !== at) return line;
    const cells = line.split(delimiter);
    const column = below(cells.length);
    const cell = cells[column] ?? '';
    const long = Buffer.from(run + ['', 'x', '!', '1'][below(4)]).toString('latin1');
    cells[column] = [long, cell + long, long + cell][below(3)] ?? long;
    return cells.join(delimiter);
  });
}

const MUTATIONS: readonly Mutation[] = [
  withLongCell,
  withLongCell,
  (bytes) => bytes.subarray(0, below(bytes.length)),
  (bytes) => bytes.subarray(below(bytes.length)),
  (bytes) => {
    const flipped = Buffer.from(bytes);
    for (let count = below(20) + 1; count > 0; count -= 1) flipped[below(flipped.length)] = below(256);
    return flipped;
  },
  (bytes) => {
    const at = below(8);
    const delimiter = [',', ';', '\t'][below(3)] ?? ',';
    return lines(bytes, (line) =>
      line
        .split(delimiter)
        .filter((_, index) => index !== at)
        .join(delimiter),
    );
  },
  (bytes) => {
    const at = below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from('"'), bytes.subarray(at)]);
  },
  (bytes) => {
    const at = below(10);
    const times = (line: string): number =>
      Math.min(below(2000), Math.ceil(MOST_REPEATED / (line.length + 1)));
    return lines(bytes, (line, index) => (index === at ? line.repeat(times(line)) : line));
  },
  (bytes) => lines(bytes, (line) => (below(4) === 0 ? '' : line)),
  (bytes) => Buffer.concat([bytes, bytes.subarray(below(bytes.length))]),
  (bytes) => Buffer.concat([bytes, Buffer.alloc(below(5000), below(256))]),
  (bytes) =>
    Buffer.from(
      bytes.toString('latin1').replaceAll('\n', ['\r', '', '\n\n', '\r\r\n'][below(4)] ?? ''),
      'latin1',
    ),
  (bytes) =>
    Buffer.from(
      bytes
        .toString('latin1')
        .replace(/\d+/g, (digits) => (below(9) === 0 ? digits.repeat(below(9)) : digits)),
      'latin1',
    ),
];

/** A file to damage: before it is packed, and after. */
interface Seed {
  readonly bytes: Buffer;
  pack(bytes: Buffer): Uint8Array;
  /** The log of a database, which lies beside it. */
  readonly beside?: Buffer;
}

const asItIs = (bytes: Buffer): Seed => ({ bytes, pack: (given) => given });

async function seeds(): Promise<Seed[]> {
  const folder = resolve('src-main/dataset/fixtures');
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((each) => each.isFile() && !each.name.startsWith('.')).map(({ name }) => name);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name))));
  const [first = Buffer.alloc(0), second = first] = texts;
  const database = await archive();
  const logged = {
    ...asItIs(await readFile(join(folder, 'sqlite/wal.sdb'))),
    beside: await readFile(join(folder, 'sqlite/wal.sdb-wal')),
  };
  const workbook = workbookParts();
  const inWorkbook = (part: keyof typeof workbook): Seed => ({
    bytes: Buffer.from(workbook[part]),
    pack: (bytes) => zipSync({ ...workbook, [part]: bytes }),
  });
  const packed = [
    asItIs(Buffer.from(gzipSync(first))),
    asItIs(Buffer.from(zipSync({ 'a.csv': first, 'b.csv': second }))),
    asItIs(Buffer.from(zipSync(workbook))),
    { bytes: first, pack: (bytes: Buffer) => gzipSync(bytes) },
    { bytes: first, pack: (bytes: Buffer) => zipSync({ 'a.csv': bytes, 'b.csv': second }) },
    inWorkbook('xl/worksheets/sheet1.xml'),
    inWorkbook('xl/worksheets/sheet1.xml'),
    inWorkbook('xl/sharedStrings.xml'),
    inWorkbook('xl/styles.xml'),
    inWorkbook('xl/workbook.xml'),
  ];
  return [...texts.map(asItIs), ...[database, database, database].map(asItIs), logged, logged, ...packed];
}

async function archive(): Promise<Buffer> {
  const sql = await initSqlJs();
  const database = new sql.Database();
  database.run('CREATE TABLE archive (dateTime INTEGER PRIMARY KEY, usUnits INTEGER, outTemp REAL)');
  for (let row = 0; row < 200; row += 1) {
    database.run('INSERT INTO archive VALUES (?, 1, ?)', [1_609_459_200 + row * 300, 40 + row / 10]);
  }
  const bytes = Buffer.from(database.export());
  database.close();
  return bytes;
}

function workbookParts() {
  const rows = Array.from(
    { length: 60 },
    (_, row) =>
      `<row r="${row + 2}"><c r="A${row + 2}" s="1"><v>${44_197 + row / 24}</v></c><c r="B${row + 2}"><v>${row / 4}</v></c><c r="C${row + 2}" t="s"><v>${row % 2}</v></c></row>\n`,
  );
  const header =
    '<row r="1"><c t="s"><v>2</v></c><c t="s"><v>3</v></c><c t="inlineStr"><is><t>sky</t></is></c></row>\n';
  const strings = ['clear', 'rain', 'date', 'temp'].map((text) => `<si><t>${text}</t></si>\n`);
  return {
    'xl/workbook.xml': strToU8(
      '<workbook xmlns:r="r">\n<workbookPr date1904="0"/>\n<sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/><Relationship Id="b" Target="styles.xml"/><Relationship Id="c" Target="sharedStrings.xml"/></Relationships>',
    ),
    'xl/styles.xml': strToU8(
      '<styleSheet>\n<numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>\n<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>',
    ),
    'xl/sharedStrings.xml': strToU8(`<sst>${strings.join('')}</sst>`),
    'xl/worksheets/sheet1.xml': strToU8(
      `<worksheet><sheetData>${header}${rows.join('')}</sheetData></worksheet>`,
    ),
  };
}

function damagedBy(bytes: Buffer): Buffer {
  let damaged = bytes;
  for (let count = below(3) + 1; count > 0 && damaged.length > 0; count -= 1) {
    damaged = MUTATIONS[below(MUTATIONS.length)]?.(damaged) ?? damaged;
  }
  return damaged;
}

/** Puts a damaged file in the place of the last one, and its log beside it where it has one. */
async function writeDamaged(path: string, { bytes, pack, beside }: Seed): Promise<void> {
  await rm(`${path}-wal`, { force: true });
  if (beside !== undefined) await writeFile(`${path}-wal`, below(3) === 0 ? beside : damagedBy(beside));
  await writeFile(path, beside !== undefined && below(2) === 0 ? bytes : pack(damagedBy(bytes)));
}

describe('damaged files', () => {
  it(`${FILES} of them give a reading or a sentence, in time and in bounds`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hindcast-mutations-'));
    const path = join(folder, 'damaged.dat');
    const originals = await seeds();
    const codes = new Map<string, number>();
    let slowest = 0;
    try {
      for (let file = 0; file < FILES; file += 1) {
        const original = originals[below(originals.length)];
        if (original !== undefined) await writeDamaged(path, original);
        const before = process.cpuUsage();
        const code = await readAll(path);
        // Of the processor, not of the clock: other programs may hold that up.
        const { user, system } = process.cpuUsage(before);
        const taken = (user + system) / 1000;
        if (taken > LONGEST_MS) await copyFile(path, join(tmpdir(), `hindcast-slow-${file}.dat`));
        slowest = Math.max(slowest, taken);
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
    const figures = [...codes].map(([code, count]) => `${code} ${count}`).join(', ');
    process.stdout.write(`${FILES} damaged files: ${figures}; the slowest took ${Math.round(slowest)} ms\n`);
    expect(slowest).toBeLessThan(LONGEST_MS);
    expect(process.resourceUsage().maxRSS * 1024).toBeLessThan(MOST_BYTES);
    expect([...codes.keys()]).not.toContain('unexpected');
    // Most damage is survived.
    expect(codes.get('read') ?? 0).toBeGreaterThan(FILES / 2);
  }, 3_600_000);
});

async function readAll(path: string): Promise<string> {
  try {
    const table = await readTable(sourceOfPath(path), {
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
    const { suggestion } = summarise(table, 'damaged');
    if (suggestion !== null) makeSeries(table, suggestion);
    return 'read';
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.message).toMatch(/^\P{Cc}{10,1200}$/u);
    return error.code;
  }
}
