import type { FileHandle } from 'node:fs/promises';
import { finishedPages, pageBytesOf, type FinishedPages } from './sqlite-wal';

export const DATABASE_HEAD_BYTES = 100;
/** Of the database's header: how many transactions have changed it, where it keeps no log. */
export const CHANGES_AT = 24;
/** Of the database's header: bytes at the end of each page that are not SQLite's. */
const RESERVED_AT = 20;

/** Pages of a database, one by one, where its log has a newer one that (https://sqlite.org/fileformat2.html). */
export class DatabasePages {
  readonly #handle: FileHandle;
  readonly #log: Uint8Array | null;
  readonly #finished: FinishedPages | null;
  /** The database's header. */
  readonly head: Buffer;
  readonly pageBytes: number;
  /** How many pages there may be. */
  readonly count: number;

  private constructor(handle: FileHandle, head: Buffer, bytes: number, log: Uint8Array | null) {
    this.#handle = handle;
    this.#log = log;
    this.head = head;
    this.pageBytes = pageBytesOf(head);
    this.#finished = log === null ? null : finishedPages(head, bytes, log);
    this.count = Math.max(Math.floor(bytes / this.pageBytes), this.#finished?.size ?? 0);
  }

  /** @param bytes how large the file is @param log the whole log beside it; null: there is none */
  static async open(handle: FileHandle, bytes: number, log: Uint8Array | null): Promise<DatabasePages> {
    const head = Buffer.alloc(DATABASE_HEAD_BYTES);
    await handle.read(head, 0, DATABASE_HEAD_BYTES, 0);
    return new DatabasePages(handle, head, bytes, log);
  }

  /** Bytes of a page that are SQLite's. */
  get usableBytes(): number {
    return this.pageBytes - (this.head[RESERVED_AT] ?? 0);
  }

  /** @param number from 1 on; a page that is not there is of zeros */
  async read(number: number): Promise<Buffer> {
    const place = this.#finished?.places.get(number);
    if (place !== undefined && this.#log !== null) {
      return Buffer.from(this.#log.subarray(place, place + this.pageBytes));
    }
    const page = Buffer.alloc(this.pageBytes);
    await this.#handle.read(page, 0, this.pageBytes, (number - 1) * this.pageBytes);
    return page;
  }
}
