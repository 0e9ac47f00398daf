import { phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';
import { isDataRow, passedOverIn, readableShare } from './data-rows';
import { looksLikeDate } from '../time/dates';
import { findHeader, type Header, type SampleRecord } from './header';
import { NumberScanner, type DecimalSign } from '../cells/numbers';
import { requireColumns } from './limits';
import { LONGEST_LINE, RecordReader, type LineEnd } from './records';
import type { FileHead } from './reader';
import type { PassedOver } from '../cells/table';
import { joinNumbers, namesOf, splitNumbersOf } from './split-numbers';
import { cellsInSpans, spansOf, tokensOf, type Span } from './spans';

/** How a table of text is written. */
export interface Layout {
  /** A blank: columns stand between runs of blanks. */
  readonly delimiter: string;
  readonly lineEnd: LineEnd;
  readonly decimal: DecimalSign;
  /** 1-based; 0 where there is none. */
  readonly headerLine: number;
  readonly firstDataLine: number;
  readonly names: readonly string[];
  /** As the line of units below the names has them; '' without. */
  readonly units: readonly string[];
  /** Of the records looked at, from the first row on, the share that has as many cells as the header. */
  readonly evenShare: number;
  /** Where columns stand between blanks: the places of each, if they do not overlap. */
  readonly spans: readonly Span[] | null;
  /** What is taken away from each line first: `<br />` at its end, quotation marks around it; null for nothing. */
  readonly clean: ((line: string) => string) | null;
  /** The columns whose numbers have a decimal comma between commas, and so take two cells: '2023-03-04,4,5,80'. */
  readonly splitNumbers: readonly number[];
  /** Some rows, for readers that know a format by its cells. */
  readonly sample: readonly SampleRecord[];
  /** Lines above the first row that look like readings too; null without, and where someone chose the header. */
  readonly passedOver: PassedOver | null;
}

const ALL_DELIMITERS = [',', ';', '\t', '|', ' '] as const;
const SAMPLE_LINES = 400;
/** A wide table is judged by fewer lines. */
const SAMPLE_CELLS = 30_000;
/** A table between blanks can be had by chance: any other delimiter that does as well wins. */
const BLANK_WEIGHT = 0.9;

interface Candidate {
  readonly layout: Layout;
  readonly score: number;
}

/** A line of a page: without the `<br />` at its end; nothing where it is a comment. */
export function withoutBreakTag(line: string): string {
  if (line.startsWith('<!--') && line.endsWith('-->')) return '';
  const end = line.trimEnd();
  const [tag] = /<br ?\/?>$/i.exec(end.slice(-LONGEST_BREAK_TAG)) ?? [];
  return tag === undefined ? line : end.slice(0, -tag.length).trimEnd();
}
const LONGEST_BREAK_TAG = '<br />'.length;

/**
 * Finds delimiter, decimal sign and header of a text by its first lines, where the user did not choose them; null where no
 * delimiter makes a table of it.
 * @throws Problem 'line-too-long', 'too-many-columns', 'no-rows'
 */
export function findLayout(head: FileHead, text: string): Layout | null {
  const lineEnd: LineEnd = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  const asItStands = sampleOf(text, lineEnd, head);
  const clean = cleaningOf(asItStands, lineEnd);
  const sample =
    clean === unquotedRow ? asItStands.split(lineEnd).map(unquotedRow).join(lineEnd) : asItStands;
  const chosen = head.options.delimiter;
  const delimiters = chosen === null ? ALL_DELIMITERS : [chosen];
  const tables = delimiters
    .map((delimiter) => tableOf(sample, delimiter, lineEnd, head, clean))
    .filter((candidate): candidate is Candidate => candidate !== null);
  const best = withoutBlanksInCells(tables).reduce<Candidate | null>(
    (a, b) => (a === null || b.score > a.score ? b : a),
    null,
  );
  if (best === null) {
    refuseHeaderAlone(sample, lineEnd, head);
    return null;
  }
  requireColumns(best.layout.names.length, head.source.fileName);
  return best.layout;
}

/** Where nearly all rows have as many tabs, blanks stand within cells: '2021-03-01 00:00'. */
function withoutBlanksInCells(tables: readonly Candidate[]): readonly Candidate[] {
  const hasTabs = tables.some(
    ({ layout }) => layout.delimiter === '\t' && layout.names.length > 2 && layout.evenShare >= EVEN_TABS,
  );
  return hasTabs ? tables.filter(({ layout }) => layout.delimiter !== ' ') : tables;
}
const EVEN_TABS = 0.95;

/** How each line is to be cleaned before it is cut into cells. */
function cleaningOf(sample: string, lineEnd: LineEnd): Layout['clean'] {
  const lines = sample.split(lineEnd).map((line) => line.trim());
  const filled = lines.filter((line) => line !== '');
  const quoted = filled.filter((line) => unquotedRow(line) !== line && /[,;\t|]/.test(line));
  if (quoted.length > LEAST_QUOTED * filled.length) return unquotedRow;
  return /<br ?\/?>/i.test(sample) ? withoutBreakTag : null;
}
const LEAST_QUOTED = 0.9;

/**
 * A line that stands as a whole between quotation marks without them: '"2023-03-04,4.5,80"'. Marks within are written
 * twice. A line of several cells in quotes stays.
 */
export function unquotedRow(given: string): string {
  const line = given.trimEnd();
  if (line.length < 2 || !line.startsWith('"') || !line.endsWith('"')) return given;
  const inner = line.slice(1, -1).replaceAll('""', '\u0000');
  return inner.includes('"') ? given : inner.replaceAll('\u0000', '"');
}

/** The first lines of a text; a last line that the sample cuts is left out. */
function sampleOf(text: string, lineEnd: LineEnd, head: FileHead): string {
  const lines = Math.max(SAMPLE_LINES, (head.options.headerLine ?? 0) + 100);
  let end = -1;
  for (let line = 0; line < lines; line += 1) {
    const next = text.indexOf(lineEnd, end + 1);
    if (next < 0) {
      if (text.length - end > LONGEST_LINE) {
        const limit = phrase('count-characters', { count: LONGEST_LINE });
        throw new Problem('line-too-long', { file: head.source.fileName, line: line + 1, limit });
      }
      if (head.complete) return text;
      break;
    }
    end = next;
  }
  return text.slice(0, end + 1);
}

function recordsOf(sample: string, delimiter: string, lineEnd: LineEnd, fileName: string): SampleRecord[] {
  const records: SampleRecord[] = [];
  const take = (cells: readonly string[], line: number, text: string): void => {
    const trimmed = cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
    if (trimmed.some((cell) => cell !== '') && !isRule(text === '' ? trimmed.join('') : text)) {
      records.push({ cells: trimmed, line, text });
    }
  };
  if (delimiter === ' ') {
    sample.split(lineEnd).forEach((text, at) => {
      // A comment sign before names in a line of comment is none of them; the places of the names stay.
      const line = withoutBreakTag(text.replace(/\r$/, '')).replace(/^#(?=\s)/, ' ');
      take(
        tokensOf(line).map((token) => token.text),
        at + 1,
        line,
      );
    });
    return records;
  }
  const reader = new RecordReader({
    delimiter,
    lineEnd,
    fileName,
    cells: null,
    clean: withoutBreakTag,
    onRecord: (cells, line) => take(cells, line, ''),
  });
  reader.feed(sample);
  reader.end();
  return records;
}

/** A rule of dashes between the names and the rows, or an empty comment. */
function isRule(text: string): boolean {
  return /^[\s#]*$/.test(text) || (/[-=_]{3}/.test(text) && /^[\s\-=_+|#*:]+$/.test(text) && text.length > 6);
}

function tableOf(
  sample: string,
  delimiter: string,
  lineEnd: LineEnd,
  head: FileHead,
  clean: Layout['clean'],
): Candidate | null {
  const { fileName } = head.source;
  const { options } = head;
  const all = recordsOf(sample, delimiter, lineEnd, fileName);
  const chosenHeader = options.headerLine;
  const below = chosenHeader === null ? all : all.filter(({ line }) => line > chosenHeader);
  const width = usualWidth(below);
  if (width < 2) return null;
  requireColumns(width, fileName);
  const records = all.slice(0, Math.max(40 + (chosenHeader ?? 0), Math.floor(SAMPLE_CELLS / width)));
  const decimal = options.decimal ?? decimalOf(records);
  const scanner = new NumberScanner(decimal);
  const first = firstDataRecord(records, width, scanner, chosenHeader ?? 0);
  const firstRecord = records[first];
  if (firstRecord === undefined) return null;
  const data = records.slice(first);
  const spans = delimiter === ' ' ? spansOf(data.filter(({ cells }) => cells.length === width)) : null;
  const found = findHeader(records, first, width, spans, chosenHeader);
  const narrow = found ?? (chosenHeader === null ? namesOf(records[first - 1]) : null);
  const splitNumbers =
    delimiter === ',' && options.decimal !== '.' ? splitNumbersOf(narrow, data, width) : [];
  const header = splitNumbers.length > 0 ? narrow : found;
  const rows = data.map((each) => ({ ...each, cells: joinNumbers(each.cells, splitNumbers) }));
  const columns = header === null ? width : widthOf(header.names, rows);
  const even = rows.filter(({ cells }) => isEven(cells, columns));
  const evenShare = even.length / rows.length;
  const names = Array.from({ length: columns }, (_, index) => header?.names[index] ?? '');
  const weight = delimiter === ' ' ? BLANK_WEIGHT : 1;
  const layout: Layout = {
    delimiter,
    lineEnd,
    decimal: splitNumbers.length > 0 ? ',' : decimal,
    headerLine: header?.line ?? 0,
    firstDataLine: firstRecord.line,
    names,
    units: unitsFor(header, columns),
    evenShare,
    spans: spans !== null && columns === spans.length ? spans : null,
    clean,
    splitNumbers,
    sample: rows,
    passedOver: chosenHeader === null ? passedOverIn(records.slice(0, first), width, scanner) : null,
  };
  const readable = readableShare(rows, splitNumbers.length > 0 ? new NumberScanner(',') : scanner);
  // Of two that do as well the one that passes over fewer lines.
  const used = (data.length / records.length) * 1e-3;
  return { layout, score: weight * evenShare * (0.1 + readable) + columns * 1e-4 + used };
}

const unitsFor = (header: Header | null, columns: number): string[] =>
  Array.from({ length: columns }, (_, index) => header?.units[index] ?? '');

/**
 * The first record of readings: as wide as most are and, if most bear a date, with one. The lines right above it count
 * too while they hold readings and lack no more than a cell, but not the values of a block of metadata further up.
 */
function firstDataRecord(
  records: readonly SampleRecord[],
  width: number,
  scanner: NumberScanner,
  headerLine: number,
): number {
  const bearDates = records.filter(({ cells }) => cells.some(looksLikeDate)).length * 2 > records.length;
  let first = records.findIndex(
    ({ cells, line }) =>
      line > headerLine &&
      cells.length === width &&
      (bearDates ? cells.some(looksLikeDate) : isDataRow(cells, scanner)),
  );
  first = belowLastNames(records, first, width, scanner);
  for (; first > 0; first -= 1) {
    const above = records[first - 1];
    const isAdjacent = above?.line === (records[first]?.line ?? 0) - 1 && above.line > headerLine;
    if (!isAdjacent) break;
    // Notes may stand beside the first rows: '2023-03-04;06:00;2.0;G;;Period = archive'.
    const hasNotes = above.cells.length > width && above.cells.slice(0, width).some(looksLikeDate);
    if (!hasNotes && Math.abs(above.cells.length - width) > 1) break;
    if (!isDataRow(hasNotes ? above.cells.slice(0, width) : above.cells, scanner)) break;
  }
  return first;
}

/** A block of metadata above the table is shorter than this, and the rows that follow are so many times more. */
const LONGEST_BLOCK = 20;
const ROWS_A_BLOCK_LINE = 3;

/**
 * Where rows of the same width stand in a block of metadata above the table (when and where a station stood), the first
 * row below the names of the table itself, which a blank line parts from the block.
 */
function belowLastNames(
  records: readonly SampleRecord[],
  first: number,
  width: number,
  scanner: NumberScanner,
): number {
  const own = records[first - 1]?.cells.join() ?? '';
  for (let at = Math.min(first + LONGEST_BLOCK, records.length - 2); at > first; at -= 1) {
    const { cells = [], line = 0 } = records[at] ?? {};
    const isParted = line - (records[at - 1]?.line ?? 0) > 1;
    if (!isParted || cells.length < width - 1 || cells.join() === own) continue;
    const filled = cells.filter((cell) => cell !== '');
    const isNames = filled.length > 1 && filled.every((cell) => !looksLikeDate(cell) && !scanner.scan(cell));
    const below = records[at + 1]?.cells.slice(0, width) ?? [];
    const rows = records.length - at - 1;
    if (isNames && isDataRow(below, scanner) && rows >= ROWS_A_BLOCK_LINE * (at - first)) return at + 1;
  }
  return first;
}

/** As many cells as columns, or more of which those beyond are empty. */
const isEven = (cells: readonly string[], columns: number): boolean =>
  cells.length >= columns && cells.slice(columns).every((cell) => cell === '');

/** The commonest number of cells in a record. */
function usualWidth(records: readonly SampleRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let usual = 0;
  let most = 0;
  for (const [width, count] of counts) {
    if (count > most || (count === most && width > usual)) {
      usual = width;
      most = count;
    }
  }
  return usual;
}

/** The header's width without empty names at its end that no row fills (a delimiter at the end of each line). */
function widthOf(header: readonly string[], data: readonly SampleRecord[]): number {
  const widest = Math.max(header.length, usualWidth(data));
  let width = widest;
  while (width > header.length || (header[width - 1] ?? '') === '') {
    const last = width - 1;
    if (width === 1 || data.some(({ cells }) => (cells[last] ?? '') !== '')) break;
    width -= 1;
  }
  return width;
}

const COMMA_NUMBER = /^[+-]?\d*,\d+(?:\s?\D{1,4})?$/;
const BOTH_SIGNS = /^[+-]?\d{1,3}(?:(?:\.\d{3})+,\d{1,9}|(?:,\d{3})+\.\d{1,9})$/;
/** A reading with its code behind it, as the Integrated Surface Database writes tenths of a degree: '+0050,1'. */
const CODED_NUMBER = /^[+-]\d{4},\d$/;
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+$/;
/** '07.30' may be a time of day as Italy and Finland write it: it tells nothing of the decimal sign. */
const POINT_CLOCK = /^[01]\d\.[0-5]\d$|^2[0-4]\.[0-5]\d$/;
const POINT_NUMBER = /^[+-]?\d*\.\d+(?:\s?\D{1,4})?$/;

function decimalOf(records: readonly SampleRecord[]): DecimalSign {
  let commas = 0;
  let points = 0;
  for (const { cells } of records) {
    for (const cell of cells) {
      // Thousands with decimals behind leave no doubt: '1.013,2', '1,013.2'.
      if (BOTH_SIGNS.test(cell))
        return cell.includes('.') && cell.lastIndexOf(',') > cell.lastIndexOf('.') ? ',' : '.';
      if (CODED_NUMBER.test(cell)) continue;
      if (COMMA_NUMBER.test(cell)) commas += THOUSANDS.test(cell) ? 0 : 1;
      else if (POINT_NUMBER.test(cell) && !POINT_CLOCK.test(cell)) points += 1;
    }
  }
  return commas > points ? ',' : '.';
}

/** A file of one line of names, and at most empty rows below it, is an export of no readings. */
function refuseHeaderAlone(sample: string, lineEnd: LineEnd, head: FileHead): void {
  if (!head.complete) return;
  for (const delimiter of [',', ';', '\t', '|']) {
    const records = recordsOf(sample, delimiter, lineEnd, head.source.fileName);
    const width = records[0]?.cells.length ?? 0;
    requireColumns(width, head.source.fileName);
    if (records.length === 1 && width > 1) throw new Problem('no-rows', { file: head.source.fileName });
  }
}

/** The cells of a line between blanks, in the columns under whose names they stand. */
export function blankCells(line: string, layout: Layout): readonly string[] {
  const tokens = tokensOf(line);
  const { names, spans } = layout;
  return spans === null || tokens.length === names.length
    ? tokens.map((token) => token.text)
    : cellsInSpans(tokens, spans);
}
