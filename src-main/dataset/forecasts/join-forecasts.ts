import type { ReadingOptions } from '../../contract/dataset';
import type { ForecastFile, ForecastJoin } from '../../contract/forecast-join';
import { Problem } from '../../contract/problems';
import type { TimeStep } from '../../contract/series';
import { orderByTime, usualStep } from '../time/time-step';
import { ForecastLookup, knownFrom, type ForecastAxis } from '../axis/forecast-lookup';
import { aggregationFor } from '../axis/resample';
import { CellColumn } from '../cells/columns';
import { meaningsOf } from '../cells/column-meanings';
import { readingsOf } from '../cells/readings';
import type { ForecastArchive, ForecastAspect, ForecastColumn, RawTable } from '../cells/table';
import type { Meaning } from '../cells/units';
import type { ReadFile } from '../readers/join-tables';
import { requireColumns } from '../readers/limits';
import { PREFIX } from './archive-csv';
import { hoursByCourse, offsetOfZone, offsetToldAbove } from './clock';
import { readForecasts, type ForecastPart } from './forecast-file';
import { ofSameStation } from './of-station';

const HOUR = 3_600_000;
/** Where a step of the readings holds this many forecasts, their highest and lowest tell more than their mean. */
const MANY_A_STEP = 3;
/** Seconds from one reading to the next up to which their course tells the hour. */
const MOST_BY_COURSE = 3 * 3600;

/** A column of all files together. */
interface WholeColumn extends ForecastColumn {
  readonly name: string;
  readonly meaning: Meaning;
}

/**
 * The readings with the forecasts of a weather service beside them, by time: in the row of each reading stands what was
 * forecast for it one step before; all else of the forecasts is kept as the archive.
 * @throws Problem 'forecasts-no-time', 'forecasts-no-issue', 'forecasts-no-station', 'forecasts-apart' where no forecast is for the time of a reading
 */
