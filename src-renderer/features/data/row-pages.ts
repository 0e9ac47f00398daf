type Row = readonly string[];

export const PAGE_ROWS = 100;
const KEPT_PAGES = 60;
const REQUESTS_AT_ONCE = 2;

/**
 * The rows of a long table, fetched by the page as they come into sight. While the user drags the scroll bar only the
 * pages wanted last are asked for; those scrolled past are not.
 */
export class RowPages {
  /** By page number, the least recently wanted first. */
  readonly #pages = new Map<number, readonly Row[]>();
  readonly #underWay = new Set<number>();
  #wanted: readonly number[] = [];
  readonly #fetch: (from: number, count: number) => Promise<readonly Row[]>;
  readonly #onchange: (error: unknown) => void;

  /**
   * @param fetch gives at most `count` rows from row `from` on
   * @param onchange called when rows have come, or could not be had
   */
  constructor(
    fetch: (from: number, count: number) => Promise<readonly Row[]>,
    onchange: (error: unknown) => void,
  ) {
    this.#fetch = fetch;
    this.#onchange = onchange;
  }

  /** A row (0-based) if it is there already. */
  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** Says that rows from `first` up to and without `end` are in sight. */
  want(first: number, end: number): void {
    const pages: number[] = [];
    for (let page = Math.floor(first / PAGE_ROWS); page * PAGE_ROWS < end; page++) pages.push(page);
    this.#wanted = pages;
    for (const page of pages) {
      const rows = this.#pages.get(page);
      if (rows === undefined) continue;
      this.#pages.delete(page);
      this.#pages.set(page, rows);
    }
    this.#fetchNext();
  }

  #fetchNext(): void {
    for (const page of this.#wanted) {
      if (this.#underWay.size >= REQUESTS_AT_ONCE) return;
      if (!this.#pages.has(page) && !this.#underWay.has(page)) void this.#fetchPage(page);
    }
  }

  async #fetchPage(page: number): Promise<void> {
    this.#underWay.add(page);
    try {
      this.#keep(page, await this.#fetch(page * PAGE_ROWS, PAGE_ROWS));
      this.#underWay.delete(page);
      this.#onchange(null);
      this.#fetchNext();
    } catch (error) {
      // Not asked for again until the user scrolls: a lasting failure must not become a loop.
      this.#underWay.delete(page);
      this.#onchange(error);
    }
  }

  #keep(page: number, rows: readonly Row[]): void {
    this.#pages.set(page, rows);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= KEPT_PAGES) return;
      this.#pages.delete(oldest);
    }
  }
}

/** The rows to draw for a scroll position: those in sight and a few more on either side. */
export function rowsInSight(
  scrollTop: number,
  height: number,
  rowHeight: number,
  rows: number,
  spare = 10,
): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.min(rows, Math.floor(scrollTop / rowHeight)) - spare);
  const end = Math.min(rows, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return { first, end: Math.max(first, end) };
}
