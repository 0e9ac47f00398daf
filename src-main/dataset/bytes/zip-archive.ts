import { setImmediate as nextTurn } from 'node:timers/promises';
import { Unzip, UnzipInflate, unzipSync, type UnzipFile } from 'fflate';
import { phrase, type Phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';
import { readBounded } from '../../files/bounded';
import { damaged, ExpansionGuard, LARGEST_FILE, tooLarge, type ByteSource } from './byte-source';
import type { SourceFile } from './source-file';

const LARGEST_ARCHIVE = 256 * 1024 ** 2;
const MOST_ENTRIES = 10_000;
/** Deflate grows at most a thousandfold: the guard is asked after each of these. */
const PACKED_BLOCK_BYTES = 32 * 1024;

/** A name for sentences and reasons: it comes from the archive, so it may hold line ends and worse. */
export function shownName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 80);
}

export interface ZipEntry {
  readonly name: string;
  /** As the archive declares it. */
  readonly bytes: number;
}

/** A ZIP archive with its list of contents read. */
export interface ZipArchive {
  readonly entries: readonly ZipEntry[];
  /** What one entry holds. */
  sourceOf(entry: ZipEntry, reasons: readonly Phrase[]): ByteSource;
}

/** @throws Problem 'file-unreadable', 'file-damaged', 'file-too-large' */
export async function openZip(file: SourceFile, storedBytes: number): Promise<ZipArchive> {
  const { fileName } = file;
  if (storedBytes > LARGEST_ARCHIVE) {
    const params = {
      file: fileName,
      size: phrase('bytes', { bytes: storedBytes }),
      limit: phrase('bytes', { bytes: LARGEST_ARCHIVE }),
    };
    throw new Problem('file-too-large', params);
  }
  const packed = await readBounded(file.path, LARGEST_ARCHIVE);
  // Bit 0 of the flags in the first local header (APPNOTE 4.4.4).
  if (((packed[6] ?? 0) & 1) === 1) {
    throw new Problem('file-unreadable', { file: fileName, cause: phrase('locked-with-password') });
  }
  const entries = listEntries(packed, fileName);
  return {
    entries,
    sourceOf: (entry, reasons) => ({
      file,
      storedBytes,
      reasons,
      async *blocks(signal) {
        if (entry.bytes > LARGEST_FILE) throw tooLarge(fileName, entry.bytes, LARGEST_FILE);
        const unpacked = unpackEntry(packed, entry, fileName, new ExpansionGuard(fileName, storedBytes));
        for await (const block of unpacked) {
          if (signal.aborted) throw new Problem('cancelled');
          yield block;
        }
      },
    }),
  };
}

function listEntries(packed: Uint8Array, fileName: string): ZipEntry[] {
  const entries: ZipEntry[] = [];
  try {
    unzipSync(packed, {
      filter: ({ name, originalSize }) => {
        if (entries.length < MOST_ENTRIES) entries.push({ name, bytes: originalSize });
        return false;
      },
    });
  } catch (error) {
    throw damaged(fileName, 'ZIP', error);
  }
  return entries.filter(({ name, bytes }) => bytes > 0 && !/\/$|^__MACOSX\/|(^|\/)\./.test(name));
}

async function* unpackEntry(
  packed: Uint8Array,
  entry: ZipEntry,
  fileName: string,
  guard: ExpansionGuard,
): AsyncGenerator<{ bytes: Uint8Array; fraction: number }> {
  const ready: Uint8Array[] = [];
  let found = false;
  let done = false;
  const unzip = new Unzip((file: UnzipFile) => {
    if (found || file.name !== entry.name) return;
    found = true;
    file.ondata = (error, bytes, final) => {
      if (error !== null) throw error;
      guard.count(bytes.length);
      ready.push(bytes);
      done ||= final;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < packed.length && !done; at += PACKED_BLOCK_BYTES) {
    const end = Math.min(packed.length, at + PACKED_BLOCK_BYTES);
    try {
      unzip.push(packed.subarray(at, end), end === packed.length);
    } catch (error) {
      throw error instanceof Problem ? error : damaged(fileName, 'ZIP', error);
    }
    while (ready.length > 0)
      yield { bytes: ready.shift() ?? new Uint8Array(), fraction: end / packed.length };
    // A cancel takes effect between blocks.
    await nextTurn();
  }
  if (!done) throw damaged(fileName, 'ZIP', new Error(`no end of ${entry.name}`));
}
