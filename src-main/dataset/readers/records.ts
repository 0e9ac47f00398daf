import Papa from 'papaparse';
import { phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';

/** A line longer than this many characters is no reading of any station: it is refused before it fills the memory. */
export const LONGEST_LINE = 1_000_000;
/** A quoted cell may hold line ends; one that runs on for more lines than this lacks its closing quote. */
const MOST_LINES_PER_RECORD = 20;
const QUOTE = '"';

export type LineEnd = '\n' | '\r';

export interface RecordOptions {
  readonly delimiter: string;
  readonly lineEnd: LineEnd;
  /** For sentences about the file. */
  readonly fileName: string;
  /** Cells of a usual record, where known: a record over several lines must have as many to be taken as one. */
  readonly cells: number | null;
  /** Gets each record with the 1-based line in which it begins; blank lines come as one empty cell. */
  onRecord(cells: string[], line: number): void;
  /** Gets the lines without a quotation mark whole, instead of `onRecord`: for a caller that cuts them faster. */
  onPlainLine?(text: string, line: number): void;
  /** What is taken away from each line first, such as `<br />` at its end. */
  clean?(text: string): string;
}

/**
 * Cuts a stream of text into records. papaparse takes the cells apart; which lines belong together is settled here, so
 * that line numbers are true, a missing quote costs one line and not the rest of the file, and an endless line is
 * refused in time.
 */
export class RecordReader {
  /** Records whose quotes do not match, and the line of the first. */
  readonly unbalanced = { count: 0, line: 0 };
  #pending = '';
  #line = 1;
  readonly #parser: Papa.Parser;
  readonly #options: RecordOptions;

  constructor(options: RecordOptions) {
    this.#options = options;
    // Lines are joined by '\n' before they go to papaparse; a carriage return before it goes with the blanks of a cell.
    this.#parser = new Papa.Parser({ delimiter: options.delimiter, newline: '\n', quoteChar: QUOTE });
  }

  /** @throws Problem 'line-too-long' */
  feed(text: string): void {
    this.#pending += text;
    const cut = this.#pending.lastIndexOf(this.#options.lineEnd);
    this.#refuseLongLines(cut);
    if (cut < 0) return;
    const lines = this.#pending.slice(0, cut).split(this.#options.lineEnd);
    this.#pending = this.#pending.slice(cut + 1);
    this.#takeLines(lines, false);
  }

  /** Takes what is left: the last line need not end. */
  end(): void {
    const rest = this.#pending;
    this.#pending = '';
    if (rest === '') return;
    // Lines that waited for a closing quote have their line end still.
    const whole = rest.endsWith(this.#options.lineEnd) ? rest.slice(0, -1) : rest;
    this.#takeLines(whole.split(this.#options.lineEnd), true);
  }

  #takeLines(raw: string[], isEnd: boolean): void {
    const { clean } = this.#options;
    const plain = raw.map(withoutReturn);
    const lines = clean === undefined ? plain : plain.map(clean);
    let batch: string[] = [];
    let at = 0;
    while (at < lines.length) {
      const line = lines[at] ?? '';
      if (!line.includes(QUOTE)) {
        this.#takeBatch(batch);
        batch = [];
        this.#takePlain(line);
        at += 1;
        continue;
      }
      if (!hasOddQuotes(line)) {
        batch.push(line);
        at += 1;
        continue;
      }
      this.#takeBatch(batch);
      batch = [];
      const end = closingLine(lines, at);
      if (end === null && !isEnd && mayGoOn(lines, at)) {
        // The closing quote may stand in the next block.
        this.#pending = lines.slice(at).join(this.#options.lineEnd) + this.#options.lineEnd + this.#pending;
        return;
      }
      const record = end === null ? null : this.#parseOne(lines.slice(at, end + 1).join('\n'));
      if (end !== null && record !== null && this.#isUsual(record)) {
        this.#options.onRecord(record, this.#line);
        this.#line += end + 1 - at;
        at = end + 1;
      } else {
        this.#takeUnbalanced(line);
        at += 1;
      }
    }
    this.#takeBatch(batch);
  }

  #takePlain(line: string): void {
    if (this.#options.onPlainLine !== undefined) this.#options.onPlainLine(line, this.#line);
    else this.#options.onRecord(line.split(this.#options.delimiter), this.#line);
    this.#line += 1;
  }

  /** Records of one line each, with matching quotes. */
  #takeBatch(lines: readonly string[]): void {
    if (lines.length === 0) return;
    const { data, errors } = this.#parse(lines.join('\n'));
    if (errors.length === 0 && data.length === lines.length) {
      for (const cells of data) {
        this.#options.onRecord(cells, this.#line);
        this.#line += 1;
      }
      return;
    }
    for (const line of lines) {
      const record = line === '' ? [''] : this.#parseOne(line);
      if (record === null) {
        this.#takeUnbalanced(line);
      } else {
        this.#options.onRecord(record, this.#line);
        this.#line += 1;
      }
    }
  }

  #takeUnbalanced(line: string): void {
    if (this.unbalanced.count === 0) this.unbalanced.line = this.#line;
    this.unbalanced.count += 1;
    this.#options.onRecord(line.split(this.#options.delimiter), this.#line);
    this.#line += 1;
  }

  /** The cells of one record; null where its quotes do not match. */
  #parseOne(text: string): string[] | null {
    const { data, errors } = this.#parse(text);
    return errors.length === 0 && data.length === 1 ? (data[0] ?? null) : null;
  }

  #parse(text: string): { data: string[][]; errors: unknown[] } {
    // papaparse makes no row of nothing, and none of a blank line at the end.
    const parsed = this.#parser.parse(text, 0, false) as { data: string[][]; errors: unknown[] };
    return parsed;
  }

  #isUsual(record: readonly string[]): boolean {
    return this.#options.cells === null || record.length === this.#options.cells;
  }

  #refuseLongLines(lastEnd: number): void {
    if (this.#pending.length <= LONGEST_LINE) return;
    let start = 0;
    let line = this.#line;
    while (start <= lastEnd) {
      const end = this.#pending.indexOf(this.#options.lineEnd, start);
      if (end - start > LONGEST_LINE) throw this.#tooLong(line);
      start = end + 1;
      line += 1;
    }
    if (this.#pending.length - start > LONGEST_LINE) throw this.#tooLong(line);
  }

  #tooLong(line: number): Problem {
    return new Problem('line-too-long', {
      file: this.#options.fileName,
      line,
      limit: phrase('count-characters', { count: LONGEST_LINE }),
    });
  }
}

/** With '\n' as the line end a carriage return before it belongs to it. */
const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

function hasOddQuotes(line: string): boolean {
  let odd = false;
  for (let at = line.indexOf(QUOTE); at >= 0; at = line.indexOf(QUOTE, at + 1)) odd = !odd;
  return odd;
}

/** Whether a record that begins in line `from` may end in the next block: so far it is too long in neither lines nor characters. */
function mayGoOn(lines: readonly string[], from: number): boolean {
  if (lines.length - from >= MOST_LINES_PER_RECORD) return false;
  return lines.slice(from).reduce((sum, line) => sum + line.length, 0) < LONGEST_LINE;
}

/** The line in which a quote opened in line `from` closes, or null where none of the next lines does. */
function closingLine(lines: readonly string[], from: number): number | null {
  const last = Math.min(lines.length - 1, from + MOST_LINES_PER_RECORD);
  for (let at = from + 1; at <= last; at += 1) if (hasOddQuotes(lines[at] ?? '')) return at;
  return null;
}
