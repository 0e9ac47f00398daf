import { isCalendarName, isTimeName, toldMeaning } from '../cells/column-names';
import { NUMBER, WORD, type CellColumn } from '../cells/columns';
import { LineNumbers } from '../cells/line-numbers';
import { holdsCompassWords } from '../cells/readings';
import type { RawTable, ReadCells } from '../cells/table';
import { repeatsOf } from '../time/samples';
import { phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';

/** What tells stations, sites and places apart; a measurement at the station, such as its pressure, does not. */
const STATION_NAME =
  /^(?:지점.*|관측소.*|관측지점.*|stations?\b.*|station[_ ]?\w*|stn[_ ]?(?:id|no|nr|num|code|name|number)?|location.*|site.*|place|city|name|nombre|id|wban|usaf|num_poste|nom_usuel|indicativo|observation station|device.*|sensor.*|도시|지역)$/i;

/** Whether a column so called tells stations apart. */
export const isStationName = (name: string): boolean =>
  STATION_NAME.test(name.trim()) && toldMeaning(name).quantity === 'other';

/** The stations in one table, and which of them each row is of. */
export interface Stations {
  /** The one with the most rows first. */
  readonly names: readonly string[];
  nameAt(row: number): string;
}

/** The share of rows whose time another row has too, from which on a table is of several stations. */
const LEAST_SHARED = 0.1;
/** Of rows that share their time, as many may be of one and the same station. */
const MOST_OWN = 0.05;
/** A column with far more different texts than rows share a time names no stations: it holds readings or remarks. */
const NAMES_A_ROW = 2;

/**
 * The stations of a table that holds readings of several at the same times; null for a table of one. Where times do not
 * meet, as after a station has moved, it is one record. A station is what a column so named tells apart, or any column
 * of texts or codes, or two of them together, under which no time stands twice; a measurement never is.
 * @param times one a row, NaN where it cannot be read
 */
export function stationsOf(columns: readonly CellColumn[], times: Float64Array): Stations | null {
  const shared = mostAtOnce(times);
  if (shared === null) return null;
  const named = columns
    .filter(({ name }) => isStationName(name))
    .map(stationsBy)
    .filter((stations) => stations.names.length > 1 && meet(stations, times));
  // Of a number and a name of the same stations the name says more.
  const most = Math.max(...named.map(({ names }) => names.length));
  const finest = named.filter(({ names }) => names.length === most);
  const best = finest.find(({ isText }) => isText) ?? finest[0];
  return best ?? stationsOfAnyName(columns, times, shared);
}

interface ByColumn extends Stations {
  readonly isText: boolean;
}

/** What a column tells apart. */
export function stationsBy(column: CellColumn): ByColumn {
  return {
    names: namesIn(column.length, (row) => nameIn(column, row)),
    nameAt: (row) => column.textAt(row),
    isText: column.kindAt(0) === WORD,
  };
}

const nameIn = (column: CellColumn, row: number): string | null => {
  const kind = column.kindAt(row);
  return kind === NUMBER || kind === WORD ? column.textAt(row) : null;
};

/** By columns whatever they are called: one under which each time stands once, or else two of them together. */
function stationsOfAnyName(
  columns: readonly CellColumn[],
  times: Float64Array,
  shared: number,
): Stations | null {
  const candidates = columns
    .filter(mayNameStations)
    .map(stationsBy)
    .filter(({ names }) => names.length > 1 && names.length <= NAMES_A_ROW * shared + 1)
    .sort((a, b) => Number(b.isText) - Number(a.isText));
  const single = candidates.find((each) => tellsApart(each, times));
  if (single !== undefined) return single;
  for (const [index, first] of candidates.entries()) {
    for (const second of candidates.slice(index + 1)) {
      const nameAt = (row: number): string => `${first.nameAt(row)} · ${second.nameAt(row)}`;
      const both = { names: namesIn(times.length, nameAt), nameAt };
      if (tellsApart(both, times)) return both;
    }
  }
  return null;
}

/** Texts that are no words of the compass, or whole numbers of which no name says what they measure. */
function mayNameStations(column: CellColumn): boolean {
  const { name } = column;
  if (isTimeName(name) || isCalendarName(name)) return false;
  let words = 0;
  let whole = 0;
  const rows = Math.min(column.length, 2000);
  for (let row = 0; row < rows; row += 1) {
    if (column.kindAt(row) === WORD) words += 1;
    else if (Number.isInteger(column.numberAt(row))) whole += 1;
  }
  if (words > rows / 2) return !holdsCompassWords(column);
  const isPlace = /^(?:lat|lon|lng)/i.test(name);
  return (whole > 0.9 * rows || isPlace) && toldMeaning(name).quantity === 'other';
}

/** The most rows that one time has; null where too few share theirs for several stations. */
function mostAtOnce(times: Float64Array): number | null {
  const found = repeatsOf(times);
  return found.repeats >= LEAST_SHARED * times.length && found.repeats > 0 ? found.mostAtOnce : null;
}

/** Different texts of rows, the commonest first. */
function namesIn(rows: number, nameAt: (row: number) => string | null): string[] {
  const counts = new Map<string, number>();
  for (let row = 0; row < rows; row += 1) {
    const text = nameAt(row);
    if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

/** Rows that share their time with one of another station, and with one of their own. */
function sharing(
  { nameAt }: Stations,
  times: Float64Array,
): { readonly shared: number; readonly own: number } {
  const seen = new Map<number, Set<string>>();
  let shared = 0;
  let own = 0;
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] ?? NaN;
    if (Number.isNaN(time)) continue;
    const name = nameAt(row);
    const before = seen.get(time);
    if (before === undefined) seen.set(time, new Set([name]));
    else if (before.has(name)) own += 1;
    else {
      before.add(name);
      shared += 1;
    }
  }
  return { shared, own };
}

/** Whether times repeat, and nearly always from one station to another. */
function meet(stations: Stations, times: Float64Array): boolean {
  const { shared, own } = sharing(stations, times);
  return shared > own && shared >= LEAST_SHARED * times.length;
}

/** Whether under each name hardly a time stands twice. */
function tellsApart(stations: Stations, times: Float64Array): boolean {
  const { shared, own } = sharing(stations, times);
  return own <= MOST_OWN * shared && shared >= LEAST_SHARED * times.length;
}

/**
 * The tables of all stations that a column tells apart, in the order of their names, each with its own forecasts.
 * @throws Problem 'no-time-column', as the joining of forecasts does
 */
export function tablesOfStations(table: RawTable, index: number): ReadonlyMap<string, RawTable> {
  const { cells, time } = table.whole ?? { cells: table, time: table.time };
  const column = cells.columns[index];
  if (column === undefined || time === null) {
    throw new Problem('no-time-column', { file: table.source.fileName });
  }
  const stations = stationsBy(column);
  const names = stations.names.slice().sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return new Map(
    names.map((name): [string, RawTable] => {
      const times = time.times.filter((_, row) => stations.nameAt(row) === name);
      const own = { ...table, ...ofStation(cells, stations, name), time: { ...time, times } };
      return [name, table.joinForecasts?.(own) ?? own];
    }),
  );
}

/** The rows of one station; all where it is none of these. */
export function ofStation(cells: ReadCells, { nameAt, names }: Stations, station: string): ReadCells {
  if (!names.includes(station)) return cells;
  const lines = new LineNumbers();
  const columns = cells.columns.map((each) => each.emptyCopy());
  for (let row = 0; row < cells.rows; row += 1) {
    if (nameAt(row) !== station) continue;
    columns.forEach((copy, index) => copy.pushCellOf(cells.columns[index] ?? copy, row));
    lines.push(cells.lines[row] ?? 0);
  }
  const reason = phrase('of-stations', { count: names.length, station: station.slice(0, 80) });
  return {
    ...cells,
    columns,
    rows: lines.length,
    lines: lines.toArray(),
    format: { ...cells.format, reasons: [...cells.format.reasons, reason] },
  };
}
