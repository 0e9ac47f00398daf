import { describe, expect, it } from 'vitest';
import type { Series, Variable } from '../contract/series';
import { withServiceErrors } from './service';
import { fixtureSeries, HOURLY, noise } from './series.fixture';

const DAYS = 90;
const NAMES = [1, 3, 7, 20, 60].map((length) => `service error ${length}`);

/** A target and its service, which says in each row what it thinks of the next. */
function serviced(changed: (row: number) => number = () => 0, step?: Series['step']): Series {
  const target = noise(DAYS, 3);
  const said = Float64Array.from(noise(DAYS, 5), (value, row) => value + changed(row));
  const series = fixtureSeries(
    [
      { name: 'service', values: said },
      { name: 'temperature', values: Float64Array.from(target, (value, row) => value + changed(row)) },
    ],
    step === undefined ? {} : { step },
  );
  const variables = series.variables.map((variable, index) =>
    index === 0 ? { ...variable, lead: 1 } : variable,
  );
  return { ...series, variables, service: [0] };
}

const made = (series: Series): readonly Variable[] =>
  series.variables.filter(({ name }) => NAMES.includes(name));

describe('the mean errors of a weather service among the inputs', () => {
  it('are those of the last forecasts that were verified by the row', () => {
    const series = withServiceErrors(serviced());
    const [service, target] = series.variables;
    expect(made(series).map(({ name }) => name)).toEqual(NAMES);
    expect(series.inputs).toHaveLength(2 + NAMES.length);
    const errorAt = (row: number): number => service!.values[row - 1]! - target!.values[row]!;
    for (const [place, length] of [1, 3, 7, 20, 60].entries()) {
      const row = 70;
      const errors = Array.from({ length }, (_, back) => errorAt(row - back));
      const mean = errors.reduce((sum, error) => sum + error, 0) / length;
      expect(made(series)[place]!.values[row]).toBeCloseTo(mean, 5);
    }
    expect(made(series).map(({ values }) => values[0])).toEqual(NAMES.map(() => 0));
  });

  it('know nothing of a later row', () => {
    const before = made(withServiceErrors(serviced()));
    const after = made(withServiceErrors(serviced((row) => (row > 50 ? 30 - row : 0))));
    before.forEach(({ values }, place) => {
      expect(after[place]!.values.slice(0, 51)).toEqual(values.slice(0, 51));
      expect(after[place]!.values.slice(51)).not.toEqual(values.slice(51));
    });
  });

  it('are not learned from what was filled', () => {
    const series = serviced();
    const filled = series.variables[1]!.filled.slice();
    filled[60] = 2;
    const target = { ...series.variables[1]!, filled };
    const [last] = made(withServiceErrors({ ...series, variables: [series.variables[0]!, target] }));
    expect(last!.values[60]).toBe(last!.values[59]);
  });

  it('are of days where readings come every hour', () => {
    const series = withServiceErrors(serviced(undefined, HOURLY));
    const [service, target] = series.variables;
    const errors = Array.from(
      { length: 72 },
      (_, back) => service!.values[79 - back]! - target!.values[80 - back]!,
    );
    expect(made(series)[1]!.values[80]).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / 72, 5);
  });

  it('are those of their own station', () => {
    const one = serviced();
    const other = serviced((row) => row / 10);
    const joined: Series = {
      ...one,
      stations: ['here', 'there'],
      time: Float64Array.of(...one.time, ...one.time),
      variables: one.variables.map((variable, place) => ({
        ...variable,
        values: Float32Array.of(...variable.values, ...other.variables[place]!.values),
        filled: new Uint8Array(2 * DAYS),
      })),
    };
    made(withServiceErrors(joined)).forEach(({ values }, place) => {
      expect(values.slice(0, DAYS)).toEqual(made(withServiceErrors(one))[place]!.values);
      expect(values.slice(DAYS)).toEqual(made(withServiceErrors(other))[place]!.values);
    });
  });

  it('are made anew where they are there, and not without a service', () => {
    const series = withServiceErrors(serviced());
    const stale = series.variables.map((variable) =>
      variable.made === true ? { ...variable, values: variable.values.map(() => 9) } : variable,
    );
    expect(withServiceErrors({ ...series, variables: stale })).toEqual(series);
    const alone = fixtureSeries([{ name: 'temperature', values: noise(DAYS, 3) }]);
    expect(withServiceErrors(alone)).toBe(alone);
  });
});
