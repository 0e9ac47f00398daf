import { Problem } from '../../contract/problems';
import type { CellColumn } from '../cells/columns';
import type { RawTable } from '../cells/table';
import type { ReadFile } from '../readers/join-tables';
import { isStationName, ofStation, stationsBy } from '../readers/stations';

/**
 * The forecasts of a file that are of the station whose readings a table holds: told by a column that both have under one
 * name, and that says the same in each row of the table. All of them where there is no such column.
 * @throws Problem 'forecasts-no-station' where none are of it
 */
export function ofSameStation(
  file: ReadFile,
  table: Pick<RawTable, 'columns' | 'rows' | 'stations'>,
): ReadFile {
  for (const column of file.cells.columns) {
    const own = table.columns.find(({ name }) => name.trim() === column.name.trim());
    const station = own === undefined ? null : sameInAll(own);
    if (station === null) continue;
    if (!isStationName(column.name) && station !== table.stations[0]) continue;
    const stations = stationsBy(column);
    if (!stations.names.includes(station)) {
      throw new Problem('forecasts-no-station', { file: file.source.fileName, station });
    }
    if (stations.names.length > 1) return { ...file, cells: ofStation(file.cells, stations, station) };
  }
  return file;
}

/** What every cell says; null where they differ. */
function sameInAll(column: CellColumn): string | null {
  const first = column.textAt(0);
  for (let row = 1; row < column.length; row += 1) if (column.textAt(row) !== first) return null;
  return column.length === 0 || first === '' ? null : first;
}
