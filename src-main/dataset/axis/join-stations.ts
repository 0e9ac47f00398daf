import { phrase } from '../../contract/phrases';
import { Problem } from '../../contract/problems';
import type { Series, TimeStep, Variable } from '../../contract/series';
import { addSteps } from '../time/time-step';

/** With more stations none of them has an input of its own: what is alike in all is learned. */
const MOST_TOLD_APART = 60;

/**
 * One series of several stations, one behind the other, all on the axis from the first reading of any to the last; rows
 * before and after a station's own are missing. Which station a row is of is told by an input for each.
 * @param column that tells them apart, by name
 * @param stations made by the same mapping
 * @throws Problem 'setting-invalid' where they have different steps, or lie at different times of day; 'forecasts-uneven'
 */
export function joinStations(column: string, stations: ReadonlyMap<string, Series>): Series {
  const all = [...stations.values()];
  const [first] = all;
  if (first === undefined) throw new RangeError('There is no station.');
  const { step } = first;
  if (all.some((each) => each.step.label !== step.label)) throw differing();
  requireSameForecasts(stations);
  const axis = axisOf(all, step);
  const slots = new Map([...axis].map((time, slot) => [time, slot]));
  const places = all.map(({ time }) =>
    Int32Array.from(time, (moment) => {
      const slot = slots.get(moment);
      if (slot === undefined) throw differing();
      return slot;
    }),
  );
  const rows = axis.length * all.length;
  const time = new Float64Array(rows);
  all.forEach((_, station) => time.set(axis, station * axis.length));
  const read = first.variables.map((variable, index): Variable => {
    const values = new Float32Array(rows).fill(NaN);
    const filled = new Uint8Array(rows);
    all.forEach(({ variables }, station) => {
      const own = variables[index]!;
      places[station]!.forEach((slot, row) => {
        values[station * axis.length + slot] = own.values[row]!;
        filled[station * axis.length + slot] = own.filled[row]!;
      });
    });
    return { ...variable, values, filled };
  });
  const names = [...stations.keys()];
  const told = names.length > MOST_TOLD_APART ? [] : names;
  const marks = told.map((name, station): Variable => {
    const values = new Float32Array(rows);
    values.fill(1, station * axis.length, (station + 1) * axis.length);
    const filled = new Uint8Array(rows);
    return { name: `${column} ${name}`, made: true, quantity: 'other', unit: '', values, filled };
  });
  return {
    ...first,
    time,
    variables: [...read, ...marks],
    inputs: [...first.inputs, ...marks.map((_, index) => read.length + index)],
    stations: names,
  };
}

/** Of each station a forecast is known at as many lead times as of all others. @throws Problem 'forecasts-uneven' */
function requireSameForecasts(stations: ReadonlyMap<string, Series>): void {
  const most = Math.max(...[...stations.values()].map(({ variables }) => variables.length));
  for (const [station, { variables }] of stations) {
    if (variables.length < most) throw new Problem('forecasts-uneven', { station });
  }
}

function axisOf(series: readonly Series[], step: TimeStep): Float64Array {
  let [from, to] = [Infinity, -Infinity];
  for (const { time } of series) {
    from = Math.min(from, time[0] ?? Infinity);
    to = Math.max(to, time[time.length - 1] ?? -Infinity);
  }
  const times: number[] = [];
  for (let count = 0; addSteps(from, count, step) <= to; count += 1) times.push(addSteps(from, count, step));
  return Float64Array.from(times);
}

const differing = (): Problem =>
  new Problem('setting-invalid', {
    setting: phrase('setting-step'),
    cause: phrase('clock-differs-stations'),
  });
