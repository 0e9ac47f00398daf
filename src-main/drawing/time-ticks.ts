const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Longer than this, ticks stand at the first of a month. */
const LONGEST_FIXED = 14 * DAY;
const fixedSteps = [1, 3, 6, 12].map((hours) => hours * HOUR).concat([DAY, 2 * DAY, 7 * DAY, LONGEST_FIXED]);
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];
const MONTH = 30.4 * DAY;

/** A place on a time axis; `time` as `Series.time`. */
export interface TimeTick {
  readonly time: number;
  readonly label: string;
}

/** Round times from `from` to `to`, at most about `most`: whole hours, days, or firsts of months. */
export function timeTicks(from: number, to: number, most: number): readonly TimeTick[] {
  const least = (to - from) / most;
  const fixed = fixedSteps.find((step) => step >= least);
  return fixed === undefined ? monthTicks(from, to, least) : fixedTicks(from, to, fixed);
}

function fixedTicks(from: number, to: number, step: number): readonly TimeTick[] {
  const ticks: TimeTick[] = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
    const iso = new Date(time).toISOString();
    ticks.push({ time, label: step < DAY ? `${iso.slice(5, 10)} ${iso.slice(11, 16)}` : iso.slice(0, 10) });
  }
  return ticks;
}

function monthTicks(from: number, to: number, least: number): readonly TimeTick[] {
  const step = MONTH_STEPS.find((months) => months * MONTH >= least) ?? 1200;
  const ticks: TimeTick[] = [];
  const year = new Date(from).getUTCFullYear();
  for (let months = 0; ; months += step) {
    const time = new Date(0).setUTCFullYear(year, months, 1);
    if (time > to) return ticks;
    if (time >= from) ticks.push({ time, label: new Date(time).toISOString().slice(0, 7) });
  }
}
