import { DATABASE_HEAD_BYTES, type DatabasePages } from './sqlite-pages';

/** The trees in which SQLite keeps the rows of its tables (https://sqlite.org/fileformat2.html#b_tree_pages). */
export const INTERIOR = 5;
export const LEAF = 13;
export const INTERIOR_HEADER_BYTES = 12;
const LEAF_HEADER_BYTES = 8;

/** A row as it lies in a leaf. */
export interface LeafCell {
  readonly rowid: bigint;
  /** Of all of its columns. */
  readonly payloadBytes: number;
  /** What of these lies in the leaf itself: from here, so many. */
  readonly localAt: number;
  readonly localBytes: number;
  /** The page on which it goes on; 0: all is here. */
  readonly overflow: number;
}

/** What a page says that cannot be: it is damaged, or half of one state and half of the next. */
export class NoSuchPage extends Error {}

/** The first page begins with the header of the database. */
const headerAt = (number: number): number => (number === 1 ? DATABASE_HEAD_BYTES : 0);

/** A number of one to nine bytes, and where it ends. */
function varint(page: Buffer, at: number): { readonly value: bigint; readonly end: number } {
  let value = 0n;
  for (let byte = 0; byte < 8; byte += 1) {
    const read = page[at + byte];
    if (read === undefined) throw new NoSuchPage('A number ends behind its page.');
    value = (value << 7n) | BigInt(read & 0x7f);
    if (read < 0x80) return { value, end: at + byte + 1 };
  }
  return { value: BigInt.asIntN(64, (value << 8n) | BigInt(page[at + 8] ?? 0)), end: at + 9 };
}

export function varintOf(value: bigint): Buffer {
  const all = BigInt.asUintN(64, value);
  if (all >> 56n !== 0n) {
    const high = Array.from(
      { length: 8 },
      (_, byte) => Number((all >> BigInt(8 + 7 * (7 - byte))) & 0x7fn) | 0x80,
    );
    return Buffer.from([...high, Number(all & 0xffn)]);
  }
  const bytes = [Number(all & 0x7fn)];
  for (let left = all >> 7n; left > 0n; left >>= 7n) bytes.unshift(Number(left & 0x7fn) | 0x80);
  return Buffer.from(bytes);
}

/** The pages below an interior page, oldest first; null: it is a leaf. */
function childrenOf(page: Buffer, number: number): number[] | null {
  const at = headerAt(number);
  const kind = page[at];
  if (kind === LEAF) return null;
  if (kind !== INTERIOR) throw new NoSuchPage(`Page ${number} is of no table.`);
  const cells = page.readUInt16BE(at + 3);
  const children = Array.from({ length: cells }, (_, cell) => {
    const pointer = at + INTERIOR_HEADER_BYTES + 2 * cell;
    if (pointer + 2 > page.length) throw new NoSuchPage(`Page ${number} has too many cells.`);
    const place = page.readUInt16BE(pointer);
    if (place + 4 > page.length) throw new NoSuchPage(`Page ${number} points behind itself.`);
    return page.readUInt32BE(place);
  });
  return [...children, page.readUInt32BE(at + 8)];
}

/** The rows of a leaf, in order. */
export function cellsOf(pages: DatabasePages, page: Buffer, number: number): LeafCell[] {
  const at = headerAt(number);
  if (page[at] !== LEAF) throw new NoSuchPage(`Page ${number} is no leaf.`);
  const usable = pages.usableBytes;
  return Array.from({ length: page.readUInt16BE(at + 3) }, (_, cell) => {
    const pointer = at + LEAF_HEADER_BYTES + 2 * cell;
    if (pointer + 2 > page.length) throw new NoSuchPage(`Page ${number} has too many cells.`);
    const payload = varint(page, page.readUInt16BE(pointer));
    const rowid = varint(page, payload.end);
    const payloadBytes = Number(payload.value);
    const localBytes = localOf(payloadBytes, usable);
    const behind = rowid.end + localBytes;
    const overflows = localBytes < payloadBytes;
    if (behind + (overflows ? 4 : 0) > page.length)
      throw new NoSuchPage(`Page ${number} points behind itself.`);
    const overflow = overflows ? page.readUInt32BE(behind) : 0;
    return { rowid: rowid.value, payloadBytes, localAt: rowid.end, localBytes, overflow };
  });
}

