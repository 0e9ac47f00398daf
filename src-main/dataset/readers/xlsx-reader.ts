import { setImmediate as nextTurn } from 'node:timers/promises';
import { Malformed, phrase, type Phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';
import type { ByteSource } from '../bytes/byte-source';
import { openZip, shownName, type ZipArchive } from '../bytes/zip-archive';
import type { ReadCells, ReadHooks } from '../cells/table';
import { delimitedReader } from './delimited-reader';
import type { Claim, FileHead, Reader } from './reader';
import { readPart, relationsReader, stringsReader, stylesReader, workbookReader } from './xlsx-parts';
import { cleanText, LONGEST_TEXT, SheetReader, type SheetText, type WorkbookParts } from './xlsx-sheet';
import { XmlReader } from '../bytes/xml-reader';

/** What the parts of a workbook may unpack to. */
const LARGEST_PARTS = 400 * 1024 ** 2;
/** Of all texts that cells name by their number. */
const MOST_TEXTS = 4_000_000;
const MOST_TEXT_CHARACTERS = 64 * 1024 ** 2;
/** A workbook of a year has a sheet a day at most. */
const MOST_SHEETS = 400;
/** As much of a sheet's text as is read to recognise its layout. */
const HEAD_BYTES = 1_250_000;
/** Of the work, that of taking the sheets apart; the rest is reading their cells. */
const SHARE_OF_UNPACKING = 0.7;

/** Workbooks of Excel and others (.xlsx): the sheet with the most rows, read as text between tabs is. */
export const xlsxReader: Reader = {
  id: 'xlsx',
  label: phrase('format-xlsx'),
  sniff(head: FileHead): Claim | null {
    // Other ZIP archives have been opened before.
    if (head.bytes[0] !== 0x50 || head.bytes[1] !== 0x4b || head.text !== null) return null;
    const reasons = [phrase('is-workbook')];
    return { confidence: 1, reasons, read: (hooks) => readWorkbook(head, reasons, hooks) };
  },
};

async function readWorkbook(
  head: FileHead,
  reasons: readonly Phrase[],
  hooks: ReadHooks,
): Promise<ReadCells> {
  const file = head.source.fileName;
  const { sheet, name, count } = await largestSheet(head, hooks);
  if (sheet.rows === 0) throw new Problem('file-no-table', { file, cause: phrase('workbook-no-rows') });
  const claim = delimitedReader.sniff(headOfSheet(head, sheet));
  if (claim === null) {
    throw new Problem('file-no-table', { file, cause: phrase('sheet-no-numbers', { name }) });
  }
  const cells = await claim.read({
    signal: hooks.signal,
    onProgress: ({ fraction, rows }) =>
      hooks.onProgress({
        fraction: SHARE_OF_UNPACKING + (1 - SHARE_OF_UNPACKING) * fraction,
        rows,
        secondsLeft: null,
      }),
  });
  const { format } = cells;
  const which = count === 1 ? phrase('sheet', { name }) : phrase('sheet-longest', { name, count });
  return {
    ...cells,
    format: {
      id: xlsxReader.id,
      label:
        format.id === delimitedReader.id
          ? xlsxReader.label
          : phrase('format-within', { kind: xlsxReader.label, what: format.label }),
      reasons: [...reasons, which, ...format.reasons.filter(({ code }) => code !== 'even-lines')],
    },
    delimiter: '',
  };
}

interface LargestSheet {
  readonly sheet: SheetText;
  readonly name: string;
  /** How many sheets there are. */
  readonly count: number;
}

/** The sheet with the most rows; of the others nothing is kept. */
async function largestSheet(head: FileHead, hooks: ReadHooks): Promise<LargestSheet> {
  const file = head.source.fileName;
  const workbook = new Workbook(await openZip(head.source, head.content.storedBytes), file, hooks);
  try {
    const parts = await workbook.parts();
    let largest: LargestSheet | null = null;
    for (const [index, { name, path }] of workbook.sheets.entries()) {
      const sheet = await workbook.readSheet(path, parts, index);
      if (largest === null || sheet.rows > largest.sheet.rows) {
        largest = { sheet, name, count: workbook.sheets.length };
      }
    }
    if (largest === null) throw new Problem('file-no-table', { file, cause: phrase('workbook-no-sheets') });
    return largest;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const cause = phrase('workbook-damaged', { what: error.because });
    throw new Problem('file-damaged', { file, cause }, { cause: error });
  }
}

/** The parts of a workbook, each read as it is unpacked, within bounds for all together. */
class Workbook {
  sheets: readonly { readonly name: string; readonly path: string }[] = [];
  #unpacked = 0;
  #reported = 0;
  readonly #archive: ZipArchive;
  readonly #file: string;
  readonly #hooks: ReadHooks;

  constructor(archive: ZipArchive, file: string, hooks: ReadHooks) {
    this.#archive = archive;
    this.#file = file;
    this.#hooks = hooks;
  }

  /** @throws Malformed, Problem */
  async parts(): Promise<WorkbookParts> {
    const { sheets, from1904 } = await readPart(this.#texts('xl/workbook.xml'), workbookReader());
    const targets = await readPart(this.#texts('xl/_rels/workbook.xml.rels'), relationsReader());
    this.sheets = sheets
      .map(({ name, relation }) => ({ name: shownName(name), path: targets.get(relation) ?? '' }))
      // Sheets that are charts hold no cells.
      .filter(({ path }) => this.#has(path) && !path.includes('chartsheets/'));
    if (this.sheets.length > MOST_SHEETS) {
      const size = phrase('count-sheets', { count: this.sheets.length });
      throw new Problem('file-too-large', { file: this.#file, size, limit: MOST_SHEETS });
    }
    const part = (kind: string): string =>
      [...targets.values()].find((path) => path.toLowerCase().endsWith(kind)) ?? '';
    const styles = part('styles.xml');
    return {
      fileName: this.#file,
      from1904,
      isDate: this.#has(styles) ? await readPart(this.#texts(styles), stylesReader()) : [],
      strings: await this.#strings(part('sharedstrings.xml')),
    };
  }

  /** @throws Malformed, Problem */
  async readSheet(path: string, parts: WorkbookParts, index: number): Promise<SheetText> {
    const reader = new SheetReader(parts);
    const xml = new XmlReader(reader);
    for await (const text of this.#texts(path, index)) {
      xml.feed(text);
      if (reader.isDone) return reader.result();
    }
    throw new Malformed(phrase('sheet-cut-off'));
  }

  #has(path: string): boolean {
    return this.#archive.entries.some(({ name }) => name === path);
  }

  async #strings(path: string): Promise<string[]> {
    const strings: string[] = [];
    if (!this.#has(path)) return strings;
    let characters = 0;
    const take = (text: string): void => {
      const clean = cleanText(text);
      strings.push(clean);
      characters += clean.length;
      if (strings.length <= MOST_TEXTS && characters <= MOST_TEXT_CHARACTERS) return;
      const limit = phrase('texts-or-bytes', { count: MOST_TEXTS, bytes: MOST_TEXT_CHARACTERS });
      throw new Problem('file-too-large', { file: this.#file, size: phrase('more-texts'), limit });
    };
    await readPart(this.#texts(path), stringsReader(LONGEST_TEXT, take));
    return strings;
  }

  async *#texts(path: string, sheet = 0): AsyncGenerator<string> {
    const entry = this.#archive.entries.find(({ name }) => name === path);
    if (entry === undefined) throw new Malformed(phrase('part-missing', { name: shownName(path) }));
    let decoder: InstanceType<typeof TextDecoder> | null = null;
    for await (const { bytes, fraction } of this.#archive.sourceOf(entry, []).blocks(this.#hooks.signal)) {
      this.#unpacked += bytes.length;
      if (this.#unpacked > LARGEST_PARTS) {
        const limit = phrase('bytes', { bytes: LARGEST_PARTS });
        const size = phrase('more-than-unpacked', { bytes: LARGEST_PARTS });
        throw new Problem('file-too-large', { file: this.#file, size, limit });
      }
      decoder ??= new TextDecoder(encodingOf(bytes));
      yield decoder.decode(bytes, { stream: true });
      await this.#report((sheet + fraction) / Math.max(1, this.sheets.length));
    }
  }

  /** Tells how far it is, and lets a cancel be heard. */
  async #report(fraction: number): Promise<void> {
    const now = Date.now();
    if (now - this.#reported < PROGRESS_EVERY_MS) return;
    this.#reported = now;
    const { onProgress, signal } = this.#hooks;
    onProgress({ fraction: SHARE_OF_UNPACKING * Math.min(1, fraction), rows: 0, secondsLeft: null });
    await nextTurn();
    if (signal.aborted) throw new Problem('cancelled');
  }
}

const PROGRESS_EVERY_MS = 80;

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** A sheet as a file of text, one row a line. */
function headOfSheet(head: FileHead, sheet: SheetText): FileHead {
  const blocks: Buffer[] = [];
  let length = 0;
  for (const block of sheet.lines()) {
    blocks.push(block);
    length += block.length;
    if (length >= HEAD_BYTES) break;
  }
  const bytes = Buffer.concat(blocks, length);
  const content: ByteSource = {
    ...head.content,
    async *blocks(signal) {
      let done = 0;
      for (const block of sheet.lines()) {
        await Promise.resolve();
        if (signal.aborted) throw new Problem('cancelled');
        done += block.length;
        yield { bytes: block, fraction: Math.min(1, done / sheet.bytes) };
      }
    },
  };
  const encoding = { label: 'UTF-8', codec: 'utf8' };
  return {
    ...head,
    content,
    bytes,
    complete: length < HEAD_BYTES,
    text: { encoding, content: bytes.toString('utf8') },
    options: { ...head.options, delimiter: '\t', decimal: head.options.decimal ?? null },
  };
}
