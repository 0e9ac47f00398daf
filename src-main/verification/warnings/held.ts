import type { WeatherEvent } from '../../contract/events';
import { physicalRange } from '../../contract/quantities';
import { observationsOf, type Series, type Variable } from '../../contract/series';

/** The column that an event is about. @throws RangeError where the series has none of this name */
export function variableOf({ variables }: Series, { column }: WeatherEvent): Variable {
  const variable = variables.find(({ name }) => name === column);
  if (variable === undefined) throw new RangeError(`The series has no “${column}”.`);
  return variable;
}

/**
 * What is held against the threshold.
 * @param at the value at a lead time; 0 is the first
 * @param last the last reading before them
 * @returns NaN where one of the values that count is
 */
export function heldValue({ of, lead }: WeatherEvent, at: (lead: number) => number, last: number): number {
  if (of === 'value') return at(lead - 1);
  if (of === 'change') return at(lead - 1) - last;
  const values = Array.from({ length: lead }, (_, index) => at(index));
  if (of === 'lowest') return Math.min(...values);
  if (of === 'highest') return Math.max(...values);
  return values.reduce((sum, value) => sum + value, 0);
}

/** The same after each of these windows, by what was read; NaN where something was not. */
export function heldAfter(
  series: Series,
  event: WeatherEvent,
  window: number,
  starts: Int32Array,
): Float64Array {
  const variable = variableOf(series, event);
  const observed = observationsOf(variable);
  return Float64Array.from(starts, (start) => {
    const first = start + window;
    return heldValue(event, (lead) => observed[first + lead]!, variable.values[first - 1]!);
  });
}

/** Whether a value is the event. A reading of 1.0 is at least 1, though as float32 it may be a hair below. */
export function isEvent({ comparison, threshold }: WeatherEvent, value: number): boolean {
  const [held, limit] = [Math.fround(value), Math.fround(threshold)];
  if (comparison === '<') return held < limit;
  if (comparison === '<=') return held <= limit;
  return comparison === '>' ? held > limit : held >= limit;
}

/** Between what lies what is held against the threshold. */
export function limitsOf(series: Series, event: WeatherEvent): readonly [minimum: number, maximum: number] {
  const { quantity, unit } = variableOf(series, event);
  const [least, most] = physicalRange(quantity, unit);
  if (event.of === 'change') return [least - most, most - least];
  return event.of === 'sum' ? [least * event.lead, most * event.lead] : [least, most];
}

/** The column's last reading before row `end`. */
export function lastReading(series: Series, event: WeatherEvent, end: number): number {
  return variableOf(series, event).values[end - 1]!;
}
