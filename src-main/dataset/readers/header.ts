import { isWidths } from './data-rows';
import { cellsInSpans, tokensOf, type Span } from './spans';
import { isUnitText } from '../cells/units';

/** A line of the file as cells. */
export interface SampleRecord {
  readonly cells: readonly string[];
  readonly line: number;
  /** The line itself, where columns stand between blanks. */
  readonly text: string;
}

/** The names of the columns, and what lines around them add. */
export interface Header {
  /** 1-based line of the names; of several the last. */
  readonly line: number;
  readonly names: readonly string[];
  /** '' without a line of units. */
  readonly units: readonly string[];
}

const LEAST_UNITS = 0.6;
const DATE_PATTERN = /^(yyyy|yy|dd|mm|hh)[-/: .a-z]*$/i;
/** How loggers reduce what they measured, in a line of its own (Campbell Scientific). */
const REDUCTIONS = /^(avg|smp|tot|max|min|std|sum|mean|wvc)$/i;

/**
 * Finds the names above the first row: the line right above it, or further up where lines of units or of reductions
 * stand between; several lines make one where the lowest alone does not tell columns apart ('Temp' under 'Hi').
 * @param chosenLine the line that someone chose; 0: there are no names
 */
export function findHeader(
  records: readonly SampleRecord[],
  first: number,
  width: number,
  spans: readonly Span[] | null,
  chosenLine: number | null,
): Header | null {
  if (chosenLine === 0) return null;
  const cellsOf = (record: SampleRecord): readonly string[] => alignedCells(record, width, spans);
  let at = chosenLine === null ? first - 1 : records.findIndex(({ line }) => line === chosenLine);
  if (chosenLine === null) {
    while (at > 0 && isReductions(records[at]?.cells ?? [])) at -= 1;
  }
  const lowest = records[at];
  if (lowest === undefined) return null;
  let units: readonly string[] = [];
  const above = records[at - 1];
  if (chosenLine === null && isUnits(lowest.cells) && above !== undefined && fits(above, width, spans)) {
    units = cellsOf(lowest);
    at -= 1;
  } else if (chosenLine !== null) {
    const below = records.slice(at + 1, first).find(({ cells }) => isUnits(cells));
    units = below === undefined ? [] : cellsOf(below);
  }
  const names = records[at];
  if (names === undefined || (chosenLine === null && !fits(names, width, spans))) return null;
  const joined = namesOfLines(records, at, cellsOf, (record) => fits(record, width, spans));
  return {
    line: names.line,
    names: joined.map((name, index) => (index === 0 ? name.trim().replace(/^#\s*/, '') : name.trim())),
    units,
  };
}

/** The names of a line, and of those above it while it alone does not tell columns apart. */
function namesOfLines(
  records: readonly SampleRecord[],
  lowest: number,
  cellsOf: (record: SampleRecord) => readonly string[],
  isHeader: (record: SampleRecord) => boolean,
): readonly string[] {
  let at = lowest;
  let record = records[at];
  let names = record === undefined ? [] : cellsOf(record);
  while (record !== undefined && hasRepeats(names)) {
    const upper: SampleRecord | undefined = records[at - 1];
    if (upper === undefined || record.line - upper.line > 2 || !isHeader(upper)) break;
    const above = cellsOf(upper);
    const carried = carriedOn(above);
    const plain = names.map((name, index) => joinNames(above[index] ?? '', name));
    // A name over several columns stands over the first of them: 'Outdoor,,,Indoor,'.
    const spread = names.map((name, index) => joinNames(carried[index] ?? '', name));
    names = hasRepeats(plain) && !hasRepeats(spread) ? spread : plain;
    record = upper;
    at -= 1;
  }
  return names;
}

const joinNames = (upper: string, lower: string): string =>
  lower.toLowerCase().startsWith(upper.toLowerCase()) ? lower : `${upper} ${lower}`.trim();

/** Each empty cell as the last one before it that is not. */
function carriedOn(cells: readonly string[]): string[] {
  let last = '';
  return cells.map((cell) => {
    if (cell !== '') last = cell;
    return last;
  });
}

/** What stands behind an empty cell beyond the columns is a note: 'Air temperature;Quality;;Notes:'. */
function withoutNotes(cells: readonly string[], width: number): readonly string[] {
  return width > 1 && cells.length > width && cells[width] === '' ? cells.slice(0, width) : cells;
}

/** Cells under the columns to which they belong, where those stand at fixed places. */
function alignedCells(record: SampleRecord, width: number, spans: readonly Span[] | null): readonly string[] {
  if (spans === null) return withoutNotes(record.cells, width);
  if (record.cells.length === width) return record.cells;
  return cellsInSpans(tokensOf(record.text), spans);
}

function fits({ cells: all }: SampleRecord, width: number, spans: readonly Span[] | null): boolean {
  const cells = withoutNotes(all, width);
  if (cells.length < 2) return false;
  const difference = Math.abs(cells.length - width);
  // Between blanks the names of two lines leave places free, and longer names hold blanks.
  return difference <= 1 || (spans !== null ? difference <= width / 2 : cells.length >= 0.7 * width);
}

function isUnits(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '' && cell !== '-');
  const units = filled.filter((cell) => isUnitText(cell) || DATE_PATTERN.test(cell));
  return filled.length > 0 && units.length / filled.length >= LEAST_UNITS;
}

function isReductions(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '');
  return filled.length > 0 && (isWidths(filled) || filled.every((cell) => REDUCTIONS.test(cell)));
}

function hasRepeats(names: readonly string[]): boolean {
  const filled = names.filter((name) => name !== '');
  return new Set(filled).size < filled.length;
}
