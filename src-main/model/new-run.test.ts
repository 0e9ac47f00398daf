import { describe, expect, it } from 'vitest';
import type { NewRun } from '../library';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';
import { inputsToChooseFrom, withoutColumns } from './new-run';

const columnsOf = ({ columns }: NewRun): string[] => columns.map(({ name, role }) => `${name} ${role}`);

describe('a run with fewer inputs', () => {
  const series = weatherSeries(60);

  it('does without a column and its readings', () => {
    expect(inputsToChooseFrom(weatherRun(), series)).toEqual(['humidity']);
    const less = withoutColumns(weatherRun(), series, ['humidity']);
    expect(columnsOf(less.run)).toEqual(['date time', 'temperature target']);
    expect(less.series.variables.map(({ name }) => name)).toEqual(['temperature']);
    expect([less.series.inputs, less.series.target]).toEqual([[0], 0]);
    expect(withoutColumns(weatherRun(), series, [])).toEqual({ run: weatherRun(), series });
  });

  it('still names a column that other inputs are made of', () => {
    const run: NewRun = { ...weatherRun(), derived: ['dew point'] };
    const less = withoutColumns(run, series, ['humidity']);
    expect(columnsOf(less.run)).toEqual(['date time', 'temperature target', 'humidity ignore']);
  });

  it('keeps what is made, and of a kind of which there are several each, where inputs are made', () => {
    const [date, humidity, temperature] = weatherRun().columns;
    const second = { ...humidity!, name: 'humidity at 10 m' };
    const run = { ...weatherRun(), columns: [date!, humidity!, second, temperature!] };
    const [measured, target] = series.variables;
    const more = {
      ...series,
      variables: [
        measured!,
        { ...measured!, name: second.name },
        { ...measured!, name: 'dew point', made: true },
        target!,
      ],
      inputs: [0, 1, 2, 3],
      target: 3,
    };
    expect(inputsToChooseFrom(run, more)).toEqual(['humidity', 'humidity at 10 m']);
    expect(inputsToChooseFrom({ ...run, derived: ['dew point'] }, more)).toEqual([]);
  });
});
