import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { describe, expect, it } from 'vitest';
import type { DatasetSummary } from '../../contract/dataset';
import { problemOf, reasonsOf, summaryOf, summaryOfFixture } from '../fixture';
import { sourceOfPath } from '../bytes/source-file';
import { readTable } from '../read-table';
import { summarise } from '../summary/summarise';

/** Of a WAL database, in its header. */
const VERSIONS_AT = 18;

async function databaseOf(...statements: readonly string[]): Promise<Uint8Array> {
  const sql = await initSqlJs();
  const database: Database = new sql.Database();
  for (const statement of statements) database.run(statement);
  const bytes = database.export();
  database.close();
  return bytes;
}

/** Rows for days from 2021-01-01 on, numbered from `from`. */
const rowsOf = (table: string, days: number, cells: string, from = 0): string =>
  `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${from + days}) ` +
  `INSERT INTO ${table} SELECT ${cells} FROM n`;
const DAY = "date('2021-01-01', i || ' days')";

const columnsOf = (summary: DatasetSummary): unknown[] =>
  summary.columns.map(({ name, min, max }) => [name, min, max]);

describe('tables of SQLite', () => {
  it('with generated columns have each number under its own name', async () => {
    const summary = await summaryOf(
      await databaseOf(
        'CREATE TABLE r (day TEXT, a REAL, twice AS (a * 2), b REAL, kept REAL GENERATED ALWAYS AS (b + 1) STORED)',
        rowsOf('r (day, a, b)', 30, `${DAY}, i, 100 + i`),
      ),
    );
    expect(columnsOf(summary)).toEqual([
      ['day', null, null],
      ['a', 0, 29],
      ['twice', 0, 58],
      ['b', 100, 129],
      ['kept', 101, 130],
    ]);
  });

  it('without row numbers, strict, with triggers and beside views are read', async () => {
    const summary = await summaryOf(
      await databaseOf(
        'CREATE TABLE r (day TEXT PRIMARY KEY, t REAL) STRICT, WITHOUT ROWID',
        'CREATE TABLE log (text TEXT)',
        'CREATE TRIGGER tr AFTER INSERT ON r WHEN new.t = 3 BEGIN INSERT INTO log VALUES (new.day); END',
        'CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM n',
        rowsOf('r', 30, `${DAY}, i`),
      ),
    );
    expect(summary).toMatchObject({ rows: 30, step: { label: 'daily' } });
    expect(columnsOf(summary)).toEqual([
      ['day', null, null],
      ['t', 0, 29],
    ]);
  });

  it('hold bytes that are no readings, however many', async () => {
    const summary = await summaryOf(
      await databaseOf(
        'CREATE TABLE r (day TEXT, t REAL, picture BLOB)',
        rowsOf('r', 30, `${DAY}, i, CASE WHEN i = 4 THEN zeroblob(30000000) END`),
      ),
    );
    expect(summary.columns[2]).toMatchObject({ missing: 30, words: 0 });
  });

  it('whose module is not at hand are passed over', async () => {
    const summary = await summaryOf(
      await databaseOf(
        'CREATE TABLE r (day TEXT, t REAL)',
        rowsOf('r', 30, `${DAY}, i`),
        'PRAGMA writable_schema = ON',
        "INSERT INTO sqlite_master VALUES ('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v USING nothere(x)')",
      ),
    );
    expect(summary.rows).toBe(30);
  });

  it('are found among hundreds of others, as the archive of WeeWX is', async () => {
    const others = Array.from(
      { length: 150 },
      (_, at) => `CREATE TABLE day_${at} (dateTime INTEGER, min REAL)`,
    );
    const archive = 'CREATE TABLE archive (dateTime INTEGER PRIMARY KEY, usUnits INTEGER, outTemp REAL)';
    const rows = rowsOf('archive', 30, '1609459200 + i * 300, 1, 40 + i');
    expect((await summaryOf(await databaseOf(...others, archive, rows))).rows).toBe(30);
  });

  it('that are damaged or locked end in a sentence', async () => {
    const good = await databaseOf('CREATE TABLE r (day TEXT, t REAL)', rowsOf('r', 3000, `${DAY}, i`));
    const pageBytes = 4096;
    const cut = good.subarray(0, good.length - 5 * pageBytes);
    expect((await problemOf(summaryOf(cut))).code).toBe('file-damaged');
    // The root page of the table says that its first child is itself.
    const circle = good.slice();
    const root = pageBytes;
    const pointer = new DataView(circle.buffer).getUint16(root + 12);
    new DataView(circle.buffer).setUint32(root + pointer, 2);
    expect((await problemOf(summaryOf(circle))).code).toBe('file-damaged');
    const noise = good.map((byte, at) => (at < 100 ? byte : (at * 7919) & 255));
    expect((await problemOf(summaryOf(noise))).code).toBe('file-damaged');
    const encrypted = good.map((byte, at) => (byte + at * 31 + (at >> 8)) & 255);
    expect((await problemOf(summaryOf(encrypted))).code).toBe('file-not-text');
  });
});

