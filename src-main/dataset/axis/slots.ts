import { MONTH_SECONDS } from '../../contract/derived';
import type { TimeStep } from '../../contract/series';
import { leastCount, LONGEST_REACH } from './resample';
import {
  addSteps,
  isMonthly,
  labelOf,
  LEAST_EVEN_SHARE,
  MONTHLY,
  orderByTime,
  stepsBetween,
  usualStep,
  type TimeOrder,
  type UsualStep,
} from '../time/time-step';

/** Rows of the table and the step of the regular time axis that each falls into. */
export interface Slots {
  /** In order of time. */
  readonly rows: Uint32Array;
  readonly slotOfRow: Uint32Array;
  /** When each was read. */
  readonly rowTimes: Float64Array;
  /** Rows in each step; 0 in a hole. */
  readonly rowCounts: Uint32Array;
  readonly time: Float64Array;
  readonly step: TimeStep;
  /** Of the log itself, in seconds. */
  readonly logSeconds: number;
  /** Whether each step gathers several of the log. */
  readonly isCoarser: boolean;
  /** All rows of the log; `rows` are a stretch of them. */
  readonly order: TimeOrder;
}

/** Where the axis starts, how long it is, and where on it an instant falls. */
interface Axis {
  readonly start: number;
  readonly length: number;
  readonly step: TimeStep;
  slotOf(time: number): number;
}

export interface AxisChoice {
  readonly stepSeconds: number | null;
  readonly from: number | null;
  readonly to: number | null;
}

/** One reading has no step; what needs more readings says that these are too few. */
const STEP_OF_ONE_ROW: UsualStep = { seconds: 86_400, label: 'daily', exactShare: 1 };

export const isFinerThan = (wanted: number, found: TimeStep): boolean =>
  wanted < found.seconds && !(isMonthly(found) && wanted === MONTH_SECONDS);

/** The step of a whole log, whatever part of it is used. */
export function stepOfLog(times: Float64Array): UsualStep | null {
  return usualStep(orderByTime(times).times);
}

export function stepOfSeconds(seconds: number): TimeStep {
  return { seconds, label: seconds === MONTH_SECONDS ? MONTHLY : labelOf(seconds) };
}

/**
 * Lays rows on a regular time axis: the step of the log or the coarser one that was chosen, never a finer one. On the
 * log's own step a reading belongs to the nearest row, on a coarser one to the step (the hour, day or month of the
 * station's clock) in which it was taken, and steps that are cut short at either end are left out. Null without rows
 * between the dates.
 */
export function layOnAxis(
  times: Float64Array,
  choice: AxisChoice,
  checkLength: (axis: { length: number; step: TimeStep; from: number; to: number }) => void,
): Slots | null {
  const whole = orderByTime(times);
  const log = usualStep(whole.times) ?? STEP_OF_ONE_ROW;
  const order = orderByTime(times, choice.from ?? -Infinity, choice.to ?? Infinity);
  const from = order.times[0];
  const to = order.times.at(-1);
  if (from === undefined || to === undefined) return null;
  const wanted = choice.stepSeconds;
  const isCoarser = wanted !== null && wanted > log.seconds && !(isMonthly(log) && wanted === MONTH_SECONDS);
  const axis = isCoarser ? coarserAxis(from, to, stepOfSeconds(wanted)) : ownAxis(order.times, log);
  const { length, step } = axis;
  checkLength({ length, step, from, to });
  const slotOfRow = new Uint32Array(order.times.length);
  const rowCounts = new Uint32Array(length);
  order.times.forEach((time, at) => {
    const slot = axis.slotOf(time);
    slotOfRow[at] = slot;
    rowCounts[slot] = (rowCounts[slot] ?? 0) + 1;
  });
  const time = new Float64Array(length).map((_, slot) => addSteps(axis.start, slot, step));
  const { rows, times: rowTimes } = order;
  const logSeconds = log.seconds;
  const slots = { rows, rowTimes, slotOfRow, rowCounts, time, step, logSeconds, isCoarser, order: whole };
  return isCoarser ? withoutCutEnds(slots, order) : slots;
}

function ownAxis(times: Float64Array, log: UsualStep): Axis {
  const step: TimeStep = { seconds: log.seconds, label: log.label };
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? first;
  const start = isMonthly(step) ? first : nearestOnBeat(first, beatOf(times, log), step);
  const slotOf = (time: number): number => stepsBetween(start, time, step);
  return { start, length: slotOf(last) + 1, step, slotOf };
}

function coarserAxis(from: number, to: number, step: TimeStep): Axis {
  const length = step.seconds * 1000;
  const month = (time: number): number => {
    const date = new Date(time);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  const number = isMonthly(step) ? month : (time: number): number => Math.floor(time / length);
  const first = number(from);
  const start = isMonthly(step) ? Date.UTC(Math.floor(first / 12), first % 12, 1) : first * length;
  return { start, length: number(to) - first + 1, step, slotOf: (time) => number(time) - first };
}

/**
 * A day that the log begins or ends in is no day: its mean would be that of a morning. The last one is over where the next
 * reading would be of another.
 */
function withoutCutEnds(slots: Slots, order: TimeOrder): Slots {
  const { rowCounts, slotOfRow, time, step, logSeconds } = slots;
  const least = leastCount(rowCounts);
  const isWhole = (count: number): boolean => count >= least;
  const first = rowCounts.findIndex(isWhole);
  let last = rowCounts.length - 1;
  const end = addSteps(time[last] ?? NaN, 1, step);
  const isRunning = (order.times.at(-1) ?? NaN) + LONGEST_REACH * logSeconds * 1000 < end;
  if (isRunning && last > first) last -= 1;
  while (last > first && !isWhole(rowCounts[last] ?? 0)) last -= 1;
  const fromRow = slotOfRow.findIndex((slot) => slot >= first);
  const beyond = slotOfRow.findIndex((slot) => slot > last);
  const toRow = beyond < 0 ? slotOfRow.length : beyond;
  return {
    ...slots,
    rows: order.rows.slice(fromRow, toRow),
    rowTimes: order.times.slice(fromRow, toRow),
    slotOfRow: slotOfRow.slice(fromRow, toRow).map((slot) => slot - first),
    rowCounts: rowCounts.slice(first, last + 1),
    time: slots.time.slice(first, last + 1),
  };
}

/** Milliseconds past a multiple of the step at which most readings were taken; 0 for an uneven log. */
function beatOf(times: Float64Array, step: UsualStep): number {
  if (step.exactShare < LEAST_EVEN_SHARE) return 0;
  const length = step.seconds * 1000;
  const counts = new Map<number, number>();
  let beat = 0;
  for (const time of times) {
    const past = ((time % length) + length) % length;
    const count = (counts.get(past) ?? 0) + 1;
    counts.set(past, count);
    if (count > (counts.get(beat) ?? 0)) beat = past;
  }
  return beat;
}

function nearestOnBeat(time: number, beat: number, step: TimeStep): number {
  const length = step.seconds * 1000;
  return Math.round((time - beat) / length) * length + beat;
}
