import { appendFile } from 'node:fs/promises';
import { writeAtomically } from '../files/atomic';
import type { Change, Row } from './station-log';
import type { StationOutput } from './writer';

/** The zone of the wall that the clock hangs on, and what its standard time is ahead of UTC. */
export const WALL_ZONE = 'Europe/Berlin';
export const WALL_AHEAD_SECONDS = 3600;

const HEADER = 'time,temperature,humidity,pressure\n';
const WALL = new Intl.DateTimeFormat('sv-SE', {
  timeZone: WALL_ZONE,
  dateStyle: 'short',
  timeStyle: 'short',
});

/** '2022-03-27 03:00,9.5,70.1,1014.2': nothing tells summer time from standard time. */
const lineOf = ({ time, temperature, humidity, pressure }: Row): string =>
  `${WALL.format(time * 1000)},${temperature},${humidity},${pressure}\n`;

/** A file of rows by a clock that is put forward in March and back in October, with a line of names. */
export const wallClockText = (rows: Iterable<Row>): string => HEADER + Array.from(rows, lineOf).join('');

/** A station's program that writes such a file: it appends what is new, and writes the whole file again for all else. */
export class WallClockFile implements StationOutput {
  readonly #path: string;
  readonly #rows = new Map<number, Row>();
  #newest = 0;

  constructor(path: string) {
    this.#path = path;
  }

  async write({ put, remove }: Change): Promise<number> {
    const isNext = this.#rows.size > 0 && remove.length === 0 && put.every((row) => this.#isNext(row));
    for (const row of put) this.#rows.set(row.time, row);
    for (const time of remove) this.#rows.delete(time);
    this.#newest = Math.max(...this.#rows.keys());
    if (isNext) await appendFile(this.#path, put.map(lineOf).join(''));
    else await writeAtomically(this.#path, wallClockText(this.#inOrder()));
    return Date.now();
  }

  end(): Promise<null> {
    return Promise.resolve(null);
  }

  /** Behind all others, or the newest said once more. */
  #isNext(row: Row): boolean {
    return row.time > this.#newest || lineOf(row) === lineOf(this.#rows.get(this.#newest)!);
  }

  #inOrder(): Row[] {
    return [...this.#rows.values()].sort((a, b) => a.time - b.time);
  }
}
