import { partsOfName, toldMeaning } from '../cells/column-names';
import { multipleOf } from '../cells/multiples';
import type { Meaning } from '../cells/units';
import { CellColumn, MISSING_WORD, NUMBER, WORD, type ColumnOrigin } from '../cells/columns';
import { LineNumbers } from '../cells/line-numbers';
import { NumberScanner } from '../cells/numbers';
import type { ReadCells } from '../cells/table';
import { readTimeColumn } from '../time/time-column';
import { labelOf, roundStepOver } from '../time/time-step';
import { scaleTensOfDegrees, splitCodedCells } from './coded-cells';
import { unrollGrid } from './grids';
import { heldStates } from './held-states';
import { requireCells, requireColumns } from './limits';
import { longShape, stationOf, type LongShape } from './long-shape';
import { phrase, type Phrase } from '../../contract/phrases';

type ElementMeaning = Meaning & { readonly factor: number };

/** Elements of GHCN-Daily and what their values are once divided (readme.txt of GHCN-Daily, III). */
const ELEMENT_GROUPS: readonly (readonly [elements: string, meaning: ElementMeaning])[] = [
  ['TMAX TMIN TAVG TOBS MDTX MDTN', { quantity: 'temperature', unit: '°C', factor: 0.1 }],
  ['ADPT AWBT', { quantity: 'dew point', unit: '°C', factor: 0.1 }],
  ['PRCP', { quantity: 'rain', unit: 'mm', factor: 0.1 }],
  ['SNOW SNWD', { quantity: 'snow depth', unit: 'mm', factor: 1 }],
  ['AWND', { quantity: 'wind speed', unit: 'm/s', factor: 0.1 }],
  ['WSF1 WSF2 WSF5 WSFG WSFI', { quantity: 'wind gust', unit: 'm/s', factor: 0.1 }],
  ['WDF1 WDF2 WDF5 WDFG WDFI', { quantity: 'wind direction', unit: '°', factor: 1 }],
  ['ASLP ASTP', { quantity: 'pressure', unit: 'hPa', factor: 0.1 }],
  ['RHAV RHMN RHMX', { quantity: 'relative humidity', unit: '%', factor: 1 }],
  ['TSUN', { quantity: 'sunshine', unit: 'min', factor: 1 }],
];
const ELEMENTS: ReadonlyMap<string, ElementMeaning> = new Map(
  ELEMENT_GROUPS.flatMap(([elements, meaning]) =>
    elements.split(' ').map((element): [string, ElementMeaning] => [element, meaning]),
  ),
);

export const elementMeaning = (element: string): ElementMeaning | undefined => ELEMENTS.get(element);

/**
 * Brings a table that is laid out otherwise into one row a time and one column a quantity: elements in rows of their
 * own, values in tenths.
 * @throws Problem 'too-many-columns', 'file-too-large' where so many elements and times come out
 */
export function reshape(cells: ReadCells, file: string): ReadCells {
  const split = splitCodedCells(unrollGrid(cells));
  return scaleTensOfDegrees(scaleMultiples(scaleTenthsOfGhcn(spreadElements(split, file))));
}

/** How histories of Home Assistant and tables of InfluxDB name them. */
const HISTORY = {
  element: ['entity_id', 'statistic_id', '_field', 'sensor', 'metric'],
  value: ['state', 'mean', '_value'],
  date: ['last_changed', 'last_updated', 'start', '_time', 'timestamp'],
};
/** With more different times than this share of the rows each element has times of its own. */
const OWN_TIMES = 0.5;

/**
 * The time of each row as text. Elements that each have a time of their own, as from sensors that report when they
 * change, are laid on a round step in which each usually occurs once: there its first reading counts.
 */
function commonTimes(
  element: CellColumn,
  date: CellColumn,
): { readonly reasons: readonly Phrase[]; textOf(row: number): string } {
  const asTheyStand = { reasons: [], textOf: (row: number): string => date.textAt(row) };
  const different = new Set(Array.from({ length: date.length }, (_, row) => date.textAt(row))).size;
  const found = different > OWN_TIMES * date.length ? readTimeColumn(date, 0) : null;
  if (found === null) return asTheyStand;
  const { times, zone } = found;
  const last = new Map<string, number>();
  const between: number[] = [];
  times.forEach((time, row) => {
    const name = element.textAt(row);
    const step = Math.abs(time - (last.get(name) ?? NaN)) / 1000;
    if (step > 0) between.push(step);
    last.set(name, time);
  });
  if (last.size < 2 || between.length === 0) return asTheyStand;
  const middle = between.sort((a, b) => a - b)[between.length >> 1] ?? 0;
  const step = roundStepOver(middle);
  const iso = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
  return {
    reasons: [phrase('laid-on-step', { step: phrase('step', { label: labelOf(step) }) })],
    textOf: (row) => {
      const time = times[row] ?? NaN;
      if (Number.isNaN(time)) return date.textAt(row);
      return `${iso(Math.floor(time / step / 1000) * step * 1000)}${zone === 'UTC' ? 'Z' : (zone ?? '')}`;
    },
  };
}

