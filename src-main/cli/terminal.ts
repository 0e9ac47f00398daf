import { visible, visibleJson } from '../contract/visible';

/** How often progress is printed where a line cannot be overwritten. */
const PROGRESS_EVERY_MS = 2000;

/**
 * Where a command speaks: people read lines; with `--json` programs read the last line of stdout. What is said may hold
 * names from files and people: no character of theirs gives the terminal an order.
 */
export class Terminal {
  readonly #json: boolean;
  /** Progress of shorter work is not shown. */
  #toldAt = Date.now();
  #onLine = false;

  constructor(json: boolean) {
    this.#json = json;
  }

  /** A line for people. */
  say(line = ''): void {
    this.#clear();
    (this.#json ? process.stderr : process.stdout).write(`${visible(line)}\n`);
  }

  /** What is going on at this moment: the same line again and again in a terminal, now and then elsewhere. */
  progress(wanted: string): void {
    const text = visible(wanted);
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\x1b[2K${cutToWidth(text, (process.stderr.columns || 80) - 1)}`);
      this.#onLine = true;
    } else if (Date.now() - this.#toldAt >= PROGRESS_EVERY_MS) {
      this.#toldAt = Date.now();
      process.stderr.write(`${text}\n`);
    }
  }

  /** The result, with `--json` alone. NaN has no place in JSON and is null. */
  result(value: object): void {
    this.#clear();
    if (this.#json) process.stdout.write(`${visibleJson(value)}\n`);
  }

  /** A line of the log, with `--verbose`. */
  log(line: string): void {
    this.#clear();
    process.stderr.write(`${visible(line)}\n`);
  }

  /** Why a command ended, in a sentence. */
  fail(sentence: string): void {
    this.#clear();
    process.stderr.write(`${visible(sentence)}\n`);
  }

  #clear(): void {
    if (this.#onLine) process.stderr.write('\r\x1b[2K');
    this.#onLine = false;
  }
}

/** Columns of equal width: the first to the left, the others to the right. */
export function formatTable(texts: readonly (readonly string[])[]): string[] {
  const rows = texts.map((row) => row.map(visible));
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const fill = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
        return column === 0 ? cell + fill : fill + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** The beginning of a text, as far as it fits into one line. */
function cutToWidth(text: string, columns: number): string {
  let taken = '';
  let width = 0;
  for (const character of text) {
    width += widthOf(character);
    if (width > columns) break;
    taken += character;
  }
  return taken;
}

/** Columns a text takes in a terminal: Hangul, Han and kana take two. */
function widthOf(text: string): number {
  const wide = text.match(/[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/g);
  return [...text].length + (wide?.length ?? 0);
}
