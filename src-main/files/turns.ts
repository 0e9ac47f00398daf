/** Actions that are done one after another, in the order in which they were asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Does something when all before it is done, whether that went well or not. */
  take<T>(action: () => Promise<T>): Promise<T> {
    const taken = this.#last.then(action);
    this.#last = taken.catch(() => undefined);
    return taken;
  }

  /** Resolves when all that was asked for up to now is done. */
  async done(): Promise<void> {
    await this.#last;
  }
}
