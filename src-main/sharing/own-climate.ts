import type { Series } from '../contract/series';
import { calendarReader, targetVariable } from '../series';
import { factorise, solveFactorised } from '../verification';

const SECONDS_PER_DAY = 86_400;
/** As if it had been seen for so many days that a station departs from the others in nothing: in its mean, and in its waves. */
const PRIOR_DAYS = { mean: 3, waves: 60 };

/** Sums over readings: enough for a usual course, alone or together with those of other stations. */
interface Course {
  /** [size, size], row-major; sum of products of the waves. */
  readonly products: Float64Array;
  /** [size], sum of waves times readings. */
  readonly sums: Float64Array;
  readonly squares: number;
  readonly count: number;
}

/** How the usual course of a station departs from that of all: in its mean, in the waves of the year and the day; and what is left. */
export type OwnClimate = readonly number[];

/** The usual course of all stations together, and how each departs from it; by the readings of some rows alone. */
export class CommonCourse {
  readonly #common: Float64Array;
  readonly #stepSeconds: number;

  /** @param stations each with the rows that may be learned from */
  constructor(stations: readonly { readonly series: Series; readonly rows: Uint8Array }[]) {
    this.#stepSeconds = stations[0]!.series.step.seconds;
    const courses = stations.map(({ series, rows }) => courseOf(series, rows));
    const all = courses.reduce(addCourses);
    this.#common = solve(all, (size) => new Float64Array(size).fill(1e-6 * all.count + 1e-9));
  }

  /** How a station departs; a short record speaks for what it has seen, and no more. */
  departureOf(series: Series, rows: Uint8Array): OwnClimate {
    const course = courseOf(series, rows);
    const size = this.#common.length;
    const left = course.sums.map((sum, row) => sum - product(course.products, this.#common, row));
    const perDay = SECONDS_PER_DAY / this.#stepSeconds;
    const departure = solve({ ...course, sums: left }, () =>
      Float64Array.from(
        { length: size },
        (_, wave) => Math.max(1, perDay) * (wave === 0 ? PRIOR_DAYS.mean : PRIOR_DAYS.waves),
      ),
    );
    const own = this.#common.map((value, wave) => value + departure[wave]!);
    const explained = own.reduce(
      (sum, value, row) => sum + value * (2 * course.sums[row]! - product(course.products, own, row)),
      0,
    );
    const spread = course.count === 0 ? 0 : Math.sqrt(Math.max(0, course.squares - explained) / course.count);
    return [...departure, spread];
  }
}

function courseOf(series: Series, rows: Uint8Array): Course {
  const daily = series.step.seconds < SECONDS_PER_DAY;
  const wavesAt = calendarReader({ year: true, harmonics: 1, day: daily });
  const { values, filled } = targetVariable(series);
  const size = daily ? 5 : 3;
  const products = new Float64Array(size * size);
  const sums = new Float64Array(size);
  let [squares, count] = [0, 0];
  rows.forEach((isLearned, row) => {
    const value = values[row]!;
    if (isLearned === 0 || filled[row] !== 0 || Number.isNaN(value)) return;
    const waves = [1, ...wavesAt(series.time[row]!)];
    for (let one = 0; one < size; one++) {
      sums[one]! += waves[one]! * value;
      for (let other = 0; other < size; other++) products[one * size + other]! += waves[one]! * waves[other]!;
    }
    squares += value * value;
    count += 1;
  });
  return { products, sums, squares, count };
}

const addCourses = (one: Course, other: Course): Course => ({
  products: one.products.map((value, index) => value + other.products[index]!),
  sums: one.sums.map((value, index) => value + other.sums[index]!),
  squares: one.squares + other.squares,
  count: one.count + other.count,
});

function solve({ products, sums }: Course, penalties: (size: number) => Float64Array): Float64Array {
  const size = sums.length;
  const firm = Float64Array.from(products);
  penalties(size).forEach((penalty, wave) => (firm[wave * size + wave]! += penalty));
  factorise(firm, size);
  return solveFactorised(firm, sums);
}

/** One row of a square matrix times a vector. */
const product = (matrix: Float64Array, vector: Float64Array, row: number): number =>
  vector.reduce((sum, value, column) => sum + matrix[row * vector.length + column]! * value, 0);
