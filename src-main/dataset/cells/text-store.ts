/** Texts that are found again by their number; beyond this many different ones each is kept as it comes. */
const MOST_KNOWN = 10_000;

/**
 * Texts of cells as UTF-8 bytes in one buffer. Kept as strings they would hold on to the blocks of the file they were
 * cut from, and so to the whole file.
 */
export class TextStore {
  #bytes = Buffer.alloc(0);
  #ends = new Float64Array(0);
  #count = 0;
  readonly #known = new Map<string, number>();

  /** Keeps a text and gives its number. */
  add(text: string): number {
    const before = this.#known.get(text);
    if (before !== undefined) return before;
    const start = this.#end(this.#count - 1);
    // A UTF-16 unit takes at most three bytes of UTF-8.
    if (start + text.length * 3 > this.#bytes.length) this.#growBytes(start + text.length * 3);
    const length = this.#bytes.write(text, start, 'utf8');
    if (this.#count === this.#ends.length) this.#growEnds();
    this.#ends[this.#count] = start + length;
    const id = this.#count;
    this.#count += 1;
    if (this.#known.size < MOST_KNOWN) this.#known.set(this.at(id), id);
    return id;
  }

  at(id: number): string {
    return this.#bytes.toString('utf8', this.#end(id - 1), this.#end(id));
  }

  #end(id: number): number {
    return id < 0 ? 0 : (this.#ends[id] ?? 0);
  }

  #growBytes(atLeast: number): void {
    const larger = Buffer.alloc(Math.max(atLeast, Math.ceil(this.#bytes.length * 1.6), 256));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  #growEnds(): void {
    const larger = new Float64Array(Math.max(16, Math.ceil(this.#ends.length * 1.6)));
    larger.set(this.#ends);
    this.#ends = larger;
  }
}
