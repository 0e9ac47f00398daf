import { open } from 'node:fs/promises';
import { DETECT_ALL, type ReadingOptions } from '../contract/dataset';
import { phrase, type Phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { checkUnchanged, problemOfReading, READ_FLAGS, stampOf, type FileStamp } from '../files/regular';
import { gzipSource, LARGEST_FILE, plainSource, type ByteSource } from './bytes/byte-source';
import { chosenEncoding, decodeHead, detectEncoding } from './bytes/encoding';
import { areForecasts, keptFirst } from './forecasts/forecast-file';
import { joinForecasts } from './forecasts/join-forecasts';
import { kindOfBinary, kindOfText } from './bytes/file-kinds';
import { joinTables, type ReadFile } from './readers/join-tables';
import { readers } from './readers/readers';
import type { Claim, FileHead } from './readers/reader';
import type { SourceFile } from './bytes/source-file';
import type { RawTable, ReadHooks } from './cells/table';
import { openZip, shownName, type ZipEntry } from './bytes/zip-archive';

/** Enough to see a line that is too long before the whole file is read. */
const HEAD_BYTES = 1_250_000;
const HEAD_LINES = 12;
const LONGEST_HEAD_LINE = 400;

/**
 * Reads a file as a table: the reader that knows it best is chosen by its first bytes. Several files of one station are
 * joined by the names of their columns, in order of time; files of a weather service's forecasts come beside them.
 * @throws Problem 'file-missing', 'file-unreadable', 'file-damaged', 'file-empty', 'file-too-large', 'file-not-text',
 * 'file-no-table', 'line-too-long', 'too-many-columns', 'no-rows', 'setting-invalid', 'no-time-column', 'cancelled'
 */
export async function readTable(
  sources: SourceFile | readonly SourceFile[],
  hooks: ReadHooks,
  options: ReadingOptions = DETECT_ALL,
): Promise<RawTable> {
  const files = [sources].flat();
  const read: ReadFile[] = [];
  for (const [index, source] of files.entries()) {
    const rowsBefore = read.reduce((sum, { cells }) => sum + cells.rows, 0);
    read.push(await readFile(source, shareOf(hooks, index, files.length, rowsBefore), options));
  }
  const forecasts = areForecasts(read, options);
  const readings = read.filter((_, index) => forecasts[index] !== true);
  const table = joinTables(readings, options);
  if (readings.length === read.length) return table;
  const beside = read.filter((_, index) => forecasts[index] === true).sort(keptFirst);
  const join = (own: RawTable): RawTable => joinForecasts(own, readings, beside, options);
  return { ...join(table), joinForecasts: join };
}

/** Progress of one of several files as progress of all. */
function shareOf(hooks: ReadHooks, index: number, files: number, rowsBefore: number): ReadHooks {
  if (files === 1) return hooks;
  return {
    signal: hooks.signal,
    onProgress: ({ fraction, rows }) =>
      hooks.onProgress({ fraction: (index + fraction) / files, rows: rowsBefore + rows, secondsLeft: null }),
  };
}

async function readFile(source: SourceFile, hooks: ReadHooks, options: ReadingOptions): Promise<ReadFile> {
  const stamp = await checkedStamp(source);
  const { readsOneState, ...read } = await readStamped(source, stamp, hooks, options).catch(
    async (error: unknown) => {
      if (!(error instanceof Problem) && hooks.signal.aborted) {
        throw new Problem('cancelled', {}, { cause: error });
      }
      // What looks like damage may come of a file that another program writes.
      if (!hooks.signal.aborted) await checkUnchanged(source.path, stamp);
      throw await problemOfReading(error, source.path);
    },
  );
  if (!readsOneState) await checkUnchanged(source.path, stamp);
  return read;
}

async function readStamped(
  source: SourceFile,
  stamp: FileStamp,
  hooks: ReadHooks,
  options: ReadingOptions,
): Promise<ReadFile & { readonly readsOneState: boolean }> {
  const { head, claim } = await openFile(source, stamp.size, hooks, options);
  const cells = await claim.read(hooks);
  if (cells.rows === 0) throw new Problem('no-rows', { file: source.fileName });
  const { format } = cells;
  const reasons = [...head.content.reasons, ...format.reasons];
  return {
    source,
    bytes: head.content.storedBytes,
    cells: { ...cells, format: { ...format, reasons } },
    head: headLines(head.text?.content ?? ''),
    readsOneState: claim.readsOneState ?? false,
  };
}

/** The first lines of a text for people to look at. */
function headLines(text: string): string[] {
  return text
    .slice(0, HEAD_LINES * 100_000)
    .split(/\r\n|\n|\r/, HEAD_LINES)
    .map((line) => line.slice(0, LONGEST_HEAD_LINE));
}

interface OpenFile {
  readonly head: FileHead;
  readonly claim: Claim;
}

async function openFile(
  source: SourceFile,
  size: number,
  hooks: ReadHooks,
  options: ReadingOptions,
): Promise<OpenFile> {
  const magic = await firstBytes(source, 4);
  if (magic[0] === 0x50 && magic[1] === 0x4b && (magic[2] === 3 || magic[2] === 5)) {
    const archive = await openZip(source, size);
    if (!archive.entries.some(({ name }) => name === 'xl/workbook.xml')) {
      return openInArchive(source, archive.entries, archive.sourceOf, hooks, options);
    }
  }
  const isGzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const content = isGzip ? gzipSource(source, size) : plainSource(source, size);
  const head = await readHead(content, hooks.signal, options);
  return { head, claim: claimOn(head) };
}

const MOST_TRIED_ENTRIES = 12;

/** The largest table of an archive. */
async function openInArchive(
  source: SourceFile,
  entries: readonly ZipEntry[],
  sourceOf: (entry: ZipEntry, reasons: readonly Phrase[]) => ByteSource,
  hooks: ReadHooks,
  options: ReadingOptions,
): Promise<OpenFile> {
  const bySize = [...entries].sort((a, b) => b.bytes - a.bytes).slice(0, MOST_TRIED_ENTRIES);
  let first: unknown = null;
  for (const entry of bySize) {
    const others = entries.length - 1;
    const reason =
      others === 0
        ? phrase('unpacked-zip', { name: shownName(entry.name) })
        : phrase('unpacked-zip-largest', { name: shownName(entry.name), files: others + 1 });
    try {
      const head = await readHead(sourceOf(entry, [reason]), hooks.signal, options);
      return { head, claim: claimOn(head) };
    } catch (error) {
      if (hooks.signal.aborted) throw error;
      first ??= error;
    }
  }
  if (bySize.length === 1 && first !== null) throw first;
  const names = entries.slice(0, 5).map(({ name }) => shownName(name));
  const cause =
    entries.length === 0
      ? phrase('archive-empty')
      : phrase('archive-holds', { names: names.join(', ').slice(0, 200) });
  throw new Problem('file-no-table', { file: source.fileName, cause }, { cause: first });
}

/** The claim of the reader that knows the file best. */
function claimOn(head: FileHead): Claim {
  const file = head.source.fileName;
  if (head.text !== null) {
    const kind = kindOfText(head.text.content);
    if (kind !== null) throw new Problem('file-not-text', { file, kind });
    if (head.complete && head.text.content.trim() === '') throw new Problem('file-empty', { file });
  }
  const best = readers
    .map((reader) => reader.sniff(head))
    .filter((claim): claim is Claim => claim !== null)
    .reduce<Claim | null>((a, b) => (a === null || b.confidence > a.confidence ? b : a), null);
  if (best !== null) return best;
  if (head.text === null) {
    const kind = kindOfBinary(head.bytes, false) ?? phrase('kind-binary');
    throw new Problem('file-not-text', { file, kind });
  }
  throw new Problem('file-no-table', { file, cause: phrase('no-columns') });
}

async function checkedStamp({ path, fileName }: SourceFile): Promise<FileStamp> {
  const stamp = await stampOf(path);
  if (stamp.size === 0) throw new Problem('file-empty', { file: fileName });
  if (stamp.size > LARGEST_FILE) {
    const params = {
      file: fileName,
      size: phrase('bytes', { bytes: stamp.size }),
      limit: phrase('bytes', { bytes: LARGEST_FILE }),
    };
    throw new Problem('file-too-large', params);
  }
  return stamp;
}

async function firstBytes(source: SourceFile, count: number): Promise<Uint8Array> {
  const file = await open(source.path, READ_FLAGS);
  try {
    const buffer = Buffer.alloc(count);
    const { bytesRead } = await file.read(buffer, 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function readHead(
  content: ByteSource,
  signal: AbortSignal,
  options: ReadingOptions,
): Promise<FileHead> {
  const blocks: Uint8Array[] = [];
  let length = 0;
  let complete = true;
  for await (const { bytes } of content.blocks(signal)) {
    blocks.push(bytes);
    length += bytes.length;
    if (length <= HEAD_BYTES) continue;
    complete = false;
    break;
  }
  const bytes = Buffer.concat(blocks, length).subarray(0, HEAD_BYTES);
  if (bytes.length === 0) throw new Problem('file-empty', { file: content.file.fileName });
  return { source: content.file, content, bytes, complete, text: textOf(bytes, complete, options), options };
}

function textOf(bytes: Uint8Array, complete: boolean, options: ReadingOptions): FileHead['text'] {
  const encoding =
    options.encoding === null ? detectEncoding(bytes, complete) : chosenEncoding(options.encoding);
  if (kindOfBinary(bytes, encoding.codec.startsWith('utf-16')) !== null) return null;
  return { encoding, content: decodeHead(bytes, encoding) };
}
