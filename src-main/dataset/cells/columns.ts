import { formatNumber, SHORTEST, type DecimalSign, type NumberScanner } from './numbers';
import { USUAL_MISSING, type MissingCells } from './missing';
import type { Quantity } from '../../contract/quantities';
import type { Meaning } from './units';
import { readDressedNumber } from './dressed-numbers';
import { TextStore } from './text-store';

/** What a cell holds. */
export const NUMBER = 0;
export const EMPTY = 1;
/** A word for missing, such as `NA`. */
export const MISSING_WORD = 2;
export const WORD = 3;
export type CellKind = typeof NUMBER | typeof EMPTY | typeof MISSING_WORD | typeof WORD;

const FIRST_CAPACITY = 1024;

/** What a reader knows of a column beyond its name. */
export interface ColumnOrigin {
  /** Told by the format itself, such as the units of a database: no guess is made. */
  readonly meaning?: Meaning;
  /** From a line of units below the names, or a legend. */
  readonly unit?: string;
  /** From a legend: it goes before what the name looks like. */
  readonly quantity?: Quantity;
}

/** How numbers are to be read, by a legend. */
export interface NumberCodes {
  /** Numbers times this are in the unit. */
  readonly factor: number;
  /** Numbers that stand for less than can be measured: 0. */
  readonly traces: readonly number[];
  /** Numbers that stand for no reading. */
  readonly missing: readonly number[];
}

/**
 * The cells of one column: 10 bytes a number. `values` holds the number, or for a word its place in the store of texts.
 */
export class CellColumn {
  length = 0;
  /** The unit that stands behind the first number with one: '12.3 °C'. */
  unitInCells = '';
  #values = new Float64Array(FIRST_CAPACITY);
  #kinds = new Uint8Array(FIRST_CAPACITY);
  #shapes = new Uint8Array(FIRST_CAPACITY);
  #texts = new TextStore();
  /** The texts of numbers in dress ('12.3 °C', '1,013.2'), by row. */
  #dressed = new Map<number, number>();
  readonly #decimal: DecimalSign;

  constructor(
    /** As it stands in the header, trimmed, and made unlike the others. */
    readonly name: string,
    decimal: DecimalSign,
    readonly origin: ColumnOrigin = {},
    readonly missing: MissingCells = USUAL_MISSING,
  ) {
    this.#decimal = decimal;
  }

  push(cell: string, scanner: NumberScanner): void {
    const text = trimmed(cell);
    if (text.length === 0) this.#append(EMPTY, NaN, 0);
    else if (this.missing.chosen?.has(text.toLowerCase()))
      this.#append(MISSING_WORD, this.#texts.add(text), 0);
    else if (scanner.scan(text)) this.#append(NUMBER, scanner.value, scanner.shape);
    else if (this.missing.isWord(text)) this.#append(MISSING_WORD, this.#texts.add(text), 0);
    else this.#pushOther(text);
  }

  /**
   * Takes the cell of a line that begins at `start` and ends before the delimiter (a character code): plain numbers
   * without cutting them out. Gives the place of the delimiter, or the line's length.
   */
  pushFrom(line: string, start: number, delimiter: number, scanner: NumberScanner): number {
    const end = this.missing.chosen === null ? scanner.scanCell(line, start, delimiter) : -1;
    if (end >= 0) {
      this.#append(NUMBER, scanner.value, scanner.shape);
      return end;
    }
    let stop = start;
    while (stop < line.length && line.charCodeAt(stop) !== delimiter) stop += 1;
    this.push(line.slice(start, stop), scanner);
    return stop;
  }

  /** A number that no file wrote as text. */
  pushNumber(value: number): void {
    if (Number.isFinite(value)) this.#append(NUMBER, value, SHORTEST);
    else this.#append(EMPTY, NaN, 0);
  }

  /** Takes over a cell of another column. */
  pushCellOf(other: CellColumn, row: number): void {
    const kind = other.kindAt(row);
    if (kind === NUMBER) {
      const text = other.#dressed.has(row) ? other.textAt(row) : null;
      if (text !== null) this.#dressed.set(this.length, this.#texts.add(text));
      this.#append(NUMBER, other.#values[row] ?? NaN, other.#shapes[row] ?? 0);
    } else {
      this.#append(kind, kind === EMPTY ? NaN : this.#texts.add(other.textAt(row)), 0);
    }
    if (this.unitInCells === '') this.unitInCells = other.unitInCells;
  }

