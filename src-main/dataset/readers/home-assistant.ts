import type { Database, SqlValue } from 'sql.js';
import { z } from 'zod';
import { phrase, type Phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';
import { CellColumn } from '../cells/columns';
import type { ReadCells, ReadHooks } from '../cells/table';
import { unitOfSpelling } from '../cells/units';
import { requireCells, requireColumns } from './limits';
import { columnsOf, rowsOf } from './sqlite-queries';

/**
 * The recorder of Home Assistant (https://www.home-assistant.io/docs/backend/database/). Its hourly statistics are kept
 * for ever, its states for some days; so the statistics are read where there are any, else the states.
 */

/** What is measured by one sensor, by its time in seconds since 1970, UTC. */
interface Sensor {
  /** `sensor.outdoor_temperature`: its name may be changed by its user, this is not. */
  readonly id: string;
  readonly unit: string;
  readonly readings: Map<number, number>;
}

const HOUR_SECONDS = 3600;
/** States are recorded when they change. Here each counts until the next, on a step of so many seconds. */
const STATES_STEP_SECONDS = 300;
/** Without a word for longer than this the recorder itself was off: what held before is not known to hold. */
const LONGEST_HOLD_SECONDS = 6 * HOUR_SECONDS;
const ROWS_PER_TURN = 20_000;
/** Fewer hours than this are no record yet; the states may be. */
const LEAST_HOURS = 2;

export function isHomeAssistant(tables: readonly string[]): boolean {
  return tables.includes('states') && (tables.includes('schema_changes') || tables.includes('recorder_runs'));
}

/** @throws Problem 'no-rows' where no sensor has a number, 'too-many-columns', 'file-too-large', 'cancelled' */
export async function readHomeAssistant(
  database: Database,
  tables: readonly string[],
  file: string,
  hooks: ReadHooks,
): Promise<ReadCells> {
  const hourly = await readStatistics(database, tables, hooks);
  const isHourly = timesOf(hourly).length >= LEAST_HOURS;
  const sensors = isHourly ? hourly : await readStates(database, tables, hooks);
  const times = timesOf(sensors);
  if (times.length === 0) throw new Problem('no-rows', { file });
  requireColumns(sensors.length + 1, file);
  requireCells(times.length * (sensors.length + 1), file);
  hooks.onProgress({ fraction: 1, rows: times.length, secondsLeft: 0 });
  return {
    format: {
      id: 'home-assistant',
      label: phrase('format-home-assistant'),
      reasons: [reasonOf(isHourly, sensors.length)],
    },
    encoding: 'UTF-8',
    delimiter: '',
    decimal: '.',
    headerLine: 0,
    columns: [timeColumn(times), ...sensors.map((sensor) => columnOf(sensor, times))],
    rows: times.length,
    lines: Uint32Array.from(times, (_, row) => row + 1),
  };
}

const reasonOf = (isHourly: boolean, count: number): Phrase =>
  isHourly ? phrase('home-assistant-statistics', { count }) : phrase('home-assistant-states', { count });

function timesOf(sensors: readonly Sensor[]): Float64Array {
  const times = new Set<number>();
  for (const { readings } of sensors) for (const time of readings.keys()) times.add(time);
  return Float64Array.from(times).sort();
}

function timeColumn(times: Float64Array): CellColumn {
  const column = new CellColumn('time', '.');
  for (const time of times) column.pushNumber(time);
  return column;
}

function columnOf({ id, unit, readings }: Sensor, times: Float64Array): CellColumn {
  const column = new CellColumn(id, '.', unit === '' ? {} : { unit: unitOfSpelling(unit) ?? unit });
  for (const time of times) column.pushNumber(readings.get(time) ?? NaN);
  return column;
}

/** Means by the hour; of what counts up (rain), what was added in the hour. */
async function readStatistics(
  database: Database,
  tables: readonly string[],
  hooks: ReadHooks,
): Promise<readonly Sensor[]> {
  if (!tables.includes('statistics') || !tables.includes('statistics_meta')) return [];
  const sensors = new Map<SqlValue, Sensor>();
  const meta = 'SELECT id, statistic_id, unit_of_measurement FROM statistics_meta ORDER BY statistic_id';
  for (const [key = null, id, unit] of rowsOf(database, meta)) {
    sensors.set(key, { id: String(id), unit: String(unit ?? ''), readings: new Map() });
  }
  const time = timeOf(columnsOf(database, 'statistics'), 'start_ts', 'start');
  const query = `SELECT metadata_id, ${time} AS at, mean, sum FROM statistics ORDER BY at`;
  const totals = new Map<Sensor, { readonly time: number; readonly sum: number }>();
  for (const [key = null, at, mean, sum] of await inTurns(database, query, hooks)) {
    const sensor = sensors.get(key);
    if (sensor === undefined || typeof at !== 'number' || !Number.isFinite(at)) continue;
    const before = totals.get(sensor);
    if (typeof mean === 'number') sensor.readings.set(at, mean);
    else if (typeof sum === 'number') {
      // Over a hole it is not known in which hour it fell.
      if (before?.time === at - HOUR_SECONDS) sensor.readings.set(at, Math.max(0, sum - before.sum));
      totals.set(sensor, { time: at, sum });
    }
  }
  return [...sensors.values()].filter(({ readings }) => readings.size > 0);
}

/** A time of either schema as a number: newer ones have seconds in a column of their own, older ones a text in UTC. */
function timeOf(columns: readonly string[], seconds: string, text: string): string {
  const old = `CAST(strftime('%s', ${text}) AS REAL)`;
  if (!columns.includes(seconds)) return old;
  return columns.includes(text) ? `coalesce(${seconds}, ${old})` : seconds;
}

/** The states of sensors that have a unit. */
async function readStates(
  database: Database,
  tables: readonly string[],
  hooks: ReadHooks,
): Promise<readonly Sensor[]> {
  const columns = columnsOf(database, 'states');
  const byMeta = tables.includes('states_meta') && columns.includes('metadata_id');
  const entity = byMeta ? 'm.entity_id' : 's.entity_id';
  const joined = byMeta ? 'states s JOIN states_meta m ON m.metadata_id = s.metadata_id' : 'states s';
  const units = unitsOf(database, tables, columns, entity, joined);
  const time = timeOf(columns, 'last_updated_ts', 'last_updated');
  const query = `SELECT ${entity}, ${time.replaceAll('last_updated', 's.last_updated')} AS at, s.state FROM ${joined} ORDER BY at`;
  const told = new Map<string, [time: number, value: number][]>();
  let last = 0;
  for (const [id, at, state] of await inTurns(database, query, hooks)) {
    if (typeof id !== 'string' || typeof at !== 'number' || !units.has(id)) continue;
    const states = told.get(id) ?? [];
    // 'unavailable' and 'unknown' are no numbers, and end what held before.
    states.push([at, typeof state === 'string' && state.trim() !== '' ? Number(state) : NaN]);
    told.set(id, states);
    last = Math.max(last, at);
  }
  return [...told]
    .map(([id, states]) => ({ id, unit: units.get(id) ?? '', readings: heldOnSteps(states, last) }))
    .filter(({ readings }) => readings.size > 0)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** At each whole step the last state recorded by then. @param states in order of time. @param last time of the last record */
function heldOnSteps(states: readonly (readonly [number, number])[], last: number): Map<number, number> {
  const readings = new Map<number, number>();
  states.forEach(([time, value], index) => {
    if (!Number.isFinite(value)) return;
    const until = Math.min(states[index + 1]?.[0] ?? last + 1e-3, time + LONGEST_HOLD_SECONDS);
    const first = Math.ceil(time / STATES_STEP_SECONDS) * STATES_STEP_SECONDS;
    for (let step = first; step < until; step += STATES_STEP_SECONDS) readings.set(step, value);
  });
  return readings;
}

const attributesSchema = z.object({ unit_of_measurement: z.string().max(40) });

/** The units of the sensors that have one, from their last state. */
function unitsOf(
  database: Database,
  tables: readonly string[],
  columns: readonly string[],
  entity: string,
  joined: string,
): Map<string, string> {
  const isShared = tables.includes('state_attributes') && columns.includes('attributes_id');
  const attributes = [
    ...(isShared ? ['a.shared_attrs'] : []),
    ...(columns.includes('attributes') ? ['s.attributes'] : []),
  ];
  const beside = isShared ? ' LEFT JOIN state_attributes a ON a.attributes_id = s.attributes_id' : '';
  const told = attributes.length === 1 ? attributes[0] : `coalesce(${attributes.join(', ') || 'NULL, NULL'})`;
  const query = `SELECT ${entity}, ${told}, max(s.state_id) FROM ${joined}${beside} WHERE ${told} LIKE '%unit_of_measurement%' GROUP BY ${entity}`;
  const units = new Map<string, string>();
  for (const [id, text] of rowsOf(database, query)) {
    const unit = unitIn(String(text ?? ''));
    if (typeof id === 'string' && unit !== null) units.set(id, unit);
  }
  return units;
}

function unitIn(attributes: string): string | null {
  try {
    return attributesSchema.safeParse(JSON.parse(attributes)).data?.unit_of_measurement ?? null;
  } catch {
    return null;
  }
}

/** All rows of a query, with a pause now and then in which a cancel is heard. */
async function inTurns(
  database: Database,
  query: string,
  hooks: ReadHooks,
): Promise<readonly (readonly SqlValue[])[]> {
  const rows: (readonly SqlValue[])[] = [];
  for (const row of rowsOf(database, query)) {
    rows.push(row);
    if (rows.length % ROWS_PER_TURN !== 0) continue;
    hooks.onProgress({ fraction: 0, rows: rows.length, secondsLeft: null });
    await new Promise((resolve) => setImmediate(resolve));
    if (hooks.signal.aborted) throw new Problem('cancelled');
  }
  return rows;
}
