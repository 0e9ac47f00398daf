import { phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';

const DAY = 86_400_000;
const MINUTE = 60_000;

/**
 * The clocks of one IANA zone: wall times with summer time turned into its standard time, which runs evenly all year.
 * @throws Problem 'setting-invalid' for a zone that does not exist
 */
export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;
  /** Instants (UTC) from which on an offset holds, ascending. */
  readonly #changes: { readonly from: number; readonly offset: number }[] = [];
  /** Milliseconds that standard time is ahead of UTC. */
  readonly standard: number;

  /** @param from, to the instants between which it is asked */
  constructor(zone: string, from: number, to: number) {
    try {
      this.#format = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        calendar: 'gregory',
        numberingSystem: 'latn',
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch (error) {
      const cause = phrase('zone-unknown', { zone });
      throw new Problem('setting-invalid', { setting: phrase('setting-zone'), cause }, { cause: error });
    }
    this.#findChanges(from - 2 * DAY, to + 2 * DAY);
    const middle = new Date((from + to) / 2).getUTCFullYear();
    this.standard = Math.min(...[0, 6].map((month) => this.#askOffset(Date.UTC(middle, month, 1))));
  }

  /** Standard time, as if it were UTC, of an instant. */
  standardOf(instant: number): number {
    return instant + this.standard;
  }

  /**
   * Standard time of each wall time, in the order in which they were written: of the two passes of the hour that
   * autumn repeats, the one that follows the time before. NaN stays NaN.
   */
  standardOfWall(walls: Float64Array): Float64Array {
    let before = -Infinity;
    return walls.map((wall) => {
      if (Number.isNaN(wall)) return NaN;
      const instant = this.#instantOfWall(wall, before);
      before = instant;
      return instant + this.standard;
    });
  }

  #instantOfWall(wall: number, before: number): number {
    // An offset is at most 14 hours: only changes near by can matter.
    const near = this.#changes[this.#indexAt(wall)];
    const offsets = new Set([this.#offsetAt(wall - DAY), near?.offset ?? 0, this.#offsetAt(wall + DAY)]);
    const instants = [...offsets]
      .map((offset) => wall - offset)
      .filter((instant) => this.#offsetAt(instant) === wall - instant)
      .sort((a, b) => a - b);
    // A time that spring leaves out is read by the clock before the change.
    if (instants.length === 0) return wall - this.#offsetAt(wall - DAY);
    return instants.find((instant) => instant > before) ?? instants.at(-1) ?? NaN;
  }

  #offsetAt(instant: number): number {
    return this.#changes[this.#indexAt(instant)]?.offset ?? 0;
  }

  #indexAt(instant: number): number {
    let low = 0;
    let high = this.#changes.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#changes[middle]?.from ?? 0) <= instant) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Intl is slow: it is asked once a week of the record, and about twenty times around each change. */
  #findChanges(from: number, to: number): void {
    let at = from;
    let offset = this.#askOffset(at);
    this.#changes.push({ from: -Infinity, offset });
    while (at < to) {
      const next = at + 7 * DAY;
      const nextOffset = this.#askOffset(next);
      if (nextOffset !== offset) {
        let [low, high] = [at, next];
        while (high - low > MINUTE) {
          const middle = Math.floor((low + high) / 2 / MINUTE) * MINUTE;
          if (middle <= low) break;
          if (this.#askOffset(middle) === offset) low = middle;
          else high = middle;
        }
        this.#changes.push({ from: high, offset: nextOffset });
      }
      at = next;
      offset = nextOffset;
    }
  }

  #askOffset(instant: number): number {
    const whole = Math.floor(instant / 1000) * 1000;
    const parts = new Map(this.#format.formatToParts(whole).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const day = Date.UTC(part('year'), part('month') - 1, part('day'));
    return day + ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1000 - whole;
  }
}