  kindAt(row: number): CellKind {
    return (this.#kinds[row] ?? EMPTY) as CellKind;
  }

  /** The number in a cell; NaN where there is none. */
  numberAt(row: number): number {
    return this.#kinds[row] === NUMBER ? (this.#values[row] ?? NaN) : NaN;
  }

  /** The cell as it stands in the file, without blanks around it. */
  textAt(row: number): string {
    const value = this.#values[row] ?? NaN;
    switch (this.kindAt(row)) {
      case EMPTY:
        return '';
      case NUMBER: {
        const text = this.#dressed.size === 0 ? undefined : this.#dressed.get(row);
        return text === undefined
          ? formatNumber(value, this.#shapes[row] ?? 0, this.#decimal)
          : this.#texts.at(text);
      }
      case MISSING_WORD:
      case WORD:
        return this.#texts.at(value);
    }
  }

  /** A column of the same name and kind without cells. */
  emptyCopy(): CellColumn {
    return new CellColumn(this.name, this.#decimal, this.origin, this.missing);
  }

  /** The same cells, not copied, of which more is known. */
  withOrigin(origin: ColumnOrigin): CellColumn {
    const column = new CellColumn(this.name, this.#decimal, origin, this.missing);
    column.length = this.length;
    column.unitInCells = this.unitInCells;
    column.#values = this.#values;
    column.#kinds = this.#kinds;
    column.#shapes = this.#shapes;
    column.#texts = this.#texts;
    column.#dressed = this.#dressed;
    return column;
  }

  /** A column of the same cells with all numbers times a factor, for units such as tenths of a degree. */
  scaled(factor: number, origin: ColumnOrigin): CellColumn {
    return this.read({ factor, traces: [], missing: [] }, origin);
  }

  /** A column of the same cells with its numbers read by their codes. */
  read({ factor, traces, missing }: NumberCodes, origin: ColumnOrigin): CellColumn {
    const column = new CellColumn(this.name, this.#decimal, origin, this.missing);
    for (let row = 0; row < this.length; row += 1) {
      const value = this.numberAt(row);
      if (this.kindAt(row) !== NUMBER) column.pushCellOf(this, row);
      else if (missing.includes(value)) column.pushMissing(this.textAt(row));
      else if (traces.includes(value)) column.pushNumber(0);
      else if (factor === 1) column.pushCellOf(this, row);
      // Fifteen digits: 345 * 0.1 is 34.5, not 34.500000000000004.
      else column.pushNumber(Number((value * factor).toPrecision(15)));
    }
    return column;
  }

  /** A text that stands for no reading. */
  pushMissing(text: string): void {
    this.#append(MISSING_WORD, this.#texts.add(text), 0);
  }

  #pushOther(text: string): void {
    const number = readDressedNumber(text, this.#decimal);
    const id = this.#texts.add(text);
    if (number === null) {
      this.#append(WORD, id, 0);
      return;
    }
    this.#dressed.set(this.length, id);
    if (this.unitInCells === '') this.unitInCells = number.unit;
    this.#append(NUMBER, number.value, 0);
  }

  #append(kind: CellKind, value: number, shape: number): void {
    if (this.length === this.#kinds.length) this.#grow();
    this.#kinds[this.length] = kind;
    this.#values[this.length] = value;
    this.#shapes[this.length] = shape;
    this.length += 1;
  }

  #grow(): void {
    const capacity = Math.ceil(this.#kinds.length * 1.6);
    const values = new Float64Array(capacity);
    values.set(this.#values);
    this.#values = values;
    const kinds = new Uint8Array(capacity);
    kinds.set(this.#kinds);
    this.#kinds = kinds;
    const shapes = new Uint8Array(capacity);
    shapes.set(this.#shapes);
    this.#shapes = shapes;
  }
}

/** `trim` that gives back the same string in the usual case, a cell without blanks. */
function trimmed(text: string): string {
  if (text.length === 0) return text;
  const isBlank = (code: number): boolean =>
    code <= 32 || code === 0xa0 || code === 0x3000 || code === 0xfeff;
  return isBlank(text.charCodeAt(0)) || isBlank(text.charCodeAt(text.length - 1)) ? text.trim() : text;
}
