import type { ColumnReport } from '../../contract/dataset';
import type { Quantity } from '../../contract/quantities';
import { NUMBER, type CellColumn } from '../cells/columns';
import { FAULTS, faultsIn, HOUR, jumpTest, stuckRuns, type JumpTest } from '../cells/faults';
import { withoutOutliers, type Readings } from '../cells/readings';
import { isAmount, isRunningTotal } from '../axis/resample';
import type { TimeOrder } from '../time/time-step';

export type QualityFindings = Pick<
  ColumnReport,
  'runningTotal' | 'sentinels' | 'stuck' | 'jumps' | 'firstJump' | 'spikesTaken' | 'stuckTaken'
>;

/**
 * What looks wrong in a column, and how much of it counts as missing.
 * @param readings of all rows, in the unit of the file
 * @param lines of the file, by row
 */
export function findFaults(
  column: CellColumn,
  readings: Readings,
  { quantity, unit }: { readonly quantity: Quantity; readonly unit: string },
  order: TimeOrder,
  lines: Uint32Array,
): QualityFindings {
  const weather = withoutOutliers(readings);
  const inOrder = Float64Array.from(order.rows, (row) => readings.values[row] ?? NaN);
  const { codes, counts } = faultsIn({ ...readings, values: inOrder }, order.times, { quantity, unit }, []);
  // What is taken out as a spike no longer jumps.
  const steady = weather.slice();
  codes.forEach((code, at) => {
    if (FAULTS[code - 1] === 'spike') steady[order.rows[at] ?? 0] = NaN;
  });
  return {
    runningTotal: isAmount(quantity, unit) && isRunningTotal(readings.values),
    sentinels: countSentinels(column, readings.values),
    stuck: longestRun(steady, quantity, order, lines),
    spikesTaken: counts.spike,
    stuckTaken: counts.stuck,
    ...findJumps(steady, jumpTest(quantity, unit), order, lines),
  };
}

/** A column of dates. */
export const NO_FAULTS: QualityFindings = {
  runningTotal: false,
  sentinels: 0,
  stuck: null,
  jumps: 0,
  firstJump: null,
  spikesTaken: 0,
  stuckTaken: 0,
};

/** Cells that hold a number which is none of the readings. */
function countSentinels(column: CellColumn, readings: Float64Array): number {
  let count = 0;
  readings.forEach((value, row) => {
    if (Number.isNaN(value) && column.kindAt(row) === NUMBER) count += 1;
  });
  return count;
}

function longestRun(
  readings: Float64Array,
  quantity: Quantity,
  { rows, times }: TimeOrder,
  lines: Uint32Array,
): QualityFindings['stuck'] {
  let longest: QualityFindings['stuck'] = null;
  const valueAt = (at: number): number => readings[rows[at] ?? 0] ?? NaN;
  for (const { start, end } of stuckRuns(times, valueAt, quantity)) {
    const count = end - start;
    if (count > (longest?.count ?? 0)) {
      longest = { value: valueAt(start), count, line: lines[rows[start] ?? 0] ?? 0 };
    }
  }
  return longest;
}

function findJumps(
  readings: Float64Array,
  isJump: JumpTest | null,
  order: TimeOrder,
  lines: Uint32Array,
): Pick<QualityFindings, 'jumps' | 'firstJump'> {
  let jumps = 0;
  let firstJump: QualityFindings['firstJump'] = null;
  if (isJump === null) return { jumps, firstJump };
  let before = NaN;
  let timeBefore = NaN;
  order.rows.forEach((row, at) => {
    const value = readings[row] ?? NaN;
    if (Number.isNaN(value)) return;
    const time = order.times[at] ?? NaN;
    const hours = (time - timeBefore) / HOUR;
    if (isJump(before, value, hours)) {
      jumps += 1;
      firstJump ??= { line: lines[row] ?? 0, from: before, to: value };
    }
    before = value;
    timeBefore = time;
  });
  return { jumps, firstJump };
}
