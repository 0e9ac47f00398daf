import { Malformed, phrase, type Phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';
import type { XmlAttributes } from '../bytes/xml-reader';
import { shownName } from '../bytes/zip-archive';
import { requireColumns } from './limits';
import { LONGEST_LINE } from './records';
import type { PartReader } from './xlsx-parts';

/** What all sheets have in common. */
export interface WorkbookParts {
  readonly fileName: string;
  readonly strings: readonly string[];
  /** By the number of a style. */
  readonly isDate: readonly boolean[];
  readonly from1904: boolean;
}

/** A sheet as text, one row a line, cells between tabs. */
export interface SheetText {
  readonly rows: number;
  readonly bytes: number;
  lines(): Generator<Buffer>;
}

/** As many as Excel has. */
const MOST_ROWS = 1_048_576;
const MOST_SHEET_COLUMNS = 16_384;
/** In characters, as Excel has it; twice that, since a text may be written with signs that are taken away. */
export const LONGEST_TEXT = 2 * 32_767;
/** Of a sheet's text: a workbook can name one long text from each of its cells. */
const LARGEST_TEXT = 256 * 1024 ** 2;
const BLOCK_CHARACTERS = 128 * 1024;

const DAY = 86_400_000;
/** 1970-01-01 in days since 1900, as Excel counts them, and what is to be added to days since 1904. */
const UNIX_DAY = 25_569;
const DAYS_FROM_1900_TO_1904 = 1462;
/** A date stands between two of these (a character that Unicode leaves to private use) with its column until the whole column is known: '\ue0002:1609459200000\ue000'. */
const DATE_MARK = '\ue000';
const MARKED_DATE = /\ue000(\d{1,5}):(-?\d{1,16})\ue000/g;

/** What cannot stand in a cell between tabs, or marks a date. */
export const cleanText = (text: string): string => text.replace(/[\t\r\n"\ue000]+/g, ' ').trim();

/**
 * Reads the cells of one sheet into lines of text. Rows, columns and characters are counted as they come: what the sheet
 * says of its size is not asked.
 */
export class SheetReader implements PartReader<SheetText> {
  readonly #blocks: Buffer[] = [];
  #bytes = 0;
  #lines = '';
  #rows = 0;
  #filledRows = 0;
  #rowNumber = 0;
  #cells: string[] = [];
  /** Of the row at hand. */
  #characters = 0;
  #column = -1;
  #type = '';
  #style = -1;
  #value = '';
  #inCell = false;
  #isValue = false;
  #inReading = false;
  readonly #withClock = new Set<number>();
  /** The rows have ended; what comes behind them is of no interest. */
  isDone = false;
  readonly #parts: WorkbookParts;

  constructor(parts: WorkbookParts) {
    this.#parts = parts;
  }

  open(name: string, attributes: XmlAttributes): void {
    switch (name) {
      case 'row':
        return this.#beginRow(attributes.get('r'));
      case 'c':
        return this.#beginCell(attributes);
      case 'rPh':
        this.#inReading = true;
        return;
      case 'v':
      case 't':
        this.#isValue = this.#inCell && !this.#inReading;
    }
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.#isValue = false;
        return;
      case 'rPh':
        this.#inReading = false;
        return;
      case 'c':
        return this.#endCell();
      case 'row':
        return this.#endRow();
      case 'sheetData':
        this.isDone = true;
    }
  }

  text(piece: string): void {
    if (!this.#isValue) return;
    this.#value += piece;
    if (this.#value.length > LONGEST_TEXT) throw new Malformed(phrase('text-too-long'));
  }

  result(): SheetText {
    this.#closeBlock();
    const [blocks, withClock] = [this.#blocks, this.#withClock];
    return {
      rows: this.#filledRows,
      bytes: this.#bytes,
      *lines() {
        for (const block of blocks) {
          if (!block.includes(DATE_MARK)) yield block;
          else yield Buffer.from(withDates(block.toString('utf8'), withClock), 'utf8');
        }
      },
    };
  }

  #beginRow(given: string): void {
    const number = given === '' ? this.#rowNumber + 1 : Number(given);
    if (!(number <= MOST_ROWS))
      this.#refuse(phrase('row-behind-last', { row: shownName(given).slice(0, 20) }));
    this.#rowNumber = Math.max(this.#rowNumber + 1, Math.floor(number));
    if (this.#rowNumber > MOST_ROWS) this.#refuse(phrase('more-rows'));
    this.#cells = [];
    this.#characters = 0;
    this.#column = -1;
  }

  #beginCell(attributes: XmlAttributes): void {
    const place = attributes.get('r');
    this.#column = place === '' ? this.#column + 1 : columnOf(place);
    if (!(this.#column < MOST_SHEET_COLUMNS)) {
      this.#refuse(phrase('cell-behind-last', { place: shownName(place).slice(0, 20) }));
    }
    this.#type = attributes.get('t');
    const style = attributes.get('s');
    this.#style = style === '' ? -1 : Number(style);
    this.#value = '';
    this.#inCell = true;
  }

  #endCell(): void {
    this.#inCell = false;
    if (this.#value === '') return;
    const text = this.#textOfCell();
    if (text === '') return;
    requireColumns(this.#column + 1, this.#parts.fileName);
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = text;
    this.#characters += text.length;
    if (this.#characters <= LONGEST_LINE) return;
    const limit = phrase('count-characters', { count: LONGEST_LINE });
    throw new Problem('line-too-long', { file: this.#parts.fileName, line: this.#rowNumber, limit });
  }

  #textOfCell(): string {
    const value = this.#value;
    switch (this.#type) {
      case 's': {
        const text = this.#parts.strings[Number(value)];
        if (text === undefined) throw new Malformed(phrase('text-missing'));
        return text;
      }
      case 'b':
        return value.trim() === '0' ? 'false' : 'true';
      case 'e':
        // '#DIV/0!', '#REF!' and the like: no reading, as '#N/A' says.
        return '#N/A';
      case 'd': {
        const isLocal = value.includes('T') && !/(?:Z|[+-]\d\d:?\d\d)$/i.test(value);
        return this.#date(Date.parse(isLocal ? `${value}Z` : value), value);
      }
      case '':
      case 'n': {
        const number = Number(value);
        if (Number.isNaN(number)) return cleanText(value);
        if (this.#parts.isDate[this.#style] !== true) return String(number);
        const days = number + (this.#parts.from1904 ? DAYS_FROM_1900_TO_1904 : 0);
        return this.#date((days - UNIX_DAY) * DAY, value);
      }
      default:
        return cleanText(value);
    }
  }

  /** Excel counts in days: a time of day is a fraction, exact to a second at best. */
  #date(milliseconds: number, value: string): string {
    const time = Math.round(milliseconds / 1000) * 1000;
    if (!(time >= EARLIEST && time <= LATEST)) return cleanText(value);
    if (hasDay(time) && time % DAY !== 0) this.#withClock.add(this.#column);
    return `${DATE_MARK}${this.#column}:${time}${DATE_MARK}`;
  }

  #endRow(): void {
    // Rows that were left out are blank lines: the number of a line stays that of its row.
    if (this.#cells.length === 0) return;
    this.#lines += '\n'.repeat(Math.max(0, this.#rowNumber - 1 - this.#rows));
    this.#lines += `${this.#cells.join('\t')}\n`;
    this.#rows = this.#rowNumber;
    this.#filledRows += 1;
    if (this.#lines.length >= BLOCK_CHARACTERS) this.#closeBlock();
  }

  #closeBlock(): void {
    if (this.#lines === '') return;
    const block = Buffer.from(this.#lines, 'utf8');
    this.#lines = '';
    this.#bytes += block.length;
    if (this.#bytes > LARGEST_TEXT) {
      const limit = phrase('bytes', { bytes: LARGEST_TEXT });
      const size = phrase('more-than-text', { bytes: LARGEST_TEXT });
      throw new Problem('file-too-large', { file: this.#parts.fileName, size, limit });
    }
    this.#blocks.push(block);
  }

  #refuse(cause: Phrase): never {
    throw new Problem('file-damaged', { file: this.#parts.fileName, cause });
  }
}

/** 'C7' is column 2; NaN where no letters lead. */
function columnOf(place: string): number {
  let column = 0;
  let at = 0;
  for (; at < place.length && at < 8; at += 1) {
    const letter = (place.charCodeAt(at) & ~32) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return at === 0 ? NaN : column - 1;
}

/** A time of day alone has no day, and Excel's day 0. */
const hasDay = (time: number): boolean => time >= FIRST_DAY;
const FIRST_DAY = Date.UTC(1901, 0, 1);
const EARLIEST = Date.UTC(1899, 11, 30);
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59);

/** Dates of a column without a time of day as days. */
function withDates(text: string, withClock: ReadonlySet<number>): string {
  return text.replace(MARKED_DATE, (_, column: string, milliseconds: string) => {
    const time = Number(milliseconds);
    const iso = new Date(time).toISOString();
    if (!hasDay(time)) return iso.slice(11, 19);
    return withClock.has(Number(column)) ? iso.slice(0, 19).replace('T', ' ') : iso.slice(0, 10);
  });
}
