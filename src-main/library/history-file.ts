import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../contract/problems';
import type { EpochRecord } from '../contract/training';
import { causeOf } from '../files/atomic';
import { readBounded } from '../files/bounded';

/** history.jsonl: a line of JSON for each finished epoch, appended. A killed process may leave a last line unfinished. */
const fileName = 'history.jsonl';
const MOST_BYTES = 64 * 1024 * 1024;

const recordSchema = z.strictObject({
  epoch: z.number().int().min(1),
  loss: z.number(),
  valLoss: z.number(),
});

export class HistoryWriter {
  readonly #path: string;
  readonly #file: number;

  /** Starts the file afresh. @throws Problem 'cannot-write' */
  constructor(folder: string) {
    this.#path = join(folder, fileName);
    this.#file = this.#writing(() => openSync(this.#path, 'w'));
  }

  /** @throws Problem 'cannot-write' */
  write(record: EpochRecord): void {
    this.#writing(() => writeSync(this.#file, `${JSON.stringify(record)}\n`));
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

/** The finished epochs up to `epochs`, in order. A run that has no such file has no history. */
export async function readHistory(folder: string, epochs: number): Promise<EpochRecord[]> {
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
