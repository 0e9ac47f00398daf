import { CellColumn } from '../cells/columns';
import { LineNumbers } from '../cells/line-numbers';
import { NumberScanner } from '../cells/numbers';
import type { Claim, FileHead, Reader } from './reader';
import { RecordReader } from './records';
import { elementMeaning } from './reshape';
import type { ReadCells, ReadHooks } from '../cells/table';
import { streamText } from '../bytes/text-stream';
import { phrase, type Phrase } from '../../contract/phrases';

/** Station (11), year (4), month (2), element (4), then for each of 31 days value (5) and three flags. */
const LINE = /^[A-Z]{2}[A-Z0-9_-]{9}(\d{4})(\d{2})([A-Z][A-Z0-9]{3})((?:[ \d-]{5}.{3}){1,31})/;
const DAY_WIDTH = 8;
const MISSING = -9999;

/** GHCN-Daily `.dly`: one month of one element a line, at fixed places. */
export const ghcnMonthReader: Reader = {
  id: 'ghcn-months',
  label: phrase('format-ghcn-months'),
  sniff(head: FileHead): Claim | null {
    const lines = (head.text?.content ?? '').slice(0, 100_000).split('\n').slice(0, 20);
    const filled = lines.slice(0, Math.max(1, lines.length - 1)).filter((line) => line.trim() !== '');
    if (filled.length === 0 || !filled.every((line) => LINE.test(line))) return null;
    const reasons = [phrase('ghcn-month'), phrase('tenths')];
    return { confidence: 1, reasons, read: (hooks) => readMonths(head, reasons, hooks) };
  },
};

async function readMonths(head: FileHead, reasons: readonly Phrase[], hooks: ReadHooks): Promise<ReadCells> {
  const days = new Map<string, { line: number; values: Map<string, number> }>();
  const elements = new Set<string>();
  const take = (text: string, line: number): void => {
    const match = LINE.exec(text);
    const [, year = '', month = '', element = '', values = ''] = match ?? [];
    if (match === null) return;
    for (let day = 1; (day - 1) * DAY_WIDTH < values.length; day += 1) {
      const cell = values.slice((day - 1) * DAY_WIDTH, day * DAY_WIDTH);
      const value = Number(cell.slice(0, 5));
      // The second flag says that the value failed a check of quality.
      if (Number.isNaN(value) || value === MISSING || (cell[6] ?? ' ') !== ' ') continue;
      const date = `${year}-${month}-${String(day).padStart(2, '0')}`;
      let entry = days.get(date);
      if (entry === undefined) {
        entry = { line, values: new Map() };
        days.set(date, entry);
      }
      entry.values.set(element, value);
      elements.add(element);
    }
  };
  const records = new RecordReader({
    delimiter: '\u0000',
    lineEnd: '\n',
    fileName: head.source.fileName,
    cells: null,
    onRecord: (cells, line) => take(cells.join(''), line),
    onPlainLine: take,
  });
  const progress = (fraction: number, secondsLeft: number | null): void =>
    hooks.onProgress({ fraction, rows: days.size, secondsLeft });
  const codec = head.text?.encoding.codec ?? 'utf8';
  for await (const text of streamText(head.content, codec, hooks.signal, progress)) records.feed(text);
  records.end();

  const scanner = new NumberScanner('.');
  const date = new CellColumn('DATE', '.');
  const columns = [...elements].slice(0, 200).map((element) => {
    const meaning = elementMeaning(element);
    const factor = meaning?.factor ?? 1;
    const origin =
      meaning === undefined ? {} : { meaning: { quantity: meaning.quantity, unit: meaning.unit } };
    return { element, factor, column: new CellColumn(element, '.', origin) };
  });
  const lines = new LineNumbers();
  for (const key of [...days.keys()].sort()) {
    const day = days.get(key);
    date.push(key, scanner);
    lines.push(day?.line ?? 0);
    for (const { element, factor, column } of columns) {
      column.pushNumber(Number(((day?.values.get(element) ?? NaN) * factor).toPrecision(15)));
    }
  }
  return {
    format: { id: ghcnMonthReader.id, label: ghcnMonthReader.label, reasons: [...reasons] },
    encoding: head.text?.encoding.label ?? '',
    delimiter: ' ',
    decimal: '.',
    headerLine: 0,
    columns: [date, ...columns.map(({ column }) => column)],
    rows: lines.length,
    lines: lines.toArray(),
  };
}
