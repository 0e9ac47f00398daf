import { looksLikeDate } from '../time/dates';
import type { Header, SampleRecord } from './header';

const WHOLE = /^[+-]?\d{1,6}$/;
const FRACTION = /^\d{1,4}$/;
/** Of the rows as wide as most are, so many must fit. */
const LEAST_FITTING = 0.95;
/** Decimals are few: each further digit speaks against a way as much as half the range from row to row. */
const EACH_DIGIT = 0.5;
/** More ways than this to put numbers together are not tried. */
const MOST_WAYS = 2000;

/**
 * The columns whose numbers were cut in two, since the file parts cells by commas and writes decimals with commas too:
 * its rows are wider than its names. Of several ways to put them together the one is taken in which the readings of all
 * columns change least from row to row; a fraction read as a column of its own, or before another number, is noise.
 * @param width of most rows
 * @returns by their place among the names; empty where this is not so
 */
export function splitNumbersOf(
  header: Header | null,
  data: readonly SampleRecord[],
  width: number,
): readonly number[] {
  const names = header?.names ?? [];
  const cut = width - names.length;
  if (names.length < 2 || cut < 1 || cut >= names.length) return [];
  const rows = data.filter(({ cells }) => cells.length === width).map(({ cells }) => cells);
  if (rows.some((cells) => cells.some((cell) => /\d\.\d/.test(cell) && !looksLikeDate(cell)))) return [];
  let best: readonly number[] = [];
  let least = Infinity;
  for (const way of waysOf(names.length, cut, rows)) {
    const joined = rows.map((cells) => joinNumbers(cells, way));
    const roughness = roughnessOf(joined) + EACH_DIGIT * digitsOf(joined, way);
    if (roughness >= least) continue;
    least = roughness;
    best = way;
  }
  return best;
}

/** A line of words above the first row as names, however few they are; null where it begins cells with figures. */
export function namesOf(record: SampleRecord | undefined): Header | null {
  if (record === undefined || record.cells.some((cell) => /^[-+]?\d/.test(cell))) return null;
  return { line: record.line, names: record.cells, units: [] };
}

/** The choices of `cut` columns of which the cells may be a number and its decimals. */
function waysOf(columns: number, cut: number, rows: readonly (readonly string[])[]): number[][] {
  const ways: number[][] = [];
  const fits = (cell: number): boolean => {
    const pairs = rows.filter((cells) => (cells[cell] ?? '') !== '' || (cells[cell + 1] ?? '') !== '');
    const good = pairs.filter(
      (cells) => WHOLE.test(cells[cell] ?? '') && FRACTION.test(cells[cell + 1] ?? ''),
    );
    return pairs.length > 0 && good.length >= LEAST_FITTING * pairs.length;
  };
  const known = new Map<number, boolean>();
  const go = (column: number, cell: number, chosen: readonly number[]): void => {
    if (ways.length >= MOST_WAYS) return;
    if (chosen.length === cut) {
      ways.push([...chosen]);
      return;
    }
    if (columns - column < cut - chosen.length) return;
    let isPair = known.get(cell);
    if (isPair === undefined) {
      isPair = fits(cell);
      known.set(cell, isPair);
    }
    if (isPair) go(column + 1, cell + 2, [...chosen, column]);
    go(column + 1, cell + 1, chosen);
  };
  go(0, 0, []);
  return ways;
}

/** Cells with the numbers of some columns, which take two cells each, in one: '4', '5' as '4,5'. */
export function joinNumbers(cells: readonly string[], columns: readonly number[]): readonly string[] {
  if (columns.length === 0) return cells;
  const joined: string[] = [];
  for (let at = 0; at < cells.length; at += 1) {
    const cell = cells[at] ?? '';
    if (columns.includes(joined.length) && at + 1 < cells.length) {
      const fraction = cells[at + 1] ?? '';
      joined.push(cell === '' && fraction === '' ? '' : `${cell},${fraction}`);
      at += 1;
    } else {
      joined.push(cell);
    }
  }
  return joined;
}

/** The mean number of decimals, added up over the columns of a way. */
function digitsOf(rows: readonly (readonly string[])[], way: readonly number[]): number {
  const decimals = (cells: readonly string[]): number =>
    way.reduce((sum, column) => sum + ((cells[column] ?? '').split(',')[1] ?? '').length, 0);
  return rows.reduce((sum, cells) => sum + decimals(cells), 0) / Math.max(1, rows.length);
}

/** The mean change from row to row in parts of the range, added up over the columns of numbers. */
function roughnessOf(rows: readonly (readonly string[])[]): number {
  const columns = rows[0]?.length ?? 0;
  let sum = 0;
  for (let column = 0; column < columns; column += 1) {
    const values = rows
      .map((cells) => Number((cells[column] ?? '').replace(',', '.')))
      .filter(Number.isFinite);
    if (values.length < rows.length / 2) continue;
    const range = Math.max(...values) - Math.min(...values);
    let change = 0;
    for (let row = 1; row < values.length; row += 1)
      change += Math.abs((values[row] ?? 0) - (values[row - 1] ?? 0));
    if (range > 0) sum += change / range / values.length;
  }
  return sum;
}
