import type { TypicalYear } from '../cells/table';

const MONTHS_OF_YEAR = 12;
/** With fewer days a block is no month of a typical year. */
const LEAST_DAYS = 20;
const DAY = 86_400_000;

interface Block {
  readonly month: number;
  readonly year: number;
  readonly firstRow: number;
  lastRow: number;
}

/**
 * Whether rows are a typical year (TMY, EPW, PVGIS): whole months one after another, as the calendar has them, each
 * out of another year. Joined into a record they would be one of months with holes of years.
 * @param times in the order of the file
 * @returns the years, and the times as those of the one year that the first month is of; null for any other record
 */
export function asTypicalYear(
  times: Float64Array,
): { readonly typical: TypicalYear; readonly times: Float64Array } | null {
  const blocks = blocksOf(times);
  if (blocks === null || blocks.length < 2 || blocks.length > MONTHS_OF_YEAR) return null;
  let breaks = 0;
  let backward = 0;
  for (let at = 1; at < blocks.length; at += 1) {
    const [before, block] = [blocks[at - 1], blocks[at]];
    if (before === undefined || block === undefined) return null;
    if (block.month !== (before.month + 1) % MONTHS_OF_YEAR) return null;
    const jump = block.year - before.year - (block.month === 0 ? 1 : 0);
    if (jump !== 0) breaks += 1;
    if (jump < 0) backward += 1;
  }
  // A record may have a hole of years between two months, but hardly two such, and never goes back.
  if (backward === 0 && breaks < 2) return null;
  const whole = blocks
    .slice(0, -1)
    .every(({ firstRow, lastRow }) => daysOf(times, firstRow, lastRow) >= LEAST_DAYS);
  return whole || blocks.length > 2 || backward > 0 ? laidInOneYear(times, blocks) : null;
}

const daysOf = (times: Float64Array, from: number, to: number): number =>
  ((times[to] ?? NaN) - (times[from] ?? NaN)) / DAY;

/** Runs of rows of the same month; null with more than a year has. Midnight of a first day may end the month before. */
function blocksOf(times: Float64Array): Block[] | null {
  const blocks: Block[] = [];
  let before = NaN;
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] ?? NaN;
    if (Number.isNaN(time)) continue;
    const date = new Date(time);
    const isEdge = date.getUTCDate() === 1 && time % DAY === 0 && time > before && time - before <= DAY;
    before = time;
    const last = blocks.at(-1);
    if (isEdge && last !== undefined) {
      last.lastRow = row;
      continue;
    }
    const [month, year] = [date.getUTCMonth(), date.getUTCFullYear()];
    if (last?.month === month && last.year === year) {
      last.lastRow = row;
      continue;
    }
    blocks.push({ month, year, firstRow: row, lastRow: row });
    if (blocks.length > MONTHS_OF_YEAR + 1) return null;
  }
  return blocks;
}

function laidInOneYear(
  times: Float64Array,
  blocks: readonly Block[],
): { readonly typical: TypicalYear; readonly times: Float64Array } {
  const years = blocks.map(({ year }) => year);
  const first = years[0] ?? 0;
  const year = nominalYear(first, hasLeapDay(times));
  const out = times.slice();
  let wraps = 0;
  blocks.forEach((block, at) => {
    if (at > 0 && block.month === 0) wraps += 1;
    const until = blocks[at + 1]?.firstRow ?? times.length;
    for (let row = at === 0 ? 0 : block.firstRow; row < until; row += 1) {
      const date = new Date(times[row] ?? NaN);
      date.setUTCFullYear(date.getUTCFullYear() - block.year + year + wraps);
      out[row] = date.getTime();
    }
  });
  const typical = { year, years: new Set(years).size, from: Math.min(...years), to: Math.max(...years) };
  return { typical, times: out };
}

const isLeap = (year: number): boolean => new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;

function hasLeapDay(times: Float64Array): boolean {
  return times.some((time) => {
    const date = new Date(time);
    return date.getUTCMonth() === 1 && date.getUTCDate() === 29;
  });
}

/** The year itself, or the next that has a 29th of February, or has none, as the rows do. */
function nominalYear(first: number, withLeapDay: boolean): number {
  let year = first;
  while (isLeap(year) !== withLeapDay) year += 1;
  return year;
}
