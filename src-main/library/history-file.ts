import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { EpochRecord } from '../contract/training';
import { causeOf, writeAtomically } from '../files/atomic';
import { readBounded } from '../files/bounded';
import { BROKEN_SEAL, checksumOf } from '../files/sealed';

/**
 * history.jsonl: a line of JSON for each finished epoch, appended, with a checksum over the rest of the line (those of
 * earlier versions have none). A killed process may leave a last line unfinished.
 */
const FILE_NAME = 'history.jsonl';
const MOST_BYTES = 64 * 1024 * 1024;

const recordSchema = z.strictObject({
  epoch: z.number().int().min(1),
  loss: z.number(),
  valLoss: z.number(),
  sum: z.string().optional(),
});

/** Enough of a SHA-256 for a line. */
const sumOf = (record: EpochRecord): string => checksumOf(JSON.stringify(record)).slice(0, 8);
const lineOf = (record: EpochRecord): string => `${JSON.stringify({ ...record, sum: sumOf(record) })}\n`;

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
    const path = join(folder, FILE_NAME);
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

/**
 * The finished epochs up to `epochs` (all, if left out), in order. A run that has no such file has no history; lines that
 * are not whole are passed over at the end, where a kill or a power cut leaves them, and nowhere else.
 * @throws Problem 'run-damaged', 'file-unreadable'
 */
export async function readHistory(folder: string, epochs = Infinity): Promise<EpochRecord[]> {
  let text: string;
  try {
    text = (await readBounded(join(folder, FILE_NAME), MOST_BYTES, 'grows')).toString('utf8');
  } catch (error) {
    if (error instanceof Problem && error.code === 'file-missing') return [];
    throw error;
  }
  const history: EpochRecord[] = [];
  const damaged = new Problem('run-damaged', {
    name: folder,
    cause: phrase('in-file', { file: FILE_NAME, what: BROKEN_SEAL }),
  });
  let isBroken = false;
  for (const line of text.split('\n')) {
    const record = parseLine(line);
    if (record === null) isBroken ||= line !== '';
    else if (isBroken || record.epoch !== history.length + 1) throw damaged;
    else history.push(record);
  }
  if (Number.isFinite(epochs) && history.length < epochs) throw damaged;
  return history.slice(0, epochs);
}

function parseLine(line: string): EpochRecord | null {
  try {
    const { sum, ...record } = recordSchema.parse(JSON.parse(line));
    return sum === undefined || sum === sumOf(record) ? record : null;
  } catch {
    return null;
  }
}
