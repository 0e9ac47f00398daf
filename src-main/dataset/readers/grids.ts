import { isNameless, partsOfName } from '../cells/column-names';
import { CellColumn } from '../cells/columns';
import { LineNumbers } from '../cells/line-numbers';
import { NumberScanner } from '../cells/numbers';
import type { ReadCells } from '../cells/table';
import { dayOf, monthOfName } from '../time/dates';
import { isWhole } from '../time/samples';
import { phrase } from '../../contract/phrases';

const MONTHS = 12;
const DAYS = 31;

/** A table whose rows are years, or days of years, or months, with a column for each month or day. */
interface Grid {
  /** Columns in front that tell rows of a year apart, such as the region. */
  readonly before: readonly number[];
  readonly year: number;
  /** The column of the month (columns are days) or of the day (columns are months); null for months alone. */
  readonly other: number | null;
  readonly first: number;
  readonly across: 'months' | 'days';
}

/** A row a reading instead: 'Year,Jan,Feb,...', 'Year,Day,Jan,Feb,...' or 'Year,Month,1,2,...', with names or without. */
export function unrollGrid(cells: ReadCells): ReadCells {
  const grid = gridByNames(cells.columns) ?? gridByShape(cells.columns);
  return grid === null ? cells : unroll(cells, grid);
}

function gridByNames(columns: readonly CellColumn[]): Grid | null {
  const isRun = (first: number, count: number, isNth: (label: string, at: number) => boolean): boolean =>
    first > 0 &&
    Array.from({ length: count }, (_, at) => at).every((at) => {
      const name = columns[first + at]?.name;
      return name !== undefined && isNth(partsOfName(name).label.trim(), at + 1);
    });
  const isMonth = (label: string, month: number): boolean =>
    monthOfName(label) === month || label === `${month}월` || label === `${month}月`;
  const isDay = (label: string, day: number): boolean =>
    label.replace(/^(?:day|tag|d)[ _]?/i, '') === String(day);
  for (let first = 1; first <= columns.length - MONTHS; first += 1) {
    if (isRun(first, MONTHS, isMonth)) return inFrontOf(columns, first, 'months');
    if (columns.length - first >= DAYS && isRun(first, DAYS, isDay)) return inFrontOf(columns, first, 'days');
  }
  return null;
}

/** The year and what stands beside it, in front of the first month or day. */
function inFrontOf(columns: readonly CellColumn[], first: number, across: Grid['across']): Grid | null {
  const holds = (index: number, low: number, high: number): boolean => {
    const column = columns[index];
    return column !== undefined && allWhole(column, low, high);
  };
  const others = (...taken: number[]): number[] =>
    Array.from({ length: first }, (_, index) => index).filter((index) => !taken.includes(index));
  for (let year = first - 1; year >= 0; year -= 1) {
    if (!holds(year, 1650, 2200)) continue;
    const other = others(year).find((index) =>
      across === 'days' ? holds(index, 1, MONTHS) : isDayColumn(columns, index, year),
    );
    if (across === 'days' && other === undefined) return null;
    const before = other === undefined ? others(year) : others(year, other);
    return { before, year, other: other ?? null, first, across };
  }
  return null;
}

const isDayColumn = (columns: readonly CellColumn[], index: number, year: number): boolean =>
  index === year + 1 && allWhole(columns[index] as CellColumn, 1, DAYS);

/** Without names: year and twelve numbers, year, day and twelve, or year, month and thirty-one. */
function gridByShape(columns: readonly CellColumn[]): Grid | null {
  const [year, second] = columns;
  if (year === undefined || second === undefined || !columns.every(({ name }) => isNameless(name)))
    return null;
  if (!allWhole(year, 1650, 2200) || !runsUp(year)) return null;
  if (columns.length === MONTHS + 1) {
    return isStrict(year) ? { before: [], year: 0, other: null, first: 1, across: 'months' } : null;
  }
  if (columns.length === MONTHS + 2 && countsTo(second, DAYS)) {
    return { before: [], year: 0, other: 1, first: 2, across: 'months' };
  }
  if (columns.length === DAYS + 2 && countsTo(second, MONTHS)) {
    return { before: [], year: 0, other: 1, first: 2, across: 'days' };
  }
  return null;
}

