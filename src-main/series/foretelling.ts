import { correlationOf } from './correlation';

/** Share of the variance left unexplained by the past that an input may explain; above it, it carries the future. */
const MOST_OF_THE_REST = 0.25;
/** And the column must tell nearly all: the past of another may well tell more than that of the target itself. */
const LEAST_TOLD = 0.8;
/** With fewer pairs both is often by chance. */
const FEWEST_PAIRS = 40;

/**
 * Whether a column tells the next value of the target so much better than anything from the past can that it must have
 * been written afterwards, as the next day's highest temperature in a table made for learning.
 * @param column of the row, or rows, before; as long as the others; NaN for none
 * @param now the target at the same time
 * @param next the target that is forecast
 * @param dayBefore and what it was at the same hour of a day before; left out where readings are daily
 */
export function foretells(
  column: Float64Array,
  now: Float64Array,
  next: Float64Array,
  dayBefore: Float64Array = now,
): boolean {
  const told = correlationOf(column, next) ** 2;
  if (told < LEAST_TOLD) return false;
  const known = column.reduce(
    (count, value, place) => count + Number(!Number.isNaN(value + now[place]! + next[place]!)),
    0,
  );
  if (known < FEWEST_PAIRS) return false;
  const byPast = Math.max(correlationOf(now, next) ** 2, correlationOf(dayBefore, next) ** 2);
  const atOnce = correlationOf(column, now) ** 2;
  return told > atOnce && 1 - told < MOST_OF_THE_REST * (1 - byPast);
}