/** Rows of station, date, element and value as one row a station and date. */
function spreadElements(cells: ReadCells, file: string): ReadCells {
  const names = cells.columns.map(({ name }) => name.trim().toLowerCase());
  const find = (...wanted: string[]): CellColumn | undefined =>
    cells.columns[names.findIndex((name) => wanted.includes(name))];
  const element = find('element', 'datatype', 'parameter', 'variable', 'element_code', ...HISTORY.element);
  const value = find('value', 'data_value', 'data value', 'wert', ...HISTORY.value);
  const date = find(
    'date',
    'datetime',
    'time',
    'datum',
    'dt',
    'yearmonthday',
    'year/month/day',
    ...HISTORY.date,
  );
  const quality = find('quality flag', 'q_flag', 'qflag', 'q-flag');
  const byName =
    element === undefined || value === undefined || date === undefined
      ? null
      : { element, value, date, unit: find('unit', 'units', 'einheit', 'unidad') };
  const shape = byName ?? longShape(cells.columns);
  return shape === null
    ? cells
    : spread(cells, { station: stationIn(cells, find, shape), ...shape }, quality, file);
}

/** By its name, or as the column that tells rows of one time and element apart. */
function stationIn(
  cells: ReadCells,
  find: (...wanted: string[]) => CellColumn | undefined,
  { element, value, date, unit }: Omit<LongShape, 'station'>,
): CellColumn | undefined {
  const named = find('station', 'id', 'stationid', 'station_id', 'stations_id');
  if (named !== undefined) return named;
  const rest = cells.columns.filter((column) => ![element, value, date, unit].includes(column));
  return stationOf(rest, element, date);
}

function spread(
  cells: ReadCells,
  { element, value, date, station, unit }: LongShape,
  quality: CellColumn | undefined,
  file: string,
): ReadCells {
  const dateAt = commonTimes(element, date);
  const scanner = new NumberScanner('.');
  const isGhcn = Array.from({ length: Math.min(50, cells.rows) }, (_, row) => element.textAt(row)).some(
    (text) => ELEMENTS.has(text),
  );
  const out = new Map<string, CellColumn>();
  const dates = new CellColumn(date.name, '.');
  const stations = new CellColumn(station?.name ?? 'Station', '.');
  const lines = new LineNumbers();
  const rowOf = new Map<string, number>();
  const readings: { element: string; row: number; value: number; missing: string }[] = [];
  const units = new Map<string, string>();
  let dropped = 0;
  for (let row = 0; row < cells.rows; row += 1) {
    const name = element.textAt(row).replace(/^sensor\./, '');
    const time = dateAt.textOf(row);
    const key = `${station?.textAt(row) ?? ''} ${time}`;
    let at = rowOf.get(key);
    if (at === undefined) {
      at = rowOf.size;
      rowOf.set(key, at);
      dates.push(time, scanner);
      if (station !== undefined) stations.pushCellOf(station, row);
      lines.push(cells.lines[row] ?? 0);
    }
    const told = unit?.textAt(row) ?? '';
    if (told !== '' && !units.has(name)) units.set(name, told);
    // A flag of quality says that the value failed a check.
    const failed = isGhcn && quality !== undefined && quality.kindAt(row) === WORD;
    const missing = value.kindAt(row) === MISSING_WORD ? value.textAt(row) : '';
    readings.push({ element: name, row: at, value: failed ? NaN : value.numberAt(row), missing });
  }
  const elements = new Set(readings.map((reading) => reading.element)).size;
  requireColumns(elements, file);
  requireCells(elements * rowOf.size, file);
  readings.sort((a, b) => a.row - b.row);
  for (const reading of readings) {
    const meaning = isGhcn ? ELEMENTS.get(reading.element) : undefined;
    const known =
      meaning === undefined
        ? unitOrigin(units.get(reading.element))
        : { meaning: { quantity: meaning.quantity, unit: meaning.unit } };
    let column = out.get(reading.element);
    if (column === undefined) {
      column = new CellColumn(reading.element, '.', known);
      out.set(reading.element, column);
    }
    while (column.length < reading.row) column.push('', scanner);
    if (column.length > reading.row) {
      dropped += 1;
      continue;
    }
    if (reading.missing !== '') {
      column.pushMissing(reading.missing);
      continue;
    }
    const scaled = reading.value === -9999 ? NaN : reading.value * (meaning?.factor ?? 1);
    column.pushNumber(Number(scaled.toPrecision(15)));
  }
  for (const column of out.values()) while (column.length < rowOf.size) column.push('', scanner);
  // Home Assistant writes a state when it changes; until the next it holds.
  const holds = element.name === 'entity_id' && value.name === 'state' && dateAt.reasons.length > 0;
  return {
    ...cells,
    format: {
      ...cells.format,
      reasons: [
        ...cells.format.reasons,
        phrase('elements-to-columns', { count: out.size }),
        ...dateAt.reasons,
        ...(holds ? [phrase('states-held')] : []),
        ...(dropped === 0 ? [] : [phrase('same-time', { count: dropped })]),
        ...(isGhcn ? [phrase('tenths')] : []),
      ],
    },
    columns: [
      ...(station === undefined ? [] : [stations]),
      dates,
      ...(holds ? [...out.values()].map((column) => heldStates(column, timesOf(dates))) : out.values()),
    ],
    rows: rowOf.size,
    lines: lines.toArray(),
  };
}

