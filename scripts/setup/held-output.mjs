/** What a program writes while another has the screen: it is kept, and shown in its order when its turn comes. */
export class HeldOutput {
  /** @type {[NodeJS.WritableStream, string | Uint8Array][] | null} null: it has its turn */
  #held = [];

  /** @param {NodeJS.WritableStream} stream @param {string | Uint8Array} text */
  write(stream, text) {
    if (this.#held === null) stream.write(text);
    else this.#held.push([stream, text]);
  }

  show() {
    for (const [stream, text] of this.#held ?? []) stream.write(text);
    this.#held = null;
  }
}
