import { FILLED, FILLED_BY_LATER, type Series, type Variable } from '../contract/series';
import { shortestDecimal } from '../series';
import { csvCell, csvText, formatTime, nameWithUnit } from './csv';
import { Malformed, phrase } from '../contract/phrases';

/** What series.csv leaves out of its series: forecaster.json has it. */
export interface SeriesHeader extends Pick<Series, 'step' | 'inputs' | 'target'> {
  readonly rows: number;
  readonly variables: readonly (Pick<Variable, 'name' | 'quantity' | 'unit'> & {
    readonly lead?: number | undefined;
  })[];
  readonly service?: readonly number[] | undefined;
}

const ROWS_AT_A_TIME = 5_000;
const TIME_FORM = /^(\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?$/;

/**
 * A series as CSV: the time, then each variable, then for each variable whether its value was read (0) or filled (1, or
 * 2 where later readings were used too). A missing value is an empty cell. Numbers read back to the same bits; a name
 * that a spreadsheet would take for a formula has an apostrophe before it (forecaster.json has the names as they are).
 */
export function seriesToCsv(series: Series): Buffer {
  const { time, variables } = series;
  const parts = [Buffer.from(headerLine(variables, csvText))];
  for (let from = 0; from < time.length; from += ROWS_AT_A_TIME) {
    const lines: string[] = [];
    for (let row = from; row < Math.min(from + ROWS_AT_A_TIME, time.length); row++) {
      const cells = [
        formatTime(time[row]!),
        ...variables.map(({ values }) => formatValue(values[row]!)),
        ...variables.map(({ filled }) => String(filled[row]!)),
      ];
      lines.push(`${cells.join(',')}\n`);
    }
    parts.push(Buffer.from(lines.join('')));
  }
  return Buffer.concat(parts);
}

/** The series that `seriesToCsv` wrote, of one target. @throws Malformed */
export function seriesFromCsv(text: string, header: SeriesHeader): Series {
  const { rows, variables, step, inputs, target, service } = header;
  // Up to version 1 of forecaster.json the names stood there as they are.
  const firstLine = [csvText, csvCell]
    .map((cell) => headerLine(variables, cell))
    .find((line) => text.startsWith(line));
  if (firstLine === undefined) throw new Malformed(phrase('csv-header'));

  const time = new Float64Array(rows);
  const read = variables.map(({ name, quantity, unit, lead }) => ({
    name,
    quantity,
    unit,
    ...(lead === undefined ? {} : { lead }),
    values: new Float32Array(rows),
    filled: new Uint8Array(rows),
  }));
  let start = firstLine.length;
  for (let row = 0; row < rows; row++) {
    const end = text.indexOf('\n', start);
    const cells = end < 0 ? [] : text.slice(start, end).split(',');
    if (cells.length !== 1 + 2 * variables.length)
      throw new Malformed(phrase('csv-row-incomplete', { row: row + 1 }));
    time[row] = parseTime(cells[0]!);
    if (row > 0 && time[row]! <= time[row - 1]!)
      throw new Malformed(phrase('csv-row-order', { row: row + 1 }));
    read.forEach(({ values, filled }, index) => {
      values[row] = parseValue(cells[1 + index]!);
      filled[row] = parseMark(cells[1 + variables.length + index]!);
    });
    start = end + 1;
  }
  if (start !== text.length) throw new Malformed(phrase('csv-more-rows', { rows }));
  const told = service === undefined ? {} : { service };
  return { time, step, variables: read, inputs, target, alsoTargets: [], ...told };
}

function headerLine(variables: SeriesHeader['variables'], cell: (name: string) => string): string {
  const names = [
    'time',
    ...variables.map(({ name, unit }) => nameWithUnit(name, unit)),
    ...variables.map(({ name }) => `${name} filled`),
  ];
  // Half a pair of UTF-16 is written as the mark of what is no character; so it is compared.
  return Buffer.from(`${names.map(cell).join(',')}\n`).toString('utf8');
}

function formatValue(value: number): string {
  if (Number.isNaN(value)) return '';
  return Object.is(value, -0) ? '-0' : String(shortestDecimal(value));
}

function parseValue(cell: string): number {
  if (cell === '') return NaN;
  const value = Math.fround(Number(cell));
  if (!Number.isFinite(value)) throw new Malformed(phrase('no-number', { text: cell.slice(0, 40) }));
  return value;
}

function parseMark(cell: string): number {
  const mark = ['0', String(FILLED), String(FILLED_BY_LATER)].indexOf(cell);
  if (mark < 0) throw new Malformed(phrase('no-mark', { text: cell.slice(0, 40) }));
  return mark;
}

function parseTime(cell: string): number {
  const time = TIME_FORM.test(cell) ? Date.parse(`${cell}Z`) : NaN;
  if (Number.isNaN(time)) throw new Malformed(phrase('no-time', { text: cell.slice(0, 40) }));
  return time;
}
