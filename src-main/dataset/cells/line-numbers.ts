/** The line of each row, in a buffer that grows. */
export class LineNumbers {
  length = 0;
  #values = new Uint32Array(1024);

  push(line: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = line;
    this.length += 1;
  }

  toArray(): Uint32Array {
    return this.#values.slice(0, this.length);
  }
}