const timesOf = (dates: CellColumn): Float64Array =>
  Float64Array.from({ length: dates.length }, (_, row) => Date.parse(dates.textAt(row)));

const unitOrigin = (unit: string | undefined): ColumnOrigin => (unit === undefined ? {} : { unit });

/** GHCN-Daily with elements as columns: whole numbers, and among them temperatures that only tenths explain. */
function scaleTenthsOfGhcn(cells: ReadCells): ReadCells {
  const temperatures = cells.columns.filter(({ name }) => /^(TMAX|TMIN|TAVG|TOBS)$/.test(name));
  if (temperatures.length === 0 || !cells.columns.some(({ name }) => /^(STATION|PRCP)$/.test(name)))
    return cells;
  let largest = 0;
  for (const column of temperatures) {
    for (let row = 0; row < column.length; row += 1) {
      const value = column.numberAt(row);
      if (Number.isNaN(value) || Math.abs(value) >= 999) continue;
      if (!Number.isInteger(value)) return cells;
      largest = Math.max(largest, Math.abs(value));
    }
  }
  // No air has been warmer than 57 °C, or 135 °F.
  if (largest <= 135) return cells;
  const columns = cells.columns.map((column) => {
    const meaning = ELEMENTS.get(column.name);
    if (meaning === undefined) return column;
    const { quantity, unit, factor } = meaning;
    return column.scaled(factor, { meaning: { quantity, unit } });
  });
  return withReason({ ...cells, columns }, phrase('tenths'));
}

function scaleMultiples(cells: ReadCells): ReadCells {
  let scaled = 0;
  const columns = cells.columns.map((column) => {
    const { unit = '' } = column.origin;
    const { label, unit: inName } = partsOfName(column.name);
    const told = unit === '' ? inName : unit;
    // Visibility is given in tens of metres; in a wind's name 10 m is the height of its mast.
    const isTens = /^10 ?m$/.test(told) && toldMeaning(label).quantity === 'visibility';
    const multiple = isTens ? { unit: 'm', factor: 10 } : multipleOf(told);
    if (multiple === null || multiple.factor === 1 || !hasNumbers(column)) return column;
    scaled += 1;
    return column.scaled(multiple.factor, { ...column.origin, unit: multiple.unit });
  });
  return scaled === 0
    ? cells
    : withReason({ ...cells, columns }, phrase('multiples', { count: scaled, columns: columns.length }));
}

function hasNumbers(column: CellColumn): boolean {
  for (let row = 0; row < column.length; row += 1) if (column.kindAt(row) === NUMBER) return true;
  return false;
}

function withReason(cells: ReadCells, reason: Phrase): ReadCells {
  return { ...cells, format: { ...cells.format, reasons: [...cells.format.reasons, reason] } };
}
