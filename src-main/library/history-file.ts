import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../contract/problems';
import type { EpochRecord } from '../contract/training';
import { causeOf, writeAtomically } from '../files/atomic';
import { readBounded } from '../files/bounded';

/** history.jsonl: a line of JSON for each finished epoch, appended. A killed process may leave a last line unfinished. */
const fileName = 'history.jsonl';
const MOST_BYTES = 64 * 1024 * 1024;

const recordSchema = z.strictObject({
  epoch: z.number().int().min(1),
  loss: z.number(),
  valLoss: z.number(),
});

const lineOf = (record: EpochRecord): string => `${JSON.stringify(record)}\n`;

/** Writes epochs as they are done. Every method throws Problem 'cannot-write'. */
export class HistoryWriter {
  readonly #path: string;
  readonly #file: number;

  private constructor(path: string) {
    this.#path = path;
    this.#file = this.#writing(() => openSync(path, 'a'));
  }

  /** Starts the file afresh with these records: what else it held, such as an unfinished line, is gone. */
  static async open(folder: string, records: readonly EpochRecord[]): Promise<HistoryWriter> {
    const path = join(folder, fileName);
    await writeAtomically(path, records.map(lineOf).join(''));
    return new HistoryWriter(path);
  }

  write(record: EpochRecord): void {
    this.#writing(() => writeSync(this.#file, lineOf(record)));
  }

  /** Returns when all that was written is on the disk. */
  flush(): void {
    this.#writing(() => fsyncSync(this.#file));
  }

  close(): void {
    closeSync(this.#file);
  }

  #writing<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw new Problem('cannot-write', { file: this.#path, cause: causeOf(error) }, { cause: error });
    }
  }
}

/** The finished epochs up to `epochs` (all, if left out), in order. A run that has no such file has no history. */
export async function readHistory(folder: string, epochs = Infinity): Promise<EpochRecord[]> {
  let text: string;
  try {
    text = (await readBounded(join(folder, fileName), MOST_BYTES)).toString('utf8');
  } catch (error) {
    if (error instanceof Problem && error.code === 'file-missing') return [];
    throw error;
  }
  const history: EpochRecord[] = [];
  for (const line of text.split('\n')) {
    const record = parseLine(line);
    if (record?.epoch === history.length + 1 && record.epoch <= epochs) history.push(record);
  }
  return history;
}

function parseLine(line: string): EpochRecord | null {
  try {
    return recordSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
