import type { Database, SqlJsStatic, Statement } from 'sql.js';
import { phrase, type Phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';
import { secondsLeftAfter } from '../../contract/progress';
import { readWhole } from '../bytes/byte-source';
import { copyDatabase } from '../bytes/sqlite-copy';
import { shownName } from '../bytes/zip-archive';
import type { Meaning } from '../cells/units';
import { uniqueNames } from './delimited-reader';
import { CellColumn } from '../cells/columns';
import { LineNumbers } from '../cells/line-numbers';
import { NumberScanner } from '../cells/numbers';
import type { Claim, FileHead, Reader } from './reader';
import { isHomeAssistant, readHomeAssistant } from './home-assistant';
import { requireCells, requireColumns } from './limits';
import { newestPartOf } from './sqlite-large';
import { columnsOf, numberOf, numbersOf, quoted, tablesOf } from './sqlite-queries';
import type { ReadCells, ReadHooks } from '../cells/table';
import { isUnitSystem, nameOfUnits, weewxMeaning } from '../cells/weewx-units';

const MAGIC = 'SQLite format 3\u0000';
/** The whole database is held in memory while it is read; of a larger one a part. */
const LARGEST_DATABASE = 600 * 1024 ** 2;
const LARGEST_PART = 300 * 1024 ** 2;
const ROWS_PER_TURN = 5000;
/** A cell and the pointer to it. More rows than fit are those of damaged pages that point at each other in circles. */
const LEAST_ROW_BYTES = 4;
const MOST_TABLES = 1000;

/** SQLite databases: the archive of WeeWX, the recorder of Home Assistant, or else the largest table. */
export const sqliteReader: Reader = {
  id: 'sqlite',
  label: phrase('format-sqlite'),
  sniff(head: FileHead): Claim | null {
    if (Buffer.from(head.bytes.subarray(0, 16)).toString('latin1') !== MAGIC) return null;
    const reasons = [phrase('is-sqlite')];
    const readsOneState = head.content.reasons.length === 0;
    return { confidence: 1, reasons, readsOneState, read: (hooks) => readDatabase(head, reasons, hooks) };
  },
};

async function readDatabase(
  head: FileHead,
  reasons: readonly Phrase[],
  hooks: ReadHooks,
): Promise<ReadCells> {
  const file = head.source.fileName;
  const { bytes, reasons: beside } = await readBytes(head, hooks);
  const sql = await loadSqlite();
  let database: Database | null = null;
  try {
    database = new sql.Database(bytes);
    return await readReadings(
      database,
      file,
      [...reasons, ...beside],
      Math.floor(bytes.length / LEAST_ROW_BYTES),
      hooks,
    );
  } catch (error) {
    if (error instanceof Problem) throw error;
    const text = shownName(error instanceof Error ? error.message : String(error));
    const cause = phrase('sqlite-says', { text, error: '' });
    throw new Problem('file-damaged', { file, cause }, { cause: error });
  } finally {
    database?.close();
  }
}

/** The database as it stands now with what the log beside it holds; what was unpacked has nothing beside it. */
async function readBytes(
  head: FileHead,
  hooks: ReadHooks,
): Promise<{ bytes: Uint8Array; reasons: readonly Phrase[] }> {
  if (head.content.reasons.length > 0) {
    return { bytes: await readWhole(head.content, hooks.signal, LARGEST_DATABASE), reasons: [] };
  }
  const { path, fileName } = head.source;
  const copy = await copyDatabase(path, LARGEST_DATABASE, hooks.signal).catch(passOverTooLarge);
  if (copy instanceof Problem) {
    const part = await newestPartOf(await loadSqlite(), head.source, LARGEST_PART, hooks.signal);
    if (part === null) throw Problem.from({ code: 'database-too-large', params: copy.params });
    return part;
  }
  const { bytes, pagesOfLog } = copy;
  if (pagesOfLog === 0) return { bytes, reasons: [] };
  return { bytes, reasons: [phrase('with-log', { pages: pagesOfLog, file: `${fileName}-wal` })] };
}

function passOverTooLarge(error: unknown): Problem {
  if (error instanceof Problem && error.code === 'file-too-large') return error;
  throw error;
}

let loaded: Promise<SqlJsStatic> | null = null;

/** SQLite as WebAssembly; its code is part of the bundle, so that it is found wherever that lies. */
async function loadSqlite(): Promise<SqlJsStatic> {
  loaded ??= import('sql.js/dist/sql-wasm-inline.js').then(({ default: initialise }) => initialise());
  return loaded;
}

async function readReadings(
  database: Database,
  file: string,
  reasons: readonly Phrase[],
  mostRows: number,
  hooks: ReadHooks,
): Promise<ReadCells> {
  const names = tablesOf(database);
  if (isHomeAssistant(names)) {
    const cells = await readHomeAssistant(database, names, file, hooks);
    return { ...cells, format: { ...cells.format, reasons: [...reasons, ...cells.format.reasons] } };
  }
  const isWeewx = names.includes('archive') && columnsOf(database, 'archive').includes('usUnits');
  const { table, rows } = countedTable(database, isWeewx ? ['archive'] : names, file, mostRows);
  const columns = uniqueNames(columnsOf(database, table));
  requireColumns(columns.length, file);
  if (rows === 0) throw new Problem('no-rows', { file });
  requireCells(rows * columns.length, file);
  const systems = isWeewx ? numbersOf(database, 'SELECT DISTINCT usUnits FROM archive ORDER BY usUnits') : [];
  const [system] = systems;
  const order = isWeewx ? ' ORDER BY dateTime' : '';
  const filter = systems.length > 1 ? ` WHERE usUnits = ${mostUsed(database)}` : '';
  const unitSystem = systems.length > 1 ? mostUsed(database) : system;
  const kept = columns.map((name) => new CellColumn(name, '.', originOf(name, unitSystem)));
  const lines = new LineNumbers();
  const statement = database.prepare(`SELECT * FROM ${quoted(table)}${filter}${order}`);
  try {
    await readRows(statement, kept, lines, rows, hooks);
  } finally {
    statement.free();
  }
  const filled = kept.filter((column) => isWeewx === false || holdsSomething(column));
  return {
    format: {
      id: isWeewx ? 'weewx' : sqliteReader.id,
      label: isWeewx ? phrase('format-weewx') : sqliteReader.label,
      reasons: [
        ...reasons,
        isWeewx
          ? phrase('weewx-archive', { what: nameOfUnits(unitSystem), system: String(unitSystem) })
          : phrase('largest-table', { count: names.length, name: shownName(table) }),
        ...(systems.length > 1 ? [phrase('other-units')] : []),
        ...(filled.length < kept.length
          ? [phrase('empty-columns', { count: kept.length - filled.length })]
          : []),
      ],
    },
    encoding: 'UTF-8',
    delimiter: '',
    decimal: '.',
    headerLine: 0,
    columns: filled,
    rows: lines.length,
    lines: lines.toArray(),
  };
}

async function readRows(
  statement: Statement,
  columns: readonly CellColumn[],
  lines: LineNumbers,
  rows: number,
  hooks: ReadHooks,
): Promise<void> {
  const scanner = new NumberScanner('.');
  const started = Date.now();
  while (statement.step()) {
    const cells = statement.get();
    columns.forEach((column, index) => {
      const cell = cells[index] ?? null;
      if (typeof cell === 'number') column.pushNumber(cell);
      // Bytes are no reading.
      else column.push(typeof cell === 'string' ? cell : '', scanner);
    });
    lines.push(lines.length + 1);
    if (lines.length % ROWS_PER_TURN !== 0) continue;
    const fraction = Math.min(1, lines.length / rows);
    const secondsLeft = secondsLeftAfter((Date.now() - started) / 1000, fraction);
    hooks.onProgress({ fraction, rows: lines.length, secondsLeft });
    await new Promise((resolve) => setImmediate(resolve));
    if (hooks.signal.aborted) throw new Problem('cancelled');
  }
  hooks.onProgress({ fraction: 1, rows: lines.length, secondsLeft: 0 });
}

function originOf(name: string, system: number | undefined): { meaning?: Meaning } {
  if (system === undefined || !isUnitSystem(system)) return {};
  return { meaning: weewxMeaning(name, system) ?? { quantity: 'other', unit: '' } };
}

const mostUsed = (database: Database): number =>
  numberOf(database, 'SELECT usUnits FROM archive GROUP BY usUnits ORDER BY count(*) DESC LIMIT 1');

function holdsSomething(column: CellColumn): boolean {
  for (let row = 0; row < column.length; row += 1) if (column.textAt(row) !== '') return true;
  return false;
}

/**
 * The table with the most rows; one whose module is not at hand is passed over.
 * @throws Problem 'file-no-table', 'file-damaged'; else what SQLite says where no table can be read
 */
function countedTable(
  database: Database,
  names: readonly string[],
  file: string,
  mostRows: number,
): { readonly table: string; readonly rows: number } {
  let largest: { readonly table: string; readonly rows: number } | null = null;
  let refusal: unknown = null;
  for (const table of names.slice(0, MOST_TABLES)) {
    try {
      const limited = `SELECT 1 FROM ${quoted(table)} LIMIT ${mostRows + 1}`;
      const rows = numberOf(database, `SELECT count(*) FROM (${limited})`);
      if (rows > mostRows) throw new Problem('file-damaged', { file, cause: phrase('sqlite-circles') });
      if (largest === null || rows > largest.rows) largest = { table, rows };
    } catch (error) {
      // What a table needs may be missing here, such as its module; damage is reported.
      if (!(error instanceof Error) || !/^(no such|unsafe use of)/.test(error.message)) throw error;
      refusal ??= error;
    }
  }
  if (largest !== null && (largest.rows > 0 || refusal === null)) return largest;
  throw refusal ?? new Problem('file-no-table', { file, cause: phrase('sqlite-no-table') });
}
