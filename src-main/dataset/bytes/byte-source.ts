import { createReadStream, type ReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { phrase, type Phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';
import { READ_FLAGS } from '../../files/regular';
import type { SourceFile } from './source-file';

export interface ByteBlock {
  readonly bytes: Uint8Array;
  /** How much of the stored file has been read, 0 to 1. */
  readonly fraction: number;
}

/** The bytes of a table: of a file as it lies on the disk, or of what is packed in it. */
export interface ByteSource {
  readonly file: SourceFile;
  /** Bytes as they lie on the disk. */
  readonly storedBytes: number;
  /** How it was unpacked, for people; empty for a plain file. */
  readonly reasons: readonly Phrase[];
  /** The bytes from the beginning, as often as they are asked for. @throws Problem */
  blocks(signal: AbortSignal): AsyncGenerator<ByteBlock>;
}

export const LARGEST_FILE = 1024 ** 3;
/** Readings pack to a tenth or a fiftieth of their size; what packs this much better is made to fill the memory. */
const MOST_EXPANSION = 250;
const ALWAYS_ALLOWED_BYTES = 32 * 1024 ** 2;
const BLOCK_BYTES = 512 * 1024;

/** No more of a file than was there when it was looked at: it may have become another, or grow. */
function openStream(path: string, storedBytes: number, signal: AbortSignal): ReadStream {
  const end = Math.max(0, storedBytes - 1);
  // The types know flags as words alone; Node takes the system's own too.
  const flags = READ_FLAGS as unknown as string;
  return createReadStream(path, { flags, highWaterMark: BLOCK_BYTES, end, signal });
}

export function plainSource(file: SourceFile, storedBytes: number): ByteSource {
  return {
    file,
    storedBytes,
    reasons: [],
    async *blocks(signal) {
      let read = 0;
      for await (const chunk of openStream(file.path, storedBytes, signal)) {
        const bytes = chunk as Buffer;
        read += bytes.length;
        yield { bytes, fraction: Math.min(1, read / storedBytes) };
      }
    },
  };
}

/** What a gzip file holds. */
export function gzipSource(file: SourceFile, storedBytes: number): ByteSource {
  return {
    file,
    storedBytes,
    reasons: [phrase('unpacked-gzip')],
    async *blocks(signal) {
      const stored = openStream(file.path, storedBytes, signal);
      const unpacked = createGunzip({ chunkSize: BLOCK_BYTES });
      // pipe() leaves errors of the source alone: a cancel must end the reader too.
      stored.on('error', (error) => unpacked.destroy(error));
      const guard = new ExpansionGuard(file.fileName, storedBytes);
      try {
        for await (const chunk of stored.pipe(unpacked)) {
          const bytes = chunk as Buffer;
          guard.count(bytes.length);
          yield { bytes, fraction: Math.min(1, stored.bytesRead / storedBytes) };
        }
      } catch (error) {
        if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
          throw damaged(file.fileName, 'gzip', error);
        }
        throw error;
      } finally {
        stored.destroy();
        unpacked.destroy();
      }
    },
  };
}

/** Stops the unpacking of what grows beyond all readings. */
export class ExpansionGuard {
  #total = 0;
  readonly #fileName: string;
  readonly #storedBytes: number;

  constructor(fileName: string, storedBytes: number) {
    this.#fileName = fileName;
    this.#storedBytes = storedBytes;
  }

  /** @throws Problem 'file-too-large' */
  count(bytes: number): void {
    this.#total += bytes;
    const isBomb = this.#total > ALWAYS_ALLOWED_BYTES && this.#total > this.#storedBytes * MOST_EXPANSION;
    if (this.#total > LARGEST_FILE || isBomb)
      throw tooLarge(this.#fileName, this.#total, LARGEST_FILE, isBomb);
  }
}

/** @param bytes unpacked so far or as declared */
export function tooLarge(file: string, bytes: number, limit: number, isBomb = false): Problem {
  const size = phrase(isBomb ? 'at-least-unpacked' : 'unpacked', { bytes });
  const most = isBomb
    ? phrase('fold-of-packed', { fold: MOST_EXPANSION })
    : phrase('bytes', { bytes: limit });
  return new Problem('file-too-large', { file, size, limit: most });
}

export function damaged(file: string, kind: string, error: unknown): Problem {
  const cause = phrase('archive-damaged', { format: kind });
  return new Problem('file-damaged', { file, cause }, { cause: error });
}

/** All bytes of a source at once. @throws Problem 'file-too-large' */
export async function readWhole(source: ByteSource, signal: AbortSignal, limit: number): Promise<Uint8Array> {
  const blocks: Uint8Array[] = [];
  let length = 0;
  for await (const { bytes } of source.blocks(signal)) {
    length += bytes.length;
    if (length > limit) {
      const params = {
        file: source.file.fileName,
        size: phrase('more-than', { size: phrase('bytes', { bytes: limit }) }),
        limit: phrase('bytes', { bytes: limit }),
      };
      throw new Problem('file-too-large', params);
    }
    blocks.push(bytes);
  }
  return Buffer.concat(blocks, length);
}