/** A log in the way that SQLite writes one, with the pages in which two databases differ. */
function logOf(before: Uint8Array, after: Uint8Array, littleEndian: boolean, commit = true): Buffer {
  const pageBytes = new DataView(before.buffer).getUint16(16);
  const header = Buffer.alloc(32);
  [littleEndian ? 0x377f0682 : 0x377f0683, 3_007_000, pageBytes, 7, 0x1234_5678, 0x9abc_def0].forEach(
    (word, at) => header.writeUInt32BE(word, at * 4),
  );
  let sums: readonly [number, number] = [0, 0];
  const add = (bytes: Buffer): void => {
    const word = (at: number): number => (littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
    for (let at = 0; at < bytes.length; at += 8) {
      const first = (sums[0] + word(at) + sums[1]) >>> 0;
      sums = [first, (sums[1] + word(at + 4) + first) >>> 0];
    }
  };
  const sign = (bytes: Buffer, at: number): void =>
    sums.forEach((sum, index) => bytes.writeUInt32BE(sum, at + index * 4));
  add(header.subarray(0, 24));
  sign(header, 24);
  const pages = Array.from({ length: after.length / pageBytes }, (_, page) => page).filter(
    (page) => !Buffer.from(pageOf(before, page, pageBytes)).equals(pageOf(after, page, pageBytes)),
  );
  const frames = pages.map((page, at) => {
    const frame = Buffer.alloc(24);
    const isLast = at === pages.length - 1;
    [page + 1, isLast && commit ? after.length / pageBytes : 0, 0x1234_5678, 0x9abc_def0].forEach(
      (word, place) => frame.writeUInt32BE(word, place * 4),
    );
    const content = Buffer.from(pageOf(after, page, pageBytes));
    add(frame.subarray(0, 8));
    add(content);
    sign(frame, 16);
    return Buffer.concat([frame, content]);
  });
  return Buffer.concat([header, ...frames]);
}

const pageOf = (database: Uint8Array, page: number, pageBytes: number): Uint8Array =>
  database.subarray(page * pageBytes, (page + 1) * pageBytes);

const inLogMode = (database: Uint8Array): Uint8Array => {
  const bytes = database.slice();
  bytes.fill(2, VERSIONS_AT, VERSIONS_AT + 2);
  return bytes;
};

async function summaryBeside(bytes: Uint8Array, ending: string, beside: Uint8Array): Promise<DatasetSummary> {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-sqlite-'));
  try {
    const path = join(folder, 'weather.sdb');
    await writeFile(path, bytes);
    await writeFile(path + ending, beside);
    const hooks = { onProgress: () => undefined, signal: new AbortController().signal };
    return summarise(await readTable(sourceOfPath(path), hooks), 'test');
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('the log beside a database', () => {
  const create = 'CREATE TABLE r (day TEXT, t REAL)';
  const first = rowsOf('r', 500, `${DAY}, i % 30`);
  const second = rowsOf('r', 1500, `${DAY}, i % 30`, 500);
  const both = async (): Promise<readonly [Uint8Array, Uint8Array]> => [
    inLogMode(await databaseOf(create, first)),
    inLogMode(await databaseOf(create, first, second)),
  ];

  it('that SQLite itself wrote is read up to the last transaction that ended', async () => {
    const summary = await summaryOfFixture('sqlite/wal.sdb');
    expect(summary).toMatchObject({ rows: 55, columns: [{ name: 'day' }, { name: 'temp', max: 27 }] });
    expect(reasonsOf(summary).join()).toMatch(/with \d+ pages from its log “wal.sdb-wal”/);
  });

  it.each([true, false])('is read in either order of bytes (%s)', async (littleEndian) => {
    const [before, after] = await both();
    expect(await summaryBeside(before, '-wal', logOf(before, after, littleEndian))).toMatchObject({
      rows: 2000,
    });
  });

  it('counts up to the first byte that does not fit, and not without the end of a transaction', async () => {
    const [before, after] = await both();
    const log = logOf(before, after, true);
    const rowsWith = async (beside: Uint8Array): Promise<number> =>
      (await summaryBeside(before, '-wal', beside)).rows;
    expect(await rowsWith(logOf(before, after, true, false))).toBe(500);
    for (const at of [3, 17, 26, 40, 50, 5000, log.length - 1]) {
      const flipped = Buffer.from(log);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(await rowsWith(flipped)).toBe(500);
    }
    expect(await rowsWith(log.subarray(0, log.length - 1))).toBe(500);
    expect(await rowsWith(Buffer.alloc(0))).toBe(500);
    expect(await rowsWith(Buffer.concat([log, Buffer.alloc(9000, 1)]))).toBe(2000);
  });

  it('of a transaction that did not end is reported, that of one that ended is not', async () => {
    const bytes = await databaseOf(create, first);
    const journal = Buffer.concat([Buffer.from('d9d505f920a163d7', 'hex'), Buffer.alloc(500)]);
    const problem = await problemOf(summaryBeside(bytes, '-journal', journal));
    expect(problem.message).toContain('“weather.sdb-journal” beside it tells of a change that did not end');
    expect((await summaryBeside(bytes, '-journal', Buffer.alloc(512))).rows).toBe(500);
  });
});
