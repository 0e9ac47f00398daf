import { holdsWords, type ColumnReport, type DatasetSummary } from '../../../src-main/contract/dataset';
import type { MarkCounts } from '../../../src-main/contract/readings';

/** The marks of the columns that were counted, by their places. */
export type CountsByColumn = ReadonlyMap<number, MarkCounts>;
export const NO_COUNTS: CountsByColumn = new Map();

export const withCounts = (counts: CountsByColumn, column: number, own: MarkCounts): CountsByColumn =>
  new Map(counts).set(column, own);

/** The columns that can be drawn: those of numbers. */
export function drawnColumns(dataset: DatasetSummary, timeColumn: number): readonly ColumnReport[] {
  const parts = dataset.time?.parts ?? [];
  return dataset.columns.filter(
    (report) =>
      report.index !== timeColumn && !parts.includes(report.index) && report.count > 0 && !holdsWords(report),
  );
}
