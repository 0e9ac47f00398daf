import { writeFile } from 'node:fs/promises';
import type { Database, SqlJsStatic } from 'sql.js';
import type { IssuedForecast } from '../contract/forecast-log';
import { DETECT_ALL } from '../contract/dataset';
import { readTable, seriesOfTable, sourceOfPath, summarise } from '../dataset';
import { appendNewer, forecastFrom, issuedForecastOf, mappingFor, type Forecaster } from '../forecaster';
import type { Series } from '../contract/series';
import type { StationKind } from './replay';
import type { Row } from './station-log';
import { WALL_ZONE, wallClockText } from './wall-clock';

/** What it is made with. */
export interface Hand {
  readonly sql: SqlJsStatic;
  /** A file that is written over. */
  readonly scratch: string;
  readonly station: StationKind;
  readonly forecaster: Forecaster;
  readonly trainedOn: Series;
}

/**
 * The forecast that one makes by hand from an archive: the file is read, what is newer added, and forecast from the newest,
 * as `hindcast forecast RUN FILE` does with a run that was never watched.
 */
export async function forecastByHand(
  { sql, scratch, station, forecaster, trainedOn }: Hand,
  archive: Iterable<Row>,
): Promise<IssuedForecast> {
  const isDatabase = station === 'weewx';
  await writeFile(scratch, isDatabase ? archiveOf(sql, archive) : wallClockText(archive));
  const hooks = { onProgress: () => undefined, signal: new AbortController().signal };
  const reading = { ...DETECT_ALL, zone: isDatabase ? null : WALL_ZONE };
  const table = await readTable(sourceOfPath(scratch), hooks, reading);
  const found = seriesOfTable(table, mappingFor(forecaster, summarise(table, 'by hand')));
  return issuedForecastOf(forecastFrom(forecaster, appendNewer(trainedOn, found)), 0);
}

function archiveOf(sql: SqlJsStatic, archive: Iterable<Row>): Uint8Array {
  const database: Database = new sql.Database();
  try {
    database.run(
      'CREATE TABLE archive (dateTime INTEGER PRIMARY KEY, usUnits INTEGER, interval INTEGER,' +
        ' barometer REAL, outTemp REAL, outHumidity REAL, windSpeed REAL, rain REAL, note TEXT)',
    );
    const insert = database.prepare('INSERT INTO archive VALUES (?, 17, 60, ?, ?, ?, 2.5, 0, NULL)');
    database.run('BEGIN');
    for (const { time, temperature, humidity, pressure } of archive) {
      insert.run([time, pressure, temperature, humidity]);
    }
    database.run('COMMIT');
    insert.free();
    return database.export();
  } finally {
    database.close();
  }
}
