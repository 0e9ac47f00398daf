import { totalmem } from 'node:os';

/** What a process that reads may take. */
export interface ReadingLimits {
  /** Of JavaScript's heap. */
  readonly heapMegabytes: number;
  /** Of the whole process, as it lies in memory. */
  readonly residentMegabytes: number;
  /** Processor time without progress. It and no other clock: on a busy machine the work waits, and so does the limit. */
  readonly busySeconds: number;
  /** Time in which it neither progresses nor computes: it waits for a disk that does not answer. */
  readonly idleSeconds: number;
}

/** The largest table (100 million cells, 10 bytes each) and its words fit twice. */
export const READING_LIMITS: ReadingLimits = {
  heapMegabytes: 1024,
  residentMegabytes: Math.min(3072, Math.round((totalmem() / 1024 ** 2) * 0.75)),
  busySeconds: 10,
  idleSeconds: 30,
};

/** What is seen of a process at work. */
export interface ReadingSight {
  /** Grows with the work. */
  readonly beats: number;
  /** Processor time so far. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

/** Below this share of a processor a process does not compute, even one that waits for its turn among many. */
const IDLE_SHARE = 0.002;

/** Watches a running reading at equal intervals. */
export class ReadingWatch {
  #beats = -1;
  #cpuSeconds = 0;
  #looks = 0;
  readonly #limits: ReadingLimits;
  readonly #secondsBetweenLooks: number;

  constructor(limits: ReadingLimits, secondsBetweenLooks: number) {
    this.#limits = limits;
    this.#secondsBetweenLooks = secondsBetweenLooks;
  }

  /** Another piece of work begins. */
  begin(): void {
    this.#beats = -1;
  }

  /** Why it is to be ended, if it is. Time is counted in looks, not by a clock: a computer that sleeps does not make a reading late. */
  look({ beats, cpuSeconds, residentBytes }: ReadingSight): 'reading-memory' | 'reading-stuck' | null {
    if (residentBytes > this.#limits.residentMegabytes * 1024 ** 2) return 'reading-memory';
    if (beats !== this.#beats) {
      this.#beats = beats;
      this.#cpuSeconds = cpuSeconds;
      this.#looks = 0;
      return null;
    }
    this.#looks += 1;
    const computed = cpuSeconds - this.#cpuSeconds;
    const waited = this.#looks * this.#secondsBetweenLooks;
    if (computed > this.#limits.busySeconds) return 'reading-stuck';
    return waited > this.#limits.idleSeconds && computed < IDLE_SHARE * waited ? 'reading-stuck' : null;
  }
}
