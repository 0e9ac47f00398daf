import type { Gap } from '../../contract/dataset';
import type { TimeStep } from '../../contract/series';

const SECOND = 1000;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const SHORTEST_MONTH = 28 * DAY;
const LONGEST_MONTH = 31 * DAY;
export const MONTHLY = 'monthly';

/** A step with the share (0 to 1) of the steps between readings that are exactly it. */
export type UsualStep = TimeStep & { readonly exactShare: number };

/** Steps that a log may be laid on when its own are uneven. */
const ROUND_STEPS = [MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE]
  .concat([1, 2, 3, 6, 12].map((hours) => hours * HOUR))
  .concat([DAY, 7 * DAY]);
/** Below this share the commonest step is no step of the log but chance: the median, made round, is taken. */
const LEAST_COMMON_SHARE = 0.3;
/** With fewer exact steps than this the rows lie on no common beat, and round clock times are taken. */
export const LEAST_EVEN_SHARE = 0.8;
/** An uneven log's commonest step that is this near a round one is meant to be that: 299 seconds for 5 minutes. */
const NEARLY_ROUND = 0.05;

export const isMonthly = (step: TimeStep): boolean => step.label === MONTHLY;

/**
 * The usual step of ascending, distinct instants; null with fewer than two. Months are calendar months: their seconds
 * are the median.
 */
export function usualStep(times: Float64Array): UsualStep | null {
  if (times.length < 2) return null;
  const counts = new Map<number, number>();
  let months = 0;
  for (let row = 1; row < times.length; row += 1) {
    const before = times[row - 1] ?? 0;
    const seconds = ((times[row] ?? 0) - before) / SECOND;
    counts.set(seconds, (counts.get(seconds) ?? 0) + 1);
    if (seconds >= SHORTEST_MONTH && addMonths(before, 1) === times[row]) months += 1;
  }
  const steps = times.length - 1;
  const middle = medianOf(counts, steps);
  if (middle >= SHORTEST_MONTH && middle <= LONGEST_MONTH && months / steps >= 0.5) {
    return { seconds: middle, label: MONTHLY, exactShare: months / steps };
  }
  let common = 0;
  let most = 0;
  for (const [seconds, count] of counts) {
    if (count > most || (count === most && seconds < common)) {
      common = seconds;
      most = count;
    }
  }
  const seconds = stepOf(common, most / steps, middle);
  return { seconds, label: labelOf(seconds), exactShare: (counts.get(seconds) ?? 0) / steps };
}

function stepOf(common: number, share: number, middle: number): number {
  if (share >= LEAST_EVEN_SHARE) return common;
  if (share < LEAST_COMMON_SHARE) return roundStep(middle);
  const round = roundStep(common);
  return Math.abs(common / round - 1) <= NEARLY_ROUND ? round : common;
}

function medianOf(counts: ReadonlyMap<number, number>, total: number): number {
  let seen = 0;
  for (const seconds of [...counts.keys()].sort((a, b) => a - b)) {
    seen += counts.get(seconds) ?? 0;
    if (seen * 2 >= total) return seconds;
  }
  return 0;
}

/** The shortest step of round clock times (a minute to a week) into which a reading falls about every `seconds`. */
export function roundStepOver(seconds: number): number {
  return ROUND_STEPS.find((step) => step >= seconds * (1 - NEARLY_ROUND)) ?? 7 * DAY;
}

function roundStep(seconds: number): number {
  const distance = (step: number): number => Math.abs(Math.log(step / seconds));
  return ROUND_STEPS.reduce((best, step) => (distance(step) < distance(best) ? step : best));
}

export function labelOf(seconds: number): string {
  if (seconds === HOUR) return 'hourly';
  if (seconds === DAY) return 'daily';
  const [size, name] =
    seconds % DAY === 0 ? [DAY, 'day'] : seconds % HOUR === 0 ? [HOUR, 'hour'] : [MINUTE, 'minute'];
  const count = seconds / size;
  if (!Number.isInteger(count)) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return count === 1 ? `1 ${name}` : `${count} ${name}s`;
}

/** Calendar months later; the last day of a month stays the last day. */
export function addMonths(time: number, months: number): number {
  const date = new Date(time);
  const isLastDay = new Date(time + DAY * SECOND).getUTCDate() === 1;
  const wanted = date.getUTCDate();
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  const day = isLastDay ? lastDay : Math.min(wanted, lastDay);
  const timeOfDay = ((time % (DAY * SECOND)) + DAY * SECOND) % (DAY * SECOND);
  return first + (day - 1) * DAY * SECOND + timeOfDay;
}

/** Steps from one instant to another, to the nearest whole one. */
export function stepsBetween(from: number, to: number, step: TimeStep): number {
  if (!isMonthly(step)) return Math.round((to - from) / (step.seconds * SECOND));
  const a = new Date(from);
  const b = new Date(to);
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  const isCloser = (other: number): boolean =>
    Math.abs(addMonths(from, other) - to) < Math.abs(addMonths(from, months) - to);
  return isCloser(months + 1) ? months + 1 : isCloser(months - 1) ? months - 1 : months;
}

export function addSteps(from: number, count: number, step: TimeStep): number {
  return isMonthly(step) ? addMonths(from, count) : from + count * step.seconds * SECOND;
}

/** The holes in ascending, distinct instants: the longest of them, in order of time, and how many there are in all. */
export function findGaps(
  times: Float64Array,
  step: TimeStep,
  most: number,
): { gaps: readonly Gap[]; gapCount: number } {
  const gaps: Gap[] = [];
  for (let row = 1; row < times.length; row += 1) {
    const from = times[row - 1] ?? 0;
    const to = times[row] ?? 0;
    if (to - from <= step.seconds * SECOND) continue;
    const missingSteps = stepsBetween(from, to, step) - 1;
    if (missingSteps > 0) gaps.push({ from, to, missingSteps });
  }
  const longest = [...gaps].sort((a, b) => b.missingSteps - a.missingSteps).slice(0, most);
  return { gaps: longest.sort((a, b) => a.from - b.from), gapCount: gaps.length };
}

export interface TimeOrder {
  /** Rows with a readable time in order of time, each time once (its first row). */
  readonly rows: Uint32Array;
  readonly times: Float64Array;
  /** Rows left out because their time stood before. */
  readonly duplicates: number;
  /** Rows whose time lies before that of the row above. */
  readonly unsorted: number;
}

/** Puts rows in order of time within [from, to]; NaN times are left out. */
export function orderByTime(times: Float64Array, from = -Infinity, to = Infinity): TimeOrder {
  const picked = new Uint32Array(times.length);
  let count = 0;
  let unsorted = 0;
  let last = -Infinity;
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] ?? NaN;
    if (!(time >= from && time <= to)) continue;
    if (time < last) unsorted += 1;
    last = time;
    picked[count] = row;
    count += 1;
  }
  const rows = picked.subarray(0, count);
  // Rows with equal times stay in the order of the file.
  if (unsorted > 0) rows.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  let kept = 0;
  let before = NaN;
  for (const row of rows) {
    const time = times[row] ?? NaN;
    if (time === before) continue;
    before = time;
    rows[kept] = row;
    kept += 1;
  }
  const distinct = rows.slice(0, kept);
  const ordered = new Float64Array(kept);
  for (let at = 0; at < kept; at += 1) ordered[at] = times[distinct[at] ?? 0] ?? NaN;
  return {
    rows: distinct,
    times: ordered,
    duplicates: count - kept,
    unsorted,
  };
}
