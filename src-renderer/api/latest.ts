import { toProblem } from '../../src-main/contract/problems';
import type { Result } from '../../src-main/contract/requests';

/** Questions of which only the latest counts: an answer that comes after the next question has nothing to say. */
export class Latest {
  #asked = 0;

  /** The answer, or the problem there was; null where another question was asked meanwhile, or `forget` was called. */
  async ask<T>(question: () => Promise<T>): Promise<Result<T> | null> {
    const own = ++this.#asked;
    const result = await resultOf(question);
    return own === this.#asked ? result : null;
  }

  /** The answer is no longer wanted. */
  forget(): void {
    this.#asked += 1;
  }
}

async function resultOf<T>(question: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await question() };
  } catch (error) {
    return { ok: false, problem: toProblem(error).toData() };
  }
}
