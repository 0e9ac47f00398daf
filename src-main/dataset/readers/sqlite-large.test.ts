import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database, SqlValue } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemOf, reasonsOf } from '../fixture';
import { sourceOfPath } from '../bytes/source-file';
import { whileWritten } from '../bytes/sqlite-writer.fixture';
import { Problem } from '../../contract/problems';
import { readTable } from '../read-table';
import { summarise } from '../summary/summarise';
import { newestPartOf } from './sqlite-large';

const WEEWX =
  'CREATE TABLE archive (`dateTime` INTEGER NOT NULL UNIQUE PRIMARY KEY, `usUnits` INTEGER NOT NULL, ' +
  '`interval` INTEGER NOT NULL, `outTemp` REAL, `rain` REAL, note TEXT)';
const ROWS = 20_000;
/** Every hundredth row does not fit on its page; and whole numbers lie in columns of fractions. */
const FILLED =
  `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${ROWS}) INSERT INTO archive ` +
  "SELECT 1577836800 + 300 * i, 16, 5, i % 70 / 2.0, i % 3, CASE WHEN i % 100 = 0 THEN printf('%.*c', 3000 + i % 5000, 'x') END FROM n";
const SUMMARIES = [
  'CREATE TABLE archive_day_outTemp (dateTime INTEGER NOT NULL UNIQUE PRIMARY KEY, max REAL)',
  'INSERT INTO archive_day_outTemp SELECT dateTime, outTemp FROM archive',
];
const BYTES =
  'SELECT count(*), min(dateTime), max(dateTime), total(outTemp), total(length(note)), total(rain) FROM archive';
const WHOLE = 300 * 1024 ** 2;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-large-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const numbersOf = (database: Database, query: string): readonly SqlValue[] | undefined =>
  database.exec(query)[0]?.values[0];

async function written(name: string, pageBytes: number, ...statements: readonly string[]) {
  const sql = await initSqlJs();
  const database = new sql.Database();
  database.run(`PRAGMA page_size = ${pageBytes}`);
  for (const statement of statements) database.run(statement);
  const path = join(folder, name);
  await writeFile(path, database.export());
  return { sql, path, database };
}

async function partOf(path: string, mostBytes: number) {
  const sql = await initSqlJs();
  const source = { path, fileName: 'test.sdb' };
  const part = await newestPartOf(sql, source, mostBytes, new AbortController().signal);
  return part === null ? null : { database: new sql.Database(part.bytes), reasons: part.reasons };
}

