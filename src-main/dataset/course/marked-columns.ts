import type { ColumnReading } from '../../contract/dataset';
import type { RawTable } from '../cells/table';
import { markColumn, timesOfTable, type MarkedColumn, type TableTimes } from './marked-column';

/** Beside the table itself, which may fill half of what a process may take. About ten bytes each. */
const MOST_READINGS_KEPT = 20_000_000;

/** The columns of a table as they were marked last: zooming asks for the same again and again. */
export class MarkedColumns {
  readonly #columns = new Map<number, { readonly key: string; readonly marked: MarkedColumn }>();
  #times: { readonly table: RawTable; readonly column: number; readonly times: TableTimes } | null = null;

  /** @throws Problem as `timesOfTable` and `markColumn` */
  of(table: RawTable, reading: ColumnReading): MarkedColumn {
    const key = JSON.stringify(reading);
    const { index } = reading.choice;
    const times = this.#timesOf(table, reading.time);
    const known = this.#columns.get(index);
    // The one used last stands last.
    this.#columns.delete(index);
    const kept = known?.key === key ? known : { key, marked: markColumn(table, reading, times) };
    this.#columns.set(index, kept);
    const most = Math.max(1, Math.floor(MOST_READINGS_KEPT / Math.max(1, table.rows)));
    for (const [oldest] of this.#columns) {
      if (this.#columns.size <= most) break;
      this.#columns.delete(oldest);
    }
    return kept.marked;
  }

  #timesOf(table: RawTable, column: number): TableTimes {
    if (this.#times?.table !== table || this.#times.column !== column) {
      this.#columns.clear();
      this.#times = { table, column, times: timesOfTable(table, column) };
    }
    return this.#times.times;
  }
}
