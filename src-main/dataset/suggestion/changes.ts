import type { ColumnMapping } from '../../contract/dataset';
import type { Series } from '../../contract/series';
import type { TrainingSettings } from '../../contract/settings';
import { windowStarts } from '../../series';

/** What can be changed of choices so that more windows are left. */

export function withoutColumns(mapping: ColumnMapping, columns: readonly number[]): ColumnMapping {
  return { ...mapping, inputs: mapping.inputs.filter((index) => !columns.includes(index)) };
}

/** Gaps of these columns hold their last reading; `columns` are those that did not. */
export function holdingLast(
  mapping: ColumnMapping,
  wanted: readonly number[],
): { readonly mapping: ColumnMapping; readonly columns: readonly number[] } {
  const drawn = ({ index, gapPolicy }: ColumnMapping['columns'][number]): boolean =>
    wanted.includes(index) && (gapPolicy === 'linear' || gapPolicy === 'leave-out');
  const changed = mapping.columns.map((choice) =>
    drawn(choice) ? { ...choice, gapPolicy: 'forward' as const } : choice,
  );
  return {
    mapping: { ...mapping, columns: changed, gapLimit: null },
    columns: mapping.columns.filter(drawn).map(({ index }) => index),
  };
}

/** A number and its halves, the largest first, down to the least. */
export function halvesOf(number: number, least: number): readonly number[] {
  const halves = [number];
  for (let half = Math.floor(number / 2); half >= least; half = Math.floor(half / 2)) halves.push(half);
  const shortest = halves.at(-1) ?? number;
  return shortest > least ? [...halves, least] : halves;
}

/**
 * The parts by their share of the windows that there are, where a share of the time would fall into a hole. Null where
 * there are too few windows to begin parts at.
 */
export function datedByWindows(series: Series, settings: TrainingSettings): TrainingSettings | null {
  const { window, trainShare, validationShare } = settings;
  const starts = windowStarts(series, settings);
  const firstTargetAt = (share: number): number | null =>
    series.time[(starts[Math.floor(share * starts.length)] ?? NaN) + window] ?? null;
  const testFrom = firstTargetAt(trainShare);
  if (validationShare === 0)
    return testFrom === null ? null : { ...settings, testFrom, validationFrom: null };
  const validationFrom = firstTargetAt(trainShare * (1 - validationShare));
  if (testFrom === null || validationFrom === null || validationFrom >= testFrom) return null;
  return { ...settings, testFrom, validationFrom };
}
