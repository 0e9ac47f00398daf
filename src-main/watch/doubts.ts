import { formatWithUnit } from '../contract/format';
import type { ProblemData } from '../contract/problems';
import type { Quantity } from '../contract/quantities';
import { type Series, type Variable } from '../contract/series';
import type { TakenIn } from '../contract/watch';
import { formatInstant } from '../series';

/** What stays the same for long by itself: no rain, no sun, a clear sky, a calm. */
const MAY_REST: readonly Quantity[] = [
  'rain',
  'rain rate',
  'sunshine',
  'solar radiation',
  'UV index',
  'snow depth',
  'cloud',
  'visibility',
  'wind speed',
  'wind gust',
  'wind direction',
  'relative humidity',
  'other',
];
/** A reading that stays the same for this long, and for so many rows, comes from no weather. */
const STUCK_SECONDS = 12 * 3600;
const STUCK_ROWS = 8;

/** Messages about the newest readings. @param file its name. @param from the row after those reported before */
export function doubtsOf(file: string, series: Series, taken: TakenIn, from: number): ProblemData[] {
  return [
    ...ofTaken(file, taken),
    ...missing(file, series, from),
    ...series.variables.flatMap((variable) => stuck(series, variable)),
  ];
}

function ofTaken(file: string, { late, firstLate, changed, firstChanged }: TakenIn): ProblemData[] {
  const told = (code: 'watch-late' | 'watch-changed', count: number, first: number | null): ProblemData[] =>
    count === 0 ? [] : [{ code, params: { file, count, first: formatInstant(first ?? 0) } }];
  return [...told('watch-late', late, firstLate), ...told('watch-changed', changed, firstChanged)];
}

/** Rows in which the target was not read. */
function missing(file: string, series: Series, from: number): ProblemData[] {
  const target = series.variables[series.target]!;
  const rows = Array.from(series.time.keys()).filter(
    (row) => row >= from && (target.filled[row] !== 0 || Number.isNaN(target.values[row])),
  );
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return [];
  const params = {
    file,
    count: rows.length,
    from: formatInstant(series.time[first]!),
    to: formatInstant(series.time[last]!),
  };
  return [{ code: 'watch-missing', params }];
}

function stuck(series: Series, { name, quantity, unit, values, filled, made }: Variable): ProblemData[] {
  if (made === true || MAY_REST.includes(quantity)) return [];
  const end = values.length - 1;
  const value = values[end]!;
  let first = end;
  while (first > 0 && values[first - 1] === value && filled[first - 1] === 0) first -= 1;
  const count = end - first + 1;
  if (Number.isNaN(value) || count < Math.max(STUCK_ROWS, STUCK_SECONDS / series.step.seconds)) return [];
  const since = formatInstant(series.time[first]!);
  return [{ code: 'watch-stuck', params: { column: name, value: formatWithUnit(value, ''), unit, since } }];
}
