import { phrase } from '../../contract/phrases';
import { toldMeaning } from '../cells/column-names';
import { CellColumn, EMPTY, NUMBER, WORD } from '../cells/columns';
import type { ReadCells } from '../cells/table';
import type { Meaning } from '../cells/units';

/** A column that is made of the parts of a cell; null: there is no reading. */
interface Part {
  readonly name: string;
  readonly meaning: Meaning;
  read(parts: readonly string[]): number | null;
}

/** Quality codes of the Integrated Surface Database with which a reading is erroneous. */
const ERRONEOUS = new Set(['3', '7']);

/** A whole number, in steps of `factor`; nines alone stand for no reading. */
function scaled(text: string | undefined, quality: string | undefined, factor: number): number | null {
  if (text === undefined || !/^[+-]?\d{1,6}$/.test(text) || /^[+-]?9+$/.test(text)) return null;
  return ERRONEOUS.has(quality ?? '') ? null : Number((Number(text) * factor).toPrecision(12));
}

/**
 * Columns of the Integrated Surface Database as its access files have them, a reading and its codes in one cell:
 * '+0050,1' are 5.0 °C (NOAA, Federal Climate Complex Data Documentation for Integrated Surface Data).
 */
const ISD: ReadonlyMap<string, readonly Part[]> = new Map<string, readonly Part[]>([
  ['TMP', [one('TMP', 'temperature', '°C', ([value, quality]) => scaled(value, quality, 0.1))]],
  ['DEW', [one('DEW', 'dew point', '°C', ([value, quality]) => scaled(value, quality, 0.1))]],
  ['SLP', [one('SLP', 'pressure', 'hPa', ([value, quality]) => scaled(value, quality, 0.1))]],
  ['VIS', [one('VIS', 'visibility', 'm', ([value, quality]) => scaled(value, quality, 1))]],
  [
    'WND',
    [
      // Calm and variable winds have no direction.
      one('WND direction', 'wind direction', '°', ([value, quality, type]) =>
        type === 'C' || type === 'V' ? null : scaled(value, quality, 1),
      ),
      one('WND speed', 'wind speed', 'm/s', ([, , , value, quality]) => scaled(value, quality, 0.1)),
    ],
  ],
  // What fell in one hour; sums of six and more hours would count it again.
  [
    'AA1',
    [
      one('AA1', 'rain', 'mm', ([hours, value, , quality]) =>
        hours === '01' ? scaled(value, quality, 0.1) : null,
      ),
    ],
  ],
]);

function one(name: string, quantity: Meaning['quantity'], unit: string, read: Part['read']): Part {
  return { name, meaning: { quantity, unit }, read };
}

const SAMPLE = 200;
const CODED = /^[+-]?\d{1,6},[0-9A-Z]/;

/** Whether the words of a column are figures with their codes behind them. */
function isCoded(column: CellColumn): boolean {
  let [words, coded] = [0, 0];
  for (let row = 0; row < Math.min(SAMPLE, column.length); row += 1) {
    if (column.kindAt(row) === EMPTY) continue;
    words += 1;
    if (column.kindAt(row) === WORD && CODED.test(column.textAt(row))) coded += 1;
  }
  return coded > 0 && coded >= words / 2;
}

/** The cells of the Integrated Surface Database as numbers; any other table as it is. */
export function splitCodedCells(cells: ReadCells): ReadCells {
  const isIsd = cells.columns.some((column) => column.name === 'TMP' && isCoded(column));
  if (!isIsd) return cells;
  const columns = cells.columns.flatMap((column) => {
    const parts = ISD.get(column.name);
    return parts === undefined ? [column] : parts.map((part) => columnOf(column, part));
  });
  const reasons = [...cells.format.reasons, phrase('coded-cells')];
  return { ...cells, columns, format: { ...cells.format, reasons } };
}

function columnOf(column: CellColumn, { name, meaning, read }: Part): CellColumn {
  const made = new CellColumn(name, '.', { meaning });
  for (let row = 0; row < column.length; row += 1) {
    made.pushNumber(read(column.textAt(row).split(',')) ?? NaN);
  }
  return made;
}

/** Directions in tens of degrees: whole numbers up to 36, some above any day of a month, and 99 for a wind that turns. */
const TENS = { most: 36, least: 32, variable: 99, different: 12, rows: 50 } as const;

/** Columns of wind directions in tens of degrees, in degrees. */
export function scaleTensOfDegrees(cells: ReadCells): ReadCells {
  const columns = cells.columns.map((column) =>
    isInTens(column)
      ? column.read({ factor: 10, traces: [], missing: [TENS.variable] }, { ...column.origin, unit: '°' })
      : column,
  );
  return columns.every((column, index) => column === cells.columns[index]) ? cells : { ...cells, columns };
}

function isInTens(column: CellColumn): boolean {
  if (toldMeaning(column.name).quantity !== 'wind direction' || (column.origin.unit ?? '') !== '')
    return false;
  const different = new Set<number>();
  let count = 0;
  for (let row = 0; row < column.length; row += 1) {
    if (column.kindAt(row) !== NUMBER) continue;
    const value = column.numberAt(row);
    if (value === TENS.variable) continue;
    if (!Number.isInteger(value) || value < 0 || value > TENS.most) return false;
    different.add(value);
    count += 1;
  }
  return count >= TENS.rows && different.size >= TENS.different && Math.max(...different) >= TENS.least;
}
