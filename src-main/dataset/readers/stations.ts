import { NUMBER, WORD, type CellColumn } from '../cells/columns';
import { LineNumbers } from '../cells/line-numbers';
import type { ReadCells } from '../cells/table';

/** What tells stations, sites and places apart. */
const STATION_NAME =
  /^(지점.*|관측소.*|관측지점.*|stations?\b.*|station[_ ]?\w*|stn.*|location.*|site.*|place|city|name|nombre|id|wban|usaf|num_poste|nom_usuel|indicativo|observation station|device.*|sensor.*|도시|지역)$/i;

/** The stations in one table, and which column names them. */
export interface Stations {
  readonly column: CellColumn;
  /** The one with the most rows first. */
  readonly names: readonly string[];
}

/**
 * The stations of a table that holds readings of several at the same times; null for a table of one. Where times do not
 * meet, as after a station has moved, it is one record.
 * @param times one a row, NaN where it cannot be read
 */
export function stationsOf(columns: readonly CellColumn[], times: Float64Array): Stations | null {
  const several = columns
    .filter(({ name }) => STATION_NAME.test(name.trim()))
    .map((column) => ({ column, names: namesIn(column) }))
    .filter(({ column, names }) => names.length > 1 && meet(column, times));
  // Of a number and a name of the same stations the name says more.
  const most = Math.max(...several.map(({ names }) => names.length));
  const finest = several.filter(({ names }) => names.length === most);
  return finest.find(({ column }) => column.kindAt(0) === WORD) ?? finest[0] ?? null;
}

/** Different texts of a column, the commonest first. */
function namesIn(column: CellColumn): string[] {
  const counts = new Map<string, number>();
  for (let row = 0; row < column.length; row += 1) {
    const kind = column.kindAt(row);
    if (kind !== NUMBER && kind !== WORD) continue;
    const text = column.textAt(row);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

/** The share of rows whose time another station has too, from which on a table is of several stations. */
const LEAST_SHARED = 0.1;

/** Whether times repeat, and nearly always from one station to another. */
function meet(column: CellColumn, times: Float64Array): boolean {
  const firstAt = new Map<number, string>();
  let shared = 0;
  let own = 0;
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] ?? NaN;
    if (Number.isNaN(time)) continue;
    const name = column.textAt(row);
    const before = firstAt.get(time);
    if (before === undefined) firstAt.set(time, name);
    else if (before === name) own += 1;
    else shared += 1;
  }
  return shared > own && shared >= LEAST_SHARED * times.length;
}

/** The rows of one station; all where it is none of these. */
export function ofStation(cells: ReadCells, { column, names }: Stations, station: string): ReadCells {
  if (!names.includes(station)) return cells;
  const lines = new LineNumbers();
  const columns = cells.columns.map((each) => each.emptyCopy());
  for (let row = 0; row < cells.rows; row += 1) {
    if (column.textAt(row) !== station) continue;
    columns.forEach((copy, index) => copy.pushCellOf(cells.columns[index] ?? copy, row));
    lines.push(cells.lines[row] ?? 0);
  }
  const reason = `readings of ${names.length} stations; those of “${station.slice(0, 80)}” are taken`;
  return {
    ...cells,
    columns,
    rows: lines.length,
    lines: lines.toArray(),
    format: { ...cells.format, reasons: [...cells.format.reasons, reason] },
  };
}
