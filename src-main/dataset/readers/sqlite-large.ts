import type { Database, SqlJsStatic } from 'sql.js';
import { phrase, type Phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';
import { readPages } from '../bytes/sqlite-copy';
import { imageOf, type WantedTable } from '../bytes/sqlite-image';
import type { DatabasePages } from '../bytes/sqlite-pages';
import { LEAF, NoSuchPage, tableEntriesOf, type TableEntry } from '../bytes/sqlite-tree';
import { shownName } from '../bytes/zip-archive';
import { isHomeAssistant } from './home-assistant';
import { MOST_CELLS } from './limits';
import { columnsOf, numberOf, quoted, rowsOf } from './sqlite-queries';

/** What of a database that is too large is read instead of all of it. */
export interface DatabasePart {
  readonly bytes: Uint8Array;
  readonly reasons: readonly Phrase[];
}

const TEXT_ENCODING_AT = 56;
const ENCODINGS: Readonly<Record<number, string>> = { 1: 'UTF-8', 2: 'UTF-16le', 3: 'UTF-16be' };

/**
 * Of a database that does not fit into memory the tables that hold readings, their newest rows first: the archive of WeeWX; of
 * Home Assistant the hourly statistics or, where there are none, the states. Its indexes, events and daily summaries are left out.
 * @param mostBytes of what is read
 * @returns null where it is neither of these, or its pages are of a kind that is not known
 * @throws Problem as `copyDatabase`, 'file-damaged', 'cancelled'
 */
export async function newestPartOf(
  sql: SqlJsStatic,
  { path, fileName }: { readonly path: string; readonly fileName: string },
  mostBytes: number,
  signal: AbortSignal,
): Promise<DatabasePart | null> {
  try {
    return await readPages(path, mostBytes, signal, (pages) => partOf(sql, pages, mostBytes, signal));
  } catch (error) {
    if (signal.aborted) throw new Problem('cancelled');
    // What a page says may also lie behind its end.
    if (!(error instanceof NoSuchPage) && !(error instanceof RangeError)) throw error;
    const cause = phrase('sqlite-says', { text: shownName(fileName), error: '' });
    throw new Problem('file-damaged', { file: fileName, cause }, { cause: error });
  }
}

async function partOf(
  sql: SqlJsStatic,
  pages: DatabasePages,
  mostBytes: number,
  signal: AbortSignal,
): Promise<DatabasePart | null> {
  if (pages.usableBytes !== pages.pageBytes) return null;
  const entries = await tableEntriesOf(pages);
  const wanted = wantedOf(entries, await hasRows(pages, entries, 'statistics'));
  if (wanted === null) return null;
  const empty = new sql.Database();
  try {
    empty.run(`PRAGMA page_size = ${pages.pageBytes}`);
    empty.run(`PRAGMA encoding = '${ENCODINGS[pages.head.readUInt32BE(TEXT_ENCODING_AT)] ?? 'UTF-8'}'`);
    const made = entries.filter(({ name }) => wanted.made.includes(name));
    if (!made.every((entry) => makeTable(sql, empty, entry))) return null;
    const tables = wanted.taken.map((name): WantedTable => {
      const { root } = made.find((entry) => entry.name === name)!;
      const columns = columnsOf(empty, name).length;
      return { from: root, to: rootOf(empty, name), mostRows: Math.floor(MOST_CELLS / columns) };
    });
    const { bytes, isAll } = await imageOf(pages, empty.export(), tables, mostBytes, signal);
    const size = phrase('bytes', { bytes: pages.count * pages.pageBytes });
    const table = wanted.shown;
    return {
      bytes,
      reasons: [
        isAll ? phrase('database-part', { size, table }) : phrase('database-newest', { size, table }),
      ],
    };
  } finally {
    empty.close();
  }
}

interface Wanted {
  /** Tables that are there afterwards, and those whose rows are, the first first. */
  readonly made: readonly string[];
  readonly taken: readonly string[];
  /** The one that holds the readings. */
  readonly shown: string;
}

const HOME_ASSISTANT_MARKS = ['states', 'schema_changes', 'recorder_runs'];

function wantedOf(entries: readonly TableEntry[], hasStatistics: boolean): Wanted | null {
  const names = entries.map(({ name }) => name);
  const there = (all: readonly string[]): string[] => all.filter((name) => names.includes(name));
  if (isHomeAssistant(names)) {
    const shown = hasStatistics ? 'statistics' : 'states';
    const taken = there(
      hasStatistics ? ['statistics_meta', shown] : ['states_meta', 'state_attributes', shown],
    );
    return { made: [...new Set([...there(HOME_ASSISTANT_MARKS), ...taken])], taken, shown };
  }
  const archive = entries.find(({ name }) => name === 'archive');
  if (archive?.sql.includes('usUnits') !== true) return null;
  return { made: ['archive'], taken: ['archive'], shown: 'archive' };
}

/** Whether the first page of a table says that there is a row. */
async function hasRows(pages: DatabasePages, entries: readonly TableEntry[], name: string): Promise<boolean> {
  const entry = entries.find((each) => each.name === name);
  if (entry === undefined) return false;
  const page = await pages.read(entry.root);
  return page[0] !== LEAF || page.readUInt16BE(3) > 0;
}

/**
 * The same columns of the same types, without what would need an index.
 * @returns false where its rows do not lie as in an ordinary table
 */
function makeTable(sql: SqlJsStatic, database: Database, { name, sql: statement }: TableEntry): boolean {
  const scratch = new sql.Database();
  try {
    scratch.run(statement);
    const columns = [...rowsOf(scratch, `PRAGMA table_xinfo(${quoted(name)})`)];
    const keys = columns.filter(([, , , , , key]) => Number(key) > 0).length;
    const hasRowNumbers =
      numberOf(scratch, `SELECT count(*) FROM pragma_table_list(${quoted(name)}) WHERE wr = 0`) === 1;
    const isPlain = columns.every(([, , , , , , hidden]) => Number(hidden) === 0);
    if (columns.length === 0 || !hasRowNumbers || !isPlain) return false;
    const told = columns.map(([, column, type, , , key]) => {
      const isRowNumber = keys === 1 && Number(key) === 1 && String(type).toUpperCase() === 'INTEGER';
      return `${quoted(String(column))} ${isRowNumber ? 'INTEGER PRIMARY KEY' : typeName(String(type))}`;
    });
    database.run(`CREATE TABLE ${quoted(name)} (${told.join(', ')})`);
    return true;
  } catch {
    return false;
  } finally {
    scratch.close();
  }
}

/** Only what SQLite tells affinities by. */
const typeName = (type: string): string => type.replace(/[^\w ]/g, '');

const rootOf = (database: Database, name: string): number =>
  numberOf(database, `SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = '${name}'`);
