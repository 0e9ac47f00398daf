import type { ColumnReading } from '../../contract/dataset';
import { Problem } from '../../contract/problems';
import { coversTime, READING_MARKS, type ReadingMark } from '../../contract/readings';
import { beat } from '../../processes/heartbeat';
import { AxisColumns, columnAt } from '../axis/axis-columns';
import { slotsOf, timesOf } from '../axis/make-series';
import type { Slots } from '../axis/slots';
import { FAULTS, faultsIn } from '../cells/faults';
import { readingsOf } from '../cells/readings';
import type { RawTable } from '../cells/table';
import { orderByTime, usualStep, type TimeOrder } from '../time/time-step';
import type { OrderedReadings } from './reduce';

/** The rows of a table in order of time, as every column of it is drawn on. */
export interface TableTimes {
  readonly order: TimeOrder;
  /** Rows left out since a row before has their time, in order of time. */
  readonly repeatedRows: Uint32Array;
  readonly repeatedTimes: Float64Array;
  /** Two readings further apart are not joined: one and a half of the usual step, in milliseconds. */
  readonly breakAfter: number;
  /** The step of the file with its holes; null where that is too long. */
  readonly slots: Slots | null;
}

/** The readings of a column, each with its mark. */
export interface MarkedColumn {
  readonly name: string;
  /** One for each time; those that stand first where several do. */
  readonly readings: OrderedReadings;
  /** The place of its mark in `READING_MARKS` and 1; 0 for none. */
  readonly marks: Uint8Array;
  /** The codes that are among them. */
  readonly codes: ReadonlySet<number>;
  /** Readings left out since a row before has their time. */
  readonly repeated: OrderedReadings;
  /** What stands where nothing was read, by the gap policy and on the step of the file. */
  readonly filled: OrderedReadings;
  /** Whether spikes and stuck runs count as missing: not in mappings from before they did. */
  readonly faultsAreMissing: boolean;
  readonly breakAfter: number;
}

export const codeOf = (mark: ReadingMark): number => READING_MARKS.indexOf(mark) + 1;
const STRUCK = codeOf('struck');
const LINE_BREAK_STEPS = 1.5;

/** @throws Problem 'no-time-column' */
export function timesOfTable(table: RawTable, time: number): TableTimes {
  const times = timesOf(table, time);
  const order = orderByTime(times);
  const isTaken = new Uint8Array(times.length);
  for (const row of order.rows) isTaken[row] = 1;
  const repeatedRows = Uint32Array.from({ length: order.duplicates });
  let count = 0;
  for (let row = 0; row < times.length && count < order.duplicates; row += 1) {
    if (isTaken[row] === 1 || Number.isNaN(times[row] ?? NaN)) continue;
    repeatedRows[count] = row;
    count += 1;
  }
  repeatedRows.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  beat();
  return {
    order,
    repeatedRows,
    repeatedTimes: Float64Array.from(repeatedRows, (row) => times[row] ?? NaN),
    breakAfter: LINE_BREAK_STEPS * 1000 * (usualStep(order.times)?.seconds ?? Infinity),
    slots: slotsOfLog(table, time),
  };
}

function slotsOfLog(table: RawTable, time: number): Slots | null {
  try {
    return slotsOf(table, soleMapping(time, null));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return null;
  }
}

/** A mapping of the file as it stands, with at most one column. */
function soleMapping(time: number, reading: ColumnReading | null): Parameters<typeof slotsOf>[1] {
  const index = reading?.choice.index ?? time;
  return {
    time,
    // No column is the target: that one may be all of one value.
    target: time,
    alsoTargets: [],
    inputs: [index],
    columns: reading === null ? [] : [reading.choice],
    from: null,
    to: null,
    stepSeconds: null,
    gapLimit: reading?.gapLimit ?? null,
    derived: [],
    sun: null,
  };
}

/** @throws Problem 'column-unknown' */
export function markColumn(table: RawTable, reading: ColumnReading, times: TableTimes): MarkedColumn {
  const { quantity, unit, index, struck = [], kept } = reading.choice;
  const { order, repeatedRows, repeatedTimes, breakAfter, slots } = times;
  const column = columnAt(table, index);
  const read = readingsOf(column, quantity, unit, order.rows);
  beat();
  const marks = new Uint8Array(order.rows.length);
  const { codes } = faultsIn(read, order.times, { quantity, unit }, kept ?? []);
  read.values.forEach((value, at) => {
    if (Number.isNaN(value)) return;
    const fault = FAULTS[(codes[at] ?? 0) - 1];
    if (fault !== undefined) marks[at] = codeOf(fault);
    if (struck.length > 0 && coversTime(struck, order.times[at] as number)) marks[at] = STRUCK;
  });
  beat();
  return {
    name: column.name,
    readings: { times: order.times, values: Float32Array.from(read.values) },
    marks,
    codes: new Set(marks),
    repeated: withoutNone({
      times: repeatedTimes,
      values: Float32Array.from(readingsOf(column, quantity, unit, repeatedRows).values),
    }),
    filled: slots === null ? NOTHING : filledOf(table, reading, slots),
    faultsAreMissing: kept !== undefined,
    breakAfter,
  };
}

const NOTHING: OrderedReadings = { times: new Float64Array(0), values: new Float32Array(0) };

function withoutNone({ times, values }: OrderedReadings): OrderedReadings {
  const isThere = (_: number, at: number): boolean => !Number.isNaN(values[at]);
  return { times: times.filter(isThere), values: values.filter(isThere) };
}

/** Nothing where the column cannot be laid on the axis: all of it is struck, or empty. */
function filledOf(table: RawTable, reading: ColumnReading, slots: Slots): OrderedReadings {
  const { index, unit } = reading.choice;
  try {
    const columns = new AxisColumns(table, soleMapping(reading.time, reading), slots);
    const { values, filled } = columns.column(index, { unit });
    const isFilled = (_: number, slot: number): boolean => filled[slot] !== 0;
    return { times: slots.time.filter(isFilled), values: Float32Array.from(values.filter(isFilled)) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return NOTHING;
  }
}
