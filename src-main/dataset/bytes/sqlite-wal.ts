/**
 * The write-ahead log of an SQLite database: changed pages that the database's own file does not hold yet
 * (https://sqlite.org/fileformat2.html#walformat). All integers in it are big-endian; its checksums are over words in
 * the order that its magic number tells.
 */
const MAGIC_LITTLE = 0x377f0682;
const MAGIC_BIG = 0x377f0683;
const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** Of the database's header: the versions for writing and reading, 2 where it uses such a log. */
const VERSIONS_AT = 18;
const WITH_LOG = 2;
const WITHOUT_LOG = 1;

export interface WithLog {
  readonly bytes: Uint8Array;
  /** Pages that came from the log. */
  readonly pages: number;
}

/** What a log holds of finished transactions. */
export interface FinishedPages {
  /** Where each page lies in the log, by its number. */
  readonly places: ReadonlyMap<number, number>;
  /** Pages of the database after the last of them. */
  readonly size: number;
}

/**
 * What a database's log holds of finished transactions; null where that is nothing: the database uses no log, or
 * this one is none, was restarted, or holds an unfinished transaction alone. As SQLite does, the log is read up to the
 * first frame whose salts or checksum do not fit.
 * @param head the first 100 bytes of the database, or more
 * @param databaseBytes how large the database is
 */
export function finishedPages(
  head: Uint8Array,
  databaseBytes: number,
  log: Uint8Array,
): FinishedPages | null {
  const header = viewOf(log);
  if (!usesLog(head) || log.length < HEADER_BYTES) return null;
  const magic = header.getUint32(0);
  if (magic !== MAGIC_LITTLE && magic !== MAGIC_BIG) return null;
  const pageBytes = header.getUint32(8);
  if (pageBytes !== pageBytesOf(head)) return null;
  const sum = new Checksum(magic === MAGIC_LITTLE);
  sum.add(log.subarray(0, 24));
  if (!sum.is(header.getUint32(24), header.getUint32(28))) return null;

  const frameBytes = FRAME_HEADER_BYTES + pageBytes;
  const frames = Math.floor((log.length - HEADER_BYTES) / frameBytes);
  const most = Math.ceil(databaseBytes / pageBytes) + frames;
  const places = new Map<number, number>();
  /** Of the transaction that is read. */
  const begun = new Map<number, number>();
  let size = 0;
  for (let frame = 0; frame < frames; frame += 1) {
    const at = HEADER_BYTES + frame * frameBytes;
    const page = header.getUint32(at);
    const sizeAfter = header.getUint32(at + 4);
    const isOfThisLog =
      header.getUint32(at + 8) === header.getUint32(16) && header.getUint32(at + 12) === header.getUint32(20);
    sum.add(log.subarray(at, at + 8));
    sum.add(log.subarray(at + FRAME_HEADER_BYTES, at + frameBytes));
    if (!isOfThisLog || !sum.is(header.getUint32(at + 16), header.getUint32(at + 20))) break;
    if (page === 0 || sizeAfter > most) break;
    begun.set(page, at + FRAME_HEADER_BYTES);
    if (sizeAfter === 0) continue;
    for (const [number, place] of begun) places.set(number, place);
    begun.clear();
    size = sizeAfter;
  }
  return size === 0 ? null : { places, size };
}

/** A database with what its log holds of finished transactions; null where that is nothing. */
export function withLog(database: Uint8Array, log: Uint8Array): WithLog | null {
  const finished = finishedPages(database, database.length, log);
  if (finished === null) return null;
  const { places, size } = finished;
  const pageBytes = pageBytesOf(database);
  const bytes = new Uint8Array(size * pageBytes);
  bytes.set(database.subarray(0, bytes.length));
  for (const [page, place] of places) {
    if (page <= size) bytes.set(log.subarray(place, place + pageBytes), (page - 1) * pageBytes);
  }
  // All is in it now: a reader need not look for a log.
  bytes.fill(WITHOUT_LOG, VERSIONS_AT, VERSIONS_AT + 2);
  return { bytes, pages: places.size };
}

/** Whether a database keeps such a log. */
export const usesLog = (database: Uint8Array): boolean => database[VERSIONS_AT + 1] === WITH_LOG;

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Of the database's header: 1 stands for 65,536, which two bytes do not hold. */
export function pageBytesOf(database: Uint8Array): number {
  const told = viewOf(database).getUint16(16);
  return told === 1 ? 65_536 : told;
}

/** The running checksum over all that stands before in a log. */
class Checksum {
  #first = 0;
  #second = 0;
  readonly #isLittle: boolean;

  constructor(isLittle: boolean) {
    this.#isLittle = isLittle;
  }

  /** @param bytes a multiple of eight */
  add(bytes: Uint8Array): void {
    const words = viewOf(bytes);
    let [first, second] = [this.#first, this.#second];
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      first = (first + words.getUint32(at, this.#isLittle) + second) >>> 0;
      second = (second + words.getUint32(at + 4, this.#isLittle) + first) >>> 0;
    }
    this.#first = first;
    this.#second = second;
  }

  is(first: number, second: number): boolean {
    return this.#first === first && this.#second === second;
  }
}

const JOURNAL_MAGIC = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

/** Whether a rollback journal holds a transaction that did not end: its header is cleared when one has. */
export function isUnfinished(journal: Uint8Array): boolean {
  return JOURNAL_MAGIC.every((byte, at) => journal[at] === byte);
}
