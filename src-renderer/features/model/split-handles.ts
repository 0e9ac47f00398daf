/** Where a border between two parts may stand, and how far a press of a key moves it; times as `Series.time`. */
export interface HandleRange {
  readonly least: number;
  readonly most: number;
  /** Of the readings, in milliseconds; a border stands at `first` plus whole steps. */
  readonly first: number;
  readonly step: number;
}

/** A page moves a border by this share of its range. */
const PAGE_SHARE = 0.05;

/** The nearest step of the readings, within the range. */
export function nearestStep(time: number, { least, most, first, step }: HandleRange): number {
  const onStep = first + Math.round((time - first) / step) * step;
  return Math.min(most, Math.max(least, onStep));
}

/** Where a key moves a border to: arrows by a step, pages by more, Home and End to the ends; null for other keys. */
export function movedByKey(time: number, key: string, range: HandleRange): number | null {
  const page = Math.max(range.step, (range.most - range.least) * PAGE_SHARE);
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: time - range.step,
    ArrowDown: time - range.step,
    ArrowRight: time + range.step,
    ArrowUp: time + range.step,
    PageDown: time - page,
    PageUp: time + page,
    Home: range.least,
    End: range.most,
  };
  const moved = moves[key];
  return moved === undefined ? null : nearestStep(moved, range);
}

/** The range between its lowest and highest, as an outline of an area in a box: '' for a stretch without readings. */
export function areaPaths(
  low: readonly (number | null)[],
  high: readonly (number | null)[],
  height: number,
): string {
  const read = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
  const bottom = read(low).reduce((a, b) => Math.min(a, b), Infinity);
  const top = read(high).reduce((a, b) => Math.max(a, b), -Infinity);
  const span = top - bottom || 1;
  const y = (value: number): string => (height - ((value - bottom) / span) * height).toFixed(1);
  // A bar for each column, a little higher than nothing: a single reading is seen too.
  return low
    .map((value, column) => {
      const upper = high[column] ?? null;
      return value === null || upper === null
        ? ''
        : `M${column} ${(Number(y(value)) + 1).toFixed(1)}V${y(upper)}h1V${(Number(y(value)) + 1).toFixed(1)}z`;
    })
    .join('');
}
