import type { TimeStep } from '../../contract/series';
import { addSteps, isMonthly } from '../time/time-step';
import type { ForecastArchive } from '../cells/table';
import { resample, type Aggregation } from './resample';

const HOUR = 3_600_000;
const DAY_SECONDS = 86_400;
/** Between two valid times that lie no further apart a forecast is taken to go straight on. */
const LONGEST_REACH = 6 * HOUR;
/** A step of the axis needs this share of its forecasts. */
const LEAST_SHARE = 0.75;

/** The part of an axis that forecasts are looked up by. */
export interface ForecastAxis {
  readonly step: TimeStep;
  /** Whether each step gathers several readings. */
  readonly isCoarser: boolean;
}

/**
 * When all of a row of the axis is known: of readings of a moment at that moment, of a day, or of a step that gathers several
 * readings, at its end.
 */
export function knownFrom(time: number, { step, isCoarser }: ForecastAxis): number {
  return isCoarser || step.seconds >= DAY_SECONDS ? addSteps(time, 1, step) : time;
}

/** Looks up what was forecast, of what had been issued by then. */
export class ForecastLookup {
  readonly #archive: ForecastArchive;
  readonly #axis: ForecastAxis;
  readonly #gathers: boolean;

  constructor(archive: ForecastArchive, axis: ForecastAxis) {
    this.#archive = archive;
    this.#axis = axis;
    this.#gathers =
      (axis.isCoarser || axis.step.seconds >= DAY_SECONDS) && archive.stepSeconds < axis.step.seconds;
  }

  /**
   * The forecast for a row of the axis, of those that were issued at `known` or before; NaN where there was none.
   * @param aggregation how those of one step become one
   */
  at(values: Float64Array, row: number, known: number, aggregation: Aggregation): number {
    if (!this.#gathers) return this.#between(values, row, known, aggregation);
    const { step } = this.#axis;
    const length = this.#archive.stepSeconds * 1000;
    const end = addSteps(row, 1, step);
    const count = Math.round((end - row) / length);
    // Valid times of a day may begin at 00:00 or at half past.
    const first = this.#firstFrom(row);
    const start = Math.min(this.#archive.valid[first] ?? row, row + length - 1);
    const found: number[] = [];
    for (let at = start; at < end; at += length) {
      const value = this.#between(values, at, known, aggregation);
      if (!Number.isNaN(value)) found.push(value);
    }
    if (found.length < LEAST_SHARE * count || found.length === 0) return NaN;
    const all = Float64Array.from(found);
    return resample(all, new Uint32Array(all.length), 1, aggregation).values[0]!;
  }

  /** For a moment: as it was forecast, or between the forecasts for the moments around it. */
  #between(values: Float64Array, moment: number, known: number, aggregation: Aggregation): number {
    const first = this.#firstFrom(moment);
    const exact = this.#newest(values, first, moment, known);
    if (!Number.isNaN(exact) || aggregation === 'sum' || isMonthly(this.#axis.step)) return exact;
    const reach = Math.max(LONGEST_REACH, this.#archive.stepSeconds * 1000);
    const after = this.#nearest(values, first, 1, moment + reach, known);
    if (after === null) return NaN;
    const before = this.#nearest(values, first - 1, -1, after.valid - reach, known);
    if (before === null) return NaN;
    if (aggregation === 'direction') return before.value;
    const share = (moment - before.valid) / (after.valid - before.valid);
    return before.value + share * (after.value - before.value);
  }

  #nearest(
    values: Float64Array,
    from: number,
    direction: 1 | -1,
    limit: number,
    known: number,
  ): { readonly valid: number; readonly value: number } | null {
    const { valid, issued } = this.#archive;
    let best: { valid: number; value: number } | null = null;
    for (let at = from; at >= 0 && at < valid.length; at += direction) {
      const time = valid[at]!;
      if (best !== null && time !== best.valid) break;
      if (direction * (time - limit) > 0) break;
      if (issued[at]! > known || Number.isNaN(values[at])) continue;
      best = { valid: time, value: values[at]! };
      // Backwards the newest of one valid time comes first, forwards last.
      if (direction === -1) break;
    }
    return best;
  }

  /** The newest for a valid time. @param first the first entry that is not before it */
  #newest(values: Float64Array, first: number, time: number, known: number): number {
    const { valid, issued } = this.#archive;
    let value = NaN;
    for (let at = first; at < valid.length && valid[at] === time && issued[at]! <= known; at += 1) {
      if (!Number.isNaN(values[at])) value = values[at]!;
    }
    return value;
  }

  #firstFrom(time: number): number {
    const { valid } = this.#archive;
    let [low, high] = [0, valid.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (valid[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
