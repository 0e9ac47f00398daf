import { isMissingWord } from '../cells/missing';
import { looksLikeDate } from '../time/dates';
import type { Layout } from './layout';
import { requireCells } from './limits';
import { phrase, type Phrase } from '../../contract/phrases';

const MOST_ASIDES = 200;

interface OddLines {
  count: number;
  line: number;
}

/** What was odd about some lines and did not stop the reading. */
export function remarkOn(
  { count, line }: Readonly<OddLines>,
  one: 'line-uneven' | 'line-header' | 'line-remark' | 'line-quote',
  several: 'lines-uneven' | 'lines-header' | 'lines-remark' | 'lines-quote',
  further: { readonly columns: number } = { columns: 0 },
): Phrase[] {
  if (count === 0) return [];
  return [count === 1 ? phrase(one, { line, ...further }) : phrase(several, { count, line, ...further })];
}

/**
 * Tells rows of readings from what else stands among them, and counts it: blank lines, the header once more, remarks, a
 * second table below the first.
 */
export class RowGuard {
  readonly #uneven: OddLines = { count: 0, line: 0 };
  readonly #headers: OddLines = { count: 0, line: 0 };
  readonly #notes: OddLines = { count: 0, line: 0 };
  #endLine = 0;
  #afterBlank = false;
  #cells = 0;
  readonly #header: string;
  /** Lines that are no rows, for what they say about the columns. */
  readonly asides: string[] = [];
  /** Rows begin with a word, such as the name of the station: a first letter tells nothing. */
  readonly #wordsLead: boolean;
  readonly #layout: Layout;
  readonly #columns: number;
  readonly #fileName: string;

  constructor(layout: Layout, columns: number, fileName: string) {
    this.#layout = layout;
    this.#columns = columns;
    this.#fileName = fileName;
    this.#header = layout.names.join(layout.delimiter);
    const leading = layout.sample.filter(({ cells }) => isWordStart(cells[0] ?? ''));
    this.#wordsLead = leading.length * 2 > layout.sample.length;
  }

  /** Whether a line has to be looked at cell by cell; false for a usual row. */
  looksOdd(text: string): boolean {
    if (this.#endLine > 0 || this.#afterBlank || text.length < this.#columns) return true;
    const first = text.charCodeAt(0);
    if (text.charAt(0) === this.#layout.delimiter || first === 35) return true;
    return this.#wordsLead ? text === this.#header : isWordStart(text.charAt(0));
  }

  /** Whether cells are no row of readings. */
  skips(cells: readonly string[], line: number): boolean {
    if (this.#endLine > 0) return this.#keep(cells);
    if (isBlank(cells)) {
      this.#afterBlank = true;
      return true;
    }
    const afterBlank = this.#afterBlank;
    this.#afterBlank = false;
    const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
    if (this.#isHeader(cells)) {
      note(this.#headers, line);
      return true;
    }
    const isLone = filled.length === 1 && this.#columns > 2 && cells.length < this.#columns;
    if (
      (isLone && !looksLikeDate(filled[0] ?? '') && !/^\d/.test(filled[0] ?? '')) ||
      filled[0]?.startsWith('#') === true
    ) {
      note(this.#notes, line);
      return this.#keep(cells);
    }
    if (afterBlank && filled.length > 1 && filled.every(isWord)) {
      this.#endLine = line;
      return this.#keep(cells);
    }
    if (this.#isRemark(cells, filled)) {
      note(this.#notes, line);
      return this.#keep(cells);
    }
    return false;
  }

  /**
   * Whether a line among or below rows that all begin with a figure is prose: it begins with a word, which does not say
   * "no reading", and lacks cells or holds no figures where rows do.
   */
  #isRemark(cells: readonly string[], filled: readonly string[]): boolean {
    const first = filled[0] ?? '';
    if (this.#wordsLead || !/^[\p{L}"'(*<©]/u.test(first) || isMissingWord(first) || looksLikeDate(first))
      return false;
    return cells.length < this.#columns || !filled.some((cell) => /^[-+]?[\d.,]*\d$/.test(cell));
  }

  #keep(cells: readonly string[]): true {
    if (this.asides.length < MOST_ASIDES) this.asides.push(cells.join(this.#layout.delimiter));
    return true;
  }

  /** @throws Problem 'file-too-large' */
  countCells(cells: readonly string[], line: number): void {
    this.#count();
    const tooFew = cells.length < this.#columns;
    if (tooFew || (cells.length > this.#columns && !isBlank(cells.slice(this.#columns))))
      note(this.#uneven, line);
  }

  /**
   * As `countCells`, for a line read up to `end`.
   * @throws Problem 'file-too-large'
   */
  countLine(text: string, end: number, missingCells: boolean, line: number): void {
    this.#count();
    if (missingCells) note(this.#uneven, line);
    else if (end < text.length && !isBlank(text.slice(end).split(this.#layout.delimiter)))
      note(this.#uneven, line);
  }

  remarks(): Phrase[] {
    const columns = this.#columns;
    return [
      ...remarkOn(this.#uneven, 'line-uneven', 'lines-uneven', { columns }),
      ...remarkOn(this.#headers, 'line-header', 'lines-header'),
      ...remarkOn(this.#notes, 'line-remark', 'lines-remark'),
      ...(this.#endLine === 0 ? [] : [phrase('second-table', { line: this.#endLine })]),
    ];
  }

  #count(): void {
    this.#cells += this.#columns;
    requireCells(this.#cells, this.#fileName);
  }

  #isHeader(cells: readonly string[]): boolean {
    const { names, headerLine } = this.#layout;
    return (
      headerLine > 0 &&
      cells.length >= 2 &&
      names.every((name, index) => name === (cells[index] ?? '').trim())
    );
  }
}

function note(lines: OddLines, line: number): void {
  if (lines.count === 0) lines.line = line;
  lines.count += 1;
}

const isBlank = (cells: readonly string[]): boolean =>
  cells.every((cell) => cell === '' || cell.trim() === '');
const isWordStart = (text: string): boolean => /^[\p{L}"<#]/u.test(text);
const isWord = (text: string): boolean => /^[\p{L}#"]/u.test(text) && !looksLikeDate(text);
