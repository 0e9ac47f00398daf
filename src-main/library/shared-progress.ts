import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../contract/problems';
import { entryAt, makeFolder, sweepTemporaries, writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';
import { bearsFormat, BROKEN_SEAL, sealed, sealJson } from '../files/sealed';
import { MEMBER_FILES } from './run-folder';

const FORMAT = 'hindcast-shared-progress';
const FILE_NAME = 'progress.json';
const TRAINING_PATTERN = /^network-\d+(?:-\d+)?$/;
const MOST_BYTES = 64 * 1024 * 1024;

const foundSchema = z.strictObject({ seconds: z.number().min(0), value: z.unknown() });
const fileSchema = sealed(
  z.strictObject({
    format: z.literal(FORMAT),
    version: z.literal(1),
    /** Of all that decides what is found. */
    key: z.string().length(64),
    found: z.record(z.string(), foundSchema),
  }),
);

/** Something that was found, and how long that took. */
interface Found<T> {
  readonly seconds: number;
  readonly value: T;
}

/**
 * How far the shared models of a fleet are, in a folder of its own: what was found so far, piece by piece, and for each training
 * its epochs. Gone when all is done.
 */
export class SharedProgress {
  readonly #folder: string;
  readonly #key: string;
  readonly #found: Map<string, Found<unknown>>;

  private constructor(folder: string, key: string, found: Map<string, Found<unknown>>) {
    this.#folder = folder;
    this.#key = key;
    this.#found = found;
  }

  /**
   * What is there of the same work; what is of another, or no longer whole, gives way.
   * @param key a SHA-256 of all that decides what is found
   * @throws Problem 'not-ours', 'cannot-write'
   */
  static async open(folder: string, key: string): Promise<SharedProgress> {
    const file = join(folder, FILE_NAME);
    if ((await entryAt(file)) !== null) {
      if (!(await bearsFormat(file, FORMAT))) throw new Problem('not-ours', { file });
      const damaged = (): Problem => new Problem('run-damaged', { name: FILE_NAME, cause: BROKEN_SEAL });
      const known = await readJson(file, fileSchema, MOST_BYTES, damaged).catch(() => null);
      if (known?.key === key) return new SharedProgress(folder, key, new Map(Object.entries(known.found)));
      await removeFrom(folder);
    }
    const begun = new SharedProgress(folder, key, new Map());
    await begun.#write();
    return begun;
  }

  /** Where a training keeps its epochs. @param name 'network-N', or 'network-N-N' */
  async trainingFolder(name: string): Promise<string> {
    const folder = join(this.#folder, name);
    await makeFolder(folder);
    return folder;
  }

  /** Null where it was not found yet. */
  known<T>(name: string, schema: z.ZodType<T>): Found<T> | null {
    const found = this.#found.get(name);
    const parsed = schema.safeParse(found?.value);
    return found !== undefined && parsed.success ? { seconds: found.seconds, value: parsed.data } : null;
  }

  async keep(name: string, found: Found<unknown>): Promise<void> {
    this.#found.set(name, found);
    await this.#write();
  }

  /** All is done. */
  async remove(): Promise<void> {
    await removeFrom(this.#folder);
    await rmdir(this.#folder).catch(() => undefined);
  }

  async #write(): Promise<void> {
    const whole = { format: FORMAT, version: 1, key: this.#key, found: Object.fromEntries(this.#found) };
    await writeAtomically(join(this.#folder, FILE_NAME), sealJson(whole));
  }
}

/** The mark goes last: what a kill leaves is known as ours. */
async function removeFrom(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((each) => TRAINING_PATTERN.test(each))) {
    const training = join(folder, name);
    for (const file of MEMBER_FILES) await rm(join(training, file), { force: true });
    await rmdir(training).catch(() => undefined);
  }
  await sweepTemporaries(folder);
  await rm(join(folder, FILE_NAME), { force: true });
}
