import type { ColumnMapping } from '../../contract/dataset';
import { Problem } from '../../contract/problems';
import type { Series } from '../../contract/series';
import { makeSeries } from '../axis/make-series';
import type { RawTable } from '../cells/table';

/** The series that a mapping makes; null where it makes none, as where its target is constant from day to day. */
export function possibleSeries(table: RawTable, mapping: ColumnMapping): Series | null {
  try {
    return makeSeries(table, mapping);
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
