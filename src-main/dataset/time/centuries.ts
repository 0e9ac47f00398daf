/** Years that differ by more than half a century in an ordered record stand in different centuries. */
const HALF = 50;
const CENTURY = 100;
/** A clock that is set wrong, or a forecast among the readings, runs ahead by no more. */
const MOST_AHEAD = 31 * 86_400_000;

/**
 * The centuries of dates that were written with two digits of the year. From one row to the next an ordered record
 * does not jump by a century ('31-Dec-69' comes before '01-Jan-70', '31-Dec-99' before '01-Jan-00'), and nothing
 * measured lies in the future: of all readings that do not, the latest is taken.
 * @param times read in whatever century; NaN stays NaN
 * @param now milliseconds since 1970
 */
export function inTheirCenturies(times: Float64Array, now: number): Float64Array {
  const shifts = new Float64Array(times.length);
  let before = NaN;
  let latest = -Infinity;
  let earliest = Infinity;
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] ?? NaN;
    if (Number.isNaN(time)) continue;
    const year = new Date(time).getUTCFullYear();
    const near = Number.isNaN(before) ? year : before + wrapped(year - before);
    shifts[row] = near - year;
    before = near;
    latest = Math.max(latest, near);
    earliest = Math.min(earliest, near);
  }
  if (latest === -Infinity) return times;
  // Rows in no order at all: each in the latest century that is not ahead.
  const isOrdered = latest - earliest < CENTURY;
  const common = isOrdered ? commonShift(times, shifts, now) : 0;
  return times.map((time, row) =>
    Number.isNaN(time) ? NaN : isOrdered ? shifted(time, (shifts[row] ?? 0) + common) : notAhead(time, now),
  );
}

/** A difference of years, modulo a century, from -50 to 50. */
const wrapped = (years: number): number => years - CENTURY * Math.round(years / CENTURY - HALF / 1e6);

function commonShift(times: Float64Array, shifts: Float64Array, now: number): number {
  let latest = -Infinity;
  times.forEach((time, row) => {
    const own = shifted(time, shifts[row] ?? 0);
    if (own > latest) latest = own;
  });
  return shifted(notAhead(latest, now), 0) === latest ? 0 : yearOf(notAhead(latest, now)) - yearOf(latest);
}

function notAhead(time: number, now: number): number {
  let at = time;
  while (at > now + MOST_AHEAD) at = shifted(at, -CENTURY);
  while (shifted(at, CENTURY) <= now + MOST_AHEAD) at = shifted(at, CENTURY);
  return at;
}

const yearOf = (time: number): number => new Date(time).getUTCFullYear();

/** The same day and time in another year; NaN for a 29th of February that it does not have. */
function shifted(time: number, years: number): number {
  if (years === 0 || Number.isNaN(time)) return time;
  const date = new Date(time);
  const month = date.getUTCMonth();
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.getUTCMonth() === month ? date.getTime() : NaN;
}
