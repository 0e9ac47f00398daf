import { offsetOf } from '../time/dates';
import { ZoneClock } from '../time/zones';

const HOUR = 3_600_000;
const OFFSET = /^[+-]\d\d:\d\d$/;

/**
 * Milliseconds that the even clock of a zone is ahead of UTC: its standard time all year; null where no zone is told.
 * @param times between which it is asked
 */
export function offsetOfZone(zone: string | null, times: Float64Array | undefined): number | null {
  if (zone === null) return null;
  if (OFFSET.test(zone)) return offsetOf(zone);
  if (zone === 'UTC') return 0;
  const known = (times ?? new Float64Array(0)).filter((time) => !Number.isNaN(time));
  return new ZoneClock(zone, known[0] ?? 0, known.at(-1) ?? 0).standard;
}

/** Open-Meteo writes above its table how far its clock is ahead. @param head the first lines of a file */
export function offsetToldAbove(head: readonly string[]): number | null {
  const at = head.findIndex((line) => line.includes('utc_offset_seconds'));
  if (at < 0) return null;
  const place = head[at]!.split(',').findIndex((cell) => cell.trim() === 'utc_offset_seconds');
  const cell = (head[at + 1] ?? '').split(',')[place]?.trim() ?? '';
  return /^-?\d+$/.test(cell) && Math.abs(Number(cell)) <= 15 * 3600 ? Number(cell) * 1000 : null;
}

/** Hours that two clocks may be apart. */
const MOST_HOURS = 14;
/** Both fit badly at another hour: fewer pairs tell nothing, and the fit must be so much better. */
const FEWEST_PAIRS = 150;
const BETTER = 0.75;

/**
 * Whole hours that have to be added to the times of forecasts so that their course fits the readings; 0 where none fits
 * clearly better than as they stand.
 * @param readings and forecasts by their time, in milliseconds
 */
export function hoursByCourse(
  readings: ReadonlyMap<number, number>,
  forecasts: ReadonlyMap<number, number>,
): number {
  const errorAt = (hours: number): number => {
    let [count, sum, squares] = [0, 0, 0];
    for (const [time, forecast] of forecasts) {
      const reading = readings.get(time + hours * HOUR);
      if (reading === undefined) continue;
      const error = forecast - reading;
      count += 1;
      sum += error;
      squares += error ** 2;
    }
    return count < FEWEST_PAIRS ? NaN : squares / count - (sum / count) ** 2;
  };
  const asItStands = errorAt(0);
  let [best, least] = [0, BETTER * asItStands];
  for (let hours = -MOST_HOURS; hours <= MOST_HOURS; hours += 1) {
    const error = errorAt(hours);
    if (error < least) [best, least] = [hours, error];
  }
  return best;
}
