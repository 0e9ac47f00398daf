import { setTimeout as pause } from 'node:timers/promises';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../contract/problems';
import { copyDatabase } from './sqlite-copy';
import { whileWritten } from './sqlite-writer.fixture';

const COPIES = 15;
const LIMIT = 100 * 1024 ** 2;

describe('a database that a process writes in bursts', () => {
  it.each(['delete', 'truncate', 'persist', 'wal'])(
    'and its journal as %s is copied whole, and its writer never finds it locked',
    async (journalMode) => {
      const sql = await initSqlJs();
      const rows = new Set<number>();
      const told = await whileWritten(journalMode, async (path) => {
        // Until the copies have seen the writer go on.
        for (let copies = 0; copies < COPIES || rows.size < 2;) {
          try {
            const { bytes } = await copyDatabase(path, LIMIT, new AbortController().signal);
            const database = new sql.Database(bytes);
            const numbers = database.exec(
              'SELECT (SELECT count(*) FROM archive), (SELECT total(count) FROM archive_day_outTemp), ' +
                '(SELECT total(outTemp) FROM archive), (SELECT total(sum) FROM archive_day_outTemp)',
            )[0]?.values[0];
            expect(database.exec('PRAGMA integrity_check')[0]?.values).toEqual([['ok']]);
            expect([numbers?.[0], numbers?.[2]]).toEqual([numbers?.[1], numbers?.[3]]);
            rows.add(Number(numbers?.[0]));
            database.close();
            copies += 1;
          } catch (error) {
            // Before the tables are there; and within a burst there may be no moment in which it is still.
            const isBetween =
              error instanceof Problem &&
              ['file-missing', 'file-changed', 'file-damaged'].includes(error.code);
            if (!isBetween && !/no such table/.test(String(error))) throw error;
            await pause(1);
          }
        }
      });
      expect(told.locked).toBe(0);
      expect(told.transactions).toBeGreaterThan(0);
    },
  );
});
