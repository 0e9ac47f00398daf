import { targetsOf, type ColumnMapping } from '../../contract/dataset';
import { FILLED_BY_LATER, type Series, type Variable } from '../../contract/series';

/** What the gaps of a column cost. */
export interface WindowCost {
  readonly column: number;
  /** Windows there are without the column, and how many of them are lost with it. */
  readonly windows: number;
  readonly lost: number;
}

/** A column is worth so many windows more, and no more than those: an input is worth about as much as a twentieth of the readings. */
const WORTH = 0.05;

/** For each row, how many variables forbid every window that touches it, and how many every window that ends in it. */
interface Marks {
  readonly missing: Uint16Array;
  readonly late: Uint16Array;
}

/**
 * The inputs, targets apart, whose gaps cost more windows than a column is worth, the dearest first. Where no column
 * alone is to blame for there being none, the one with the most gaps is named.
 * @param series made by the mapping
 */
export function dearColumns(
  series: Series,
  mapping: ColumnMapping,
  span: { readonly window: number; readonly horizon: number },
): readonly WindowCost[] {
  const dear: WindowCost[] = [];
  const marks = marksOf(series.variables, series.time.length);
  const targets = targetsOf(mapping);
  let left = marksByColumn(series, mapping).filter(({ column }) => !targets.includes(column));
  let windows = countWindows(marks, null, span);
  const most = Math.max(0, series.time.length - span.window - span.horizon + 1);
  while (left.length > 0 && windows < most) {
    const tried = left.map((each) => ({ ...each, without: countWindows(marks, each.marks, span) }));
    const gaps = (each: Marks): number => sumOf(each.missing) + sumOf(each.late);
    const best = tried.reduce((a, b) =>
      b.without > a.without || (b.without === a.without && gaps(b.marks) > gaps(a.marks)) ? b : a,
    );
    const isWorth = best.without <= windows * (1 + WORTH);
    if (isWorth && (windows > 0 || gaps(best.marks) === 0)) break;
    takeOff(marks, best.marks);
    dear.push({ column: best.column, windows: best.without, lost: best.without - windows });
    left = left.filter(({ column }) => column !== best.column);
    windows = best.without;
  }
  return windows === 0 ? [] : dear;
}

/** The inputs that have gaps. @param series made by the mapping */
export function columnsWithGaps(series: Series, mapping: ColumnMapping): readonly number[] {
  return marksByColumn(series, mapping)
    .filter(({ marks }) => sumOf(marks.missing) + sumOf(marks.late) > 0)
    .map(({ column }) => column);
}

/** Variables stand in the order of the inputs; a wind direction became two. */
function marksByColumn(
  { variables, inputs, time }: Series,
  mapping: ColumnMapping,
): { readonly column: number; readonly marks: Marks }[] {
  const quantities = new Map(mapping.columns.map(({ index, quantity }) => [index, quantity]));
  let place = 0;
  const found = mapping.inputs.map((column) => {
    const count = quantities.get(column) === 'wind direction' ? 2 : 1;
    const own = inputs.slice(place, place + count).flatMap((index) => variables[index] ?? []);
    place += count;
    return { column, own };
  });
  return found.map(({ column, own }) => ({ column, marks: marksOf(own, time.length) }));
}

function marksOf(variables: readonly Variable[], rows: number): Marks {
  const missing = new Uint16Array(rows);
  const late = new Uint16Array(rows);
  for (const { values, filled } of variables) {
    for (let row = 0; row < rows; row += 1) {
      if (Number.isNaN(values[row]!)) missing[row]! += 1;
      if (filled[row] === FILLED_BY_LATER) late[row]! += 1;
    }
  }
  return { missing, late };
}

function takeOff(marks: Marks, less: Marks): void {
  for (let row = 0; row < marks.missing.length; row += 1) {
    marks.missing[row]! -= less.missing[row]!;
    marks.late[row]! -= less.late[row]!;
  }
}

const sumOf = (counts: Uint16Array): number => counts.reduce((sum, count) => sum + count, 0);

/** As many as `windowStarts` gives with windows left out that a filled gap tells what came later. */
function countWindows(
  { missing, late }: Marks,
  less: Marks | null,
  { window, horizon }: { readonly window: number; readonly horizon: number },
): number {
  const span = window + horizon;
  let [count, complete] = [0, 0];
  for (let row = 0; row < missing.length; row += 1) {
    complete = missing[row]! > (less?.missing[row] ?? 0) ? 0 : complete + 1;
    const newest = row - horizon;
    if (complete >= span && late[newest]! <= (less?.late[newest] ?? 0)) count += 1;
  }
  return count;
}
