import type { CoursePoints, Span } from '../../contract/readings';

/** Readings in order of time, each time once. */
export interface OrderedReadings {
  readonly times: Float64Array;
  /** NaN where there is none. */
  readonly values: Float32Array;
}

/** How readings are reduced. */
export interface Reduction {
  readonly span: Span;
  /** Stretches of equal length, in each of which the lowest and the highest reading stay. */
  readonly buckets: number;
  /** Two readings further apart than this are not joined by a line; in milliseconds. */
  readonly breakAfter: number;
}

/** With at most so many readings a bucket in the mean, all of them are given. */
const FEW = 2;

/**
 * The readings of a span, and the one before and the one after it, so that in each bucket the lowest and the highest stay,
 * in order of time. Where a line breaks stands a NaN; a reading alone between two breaks stands twice, so that a line is
 * drawn at all.
 * @param wants which of the readings
 */
export function reduceSpan(
  { times, values }: OrderedReadings,
  { span, buckets, breakAfter }: Reduction,
  wants: (at: number) => boolean = () => true,
): CoursePoints {
  const from = Math.max(0, firstAtOrAfter(times, span.from) - 1);
  const behind = firstAtOrAfter(times, span.to);
  const end = Math.min(times.length, behind + (times[behind] === span.to ? 2 : 1));
  const isWanted = (at: number): boolean => !Number.isNaN(values[at] as number) && wants(at);
  const width = (span.to - span.from) / buckets;
  const reduces = end - from > FEW * buckets && width > 0;
  const bucketOf = (at: number): number =>
    reduces ? Math.floor(((times[at] as number) - span.from) / width) : at;
  // A break that is narrower than a pixel is none that one could see.
  const longest = reduces ? Math.max(breakAfter, 2 * width) : breakAfter;
  const points = new Points();
  let bucket = NaN;
  let low = -1;
  let high = -1;
  let last = -1;
  let breaks = false;
  for (let at = from; at < end; at += 1) {
    if (!isWanted(at)) continue;
    const own = bucketOf(at);
    if (own !== bucket) {
      points.add(times, values, low, high, breaks);
      breaks = last >= 0 && (times[at] as number) - (times[last] as number) > longest;
      bucket = own;
      low = at;
      high = at;
    } else if ((values[at] as number) < (values[low] as number)) low = at;
    else if ((values[at] as number) > (values[high] as number)) high = at;
    last = at;
  }
  points.add(times, values, low, high, breaks);
  return points.done(breakAfter !== Infinity);
}

/** The first place in ascending instants that is not before one. */
export function firstAtOrAfter(times: Float64Array, wanted: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

class Points {
  readonly #time: number[] = [];
  readonly #value: number[] = [];
  /** Where the stretch of line begins that is being drawn. */
  #start = 0;

  /** @param low, high places of the lowest and the highest reading; -1 for none. @param breaks whether no line leads here */
  add(times: Float64Array, values: Float32Array, low: number, high: number, breaks: boolean): void {
    if (low < 0) return;
    if (breaks) {
      this.#doubleLone();
      this.#push(times[Math.min(low, high)] as number, NaN);
      this.#start = this.#time.length;
    }
    const [first, second] = low < high ? [low, high] : [high, low];
    this.#push(times[first] as number, values[first] as number);
    if (second !== first) this.#push(times[second] as number, values[second] as number);
  }

  done(isLine: boolean): CoursePoints {
    if (isLine) this.#doubleLone();
    return { time: Float64Array.from(this.#time), value: Float32Array.from(this.#value) };
  }

  #doubleLone(): void {
    if (this.#time.length !== this.#start + 1) return;
    this.#push(this.#time[this.#start] as number, this.#value[this.#start] as number);
  }

  #push(time: number, value: number): void {
    this.#time.push(time);
    this.#value.push(value);
  }
}
