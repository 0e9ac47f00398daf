import { isIdentifierName, isNameless, isTimeName, partsOfName } from '../cells/column-names';
import { NUMBER, WORD, type CellColumn } from '../cells/columns';
import { knownName } from '../cells/known-names';
import { quantityOfName } from '../cells/name-rules';
import { isUnitText } from '../cells/units';
import { looksLikeDate } from '../time/dates';

/** The columns of a table that holds one value a row: of what, of which time, of which station, in which unit. */
export interface LongShape {
  readonly element: CellColumn;
  readonly value: CellColumn;
  readonly date: CellColumn;
  readonly station: CellColumn | undefined;
  readonly unit: CellColumn | undefined;
}

const SAMPLE = 2000;
const MOST_ELEMENTS = 200;
/** Of the different texts in a column of elements so many are names of something that is measured. */
const LEAST_MEASURED = 0.5;
const VALUE_NAME =
  /value|wert|valeur|valor|valore|waarde|reading|measure(?:ment)?$|result$|^obs|값|數值|数值/i;

/**
 * A long table by its shape, whatever its columns are called: one column of texts most of which name something that is
 * measured, and beside it one column of numbers alone. Null for any other table.
 */
export function longShape(columns: readonly CellColumn[]): LongShape | null {
  const texts = columns.filter((column) => share(column, WORD) > 0.9 && !isDates(column));
  const numbers = columns.filter((column) => share(column, NUMBER) > 0.5 && !isDates(column));
  const date =
    columns.find((column) => isTimeName(column.name) && (isDates(column) || share(column, NUMBER) > 0.5)) ??
    columns.find(isDates);
  const element = texts.find((column) => namesElements(textsOf(column)));
  if (element === undefined || date === undefined || !repeats(date)) return null;
  // Where a column says itself what it measures, texts beside it are remarks on the weather.
  if (numbers.some((column) => column !== date && measures(column))) return null;
  const values = numbers.filter((column) => column !== date && isOfValues(column));
  const value =
    values.find(({ name }) => VALUE_NAME.test(name)) ?? (values.length === 1 ? values[0] : undefined);
  if (value === undefined) return null;
  const unit = texts.find((column) => column !== element && [...textsOf(column)].every(isUnitText));
  const rest = columns.filter((column) => ![element, value, date, unit].includes(column));
  return { element, value, date, unit, station: stationOf(rest, element, date) };
}

/** Whether most rows share their date with another, as each element has one. */
function repeats(date: CellColumn): boolean {
  const rows = Math.min(SAMPLE, date.length);
  const different = new Set(Array.from({ length: rows }, (_, row) => date.textAt(row))).size;
  return different <= MOST_DIFFERENT * rows;
}
const MOST_DIFFERENT = 0.7;

function measures({ name }: CellColumn): boolean {
  const { label } = partsOfName(name);
  const quantity = knownName(label)?.quantity ?? quantityOfName(label);
  return !VALUE_NAME.test(name) && quantity !== undefined && quantity !== 'other';
}

/** Numbers that may be values: no number of the row or the station, and no quantity of their own. */
function isOfValues({ name }: CellColumn): boolean {
  if (isIdentifierName(name) || isNameless(name)) return false;
  const { label } = partsOfName(name);
  return VALUE_NAME.test(name) || (knownName(label) === undefined && quantityOfName(label) === undefined);
}

function namesElements(texts: ReadonlySet<string>): boolean {
  if (texts.size === 0 || texts.size > MOST_ELEMENTS || [...texts].some(isUnitText)) return false;
  const measured = [...texts].filter((text) => {
    const quantity = knownName(text)?.quantity ?? quantityOfName(text);
    return quantity !== undefined && !/\s\S+\s\S+\s/.test(text);
  });
  return measured.length >= LEAST_MEASURED * texts.size;
}

/** The column that tells rows of the same time and element apart: texts first, then codes; undefined without need of one. */
export function stationOf(
  rest: readonly CellColumn[],
  element: CellColumn,
  date: CellColumn,
): CellColumn | undefined {
  const repeated = (extra?: CellColumn): number => {
    const seen = new Set<string>();
    for (let row = 0; row < date.length; row += 1) {
      seen.add(`${date.textAt(row)}|${element.textAt(row)}|${extra?.textAt(row) ?? ''}`);
    }
    return date.length - seen.size;
  };
  const without = repeated();
  if (without < 0.05 * date.length) return undefined;
  const candidates = rest
    .filter((column) => share(column, WORD) > 0.5 || isWholeCode(column))
    .filter((column) => textsOf(column).size > 1)
    .sort((a, b) => Number(share(b, WORD) > 0.5) - Number(share(a, WORD) > 0.5));
  return candidates.find(
    (column) => repeated(column) < 0.05 * without + 1 && textsOf(column).size <= date.length / 2,
  );
}

const isWholeCode = (column: CellColumn): boolean =>
  share(column, NUMBER) > 0.5 &&
  Number.isInteger(column.numberAt(0)) &&
  quantityOfName(column.name) === undefined;

function textsOf(column: CellColumn): ReadonlySet<string> {
  const texts = new Set<string>();
  for (let row = 0; row < column.length && texts.size <= MOST_ELEMENTS; row += 1) {
    if (column.kindAt(row) === WORD || column.kindAt(row) === NUMBER) texts.add(column.textAt(row));
  }
  return texts;
}

/** The share of cells of a kind in the first rows. */
function share(column: CellColumn, kind: number): number {
  const rows = Math.min(SAMPLE, column.length);
  let count = 0;
  for (let row = 0; row < rows; row += 1) if (column.kindAt(row) === kind) count += 1;
  return rows === 0 ? 0 : count / rows;
}

function isDates(column: CellColumn): boolean {
  for (let row = 0; row < Math.min(5, column.length); row += 1)
    if (!looksLikeDate(column.textAt(row))) return false;
  return column.length > 0;
}
