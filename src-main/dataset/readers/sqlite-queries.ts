import type { Database, SqlValue } from 'sql.js';

/** The first column of what a query gives. */
export function textsOf(database: Database, query: string): string[] {
  return (database.exec(query)[0]?.values ?? []).map((row) => String(row[0] ?? ''));
}

export function numbersOf(database: Database, query: string): number[] {
  return (database.exec(query)[0]?.values ?? []).map((row) => Number(row[0]));
}

export const numberOf = (database: Database, query: string): number => numbersOf(database, query)[0] ?? 0;

/** Each row that a query gives, one after another. */
export function* rowsOf(database: Database, query: string): Generator<readonly SqlValue[]> {
  const statement = database.prepare(query);
  try {
    while (statement.step()) yield statement.get();
  } finally {
    statement.free();
  }
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The names as a query gives them: `table_info` leaves out what is generated. */
export function columnsOf(database: Database, table: string): string[] {
  const statement = database.prepare(`SELECT * FROM ${quoted(table)}`);
  try {
    return statement.getColumnNames();
  } finally {
    statement.free();
  }
}

/** The tables of a database, SQLite's own left out. */
export const tablesOf = (database: Database): string[] =>
  textsOf(database, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
