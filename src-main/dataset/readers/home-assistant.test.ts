import type { Database } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { describe, expect, it } from 'vitest';
import { phrase } from '../../contract/phrases';
import { problemOf, readContent, reasonsOf, summaryOf } from '../fixture';

const START = Date.UTC(2024, 0, 1) / 1000;
const HOUR = 3600;
const HOURS = 30;

const RECORDER = [
  'CREATE TABLE schema_changes (change_id INTEGER, schema_version INTEGER)',
  'CREATE TABLE recorder_runs (run_id INTEGER)',
];
const STATISTICS = [
  'CREATE TABLE statistics_meta (id INTEGER PRIMARY KEY, statistic_id TEXT, unit_of_measurement TEXT, has_mean INTEGER, has_sum INTEGER, name TEXT)',
  "INSERT INTO statistics_meta VALUES (1, 'sensor.outdoor_temperature', '°C', 1, 0, NULL), (2, 'sensor.rain_total', 'mm', 0, 1, NULL), (3, 'sensor.never', 'lx', 1, 0, NULL)",
];
const NO_STATES =
  'CREATE TABLE states (state_id INTEGER, metadata_id INTEGER, state TEXT, last_updated_ts REAL, attributes_id INTEGER)';

const STATES_META = 'CREATE TABLE states_meta (metadata_id INTEGER PRIMARY KEY, entity_id TEXT)';

async function databaseOf(
  statements: readonly string[],
  fill: (database: Database) => void = () => undefined,
): Promise<Uint8Array> {
  const sql = await initSqlJs();
  const database = new sql.Database();
  for (const statement of statements) database.run(statement);
  fill(database);
  const bytes = database.export();
  database.close();
  return bytes;
}

const isoOf = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** Hourly means of a temperature and a rain gauge that counts on; the hour `without` was never written. */
function fillStatistics(database: Database, isOld: boolean, without = -1): void {
  for (let hour = 0; hour < HOURS; hour += 1) {
    if (hour === without) continue;
    const seconds = START + hour * HOUR;
    const when = isOld ? `${isoOf(seconds)}.000000` : seconds;
    database.run('INSERT INTO statistics VALUES (?, 1, ?, ?, NULL)', [2 * hour, when, 5 + hour / 10]);
    database.run('INSERT INTO statistics VALUES (?, 2, ?, NULL, ?)', [2 * hour + 1, when, hour * 0.5]);
  }
}

const columnsOf = (summary: Awaited<ReturnType<typeof summaryOf>>): unknown[] =>
  summary.columns
    .slice(1)
    .map(({ name, quantity, unit, missing, min, max }) => [name, quantity, unit, missing, min, max]);

describe('the recorder of Home Assistant', () => {
  it.each([
    ['newer', 'start_ts REAL', false],
    ['older', 'start DATETIME', true],
  ])('gives its hourly statistics, of the %s schema', async (_schema, time, isOld) => {
    const summary = await summaryOf(
      await databaseOf(
        [
          ...RECORDER,
          NO_STATES,
          ...STATISTICS,
          `CREATE TABLE statistics (id INTEGER PRIMARY KEY, metadata_id INTEGER, ${time}, mean REAL, sum REAL)`,
        ],
        (database) => fillStatistics(database, isOld),
      ),
    );
    expect(summary).toMatchObject({
      format: { id: 'home-assistant', label: phrase('format-home-assistant') },
      rows: HOURS,
      time: { format: 'Unix seconds', zone: 'UTC' },
      step: { label: 'hourly' },
      range: { from: START * 1000, to: (START + (HOURS - 1) * HOUR) * 1000 },
    });
    expect(columnsOf(summary)).toEqual([
      ['sensor.outdoor_temperature', 'temperature', '°C', 0, 5, 7.9],
      // What fell in the first hour is not known.
      ['sensor.rain_total', 'rain', 'mm', 1, 0.5, 0.5],
    ]);
    expect(reasonsOf(summary)).toContain('its hourly statistics hold 2 sensors');
  });

  it('does not say in which hour it rained where an hour is missing', async () => {
    const summary = await summaryOf(
      await databaseOf(
        [
          ...RECORDER,
          NO_STATES,
          ...STATISTICS,
          'CREATE TABLE statistics (id INTEGER PRIMARY KEY, metadata_id INTEGER, start_ts REAL, mean REAL, sum REAL)',
        ],
        (database) => fillStatistics(database, false, 12),
      ),
    );
    expect(columnsOf(summary)[1]).toEqual(['sensor.rain_total', 'rain', 'mm', 2, 0.5, 0.5]);
  });

  it.each([
    ['with states_meta', true],
    ['of before states_meta', false],
  ])('without statistics gives states, each as long as it held: %s', async (_schema, isNew) => {
    const schema = isNew
      ? [
          NO_STATES,
          STATES_META,
          'CREATE TABLE state_attributes (attributes_id INTEGER PRIMARY KEY, shared_attrs TEXT)',
          "INSERT INTO states_meta VALUES (7, 'sensor.garden'), (8, 'sun.sun')",
          `INSERT INTO state_attributes VALUES (1, '{"unit_of_measurement":"°C","friendly_name":"Garden"}'), (2, '{}')`,
        ]
      : [
          'CREATE TABLE states (state_id INTEGER, entity_id TEXT, state TEXT, attributes TEXT, last_updated DATETIME)',
        ];
    let id = 0;
    const tell = (
      database: Database,
      entity: 'sensor.garden' | 'sun.sun',
      minutes: number,
      state: string,
    ): void => {
      const seconds = START + minutes * 60;
      id += 1;
      const isGarden = entity === 'sensor.garden';
      if (isNew)
        database.run('INSERT INTO states VALUES (?, ?, ?, ?, ?)', [
          id,
          isGarden ? 7 : 8,
          state,
          seconds,
          isGarden ? 1 : 2,
        ]);
      else
        database.run('INSERT INTO states VALUES (?, ?, ?, ?, ?)', [
          id,
          entity,
          state,
          isGarden ? '{"unit_of_measurement":"°C"}' : '{}',
          `${isoOf(seconds)}.250000`,
        ]);
    };
    const table = await readContent(
      await databaseOf([...RECORDER, ...schema], (database) => {
        tell(database, 'sensor.garden', -0.5, '10.0');
        tell(database, 'sun.sun', 1, 'above_horizon');
        tell(database, 'sensor.garden', 12.5, '11.5');
        tell(database, 'sensor.garden', 21, 'unavailable');
        tell(database, 'sensor.garden', 29, '12.25');
        tell(database, 'sensor.garden', 45.5, '13');
      }),
    );
    const garden = table.columns[1]!;
    expect(table.columns.map(({ name }) => name)).toEqual(['time', 'sensor.garden']);
    const readings = Array.from({ length: table.rows }, (_, row) => [
      (table.time!.times[row]! / 1000 - START) / 60,
      garden.numberAt(row),
    ]);
    expect(readings).toEqual([
      [0, 10],
      [5, 10],
      [10, 10],
      [15, 11.5],
      [20, 11.5],
      [30, 12.25],
      [35, 12.25],
      [40, 12.25],
      [45, 12.25],
    ]);
  });

  it('that holds no number of a sensor has nothing to read', async () => {
    const problem = await problemOf(summaryOf(await databaseOf([...RECORDER, NO_STATES, STATES_META])));
    expect(problem.code).toBe('no-rows');
  });
});
