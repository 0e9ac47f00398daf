import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Change, Row } from './station-log';

/** What the writer says at its end. */
export interface WriterTold {
  readonly transactions: number;
  /** Transactions that found the database locked. */
  readonly locked: number;
  readonly longest_wait_ms: number;
  /** Transactions that waited for over 50 ms. */
  readonly long_waits: number;
  /** The same of a database beside it that nobody else opens: what the machine alone makes it wait. */
  readonly longest_wait_beside_ms: number;
  readonly long_waits_beside: number;
}

const PUT = 'INSERT OR REPLACE INTO archive VALUES (?, 17, 60, ?, ?, ?, 2.5, 0, NULL)';
const REMOVE = 'DELETE FROM archive WHERE dateTime = ?';

/** Where a station's program writes. */
export interface StationOutput {
  /** @returns when it was written, milliseconds since 1970 */
  write(change: Change): Promise<number>;
  /** null where it keeps no count. */
  end(): Promise<WriterTold | null>;
}

/** The station's program: a process of its own that writes WeeWX's archive and waits for no reader. */
export class StationWriter implements StationOutput {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #last = '';

  /** @param script scripts/weewx-writer.py */
  constructor(script: string, database: string, journalMode: string) {
    const python = process.env['HINDCAST_PYTHON'] ?? 'python3';
    this.#process = spawn(python, [script, database, journalMode, '-'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    if (this.#process.stdout === null) throw new Error('The writer has no output.');
    this.#lines = createInterface(this.#process.stdout)[Symbol.asyncIterator]();
  }

  /** @returns when the transaction was done, milliseconds since 1970 */
  async write({ put, remove }: Change): Promise<number> {
    const values = ({ time, temperature, humidity, pressure }: Row): number[] => [
      time,
      pressure,
      temperature,
      humidity,
    ];
    const sql = [...put.map((row) => [PUT, values(row)]), ...remove.map((time) => [REMOVE, [time]])];
    this.#process.stdin?.write(`${JSON.stringify({ sql })}\n`);
    await this.#line();
    return Date.now();
  }

  async end(): Promise<WriterTold> {
    const ended = once(this.#process, 'close');
    this.#process.stdin?.end();
    await this.#line();
    await ended;
    return JSON.parse(this.#last) as WriterTold;
  }

  async #line(): Promise<void> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error('The writer ended before its time.');
    this.#last = value as string;
  }
}
