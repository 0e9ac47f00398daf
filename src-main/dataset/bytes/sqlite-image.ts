import { CHANGES_AT, type DatabasePages } from './sqlite-pages';
import {
  cellsOf,
  INTERIOR,
  INTERIOR_HEADER_BYTES,
  leavesFromNewest,
  overflowOf,
  varintOf,
} from './sqlite-tree';

/** A table that is taken over, and how much of it. */
export interface WantedTable {
  /** Its first page in the database that is read, and in the one that is made. */
  readonly from: number;
  readonly to: number;
  readonly mostRows: number;
}

export interface DatabaseImage {
  readonly bytes: Uint8Array;
  /** Whether every row of every table had room. */
  readonly isAll: boolean;
}

/** Of the header: the number of pages. */
const COUNT_AT = 28;
/** The first page that holds nothing, and behind that how many there are; each begins with the next. */
const FREE_AT = 32;
/** The number of changes for which that number of pages holds. */
const COUNT_VALID_AT = 92;
/** The page, a number of at most nine bytes, and where it lies. */
const INTERIOR_CELL_BYTES = 15;

/** A page of the image, and the largest row number on it or below it. */
interface Branch {
  readonly number: number;
  readonly last: bigint;
}

/**
 * A database in memory with the newest rows of some tables of a larger one: their pages are copied and pointed at anew.
 * @param empty a database with these tables, of the same size of pages and without a row
 * @param tables the first gets room first
 * @param mostBytes of the image
 * @throws NoSuchPage where the database is damaged
 */
export async function imageOf(
  pages: DatabasePages,
  empty: Uint8Array,
  tables: readonly WantedTable[],
  mostBytes: number,
  signal: AbortSignal,
): Promise<DatabaseImage> {
  const { pageBytes } = pages;
  const image: Buffer[] = Array.from({ length: empty.length / pageBytes }, (_, page) =>
    Buffer.from(empty.subarray(page * pageBytes, (page + 1) * pageBytes)),
  );
  const mostPages = Math.floor(mostBytes / pageBytes);
  /** Pages that hold nothing any more. */
  const free: number[] = [];
  let isAll = true;
  for (const { from, to, mostRows } of tables) {
    const leaves: Branch[] = [];
    let rows = 0;
    for await (const { number, page } of leavesFromNewest(pages, from)) {
      signal.throwIfAborted();
      const cells = cellsOf(pages, page, number);
      const last = cells.at(-1);
      if (last === undefined) continue;
      rows += cells.length;
      if (image.length >= mostPages || rows > mostRows) {
        isAll = false;
        break;
      }
      image.push(page);
      leaves.push({ number: image.length, last: last.rowid });
      for (const cell of cells) {
        if (cell.overflow === 0) continue;
        page.writeUInt32BE(image.length + 1, cell.localAt + cell.localBytes);
        const further = await overflowOf(pages, cell);
        further.forEach((each, index) => {
          image.push(each);
          each.writeUInt32BE(index === further.length - 1 ? 0 : image.length + 1, 0);
        });
      }
    }
    if (plant(image, leaves.reverse(), to, pageBytes)) free.push(leaves[0]!.number);
  }
  free.forEach((number, index) => {
    image[number - 1] = Buffer.alloc(pageBytes);
    image[number - 1]!.writeUInt32BE(free[index + 1] ?? 0, 0);
  });
  const bytes = Buffer.concat(image);
  bytes.writeUInt32BE(free[0] ?? 0, FREE_AT);
  bytes.writeUInt32BE(free.length, FREE_AT + 4);
  bytes.writeUInt32BE(image.length, COUNT_AT);
  bytes.writeUInt32BE(bytes.readUInt32BE(CHANGES_AT), COUNT_VALID_AT);
  return { bytes, isAll };
}

/**
 * Builds the tree above the leaves of a table.
 * @param root where its first page is
 * @returns whether the one leaf has become this page, and is free
 */
function plant(image: Buffer[], leaves: readonly Branch[], root: number, pageBytes: number): boolean {
  const most = Math.floor((pageBytes - INTERIOR_HEADER_BYTES) / INTERIOR_CELL_BYTES) + 1;
  let level = leaves;
  if (level.length === 1) image[root - 1] = image[level[0]!.number - 1]!;
  if (level.length <= 1) return level.length === 1;
  while (level.length > most) {
    const above: Branch[] = [];
    for (let at = 0; at < level.length; at += most) {
      const children = level.slice(at, at + most);
      image.push(interiorOf(children, pageBytes));
      above.push({ number: image.length, last: children.at(-1)!.last });
    }
    level = above;
  }
  image[root - 1] = interiorOf(level, pageBytes);
  return false;
}

function interiorOf(children: readonly Branch[], pageBytes: number): Buffer {
  const page = Buffer.alloc(pageBytes);
  const cells = children.slice(0, -1);
  let content = pageBytes;
  cells.forEach(({ number, last }, index) => {
    const key = varintOf(last);
    content -= 4 + key.length;
    page.writeUInt32BE(number, content);
    key.copy(page, content + 4);
    page.writeUInt16BE(content, INTERIOR_HEADER_BYTES + 2 * index);
  });
  page[0] = INTERIOR;
  page.writeUInt16BE(cells.length, 3);
  // 65,536 is written as 0; such a page has cells, so it is never that.
  page.writeUInt16BE(content & 0xffff, 5);
  page.writeUInt32BE(children.at(-1)!.number, 8);
  return page;
}
