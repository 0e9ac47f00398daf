import {
  holdsWords,
  targetsOf,
  withStruck,
  type ColumnChoice,
  type ColumnMapping,
  type GapPolicy,
} from '../../contract/dataset';
import { Problem } from '../../contract/problems';
import { convertUnit } from '../../contract/quantities';
import { coversTime, type Struck } from '../../contract/readings';
import { FILLED, FILLED_BY_LATER } from '../../contract/series';
import type { CellColumn } from '../cells/columns';
import { fillDirections, fillGaps } from './fill-gaps';
import { faultsIn } from '../cells/faults';
import { readingsOf, withoutOutliers, type Readings } from '../cells/readings';
import {
  aggregationFor,
  amountsOfTotal,
  isAmount,
  isRunningTotal,
  partialSlots,
  resample,
  type Aggregation,
} from './resample';
import type { Slots } from './slots';
import type { RawTable } from '../cells/table';

/** Values on the time axis, NaN where none, and as `Variable.filled` what was repaired. */
export interface AxisValues {
  readonly values: Float64Array;
  readonly filled: Uint8Array;
}

/** The columns of a table on one regular time axis, holes mended by their policies and marked. */
export class AxisColumns {
  readonly #choices: ReadonlyMap<number, ColumnChoice>;
  /** Rows in holes of the time axis that are too long to be filled. */
  readonly #closedRows: Uint8Array;

  constructor(
    readonly table: RawTable,
    readonly mapping: ColumnMapping,
    readonly slots: Slots,
  ) {
    const { columns } = mapping.asRead === true ? withStruck(mapping, new Map()) : mapping;
    this.#choices = new Map(columns.map((choice) => [choice.index, choice]));
    this.#closedRows = longHoles(slots.rowCounts, mapping.gapLimit ?? Infinity);
  }

  nameOf = (index: number): string => columnAt(this.table, index).name;

  choiceOf(index: number): ColumnChoice {
    return (
      this.#choices.get(index) ?? {
        index,
        quantity: 'other',
        unit: '',
        useUnit: '',
        gapPolicy: 'linear',
        kept: [],
      }
    );
  }

  /**
   * Readings of a column in order of time, in the unit of the file; those that no weather gives, spikes and stuck runs are
   * missing, and those that were struck, unless the readings are wanted as they are. [rows]
   * @throws Problem 'column-unknown', 'target-words', 'column-words', 'column-empty', 'column-struck', 'column-constant'
   * (the target)
   */
  readings(index: number): Float64Array {
    const choice = this.choiceOf(index);
    const { quantity, unit, gapPolicy, struck } = choice;
    const column = columnAt(this.table, index);
    const readings = readingsOf(column, quantity, unit, this.slots.rows);
    const isTarget = targetsOf(this.mapping).includes(index);
    const mayBeEmpty = !isTarget && gapPolicy === 'zero';
    refuseUnusable(this.table, column, readings, { isTarget, mayBeEmpty });
    const weather = this.mapping.asRead === true ? readings.values : this.#withoutFaults(choice, readings);
    if (struck === undefined) return weather;
    const kept = withoutStruck(weather, this.slots.rowTimes, struck);
    if (!mayBeEmpty && kept.every(Number.isNaN)) throw new Problem('column-struck', { column: column.name });
    if (isTarget) refuseConstant(column, kept);
    return kept;
  }

  /** By the whole record, as its report and its marks have it, whatever part of it is used. */
  #withoutFaults({ index, quantity, unit, kept }: ColumnChoice, readings: Readings): Float64Array {
    if (kept === undefined) return withoutOutliers(readings);
    const { rows, rowTimes, order } = this.slots;
    const whole =
      rows.length === order.rows.length
        ? readings
        : readingsOf(columnAt(this.table, index), quantity, unit, order.rows);
    const { codes } = faultsIn(whole, order.times, { quantity, unit }, kept);
    const first = order.times.indexOf(rowTimes[0] ?? NaN);
    return readings.values.map((value, at) => (codes[first + at] === 0 ? value : NaN));
  }

  /** A column on the axis, by default in the unit and with the aggregation of its choice. */
  column(
    index: number,
    wanted: { readonly unit?: string; readonly aggregation?: Aggregation } = {},
  ): AxisValues {
    const { quantity, unit, useUnit, gapPolicy } = this.choiceOf(index);
    const isTotal = this.#isRunningTotal(index);
    const takesAmounts = isTotal && this.#isPerStep(index);
    const readings = takesAmounts ? this.#amounts(index) : this.readings(index);
    const aggregation = wanted.aggregation ?? aggregationFor(quantity, unit, isTotal && !takesAmounts);
    const to = wanted.unit ?? useUnit;
    const convert = (value: number): number => convertUnit(value, quantity, unit, to);
    const logged = this.loggedCounts(index);
    return this.onAxis(readings, aggregation, gapPolicy, unit === to ? undefined : convert, logged);
  }

  /** Rows in each step that were logged and not taken out of a column: an empty cell of theirs is one that was written. */
  loggedCounts(index: number): Uint32Array {
    const { struck } = this.choiceOf(index);
    const { rowCounts, slotOfRow, rowTimes } = this.slots;
    if (struck === undefined) return rowCounts;
    const counts = rowCounts.slice();
    slotOfRow.forEach((slot, at) => {
      if (coversTime(struck, rowTimes[at] ?? NaN)) counts[slot] = (counts[slot] ?? 0) - 1;
    });
    return counts;
  }

  /** By all dates of the file, so that it does not hang on those that are used. */
  #isRunningTotal(index: number): boolean {
    const { quantity, unit, runningTotal } = this.choiceOf(index);
    if (runningTotal !== undefined || !isAmount(quantity, unit)) return runningTotal ?? false;
    return isRunningTotal(readingsOf(columnAt(this.table, index), quantity, unit).values);
  }

  /** A target stays what it is: a forecast of a count is a count. */
  #isPerStep(index: number): boolean {
    return this.choiceOf(index).perStep ?? !targetsOf(this.mapping).includes(index);
  }

  #amounts(index: number): Float64Array {
    const { rowTimes, slotOfRow, logSeconds } = this.slots;
    return amountsOfTotal(this.readings(index), rowTimes, slotOfRow, logSeconds * 1000);
  }

  /**
   * Readings (one for each row of the axis' log, in order of time) on the axis. A step that holds too few of them to
   * speak for it counts as missing; where missing means zero its sum stands, and is marked.
   */
  onAxis(
    readings: Float64Array,
    aggregation: Aggregation,
    policy: GapPolicy,
    convert?: (value: number) => number,
    logged = this.slots.rowCounts,
  ): AxisValues {
    const { slotOfRow, time, isCoarser, rowCounts } = this.slots;
    const { values, counts } = resample(readings, slotOfRow, time.length, aggregation);
    const partial = isCoarser ? partialSlots(policy === 'zero' ? logged : counts) : null;
    if (partial !== null && policy !== 'zero') {
      partial.forEach((flag, slot) => {
        if (flag === 1) values[slot] = NaN;
      });
    }
    if (convert !== undefined) values.forEach((value, slot) => (values[slot] = convert(value)));
    const limit = this.mapping.gapLimit ?? Infinity;
    const fill = aggregation === 'direction' ? fillDirections : fillGaps;
    const filled = fill(values, policy, limit);
    if (policy === 'zero') {
      // The empty cell of a row that was logged means zero; where rows are missing the amount is unknown.
      filled.forEach((_, slot) => {
        filled[slot] = logged[slot] === 0 || partial?.[slot] === 1 ? FILLED : 0;
      });
    }
    this.#closedRows.forEach((flag, slot) => {
      if (flag === 1) {
        values[slot] = NaN;
        filled[slot] = 0;
      } else if (filled[slot] !== 0 && rowCounts[slot] === 0 && limit !== Infinity) {
        filled[slot] = FILLED_BY_LATER;
      }
    });
    return { values, filled };
  }
}

