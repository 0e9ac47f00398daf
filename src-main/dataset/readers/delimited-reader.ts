import { CellColumn } from '../cells/columns';
import { flavourOf } from './flavours';
import { namesWithoutHeader } from './headerless';
import { withLegend } from './legend';
import { blankCells, findLayout, type Layout } from './layout';
import { LineNumbers } from '../cells/line-numbers';
import { chosenMissing, USUAL_MISSING } from '../cells/missing';
import { NumberScanner } from '../cells/numbers';
import type { Claim, FileHead, Reader } from './reader';
import { RecordReader } from './records';
import { reshape } from './reshape';
import { remarkOn, RowGuard } from './row-guard';
import type { ReadCells, ReadHooks } from '../cells/table';
import { joinNumbers } from './split-numbers';
import { streamText } from '../bytes/text-stream';
import { phrase, type Phrase } from '../../contract/phrases';

const DELIMITER_NAMES: Readonly<Record<string, Phrase>> = {
  ',': phrase('commas'),
  ';': phrase('semicolons'),
  '\t': phrase('tabs'),
  '|': phrase('bars'),
  ' ': phrase('blanks'),
};

/** Text in lines, with cells between commas, semicolons, tabs, bars or blanks. */
export const delimitedReader: Reader = {
  id: 'delimited',
  label: phrase('format-delimited'),
  sniff(head: FileHead): Claim | null {
    if (head.text === null) return null;
    const layout = findLayout(head, head.text.content);
    if (layout === null) return null;
    return {
      // A reader made for one kind of file should win over this one, which reads them all.
      confidence: 0.6 * layout.evenShare,
      reasons: reasonsFor(layout),
      read: (hooks) => readDelimited(head, layout, hooks),
    };
  },
};

function reasonsFor(layout: Layout): Phrase[] {
  const share = Math.round(layout.evenShare * 100);
  const what = DELIMITER_NAMES[layout.delimiter] ?? phrase('blanks');
  return [
    phrase('even-lines', { share, count: layout.names.length, what }),
    layout.headerLine === 0 ? phrase('no-header') : phrase('header-line', { line: layout.headerLine }),
    ...(layout.splitNumbers.length === 0 ? [] : [phrase('split-numbers')]),
    ...(layout.units.some((unit) => unit !== '') ? [phrase('units-line')] : []),
  ];
}

async function readDelimited(head: FileHead, layout: Layout, hooks: ReadHooks): Promise<ReadCells> {
  const { fileName } = head.source;
  const { missingWords } = head.options;
  const missing = missingWords === null ? USUAL_MISSING : chosenMissing(missingWords);
  const known = layout.headerLine === 0 ? namesWithoutHeader(layout) : null;
  const flavour = known ?? flavourOf(layout, head.text?.content ?? '');
  const columns = uniqueNames(known?.names ?? layout.names).map((name, index) => {
    const unit = layout.units[index] ?? '';
    return new CellColumn(name, layout.decimal, unit === '' ? {} : { unit }, missing);
  });
  const lines = new LineNumbers();
  const guard = new RowGuard(layout, columns.length, fileName);
  const scanner = new NumberScanner(layout.decimal);
  const delimiter = layout.delimiter.charCodeAt(0);

  const takeCells = (found: readonly string[], line: number): void => {
    const cells = joinNumbers(found, layout.splitNumbers);
    if (line < layout.firstDataLine || guard.skips(cells, line)) return;
    guard.countCells(cells, line);
    columns.forEach((column, index) => column.push(cells[index] ?? '', scanner));
    lines.push(line);
  };
  const takeLine = (text: string, line: number): void => {
    if (line < layout.firstDataLine) return;
    if (layout.delimiter === ' ' || layout.splitNumbers.length > 0 || guard.looksOdd(text)) {
      takeCells(layout.delimiter === ' ' ? blankCells(text, layout) : text.split(layout.delimiter), line);
      return;
    }
    let at = 0;
    let missingCells = false;
    for (const column of columns) {
      if (at > text.length) {
        column.push('', scanner);
        missingCells = true;
      } else {
        at = column.pushFrom(text, at, delimiter, scanner) + 1;
      }
    }
    guard.countLine(text, at, missingCells, line);
    lines.push(line);
  };
  const records = new RecordReader({
    delimiter: layout.delimiter,
    lineEnd: layout.lineEnd,
    fileName,
    cells: columns.length,
    onRecord: takeCells,
    onPlainLine: takeLine,
    ...(layout.clean === null ? {} : { clean: layout.clean }),
  });
  const progress = (fraction: number, secondsLeft: number | null): void =>
    hooks.onProgress({ fraction, rows: lines.length, secondsLeft });
  const codec = head.text?.encoding.codec ?? 'utf8';
  for await (const text of streamText(head.content, codec, hooks.signal, progress)) records.feed(text);
  records.end();

  const around = [...linesAbove(head.text?.content ?? '', layout), ...guard.asides];
  const { columns: understood, told } = withLegend(columns, around, layout.delimiter);
  return reshape(
    {
      format: {
        id: flavour?.id ?? delimitedReader.id,
        label: flavour?.label ?? delimitedReader.label,
        reasons: [
          ...(flavour === null ? [] : [flavour.reason]),
          ...reasonsFor(layout),
          ...(told === 0 ? [] : [phrase('told-around', { count: told })]),
          ...guard.remarks(),
          ...remarkOn(records.unbalanced, 'line-quote', 'lines-quote'),
        ],
      },
      encoding: head.text?.encoding.label ?? '',
      delimiter: layout.delimiter,
      decimal: layout.decimal,
      headerLine: layout.headerLine,
      columns: understood,
      rows: lines.length,
      lines: lines.toArray(),
      ...(layout.passedOver === null ? {} : { passedOver: layout.passedOver }),
    },
    fileName,
  );
}

/** The lines above the names, or above the first row where there are none. */
function linesAbove(text: string, { headerLine, firstDataLine, lineEnd }: Layout): string[] {
  const count = (headerLine > 0 ? headerLine : firstDataLine) - 1;
  return text.slice(0, LONGEST_PREAMBLE).split(lineEnd, Math.max(0, count));
}

const LONGEST_PREAMBLE = 200_000;

/** A header cell longer than this is no name; patterns that look for units and words would take long over it. */
const LONGEST_NAME = 200;

/** Names for columns without one, and a number behind a name that stood before: 'wind', 'wind (2)'. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((given, index) => {
    const name = given === '' ? `column ${index + 1}` : given.slice(0, LONGEST_NAME);
    let unique = name;
    for (let copy = 2; taken.has(unique); copy += 1) unique = `${name} (${copy})`;
    taken.add(unique);
    return unique;
  });
}
