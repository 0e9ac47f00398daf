import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { sourceSchema, type ReadingSource } from '../contract/requests';
import { writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';

const MOST_BYTES = 1024 ** 2;

/**
 * The mark that a reading is under way: beside the preferences, from the beginning of each reading to its end, whatever
 * that is. One that is there at the next start tells that Hindcast itself ended before the reading did.
 */
export class UnfinishedReading {
  readonly #path: string;
  #latest = 0;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#path = join(folder, 'reading.json');
  }

  /** What was being read when Hindcast last ended; null where nothing was. */
  async load(): Promise<ReadingSource | null> {
    const invalid = (cause: Phrase): Problem => new Problem('unexpected', { cause });
    return readJson(this.#path, sourceSchema, MOST_BYTES, invalid).catch(() => null);
  }

  /** Call what it returns when the reading has ended. A disk that takes no mark is no reason not to read. */
  begin(source: ReadingSource): () => Promise<void> {
    this.#latest += 1;
    const reading = this.#latest;
    void this.#next(() => writeAtomically(this.#path, JSON.stringify(source)));
    // One that was overtaken leaves the mark of the one that overtook it.
    return () => this.#next(() => (reading === this.#latest ? this.#remove() : undefined));
  }

  /** The user is not asked about it again. */
  forget(): Promise<void> {
    return this.#next(() => this.#remove());
  }

  #remove(): Promise<void> {
    return rm(this.#path, { force: true });
  }

  async #next(work: () => Promise<void> | undefined): Promise<void> {
    this.#writing = this.#writing.then(work).catch(() => undefined);
    await this.#writing;
  }
}
