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

/** Actions of which only so many are under way at a time; the others wait in the order in which they were asked for. */
export class Slots {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  async take<T>(action: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((begin) => this.#waiting.push(begin));
    try {
      return await action();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
