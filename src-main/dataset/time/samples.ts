import { EMPTY, NUMBER, type CellColumn } from '../cells/columns';

const SAMPLE_ROWS = 400;

/** Rows that hold something, spread over a whole column. */
export function sampleRows(column: CellColumn): number[] {
  const stride = Math.max(1, Math.floor(column.length / SAMPLE_ROWS));
  const rows: number[] = [];
  for (let row = 0; row < column.length; row += stride) {
    const kind = column.kindAt(row);
    if (kind === NUMBER || kind !== EMPTY) rows.push(row);
  }
  return rows;
}

export const isWhole = (value: number, low: number, high: number): boolean =>
  Number.isInteger(value) && value >= low && value <= high;

/** A name up to where a pattern fits, without a comment sign in front. */
export function cutAt(name: string, pattern: RegExp): string {
  const at = name.search(pattern);
  return (at < 0 ? name : name.slice(0, at)).replace(/^#/, '').trim();
}

/** The shares of steps from one readable row to the next that go forward and backward; 0 without a step. */
export function stepsForward(times: Float64Array): { readonly forward: number; readonly backward: number } {
  let forward = 0;
  let backward = 0;
  let steps = 0;
  let last = NaN;
  for (const time of times) {
    if (Number.isNaN(time)) continue;
    if (!Number.isNaN(last)) {
      steps += 1;
      if (time > last) forward += 1;
      else if (time < last) backward += 1;
    }
    last = time;
  }
  return steps === 0 ? { forward: 0, backward: 0 } : { forward: forward / steps, backward: backward / steps };
}

/**
 * How many readable times stand before in another row, and the most rows of one time. In order of time, as nearly all
 * records are, this needs no set of them.
 */
export function repeatsOf(times: Float64Array): {
  readonly readable: number;
  readonly repeats: number;
  readonly mostAtOnce: number;
} {
  let readable = 0;
  let repeats = 0;
  let run = 0;
  let mostAtOnce = 0;
  let last = NaN;
  let isUp = true;
  let isDown = true;
  for (const time of times) {
    if (Number.isNaN(time)) continue;
    readable += 1;
    if (time === last) repeats += 1;
    else if (time > last) isDown = false;
    else if (time < last) isUp = false;
    run = time === last ? run + 1 : 1;
    if (run > mostAtOnce) mostAtOnce = run;
    last = time;
    if (!isUp && !isDown) return repeatsInAnyOrder(times);
  }
  return { readable, repeats, mostAtOnce };
}

function repeatsInAnyOrder(times: Float64Array): ReturnType<typeof repeatsOf> {
  const sorted = times.filter((time) => !Number.isNaN(time)).sort();
  return repeatsOf(sorted);
}
