import type { ColumnMapping } from '../contract/dataset';
import type { Series } from '../contract/series';
import { columnAt } from './axis/axis-columns';
import { joinStations } from './axis/join-stations';
import { makeSeries } from './axis/make-series';
import { withServiceErrors } from '../series';
import type { RawTable } from './cells/table';
import { tablesOfStations } from './readers/stations';

/**
 * The series of a table and a mapping: of its one station, or of all stations that a column tells apart.
 * @throws Problem as `makeSeries` and `joinStations`
 */
export function seriesOfTable(table: RawTable, mapping: ColumnMapping): Series {
  const { station } = mapping;
  if (station === undefined) return withServiceErrors(makeSeries(table, mapping));
  const own = [...tablesOfStations(table, station)].map(
    ([name, rows]) => [name, makeSeries(rows, mapping)] as const,
  );
  return withServiceErrors(joinStations(columnAt(table, station).name, new Map(own)));
}
