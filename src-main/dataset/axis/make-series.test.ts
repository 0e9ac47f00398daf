import { describe, expect, it } from 'vitest';
import type { ColumnMapping } from '../../contract/dataset';
import { Problem } from '../../contract/problems';
import { FILLED, FILLED_BY_LATER, type Series } from '../../contract/series';
import { dailyLines, readContent } from '../fixture';
import { makeSeries } from './make-series';
import { mappingByNames, type NamedColumns } from './mapping';
import { summarise } from '../summary/summarise';

async function seriesOf(
  content: string,
  names: NamedColumns,
  change: (mapping: ColumnMapping) => ColumnMapping = (mapping) => mapping,
): Promise<Series> {
  const table = await readContent(content);
  return makeSeries(table, change(mappingByNames(summarise(table, 'test'), names)));
}
const valuesOf = (series: Series, variable: number): number[] =>
  [...(series.variables[variable]?.values ?? [])].map((value) => Math.round(value * 1000) / 1000);
const days = (series: Series): string[] =>
  [...series.time].map((time) => new Date(time).toISOString().slice(0, 10));

describe('makeSeries', () => {
  it('keeps the inputs in the order of the mapping, and the target behind them if it is none', async () => {
    const content = `date,a,b,temp\n${dailyLines(4, (day) => `${day},${day * 10},${day * 100}`)}`;
    const among = await seriesOf(content, { target: 'temp', inputs: ['temp', 'b', 'a'] });
    expect(among.variables.map(({ name }) => name)).toEqual(['temp', 'b', 'a']);
    expect(among).toMatchObject({ inputs: [0, 1, 2], target: 0, step: { seconds: 86_400, label: 'daily' } });
    const apart = await seriesOf(content, { target: 'temp', inputs: ['b'] });
    expect(apart.variables.map(({ name }) => name)).toEqual(['b', 'temp']);
    expect(apart).toMatchObject({ inputs: [0], target: 1 });
    expect(valuesOf(apart, 1)).toEqual([0, 100, 200, 300]);
  });

  it('cuts the dates before it fills gaps, as the lesson does', async () => {
    const rain = ['5', '', '', '2', '', '6'];
    const content = `date,temp,rain\n${dailyLines(6, (day) => `${day},${rain[day]}`)}`;
    const from = Date.UTC(2021, 0, 2);
    const series = await seriesOf(content, {
      target: 'temp',
      inputs: ['rain'],
      gaps: { rain: 'linear' },
      from,
    });
    expect(valuesOf(series, 0)).toEqual([2, 2, 2, 4, 6]);
    expect([...(series.variables[0]?.filled ?? [])]).toEqual([2, 2, 0, 2, 0]);
    expect(days(series)[0]).toBe('2021-01-02');
  });

  it('puts missing days in, sorts, and takes a time that stands twice once', async () => {
    const content =
      'date,temp\n2021-01-05,5\n2021-01-01,1\n2021-01-02,2\n2021-01-02,9\n2021-01-03,3\n2021-01-06,6\n';
    const series = await seriesOf(content, { target: 'temp', inputs: ['temp'] });
    expect(days(series)).toHaveLength(6);
    expect(valuesOf(series, 0)).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...(series.variables[0]?.filled ?? [])]).toEqual([0, 0, 0, 2, 0, 0]);
  });

  it('leaves rows out with NaN and no mark', async () => {
    const content = `date,temp\n${dailyLines(4, (day) => (day === 2 ? '' : String(day)))}`;
    const series = await seriesOf(content, { target: 'temp', inputs: ['temp'], gaps: { temp: 'leave-out' } });
    expect(valuesOf(series, 0)).toEqual([0, 1, NaN, 3]);
    expect([...(series.variables[0]?.filled ?? [])]).toEqual([0, 0, 0, 0]);
  });

  it('goes by calendar months', async () => {
    const months = Array.from({ length: 24 }, (_, month) => month).filter((month) => month !== 13);
    const lines = months.map(
      (month) => `${new Date(Date.UTC(2020, month, 1)).toISOString().slice(0, 10)},${month}`,
    );
    const series = await seriesOf(`month,temp\n${lines.join('\n')}\n`, { target: 'temp', inputs: ['temp'] });
    expect(series.step.label).toBe('monthly');
    expect(series.time).toHaveLength(24);
    expect(days(series)[13]).toBe('2021-02-01');
    expect(valuesOf(series, 0)).toEqual(Array.from({ length: 24 }, (_, month) => month));
  });

  it('lays an uneven log on round steps, several readings in one as their mean', async () => {
    const minutes = [2, 9, 13, 22, 32, 44, 52, 58, 69, 82];
    const lines = minutes.map(
      (minute) => `${new Date(Date.UTC(2021, 0, 1, 0, minute)).toISOString().slice(0, 16)},${minute}`,
    );
    const series = await seriesOf(`time,temp\n${lines.join('\n')}\n`, { target: 'temp', inputs: ['temp'] });
    expect(series.step).toEqual({ seconds: 600, label: '10 minutes' });
    expect(new Date(series.time[0] ?? 0).toISOString()).toBe('2021-01-01T00:00:00.000Z');
    expect(valuesOf(series, 0)).toEqual([2, 11, 22, 32, 44, 52, 58, 69, 82]);
  });

  it('finds nothing to learn in one reading', async () => {
    const making = seriesOf('date,a,b\n2021-01-01,1,2\n', { target: 'a', inputs: ['b'] });
    await expect(making).rejects.toMatchObject({ code: 'column-constant' });
  });

  it('keeps the beat of a log that runs at 57 past', async () => {
    const lines = Array.from(
      { length: 12 },
      (_, hour) =>
        `${new Date(Date.UTC(2021, 0, 1, hour, hour === 0 ? 59 : 57)).toISOString().slice(0, 16)},${hour}`,
    );
    const series = await seriesOf(`time,temp\n${lines.join('\n')}\n`, { target: 'temp', inputs: ['temp'] });
    expect(new Date(series.time[0] ?? 0).getUTCMinutes()).toBe(57);
    expect(valuesOf(series, 0)).toEqual(Array.from({ length: 12 }, (_, hour) => hour));
  });

  it('turns the unit of the file into the unit of use', async () => {
    const content = `date,temp (°F)\n${dailyLines(3, (day) => String(32 + day * 9))}`;
    const series = await seriesOf(content, { target: 'temp', inputs: ['temp'] }, (mapping) => ({
      ...mapping,
      columns: mapping.columns.map((choice) => ({
        ...choice,
        useUnit: choice.unit === '°F' ? '°C' : choice.unit,
      })),
    }));
    expect(series.variables[0]).toMatchObject({ name: 'temp (°F)', unit: '°C' });
    expect(valuesOf(series, 0)).toEqual([0, 5, 10]);
  });

  it('takes an empty input whose empty cells mean zero', async () => {
    const content = `date,temp,rain\n${dailyLines(4, (day) => `${day},`)}`;
    const series = await seriesOf(content, { target: 'temp', inputs: ['temp', 'rain'] }, (mapping) => ({
      ...mapping,
      columns: mapping.columns.map((choice) => ({ ...choice, gapPolicy: 'zero' as const })),
    }));
    expect(valuesOf(series, 1)).toEqual([0, 0, 0, 0]);
  });

  it('counts an empty cell that means zero as read, but not a day that nobody logged', async () => {
    const content = 'date,temp,rain\n2021-01-01,1,2\n2021-01-02,2,\n2021-01-04,4,1\n2021-01-05,5,\n';
    const series = await seriesOf(content, {
      target: 'temp',
      inputs: ['temp', 'rain'],
      gaps: { rain: 'zero' },
    });
    expect(valuesOf(series, 1)).toEqual([2, 0, 0, 1, 0]);
    expect([...(series.variables[1]?.filled ?? [])]).toEqual([0, 0, FILLED, 0, 0]);
  });

  it.each<[string, string, NamedColumns, string]>([
    ['words as the target', dailyLines(4, () => '1,rain'), { target: 'b', inputs: ['a'] }, 'target-words'],
    [
      'words as an input',
      dailyLines(4, (day) => `${day},rain`),
      { target: 'a', inputs: ['b'] },
      'column-words',
    ],
    ['an empty target', dailyLines(4, (day) => `${day},`), { target: 'b', inputs: ['a'] }, 'column-empty'],
    ['an empty input', dailyLines(4, (day) => `${day},`), { target: 'a', inputs: ['b'] }, 'column-empty'],
    [
      'a target that stays the same',
      dailyLines(4, (day) => `${day},5`),
      { target: 'b', inputs: ['a'] },
      'column-constant',
    ],
    [
      'dates without rows',
      dailyLines(4, (day) => `${day},1`),
      { target: 'a', inputs: ['a'], from: Date.UTC(2030, 0, 1) },
      'column-empty',
    ],
    [
      'a time that is none',
      dailyLines(4, (day) => `${day},1.5`),
      { target: 'a', inputs: ['a'], time: 'b' },
      'no-time-column',
    ],
    [
      'an age of minutes',
      '2021-01-01 00:00,1,1\n2021-01-01 00:01,2,1\n2021-01-01 00:02,3,1\n2061-01-01 00:00,4,1\n',
      { target: 'a', inputs: ['a'] },
      'too-many-steps',
    ],
  ])('refuses %s', async (_what, lines, names, code) => {
    const error: unknown = await seriesOf(`date,a,b\n${lines}`, names).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Problem);
    expect((error as Problem).code).toBe(code);
  });

  it('takes an input that stays the same, and words outside the chosen dates', async () => {
    const content = `date,a,b\n${dailyLines(6, (day) => `${day === 0 ? 'word' : day},5`)}`;
    const series = await seriesOf(content, { target: 'a', inputs: ['b'], from: Date.UTC(2021, 0, 2) });
    expect(valuesOf(series, 1)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('mappingByNames', () => {
  it('finds columns by the header, and by its name alone where only one fits', async () => {
    const table = await readContent(
      `date,Temp (°C),rain (mm),Rain (in)\n${dailyLines(4, (day) => `${day},1,2`)}`,
    );
    const summary = summarise(table, 'test');
    expect(mappingByNames(summary, { target: 'temp' })).toMatchObject({ time: 0, target: 1 });
    expect(
      mappingByNames(summary, { target: 'rain (mm)', inputs: ['Rain (in)', 'Rain (in)'] }),
    ).toMatchObject({
      target: 2,
      inputs: [3],
    });
    expect(() => mappingByNames(summary, { target: 'rain' })).toThrow(
      'There is no column “rain”. The columns are: date, Temp (°C), rain (mm), Rain (in).',
    );
    expect(() => mappingByNames(summary, { target: 'temp', gaps: { wind: 'zero' } })).toThrow(
      /no column “wind”/,
    );
  });
});

describe('readings that were struck', () => {
  const start = Date.UTC(2021, 0, 1);
  const span = (from: number, to: number) => ({
    from: start + from * 86_400_000,
    to: start + (to + 1) * 86_400_000 - 1,
  });
  const content = `date,temp,rain (mm)\n${dailyLines(8, (day) => `${day},${day % 2 === 0 ? 1 : ''}`)}`;
  const names = { target: 'temp', inputs: ['temp', 'rain (mm)'], gaps: { 'rain (mm)': 'zero' } } as const;

  it('are missing, and filled and marked by the policy as such are', async () => {
    const struck = [['temp', span(2, 3)]] as const;
    const series = await seriesOf(content, { ...names, struck });
    expect([...(series.variables[0]?.filled ?? [])]).toEqual([
      0,
      0,
      FILLED_BY_LATER,
      FILLED_BY_LATER,
      0,
      0,
      0,
      0,
    ]);
    const wild = content.replace('2021-01-03,2,', '2021-01-03,40,');
    expect(valuesOf(await seriesOf(wild, { ...names, struck }), 0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('are no zero that somebody wrote, where missing means zero', async () => {
    const series = await seriesOf(content, { ...names, struck: [['rain (mm)', span(2, 3)]] });
    expect(valuesOf(series, 1)).toEqual([1, 0, 0, 0, 1, 0, 1, 0]);
    expect([...(series.variables[1]?.filled ?? [])]).toEqual([0, 0, FILLED, FILLED, 0, 0, 0, 0]);
  });

  it('of several spans that overlap are one, and of another column touch nothing', async () => {
    const table = await readContent(content);
    const mapping = mappingByNames(summarise(table, 'test'), {
      ...names,
      struck: [
        ['rain', span(4, 5)],
        ['rain', span(2, 4)],
      ],
    });
    expect(mapping.columns.map(({ struck }) => struck)).toEqual([undefined, undefined, [span(2, 5)]]);
    const [temperature] = makeSeries(table, mapping).variables;
    expect(temperature).toEqual((await seriesOf(content, names)).variables[0]);
  });

  it('leave a column that holds no others out of use, in a sentence', async () => {
    const all = seriesOf(content, { ...names, struck: [['temp', span(0, 7)]] });
    await expect(all).rejects.toMatchObject({ code: 'column-struck', params: { column: 'temp' } });
    const butOne = seriesOf(content, { ...names, struck: [['temp', span(1, 7)]] });
    await expect(butOne).rejects.toMatchObject({ code: 'column-constant' });
  });
});

describe('a column that counts on until it is set back', () => {
  /** Hours of what fell, since midnight and since New Year. */
  const fell = Array.from({ length: 240 }, (_, hour) => ((hour * hour) % 11 === 3 ? (hour % 4) + 1 : 0));
  const lines = fell.map((amount, hour) => {
    const since = (start: number): number => fell.slice(start, hour + 1).reduce((sum, each) => sum + each, 0);
    const time = new Date(Date.UTC(2021, 0, 1, hour)).toISOString().slice(0, 16);
    return `${time},${10 + (hour % 24)},${since(hour - (hour % 24))},${since(0)},${amount}`;
  });
  const content = ['time,temp,dailyrain (mm),yearlyrain (mm),rain (mm)', ...lines].join('\n');
  const inputs = ['dailyrain (mm)', 'yearlyrain (mm)', 'rain (mm)'];

  it('is what fell in each step as an input, whatever it is counted over', async () => {
    const series = await seriesOf(content, { target: 'temp', inputs });
    const [daily, yearly, hourly] = [0, 1, 2].map((variable) => valuesOf(series, variable).slice(1));
    expect(yearly).toEqual(hourly);
    expect(daily).toEqual(hourly);
    const days = await seriesOf(content, { target: 'temp', inputs, stepSeconds: 86_400 });
    expect(valuesOf(days, 1)).toEqual(valuesOf(days, 2));
  });

  it('stays the count where it is forecast, and for a model that learned from it', async () => {
    const target = await seriesOf(content, { target: 'yearlyrain (mm)', inputs });
    expect(valuesOf(target, 1).at(-1)).toBe(fell.reduce((sum, each) => sum + each, 0));
    const before = await seriesOf(content, { target: 'temp', inputs }, (mapping) => ({
      ...mapping,
      columns: mapping.columns.map((choice) => ({ ...choice, perStep: false })),
    }));
    expect(valuesOf(before, 1).at(-1)).toBe(valuesOf(target, 1).at(-1));
  });
});
