import { Problem } from '../../contract/problems';
import { LARGEST_FILE, readWhole, type ByteSource } from '../bytes/byte-source';
import { delimitedReader } from './delimited-reader';
import type { Claim, FileHead, Reader } from './reader';
import type { ReadCells, ReadHooks } from '../cells/table';
import { openZip } from '../bytes/zip-archive';

const LARGEST_WORKBOOK = 64 * 1024 ** 2;
/** What the sheets of a workbook may unpack to: its reader holds them all in memory. */
const LARGEST_SHEETS = 400 * 1024 ** 2;

type Cell = string | number | boolean | Date | null;
interface Sheet {
  readonly sheet: string;
  readonly data: readonly (readonly Cell[])[];
}

/** Workbooks of Excel and others (.xlsx): the sheet with the most rows, read as text between tabs is. */
export const xlsxReader: Reader = {
  id: 'xlsx',
  label: 'Excel workbook',
  sniff(head: FileHead): Claim | null {
    // Other ZIP archives have been opened before.
    if (head.bytes[0] !== 0x50 || head.bytes[1] !== 0x4b || head.text !== null) return null;
    const reasons = ['a ZIP archive with a workbook in it'];
    return { confidence: 1, reasons, read: (hooks) => readWorkbook(head, reasons, hooks) };
  },
};

async function readWorkbook(
  head: FileHead,
  reasons: readonly string[],
  hooks: ReadHooks,
): Promise<ReadCells> {
  const file = head.source.fileName;
  await refuseLargeSheets(head, hooks);
  const bytes = await readWhole(head.content, hooks.signal, LARGEST_WORKBOOK);
  const { default: readXlsxFile } = await import('read-excel-file/universal');
  let sheets: readonly Sheet[];
  try {
    // The package's types say the class Date where a cell is one of its values.
    sheets = (await readXlsxFile(new Uint8Array(bytes).buffer)) as unknown as readonly Sheet[];
  } catch (error) {
    throw new Problem('file-unreadable', { file, cause: 'the workbook is damaged' }, { cause: error });
  }
  if (hooks.signal.aborted) throw new Problem('cancelled');
  const largest = [...sheets].sort((a, b) => b.data.length - a.data.length)[0];
  if (largest === undefined || largest.data.length === 0) {
    throw new Problem('file-no-table', { file, cause: 'the workbook has no rows' });
  }
  const claim = delimitedReader.sniff(headOfSheet(head, largest));
  if (claim === null) {
    throw new Problem('file-no-table', { file, cause: `sheet “${largest.sheet}” has no rows of numbers` });
  }
  const cells = await claim.read(hooks);
  const { format } = cells;
  const which =
    sheets.length === 1
      ? `sheet “${largest.sheet}”`
      : `sheet “${largest.sheet}”, the longest of ${sheets.length}`;
  return {
    ...cells,
    format: {
      id: xlsxReader.id,
      label: format.id === delimitedReader.id ? xlsxReader.label : `${xlsxReader.label}: ${format.label}`,
      reasons: [...reasons, which, ...format.reasons.filter((reason) => !/ between tabs$/.test(reason))],
    },
    delimiter: '',
  };
}

/** The parts of a workbook are unpacked once with an eye on their size, since their reader has none. */
async function refuseLargeSheets(head: FileHead, hooks: ReadHooks): Promise<void> {
  const archive = await openZip(head.source, head.content.storedBytes);
  let total = 0;
  for (const entry of archive.entries.filter(({ name }) => name.startsWith('xl/'))) {
    for await (const { bytes } of archive.sourceOf(entry, []).blocks(hooks.signal)) {
      total += bytes.length;
      if (total > LARGEST_SHEETS) {
        const size = `more than ${LARGEST_SHEETS / 1024 ** 2} MB of unpacked data`;
        const limit = `${LARGEST_SHEETS / 1024 ** 2} MB`;
        throw new Problem('file-too-large', { file: head.source.fileName, size, limit });
      }
    }
  }
}

/** A sheet as a file of text, one row a line. */
function headOfSheet(head: FileHead, { data }: Sheet): FileHead {
  const text = textOfSheet(data);
  const bytes = Buffer.from(text, 'utf8');
  const content: ByteSource = {
    ...head.content,
    async *blocks(signal) {
      for (let at = 0; at < bytes.length; at += 512 * 1024) {
        await Promise.resolve();
        if (signal.aborted) throw new Problem('cancelled');
        const block = bytes.subarray(at, at + 512 * 1024);
        yield {
          bytes: block,
          fraction: Math.min(1, (at + block.length) / Math.min(bytes.length, LARGEST_FILE)),
        };
      }
    },
  };
  const encoding = { label: 'UTF-8', codec: 'utf8' };
  return {
    ...head,
    content,
    bytes,
    complete: true,
    text: { encoding, content: text },
    options: { ...head.options, delimiter: '\t', decimal: head.options.decimal ?? null },
  };
}

/** Rows as lines; the dates of a column without a time of day as days. */
function textOfSheet(data: Sheet['data']): string {
  const withClock = new Set<number>();
  for (const row of data) {
    row.forEach((cell, column) => {
      if (cell instanceof Date && hasDay(cell) && cell.getTime() % 86_400_000 !== 0) withClock.add(column);
    });
  }
  const line = (row: readonly Cell[]): string =>
    row.map((cell, column) => cellText(cell, !withClock.has(column))).join('\t');
  return data.map(line).join('\n');
}

/** A time of day alone has no day, and Excel's day 0. */
const hasDay = (date: Date): boolean => date.getUTCFullYear() >= 1901;

function cellText(cell: Cell, dayOnly: boolean): string {
  if (cell === null) return '';
  if (!(cell instanceof Date)) return String(cell).replace(/[\t\r\n"]+/g, ' ');
  // Excel counts in days: a time of day is a fraction, exact to a second at best.
  const date = new Date(Math.round(cell.getTime() / 1000) * 1000);
  if (Number.isNaN(date.getTime())) return '';
  const text = date.toISOString();
  if (!hasDay(date)) return text.slice(11, 19);
  return dayOnly ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}
