import { FILLED_BY_LATER, type Series, type Variable } from '../contract/series';
import { formatInstant } from './instants';

/** So many columns are named. */
const MOST_NAMED = 3;

/**
 * The variables whose gaps take windows away, those with the most first, and the longest of the gaps of the first; null
 * where there is no gap at all. Texts, for a problem's sentence.
 */
export function gapsAtFault({
  time,
  variables,
}: Series): { readonly columns: string; readonly from: string; readonly to: string } | null {
  const holed = variables
    .map((variable) => ({ name: variable.name, ...gapsOf(variable) }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows);
  const [worst] = holed;
  if (worst === undefined) return null;
  // A column with a gap or two is not to blame beside one that is mostly empty.
  const named = holed.filter(({ rows }) => rows * 2 >= worst.rows).map(({ name }) => `“${name}”`);
  const more = named.length - MOST_NAMED;
  const at = (row: number): string => formatInstant(time[row] ?? NaN);
  return {
    columns: named.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` (+${more})` : ''),
    from: at(worst.longest.from),
    to: at(worst.longest.to),
  };
}

/** How many rows lack a reading, or had it filled by later ones; and the first and the last row of the longest such run. */
function gapsOf({ values, filled }: Variable): {
  readonly rows: number;
  readonly longest: { readonly from: number; readonly to: number };
} {
  let [rows, from] = [0, 0];
  let longest = { from: 0, to: -1 };
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row]!) && filled[row] !== FILLED_BY_LATER) {
      from = row + 1;
      continue;
    }
    rows += 1;
    if (row - from > longest.to - longest.from) longest = { from, to: row };
  }
  return { rows, longest };
}