export function joinForecasts(
  table: RawTable,
  readings: readonly ReadFile[],
  files: readonly ReadFile[],
  options: ReadingOptions,
): RawTable {
  const parts = files.map((file) => {
    const part = readForecasts(ofSameStation(file, table), options);
    if (part === null) throw new Problem('forecasts-no-time', { file: file.source.fileName });
    return part;
  });
  const time = table.time;
  const order = orderByTime(time?.times ?? new Float64Array(0));
  const step = usualStep(order.times);
  if (time === null || step === null) throw new Problem('no-time-column', { file: table.source.fileName });
  const ahead =
    offsetOfZone(time.zone, order.times) ??
    readings.map(({ head }) => offsetToldAbove(head)).find((each) => each !== null) ??
    null;
  const placed = parts.map((part) => ({ part, ...shiftOf(part, ahead, table, step, options) }));
  const { entries, columns } = gather(placed);
  const axis: ForecastAxis = { step, isCoarser: false };
  const whole = columns.flatMap((column) => aspectsOf(column, entries.stepSeconds, step.seconds));
  requireColumns(table.columns.length + whole.length, table.source.fileName);
  const own = {
    ...entries,
    columns: new Map(whole.map((column, at) => [table.columns.length + at, column])),
  };
  const lookup = new ForecastLookup(own, axis);
  const said = whole.map((column) => oneStepBefore(lookup, column, time.times, axis));
  const join = reportOf(own, placed, said, time.times, order.times, table.columns.length, parts);
  if (join.range === null) throw apart(table, order.times, own, parts);
  return {
    ...table,
    columns: [...table.columns, ...whole.map((column, at) => cellsOf(column, said[at]!))],
    archive: own,
    forecasts: join,
    files: [...table.files, ...parts.map(({ fileName, rows }) => ({ fileName, rows }))],
    bytes: table.bytes + files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

interface Shift {
  /** Milliseconds. */
  readonly shift: number;
  readonly clock: ForecastFile['clock'];
}
type Placed = Shift & { readonly part: ForecastPart };

function shiftOf(
  part: ForecastPart,
  ahead: number | null,
  table: RawTable,
  step: TimeStep,
  options: ReadingOptions,
): Shift {
  const { forecastHours } = options;
  if (part.isOfOwnClock) return { shift: 0, clock: 'same' };
  if (forecastHours !== null) return { shift: forecastHours * HOUR, clock: 'chosen' };
  if (part.ahead !== null && ahead !== null) {
    const shift = ahead - part.ahead;
    return { shift, clock: shift === 0 ? 'same' : 'told' };
  }
  // Readings of a day tell of no hour.
  if (step.seconds > MOST_BY_COURSE) return { shift: 0, clock: 'same' };
  const shift = hoursByCourse(...courses(part, table)) * HOUR;
  return { shift, clock: shift === 0 ? 'same' : 'course' };
}

/** Readings and forecasts of what both tell, by time: of the temperature where they do. */
function courses(
  part: ForecastPart,
  table: RawTable,
): readonly [readings: ReadonlyMap<number, number>, forecasts: ReadonlyMap<number, number>] {
  const meanings = meaningsOf(table.columns);
  const times = table.time?.times ?? new Float64Array(0);
  const sameAs = ({ meaning }: ForecastPart['columns'][number]): number =>
    meanings.findIndex(({ quantity }) => quantity !== 'other' && quantity === meaning.quantity);
  const shared = part.columns.filter((column) => sameAs(column) >= 0);
  const told = shared.find(({ meaning }) => meaning.quantity === 'temperature') ?? shared[0];
  const readings = new Map<number, number>();
  const forecasts = new Map<number, number>();
  if (told === undefined) return [readings, forecasts];
  const place = sameAs(told);
  const { quantity, unit } = meanings[place]!;
  readingsOf(table.columns[place]!, quantity, unit).values.forEach((value, row) => {
    if (!Number.isNaN(value)) readings.set(times[row]!, value);
  });
  // The newest of each time comes last.
  const order = Array.from(part.valid.keys()).sort((a, b) => part.issued[a]! - part.issued[b]!);
  for (const row of order) {
    const value = told.values[row]!;
    if (!Number.isNaN(value)) forecasts.set(part.valid[row]!, value);
  }
  return [readings, forecasts];
}

interface Gathered {
  readonly entries: Omit<ForecastArchive, 'columns'>;
  readonly columns: readonly WholeColumn[];
}

/** All forecasts in order; of one that stands in several files the first counts, column by column. */
function gather(placed: readonly Placed[]): Gathered {
  const rows = placed.flatMap(({ part, shift }, file) =>
    Array.from(part.valid, (valid, row) => ({
      valid: valid + shift,
      issued: part.issued[row]! + shift,
      file,
      row,
    })),
  );
  const known = rows
    .filter(({ valid, issued }) => valid > issued)
    .sort((a, b) => a.valid - b.valid || a.issued - b.issued || a.file - b.file);
  const place = new Int32Array(known.length);
  const firsts: (typeof known)[number][] = [];
  known.forEach((each, at) => {
    const before = firsts.at(-1);
    if (before?.valid !== each.valid || before.issued !== each.issued) firsts.push(each);
    place[at] = firsts.length - 1;
  });
  const names = [...new Set(placed.flatMap(({ part }) => part.columns.map(({ name }) => name)))];
  const columns = names.map((name): WholeColumn => {
    const own = placed.map(({ part }) => part.columns.find((column) => column.name === name));
    const values = new Float64Array(firsts.length).fill(NaN);
    known.forEach(({ file, row }, at) => {
      const entry = place[at]!;
      if (Number.isNaN(values[entry])) values[entry] = own[file]?.values[row] ?? NaN;
    });
    const { meaning } = own.find((column) => column !== undefined)!;
    return { name: `${PREFIX}${name}`, meaning, values, aspect: 'usual' };
  });
  const valid = Float64Array.from(firsts, (each) => each.valid);
  const issued = Float64Array.from(firsts, (each) => each.issued);
  const distinct = valid.filter((time, at) => at === 0 || time !== valid[at - 1]);
  return { entries: { valid, issued, stepSeconds: usualStep(distinct)?.seconds ?? 3600 }, columns };
}

/** Of what rises and falls within a step of the readings its highest and lowest too. */
function aspectsOf(column: WholeColumn, stepSeconds: number, readingsStep: number): readonly WholeColumn[] {
  const isMany = readingsStep >= MANY_A_STEP * stepSeconds;
  if (!isMany || column.meaning.quantity !== 'temperature') return [column];
  const named = (aspect: ForecastAspect, word: string): WholeColumn => ({
    ...column,
    aspect,
    name: `${PREFIX}${word} ${column.name.slice(PREFIX.length)}`,
  });
  return [column, named('highest', 'highest'), named('lowest', 'lowest')];
}

/** For each row what was forecast for it when the row before was known. */
function oneStepBefore(
  lookup: ForecastLookup,
  { values, aspect, meaning }: WholeColumn,
  times: Float64Array,
  axis: ForecastAxis,
): Float64Array {
  const usual = aggregationFor(meaning.quantity, meaning.unit, false);
  const aggregation = aspect === 'usual' ? usual : aspect === 'highest' ? 'max' : 'min';
  const length = axis.step.seconds * 1000;
  return times.map((time) =>
    Number.isNaN(time) ? NaN : lookup.at(values, time, knownFrom(time - length, axis), aggregation),
  );
}

function cellsOf({ name, meaning }: WholeColumn, said: Float64Array): CellColumn {
  const column = new CellColumn(name, '.', { meaning });
  // As precise as services write: what lies between two forecasts has no more digits.
  for (const value of said) column.pushNumber(Number(value.toPrecision(6)));
  return column;
}

function reportOf(
  archive: ForecastArchive,
  placed: readonly Placed[],
  said: readonly Float64Array[],
  times: Float64Array,
  ordered: Float64Array,
  first: number,
  parts: readonly ForecastPart[],
): ForecastJoin {
  let [matched, unmatched, from, to] = [0, 0, Infinity, -Infinity];
  times.forEach((time, row) => {
    if (Number.isNaN(time)) return;
    if (said.every((values) => Number.isNaN(values[row]))) {
      unmatched += 1;
      return;
    }
    matched += 1;
    from = Math.min(from, time);
    to = Math.max(to, time);
  });
  const { valid, issued } = archive;
  const without = { before: 0, after: 0, between: 0 };
  const [start, end] = [ordered[0] ?? NaN, ordered.at(-1) ?? NaN];
  const read = new Set(ordered);
  let leadSeconds = 0;
  valid.forEach((time, at) => {
    leadSeconds = Math.max(leadSeconds, (time - issued[at]!) / 1000);
    if (at > 0 && time === valid[at - 1]) return;
    if (time < start) without.before += 1;
    else if (time > end) without.after += 1;
    else if (!read.has(time)) without.between += 1;
  });
  return {
    files: placed.map(fileOf),
    columns: said.map((_, at) => first + at),
    passedOver: [...new Set(parts.flatMap((part) => part.passedOver))],
    stepSeconds: archive.stepSeconds,
    leadSeconds,
    matched,
    unmatched,
    range: matched === 0 ? null : { from, to },
    without,
  };
}

function fileOf({ part, shift, clock }: Placed): ForecastFile {
  const { fileName, kind, rows, issued, valid } = part;
  const rangeOf = (times: Float64Array): { readonly from: number; readonly to: number } => {
    const { times: ordered } = orderByTime(times);
    return { from: (ordered[0] ?? 0) + shift, to: (ordered.at(-1) ?? 0) + shift };
  };
  return {
    fileName,
    kind,
    rows,
    runs: orderByTime(issued).times.length,
    issued: rangeOf(issued),
    valid: rangeOf(valid),
    hours: shift / HOUR,
    clock,
  };
}

function apart(
  { source }: RawTable,
  readings: Float64Array,
  { valid }: ForecastArchive,
  parts: readonly ForecastPart[],
): Problem {
  const day = (time: number | undefined): string => new Date(time ?? 0).toISOString().slice(0, 10);
  return new Problem('forecasts-apart', {
    file: source.fileName,
    forecasts: parts.map(({ fileName }) => fileName).join(', '),
    from: day(readings[0]),
    to: day(readings.at(-1)),
    first: day(valid[0]),
    last: day(valid.at(-1)),
  });
}
