import type { StruckByColumn } from '../../../src-main/contract/dataset';
import { Problem } from '../../../src-main/contract/problems';
import { MOST_STRUCK, type Span, type Struck } from '../../../src-main/contract/readings';

/** Spans of one column. */
export interface ColumnSpans {
  readonly column: number;
  readonly spans: readonly Span[];
}

/** What becomes of the struck spans of a column with others. */
export type SpanChange = (before: Struck, spans: readonly Span[]) => Struck;

export const NOTHING_STRUCK: StruckByColumn = new Map();

/**
 * What is struck after a change of some columns; the very same where nothing changes.
 * @throws Problem 'too-many-struck'
 */
export function changeStruck(
  before: StruckByColumn,
  columns: readonly ColumnSpans[],
  change: SpanChange,
  nameOf: (column: number) => string,
): StruckByColumn {
  const after = new Map(before);
  for (const { column, spans } of columns) {
    const changed = change(after.get(column) ?? [], spans);
    if (changed.length > MOST_STRUCK) {
      const params = { column: nameOf(column), count: changed.length, limit: MOST_STRUCK };
      throw new Problem('too-many-struck', params);
    }
    if (changed.length === 0) after.delete(column);
    else after.set(column, changed);
  }
  return JSON.stringify([...after]) === JSON.stringify([...before]) ? before : after;
}