/** 1 in the rows of holes that are longer than `limit` rows: steps without any row of the file. */
export function longHoles(rowCounts: Uint32Array, limit: number): Uint8Array {
  const closed = new Uint8Array(rowCounts.length);
  let start = 0;
  for (let slot = 0; slot <= rowCounts.length; slot += 1) {
    if (rowCounts[slot] === 0) continue;
    if (slot - start > limit) closed.fill(1, start, slot);
    start = slot + 1;
  }
  return closed;
}

export function columnAt(table: RawTable, index: number): CellColumn {
  const column = table.columns[index];
  if (column !== undefined) return column;
  const columns = table.columns.map(({ name }) => name).join(', ');
  throw new Problem('column-unknown', { column: String(index + 1), columns });
}

/** @param mayBeEmpty an input whose empty cells mean zero: a dry fortnight leaves no rain to read */
function refuseUnusable(
  table: RawTable,
  column: CellColumn,
  readings: Readings,
  { isTarget, mayBeEmpty }: { readonly isTarget: boolean; readonly mayBeEmpty: boolean },
): void {
  if (holdsWords(readings)) {
    const line = table.lines[readings.firstWordRow] ?? 0;
    const text = column.textAt(readings.firstWordRow).slice(0, 80);
    throw new Problem(isTarget ? 'target-words' : 'column-words', { column: column.name, line, text });
  }
  if (readings.count === 0 && !mayBeEmpty) throw new Problem('column-empty', { column: column.name });
  if (isTarget) refuseConstant(column, readings.values);
}

function refuseConstant({ name }: CellColumn, values: Float64Array): void {
  const value = values.find((reading) => !Number.isNaN(reading)) ?? NaN;
  if (values.every((reading) => Number.isNaN(reading) || reading === value)) {
    throw new Problem('column-constant', { column: name, value });
  }
}

const withoutStruck = (values: Float64Array, times: Float64Array, struck: Struck): Float64Array =>
  values.map((value, at) => (coversTime(struck, times[at] ?? NaN) ? NaN : value));
