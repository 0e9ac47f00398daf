import type { TargetOutline } from '../contract/dataset';

/** Columns of the outline: about as many as a chart of the usual width has pixels to tell apart. */
const COLUMNS = 240;

/** The lowest and the highest value in each of equally long stretches of time; null where nothing was read. */
export function outlineOf(time: Float64Array, values: Float32Array): TargetOutline {
  const from = time[0] ?? 0;
  const to = time[time.length - 1] ?? from;
  const low = new Array<number | null>(COLUMNS).fill(null);
  const high = new Array<number | null>(COLUMNS).fill(null);
  const perColumn = (to - from) / COLUMNS || 1;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    const column = Math.min(COLUMNS - 1, Math.floor((time[row]! - from) / perColumn));
    low[column] = Math.min(low[column] ?? Infinity, value);
    high[column] = Math.max(high[column] ?? -Infinity, value);
  }
  return { from, to, low, high };
}
