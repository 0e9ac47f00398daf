import type { EpochProgress, EpochRecord } from '../contract/training';

/** At most 20 reports a second. */
const REPORT_EVERY_MS = 50;
/** The rate is that of the last few seconds, and of no fewer reports than these. */
const RATE_OVER_MS = 3000;
const RATE_OVER_REPORTS = 5;

/** Bundles finished epochs into reports. Times are milliseconds of one clock, any clock. */
export class ProgressReporter {
  readonly #epochs: number;
  readonly #resumedAfter: number;
  readonly #report: (progress: EpochProgress) => void;
  #waiting: EpochRecord[] = [];
  #reportedAt = -Infinity;
  #bestEpoch = 0;
  /** When which epoch was done. */
  #marks: { readonly at: number; readonly epoch: number }[] = [];

  /** @param resumedAfter the epochs that were done before; 0: none */
  constructor(
    {
      epochs,
      resumedAfter,
      startedAt,
    }: { readonly epochs: number; readonly resumedAfter: number; readonly startedAt: number },
    report: (progress: EpochProgress) => void,
  ) {
    this.#epochs = epochs;
    this.#resumedAfter = resumedAfter;
    this.#report = report;
    this.#marks = [{ at: startedAt, epoch: resumedAfter }];
  }

  add(record: EpochRecord, bestEpoch: number, now: number): void {
    this.#waiting.push(record);
    this.#bestEpoch = bestEpoch;
    if (now - this.#reportedAt >= REPORT_EVERY_MS) this.flush(now);
  }

  /** Reports what waits, however little time has gone by. */
  flush(now: number): void {
    const latest = this.#waiting.at(-1);
    if (latest === undefined) return;
    this.#marks.push({ at: now, epoch: latest.epoch });
    const old = this.#marks.filter(({ at }) => now - at > RATE_OVER_MS).length;
    this.#marks.splice(0, Math.min(old, Math.max(0, this.#marks.length - RATE_OVER_REPORTS - 1)));
    const [first] = this.#marks;
    const elapsed = first === undefined ? 0 : now - first.at;
    const rate = first === undefined || elapsed <= 0 ? 0 : ((latest.epoch - first.epoch) / elapsed) * 1000;
    this.#report({
      records: this.#waiting,
      fraction: latest.epoch / this.#epochs,
      epochsPerSecond: rate,
      secondsLeft:
        latest.epoch < this.#resumedAfter + 2 || rate === 0 ? null : (this.#epochs - latest.epoch) / rate,
      bestEpoch: this.#bestEpoch,
    });
    this.#waiting = [];
    this.#reportedAt = now;
  }

  /** A pause is no slow epoch: the rate is measured again from here. */
  resume(now: number): void {
    const epoch = this.#marks.at(-1)?.epoch ?? 0;
    this.#marks = [{ at: now, epoch }];
  }
}
