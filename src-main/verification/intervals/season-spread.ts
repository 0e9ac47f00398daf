import { dayOfYear } from '../../series';

const DAYS_PER_YEAR = 365.2425;
const MILLISECONDS_PER_DAY = 86_400_000;
/** A spread of less than a year would make of a trend a season. */
const LEAST_DAYS = 360;
/** Errors below this share of their mean count as it: the logarithm of a chance hit says nothing. */
const FLOOR_SHARE = 0.05;

/** Sine and cosine coefficients of the logarithm of the spread. */
export type Season = readonly [sine: number, cosine: number];

/**
 * How much larger errors are in one season than in another: least squares of the logarithm of absolute errors on the
 * first harmonic of the year. Dividing errors by it before conformal calibration keeps coverage alike through the year;
 * "normalised" scores, Papadopoulos et al. (2008), in: Artificial Intelligence and Applications, 64-69.
 * @param time valid time of each error, as `Series.time`
 * @param sizes absolute errors, of the same length
 * @returns null where the errors span less than a year
 */
export function learnSeason(time: Float64Array, sizes: Float64Array): Season | null {
  const span = time.reduce((most, moment) => Math.max(most, moment), -Infinity) - (time[0] ?? Infinity);
  if (!(span >= LEAST_DAYS * MILLISECONDS_PER_DAY)) return null;
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  if (!(mean > 0)) return null;

  // Normal equations of [1, sine, cosine], solved by Cramer's rule after the intercept is taken out.
  const rows = Array.from(time, (moment, index) => {
    const [sine, cosine] = turnOf(moment);
    return { sine, cosine, size: Math.log(Math.max(sizes[index]!, FLOOR_SHARE * mean)) };
  });
  const average = (pick: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((sum, row) => sum + pick(row), 0) / rows.length;
  const [ms, mc, my] = [average((row) => row.sine), average((row) => row.cosine), average((row) => row.size)];
  const ss = average(({ sine }) => (sine - ms) ** 2);
  const cc = average(({ cosine }) => (cosine - mc) ** 2);
  const sc = average(({ sine, cosine }) => (sine - ms) * (cosine - mc));
  const sy = average(({ sine, size }) => (sine - ms) * (size - my));
  const cy = average(({ cosine, size }) => (cosine - mc) * (size - my));
  const determinant = ss * cc - sc ** 2;
  if (!(determinant > 1e-9)) return null;
  return [(sy * cc - cy * sc) / determinant, (cy * ss - sy * sc) / determinant];
}

/** The spread at a time: 1 on the geometric mean of the year, and always where no season is known. */
export function spreadAt(season: Season | null, time: number): number {
  if (season === null) return 1;
  const [sine, cosine] = turnOf(time);
  return Math.exp(season[0] * sine + season[1] * cosine);
}

function turnOf(time: number): readonly [sine: number, cosine: number] {
  const turn = (2 * Math.PI * dayOfYear(time)) / DAYS_PER_YEAR;
  return [Math.sin(turn), Math.cos(turn)];
}
