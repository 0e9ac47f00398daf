import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../contract/problems';
import { preferencesSchema, type Preferences } from '../contract/requests';
import { writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';

const defaults: Preferences = { theme: 'system', language: null, device: 'auto', work: null };

/** What the window remembers between starts. */
export class PreferencesFile {
  readonly #path: string;
  #saving: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#path = join(folder, 'preferences.json');
  }

  /** The defaults where nothing was saved yet; a damaged file is kept aside as `preferences.json.damaged`. */
  async load(): Promise<Preferences> {
    await this.#saving;
    try {
      return await readJson(
        this.#path,
        preferencesSchema,
        16 * 1024 * 1024,
        (cause) => new Problem('unexpected', { cause }),
      );
    } catch (error) {
      const missing = error instanceof Problem && error.code === 'file-missing';
      if (!missing) await rename(this.#path, `${this.#path}.damaged`).catch(() => undefined);
      return defaults;
    }
  }

  /** Saves are done in the order in which they were asked for. @throws Problem 'cannot-write' */
  save(preferences: Preferences): Promise<void> {
    const saved = this.#saving.then(() => writeAtomically(this.#path, JSON.stringify(preferences, null, 2)));
    this.#saving = saved.catch(() => undefined);
    return saved;
  }
}