describe('a part of a large database', () => {
  it.each([512, 1024, 4096, 65_536])('with pages of %i bytes is whole where it fits', async (pageBytes) => {
    const { path, database } = await written('weewx.sdb', pageBytes, WEEWX, FILLED, ...SUMMARIES);
    const part = (await partOf(path, WHOLE))!;
    expect(numbersOf(part.database, 'PRAGMA integrity_check')).toEqual(['ok']);
    expect(numbersOf(part.database, BYTES)).toEqual(numbersOf(database, BYTES));
    expect(numbersOf(part.database, 'SELECT typeof(rain) FROM archive LIMIT 1')).toEqual(['real']);
    expect(numbersOf(part.database, "SELECT count(*) FROM sqlite_master WHERE name LIKE '%day%'")).toEqual([
      0,
    ]);
    expect(part.reasons.map(({ code }) => code)).toEqual(['database-part']);
  });

  it('holds the newest rows where not all fit', async () => {
    const { path, database } = await written('weewx.sdb', 1024, WEEWX, FILLED);
    const part = (await partOf(path, 400_000))!;
    expect(part.reasons.map(({ code }) => code)).toEqual(['database-newest']);
    const [count, from] = numbersOf(part.database, BYTES)!;
    expect(count).toBeGreaterThan(3000);
    expect(count).toBeLessThan(ROWS);
    expect(numbersOf(part.database, BYTES)).toEqual(
      numbersOf(database, `${BYTES} WHERE dateTime >= ${String(from)}`),
    );
    expect(numbersOf(part.database, 'PRAGMA integrity_check')).toEqual(['ok']);
  });

  it('of texts in UTF-16 has them as they are', async () => {
    const note = "UPDATE archive SET note = '바람 — 5 m/s' WHERE dateTime % 7 = 0";
    const { path, database } = await written(
      'weewx.sdb',
      4096,
      "PRAGMA encoding = 'UTF-16be'",
      WEEWX,
      FILLED,
      note,
    );
    const part = (await partOf(path, WHOLE))!;
    const count = "SELECT count(*) FROM archive WHERE note = '바람 — 5 m/s'";
    expect(numbersOf(part.database, count)).toEqual(numbersOf(database, count));
  });

  it('of Home Assistant is its hourly statistics, and without these its states', async () => {
    const tables = [
      'CREATE TABLE states (state_id INTEGER NOT NULL, metadata_id INTEGER, state VARCHAR(255), last_updated_ts FLOAT, attributes_id INTEGER, PRIMARY KEY (state_id))',
      'CREATE INDEX ix_states ON states (metadata_id)',
      'CREATE TABLE states_meta (metadata_id INTEGER NOT NULL, entity_id VARCHAR(255), PRIMARY KEY (metadata_id))',
      'CREATE TABLE state_attributes (attributes_id INTEGER NOT NULL, shared_attrs TEXT, PRIMARY KEY (attributes_id))',
      'CREATE TABLE recorder_runs (run_id INTEGER NOT NULL, PRIMARY KEY (run_id))',
      'CREATE TABLE statistics_meta (id INTEGER NOT NULL, statistic_id VARCHAR(255), unit_of_measurement VARCHAR(255), PRIMARY KEY (id))',
      'CREATE UNIQUE INDEX ix_meta ON statistics_meta (statistic_id)',
      'CREATE TABLE statistics (id INTEGER NOT NULL, created_ts FLOAT, metadata_id INTEGER, start_ts FLOAT, mean FLOAT, sum FLOAT, PRIMARY KEY (id), FOREIGN KEY(metadata_id) REFERENCES statistics_meta (id) ON DELETE CASCADE)',
      'CREATE UNIQUE INDEX ix_statistics ON statistics (metadata_id, start_ts)',
    ];
    const count = (rows: number): string =>
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})`;
    const states = [
      "INSERT INTO states_meta VALUES (1, 'sensor.outdoor')",
      `INSERT INTO state_attributes VALUES (1, '{"unit_of_measurement":"°C"}')`,
      `${count(3000)} INSERT INTO states SELECT i, 1, i % 20, 1700000000 + 300 * i, 1 FROM n`,
    ];
    const statistics = [
      "INSERT INTO statistics_meta VALUES (7, 'sensor.outdoor', '°C')",
      `${count(3000)} INSERT INTO statistics SELECT i, 0, 7, 1700000000 + 3600 * i, i % 20, NULL FROM n`,
    ];
    for (const [rows, reason] of [
      [[...states, ...statistics], 'home-assistant-statistics'],
      [states, 'home-assistant-states'],
    ] as const) {
      const { path } = await written('home-assistant_v2.db', 4096, ...tables, ...rows);
      // A hole: nothing lies on the disk.
      await truncate(path, 700 * 1024 ** 2);
      const hooks = { onProgress: () => undefined, signal: new AbortController().signal };
      const table = await readTable(sourceOfPath(path), hooks);
      const said = reasonsOf(summarise(table, 'test')).join();
      expect(said).toMatch(/of its 700 MB only the table/);
      expect(table.format.reasons.map(({ code }) => code)).toContain(reason);
      expect(table.rows).toBeGreaterThan(2900);
    }
  });

  it('is nothing of a database of another kind, which is refused with what makes it smaller', async () => {
    const { path } = await written('other.db', 4096, 'CREATE TABLE readings (time TEXT, t REAL)');
    expect(await partOf(path, WHOLE)).toBeNull();
    await truncate(path, 601 * 1024 ** 2);
    const hooks = { onProgress: () => undefined, signal: new AbortController().signal };
    const problem = await problemOf(readTable(sourceOfPath(path), hooks));
    expect(problem.code).toBe('database-too-large');
    expect(problem.message).toContain('recorder.purge');
  });

  it('of pages that are damaged ends in a sentence', async () => {
    const { path, database } = await written('weewx.sdb', 1024, WEEWX, FILLED);
    const good = Buffer.from(database.export());
    let refused = 0;
    for (let place = 0; place < 30; place += 1) {
      const bytes = Buffer.from(good);
      const at = 100 + ((place * 7919 * 613) % (bytes.length - 200));
      bytes.fill(255, at, at + 60);
      await writeFile(path, bytes);
      await partOf(path, WHOLE).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'file-damaged' });
        refused += 1;
      });
    }
    // Page 2 is the first of the archive: its first child is itself.
    const circle = Buffer.from(good);
    circle.writeUInt32BE(2, 1024 + circle.readUInt16BE(1024 + 12));
    await writeFile(path, circle);
    expect((await problemOf(partOf(path, WHOLE))).code).toBe('file-damaged');
    expect(refused).toBeGreaterThan(0);
  });

  it.each(['delete', 'wal'])(
    'is of one state, while a process writes with its journal as %s',
    async (journalMode) => {
      const parts = 8;
      const counts = new Set<number>();
      const told = await whileWritten(journalMode, async (path) => {
        // Until they have seen the writer go on.
        for (let taken = 0; taken < parts || counts.size < 2;) {
          try {
            const part = await partOf(path, WHOLE);
            if (part === null) throw new Problem('file-missing', { file: path });
            const [count, from, to, total] = numbersOf(
              part.database,
              'SELECT count(*), min(dateTime), max(dateTime), total(outTemp) FROM archive',
            )! as number[];
            expect(numbersOf(part.database, 'PRAGMA integrity_check')).toEqual(['ok']);
            // A row for each five minutes, and of each what it was written with.
            const rows = Array.from({ length: count! }, (_, row) => 40 + (row % 50));
            if (count! > 0) expect(to).toBe(from! + 300 * (count! - 1));
            expect(total).toBe(rows.reduce((sum, value) => sum + value, 0));
            counts.add(count!);
            taken += 1;
          } catch (error) {
            const isBetween =
              error instanceof Problem &&
              ['file-missing', 'file-changed', 'file-damaged'].includes(error.code);
            if (!isBetween) throw error;
            await pause(1);
          }
        }
      });
      expect(told.locked).toBe(0);
    },
  );
});
