import { readdirSync, readFileSync } from 'node:fs';

const LOOK_MS = 250;
/** Of /proc, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
/** Fields of /proc/PID/stat behind the name, counted from the state. */
const FIELDS = { parent: 1, times: [11, 12, 13, 14] } as const;

/**
 * CPU seconds, from now on, of processes with all that they start, as far as they go on or were waited for; NaN where there is no /proc. What
 * other programs do on the machine does not count.
 */
export class CpuMeter {
  readonly #roots: readonly number[];
  readonly #before = new Map<number, number>();
  readonly #seconds = new Map<number, number>();
  readonly #timer: NodeJS.Timeout;

  /** @param roots ids of the processes */
  constructor(roots: readonly (number | undefined)[]) {
    this.#roots = roots.filter((pid) => pid !== undefined);
    const table = readTable();
    for (const root of table.size === 0 ? [] : this.#roots) {
      this.#before.set(root, secondsOf(root, table));
      this.#seconds.set(root, 0);
    }
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  /** Up to now. */
  stop(): number {
    clearInterval(this.#timer);
    this.#look();
    const all = [...this.#seconds.values()];
    return all.length === 0 ? NaN : all.reduce((sum, value) => sum + value, 0);
  }

  #look(): void {
    const table = readTable();
    for (const root of this.#roots) {
      const seconds = secondsOf(root, table) - (this.#before.get(root) ?? 0);
      // A process that has ended is no longer there, and what it took was seen before.
      if (seconds > (this.#seconds.get(root) ?? 0)) this.#seconds.set(root, seconds);
    }
  }
}

interface Process {
  readonly parent: number;
  /** Of its own and of its children that were waited for. */
  readonly seconds: number;
}

function readTable(): Map<number, Process> {
  const table = new Map<number, Process>();
  for (const name of processNames()) {
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      const ticks = FIELDS.times.reduce((sum, field) => sum + Number(fields[field]), 0);
      table.set(Number(name), { parent: Number(fields[FIELDS.parent]), seconds: ticks / TICKS_PER_SECOND });
    } catch {
      // It has ended meanwhile.
    }
  }
  return table;
}

function processNames(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function secondsOf(root: number, table: ReadonlyMap<number, Process>): number {
  let sum = table.get(root)?.seconds ?? 0;
  for (const [pid, { parent }] of table) if (parent === root) sum += secondsOf(pid, table);
  return sum;
}
