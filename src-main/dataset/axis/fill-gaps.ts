import type { GapPolicy } from '../../contract/dataset';
import { FILLED, FILLED_BY_LATER } from '../../contract/series';

/**
 * Fills NaN values in place by a gap policy and gives the marks of what was filled. 'linear' draws a straight line over
 * the rows between neighbours and takes the nearest reading at either end; 'forward' takes the last reading, and before
 * the first one the first; 'leave-out' leaves NaN. More than `limit` NaN in a row stay NaN, but for 'zero', where an
 * empty cell says something.
 *
 * Whoever stands in a gap cannot draw its line yet, nor tell whether it will grow longer than the limit: what hangs on
 * either is marked as filled by later readings, whether there are any or not (so that none can change a mark).
 */
export function fillGaps(values: Float64Array, policy: GapPolicy, limit = Infinity): Uint8Array {
  const filled = new Uint8Array(values.length);
  if (policy === 'leave-out') return filled;
  let start = 0;
  while (start < values.length) {
    if (!Number.isNaN(values[start] ?? NaN)) {
      start += 1;
      continue;
    }
    let end = start;
    while (end < values.length && Number.isNaN(values[end] ?? NaN)) end += 1;
    if (policy !== 'zero' && end - start > limit) {
      start = end;
      continue;
    }
    const before = start > 0 ? (values[start - 1] ?? NaN) : NaN;
    const after = end < values.length ? (values[end] ?? NaN) : NaN;
    const mark =
      policy === 'zero' || (policy === 'forward' && start > 0 && limit === Infinity)
        ? FILLED
        : FILLED_BY_LATER;
    for (let row = start; row < end; row += 1) {
      const value = fillerAt((row - start + 1) / (end - start + 1), before, after, policy);
      values[row] = value;
      if (!Number.isNaN(value)) filled[row] = mark;
    }
    start = end;
  }
  return filled;
}

/** As `fillGaps` for directions in degrees: from 350 to 10 by way of 0. */
export function fillDirections(values: Float64Array, policy: GapPolicy, limit = Infinity): Uint8Array {
  const given = values.slice();
  let before = NaN;
  values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    const turned = Number.isNaN(before)
      ? value
      : before + ((((value - before + 540) % 360) + 360) % 360) - 180;
    values[row] = turned;
    before = turned;
  });
  const filled = fillGaps(values, policy, limit);
  values.forEach(
    (value, row) => (values[row] = filled[row] !== 0 ? ((value % 360) + 360) % 360 : (given[row] ?? NaN)),
  );
  return filled;
}

/** @param share how far between the reading before and the one after, 0 to 1; NaN for a reading that is not there */
function fillerAt(
  share: number,
  before: number,
  after: number,
  policy: Exclude<GapPolicy, 'leave-out'>,
): number {
  switch (policy) {
    case 'zero':
      return 0;
    case 'forward':
      return Number.isNaN(before) ? after : before;
    case 'linear':
      if (Number.isNaN(before)) return after;
      return Number.isNaN(after) ? before : before + (after - before) * share;
  }
}