function allWhole(column: CellColumn, low: number, high: number): boolean {
  for (let row = 0; row < column.length; row += 1) {
    if (!isWhole(column.numberAt(row), low, high)) return false;
  }
  return column.length > 0;
}

function runsUp(column: CellColumn): boolean {
  for (let row = 1; row < column.length; row += 1) {
    if (column.numberAt(row) < column.numberAt(row - 1)) return false;
  }
  return true;
}

function isStrict(column: CellColumn): boolean {
  for (let row = 1; row < column.length; row += 1) {
    if (column.numberAt(row) === column.numberAt(row - 1)) return false;
  }
  return true;
}

/** Whether numbers count from 1 up to `last`, again and again; the last time may be cut short. */
function countsTo(column: CellColumn, last: number): boolean {
  for (let row = 0; row < column.length; row += 1) {
    const before = row === 0 ? last : column.numberAt(row - 1);
    const value = column.numberAt(row);
    if (value !== before + 1 && !(value === 1 && (before === last || row === 0))) return false;
  }
  return column.length > last;
}

interface Cell {
  readonly time: number;
  readonly row: number;
  readonly at: number;
}

function unroll(cells: ReadCells, grid: Grid): ReadCells {
  const { columns } = cells;
  const count = grid.across === 'months' ? MONTHS : DAYS;
  const at = (index: number, row: number): number => columns[index]?.numberAt(row) ?? NaN;
  const found: Cell[] = [];
  for (let row = 0; row < cells.rows; row += 1) {
    for (let each = 0; each < count; each += 1) {
      const other = grid.other === null ? 1 : at(grid.other, row);
      const [month, day] = grid.across === 'months' ? [each + 1, other] : [other, each + 1];
      const time = dayOf(at(grid.year, row), month, day);
      if (!Number.isNaN(time)) found.push({ time, row, at: grid.first + each });
    }
  }
  const groupOf = (row: number): string =>
    grid.before.map((index) => columns[index]?.textAt(row) ?? '').join('|');
  const groups = [...new Set(Array.from({ length: cells.rows }, (_, row) => groupOf(row)))];
  const place = new Map(groups.map((group, index) => [group, index]));
  const placeOf = Array.from({ length: cells.rows }, (_, row) => place.get(groupOf(row)) ?? 0);
  found.sort((a, b) => (placeOf[a.row] ?? 0) - (placeOf[b.row] ?? 0) || a.time - b.time || a.row - b.row);

  const scanner = new NumberScanner('.');
  const first = columns[grid.first];
  const unit = first?.origin.unit ?? partsOfName(first?.name ?? '').unit;
  const before = grid.before.map((index) => ({ from: columns[index], to: columns[index]?.emptyCopy() }));
  const date = new CellColumn(grid.other === null ? 'Month' : 'Date', '.');
  const value = new CellColumn('Value', cells.decimal, unit === '' ? {} : { unit }, first?.missing);
  const lines = new LineNumbers();
  const digits = grid.other === null ? 'YYYY-MM'.length : 'YYYY-MM-DD'.length;
  for (const cell of found) {
    date.push(new Date(cell.time).toISOString().slice(0, digits), scanner);
    const from = columns[cell.at];
    if (from !== undefined) value.pushCellOf(from, cell.row);
    for (const each of before) if (each.from !== undefined) each.to?.pushCellOf(each.from, cell.row);
    lines.push(cells.lines[cell.row] ?? 0);
  }
  const left = columns.slice(grid.first + count).map(({ name }) => name);
  const across = grid.across === 'months' ? 'month' : 'day';
  const reasons = [
    phrase(`${across}-columns-to-${grid.other === null ? 'months' : 'days'}`),
    ...(left.length === 0 ? [] : [phrase('columns-behind', { names: left.join(', ').slice(0, 200) })]),
  ];
  return {
    ...cells,
    format: { ...cells.format, reasons: [...cells.format.reasons, ...reasons] },
    columns: [...before.flatMap(({ to }) => (to === undefined ? [] : [to])), date, value],
    rows: lines.length,
    lines: lines.toArray(),
  };
}
