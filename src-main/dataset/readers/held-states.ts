import { EMPTY, MISSING_WORD, NUMBER, type CellColumn } from '../cells/columns';

const HOUR = 3_600_000;
/** Without a word for longer than this it is not known that what held before still holds. */
const LONGEST_HOLD = 6 * HOUR;

/**
 * A column of states that were recorded only when they changed: where a row has none, the last one before it holds, for
 * some hours and no longer than until it was said to be unavailable.
 * @param times of the rows, in whatever order they are; NaN where there is none
 */
export function heldStates(column: CellColumn, times: Float64Array): CellColumn {
  const inOrder = [...times.keys()]
    .filter((row) => !Number.isNaN(times[row]!))
    .sort((a, b) => times[a]! - times[b]!);
  const held = new Map<number, number>();
  let last = { value: NaN, time: NaN };
  for (const row of inOrder) {
    const time = times[row]!;
    const kind = column.kindAt(row);
    if (kind === NUMBER) last = { value: column.numberAt(row), time };
    else if (kind === MISSING_WORD) last = { value: NaN, time: NaN };
    else if (kind === EMPTY && time - last.time <= LONGEST_HOLD) held.set(row, last.value);
  }
  if (held.size === 0) return column;
  const filled = column.emptyCopy();
  for (let row = 0; row < column.length; row += 1) {
    const value = held.get(row);
    if (value === undefined) filled.pushCellOf(column, row);
    else filled.pushNumber(value);
  }
  return filled;
}
