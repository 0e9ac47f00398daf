import { lstat, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { causeOfProblem, Problem, toProblem } from '../contract/problems';
import { preferencesSchema, type Preferences } from '../contract/requests';
import { writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';
import { Turns } from '../files/turns';

const DEFAULTS: Preferences = { theme: 'system', language: null, device: 'auto', work: null };

/** What the window remembers between starts. */
export class PreferencesFile {
  readonly #path: string;
  readonly #saving = new Turns();
  #damage: Problem | null = null;
  /** Whether a file is there that could not be read. */
  #unread = false;

  constructor(folder: string) {
    this.#path = join(folder, 'preferences.json');
  }

  /** 'preferences-damaged' where what was saved before could not be read since this object was made. */
  get damage(): Problem | null {
    return this.#damage;
  }

  /** Resolves when all that was to be saved is saved, or has failed. */
  async settled(): Promise<void> {
    await this.#saving.done();
  }

  /** The defaults where nothing was saved yet; what cannot be read is kept under another name. */
  async load(): Promise<Preferences> {
    await this.#saving.done();
    try {
      return await readJson(
        this.#path,
        preferencesSchema,
        16 * 1024 * 1024,
        (cause) => new Problem('unexpected', { cause }),
      );
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'file-missing') return DEFAULTS;
      // A disk may read tomorrow what it refuses today: such a file stays until there is something to save.
      this.#unread = problem.code === 'file-unreadable' && (await this.#isFile());
      const file = this.#unread ? this.#path : await this.#setAside();
      this.#damage = new Problem('preferences-damaged', { cause: causeOfProblem(problem.toData()), file });
      return DEFAULTS;
    }
  }

  /** Saves are done in the order in which they were asked for. @throws Problem 'cannot-write' */
  save(preferences: Preferences): Promise<void> {
    return this.#saving.take(async () => {
      if (this.#unread) await this.#setAside();
      this.#unread = false;
      await writeAtomically(this.#path, JSON.stringify(preferences, null, 2));
    });
  }

  /** @returns where it is then */
  async #setAside(): Promise<string> {
    const aside = `${this.#path}.damaged-${Date.now().toString(36)}`;
    return rename(this.#path, aside).then(
      () => aside,
      () => this.#path,
    );
  }

  #isFile(): Promise<boolean> {
    return lstat(this.#path).then(
      (found) => found.isFile(),
      () => true,
    );
  }
}