/** How much of a row lies in its leaf. */
function localOf(payloadBytes: number, usable: number): number {
  if (payloadBytes <= usable - 35) return payloadBytes;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const most = least + ((payloadBytes - least) % (usable - 4));
  return most <= usable - 35 ? most : least;
}

/**
 * The leaves of a table from the newest (largest row number) on, until `isEnough` says so.
 * @throws NoSuchPage where pages point at each other in circles
 */
export async function* leavesFromNewest(
  pages: DatabasePages,
  root: number,
): AsyncGenerator<{ readonly number: number; readonly page: Buffer }> {
  const left = [root];
  for (let read = 0; left.length > 0; read += 1) {
    const number = left.pop()!;
    if (read > pages.count || number < 1 || number > pages.count)
      throw new NoSuchPage(`There is no page ${number}.`);
    const page = await pages.read(number);
    const children = childrenOf(page, number);
    if (children === null) yield { number, page };
    else left.push(...children);
  }
}

/** The pages on which a row goes on that has no room in its leaf. */
export async function overflowOf(pages: DatabasePages, cell: LeafCell): Promise<Buffer[]> {
  const found: Buffer[] = [];
  const most = Math.ceil((cell.payloadBytes - cell.localBytes) / (pages.usableBytes - 4));
  for (let next = cell.overflow; next !== 0;) {
    if (found.length >= most || next > pages.count) throw new NoSuchPage('A row goes on for ever.');
    const page = await pages.read(next);
    next = page.readUInt32BE(0);
    found.push(page);
  }
  return found;
}

/** A table as the database's own list has it. */
export interface TableEntry {
  readonly name: string;
  readonly root: number;
  /** The statement that made it. */
  readonly sql: string;
}

const TEXT_ENCODING_AT = 56;
const ENCODINGS = ['utf8', 'utf8', 'utf16le', 'utf16be'] as const;
const LARGEST_STATEMENT = 1024 ** 2;

/** The tables of a database. @throws NoSuchPage */
export async function tableEntriesOf(pages: DatabasePages): Promise<TableEntry[]> {
  const encoding = ENCODINGS[pages.head.readUInt32BE(TEXT_ENCODING_AT)] ?? 'utf8';
  const entries: TableEntry[] = [];
  for await (const { number, page } of leavesFromNewest(pages, 1)) {
    for (const cell of cellsOf(pages, page, number)) {
      if (cell.payloadBytes > LARGEST_STATEMENT) throw new NoSuchPage('A statement is too long.');
      const local = page.subarray(cell.localAt, cell.localAt + cell.localBytes);
      const further = (await overflowOf(pages, cell)).map((each) => each.subarray(4, pages.usableBytes));
      const payload = Buffer.concat([local, ...further]).subarray(0, cell.payloadBytes);
      const [type, name, , root, sql] = valuesOf(payload, encoding);
      if (type !== 'table' || typeof name !== 'string' || typeof root !== 'number' || typeof sql !== 'string')
        continue;
      entries.push({ name, root, sql });
    }
  }
  return entries.reverse();
}

/** Texts and whole numbers of a row; null for all else. */
function valuesOf(payload: Buffer, encoding: (typeof ENCODINGS)[number]): (string | number | null)[] {
  const header = varint(payload, 0);
  const types: number[] = [];
  for (let at = header.end; at < Number(header.value);) {
    const type = varint(payload, at);
    types.push(Number(type.value));
    at = type.end;
  }
  let at = Number(header.value);
  return types.map((type) => {
    const bytes = bytesOfType(type);
    const value = payload.subarray(at, at + bytes);
    if (value.length < bytes) throw new NoSuchPage('A row ends before its values.');
    at += bytes;
    if (type >= 13 && type % 2 === 1) return textOf(value, encoding);
    if (type === 8 || type === 9) return type - 8;
    return type >= 1 && type <= 5 ? value.readIntBE(0, bytes) : null;
  });
}

const BYTES_OF_NUMBERS = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0] as const;

const bytesOfType = (type: number): number => BYTES_OF_NUMBERS[type] ?? Math.floor((type - 12) / 2);

function textOf(value: Buffer, encoding: (typeof ENCODINGS)[number]): string {
  return encoding === 'utf16be' ? Buffer.from(value).swap16().toString('utf16le') : value.toString(encoding);
}
