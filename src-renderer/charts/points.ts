/** Columns side by side, row-major, as an ECharts data set takes typed data without copying it. */
export function toTable(columns: readonly ArrayLike<number>[]): Float64Array {
  const width = columns.length;
  const rows = columns[0]?.length ?? 0;
  const table = new Float64Array(width * rows);
  columns.forEach((column, c) => {
    for (let row = 0; row < rows; row++) table[row * width + c] = column[row] as number;
  });
  return table;
}

/**
 * As `toTable`, the first column being time in ms, with a row of NaN wherever two instants lie further apart than one
 * and a half steps: the line breaks there.
 */
export function toTableWithBreaks(
  columns: readonly [time: ArrayLike<number>, ...values: ArrayLike<number>[]],
  stepMilliseconds: number,
): Float64Array {
  const [time] = columns;
  const width = columns.length;
  const isAfterHole = (row: number): boolean =>
    row > 0 && (time[row] as number) - (time[row - 1] as number) > 1.5 * stepMilliseconds;
  let holes = 0;
  for (let row = 1; row < time.length; row++) if (isAfterHole(row)) holes++;
  const table = new Float64Array(width * (time.length + holes));
  let at = 0;
  for (let row = 0; row < time.length; row++) {
    if (isAfterHole(row)) {
      table[at] = ((time[row] as number) + (time[row - 1] as number)) / 2;
      table.fill(Number.NaN, at + 1, at + width);
      at += width;
    }
    for (const column of columns) table[at++] = column[row] as number;
  }
  return table;
}

/** Every how many of so many points are drawn, so that no more than `most` are. */
export function thinning(count: number, most: number): number {
  return Math.max(1, Math.ceil(count / most));
}

/** The pairs [x0, y0, x1, y1, ...] whose flag is 1. */
export function flaggedPoints(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  flags: ArrayLike<number>,
): Float64Array {
  const points: number[] = [];
  for (let i = 0; i < x.length; i++) {
    if (flags[i] !== 0) points.push(x[i] as number, y[i] as number);
  }
  return Float64Array.from(points);
}
