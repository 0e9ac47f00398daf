import { readDressedNumber } from '../cells/dressed-numbers';
import { isMissingWord } from '../cells/missing';
import type { NumberScanner } from '../cells/numbers';
import type { PassedOver } from '../cells/table';
import { looksLikeDate, parseClock } from '../time/dates';
import type { SampleRecord } from './header';

/** The share of numbers in a row that has no date, from which on it is a row of readings. */
const LEAST_NUMBERS = 0.4;

/** Whether a line holds readings: a date, or mostly numbers. */
export function isDataRow(cells: readonly string[], scanner: NumberScanner): boolean {
  const filled = cells.filter((cell) => cell !== '' && !isMissingWord(cell));
  if (filled.some(looksLikeDate)) return true;
  if (namesDays(filled) || isWidths(cells)) return false;
  const numbers = filled.filter((cell) => isNumber(cell, scanner)).length;
  return numbers > 0 && numbers / filled.length >= LEAST_NUMBERS;
}

/** The line below the names of an RDB table (USGS): how wide a column is, and whether of strings, dates or numbers: '20d'. */
export const isWidths = (cells: readonly string[]): boolean =>
  cells.length > 1 && cells.every((cell) => /^\d{1,3}[sdn]$/.test(cell));

/** Names of the days of a month, 1 to 31 behind a word, are numbers and yet no readings. */
function namesDays(cells: readonly string[]): boolean {
  const first = cells.indexOf('1');
  return (
    first > 0 && /^\p{L}/u.test(cells[0] ?? '') && DAYS_OF_MONTH.every((day, at) => cells[first + at] === day)
  );
}
const DAYS_OF_MONTH = Array.from({ length: 31 }, (_, at) => String(at + 1));

function isNumber(cell: string, scanner: NumberScanner): boolean {
  return scanner.scan(cell) || readDressedNumber(cell, scanner.decimal) !== null;
}

/**
 * Lines that hold a date in front and a figure behind it, or as many figures as there are columns: a record that began
 * with fewer columns, or rows that a blank line parts from the others.
 */
export function passedOverIn(
  above: readonly SampleRecord[],
  width: number,
  scanner: NumberScanner,
): PassedOver | null {
  const isReading = ({ cells }: SampleRecord): boolean => {
    const [first = '', ...others] = cells;
    const figures = others.filter((cell) => isNumber(cell, scanner)).length;
    // Two dates are the first and the last day of a station at its place.
    if (looksLikeDate(first))
      return figures > 0 && cells.length > width / 2 && !looksLikeDate(others[0] ?? '');
    return isNumber(first, scanner) && figures + 1 >= width - 1 && isDataRow(cells, scanner);
  };
  const rows = above.filter(isReading);
  const [first] = rows;
  if (first === undefined) return null;
  return { count: rows.length, line: first.line, text: first.cells.join(' ').slice(0, LONGEST_SHOWN) };
}
const LONGEST_SHOWN = 80;

/** The share of cells that are numbers, dates, times or words for missing. */
export function readableShare(records: readonly SampleRecord[], scanner: NumberScanner): number {
  let readable = 0;
  let filled = 0;
  for (const { cells } of records) {
    for (const cell of cells) {
      if (cell === '') continue;
      filled += 1;
      if (
        isNumber(cell, scanner) ||
        isMissingWord(cell) ||
        looksLikeDate(cell) ||
        !Number.isNaN(parseClock(cell))
      ) {
        readable += 1;
      }
    }
  }
  return filled === 0 ? 0 : readable / filled;
}
