import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnMapping } from '../../contract/dataset';
import { MONTH_SECONDS } from '../../contract/derived';
import { Problem } from '../../contract/problems';
import type { Series } from '../../contract/series';
import { longHoles } from './axis-columns';
import { dewPoint } from './derived';
import { dailyLines, readContent } from '../fixture';
import { makeSeries } from './make-series';
import { mappingByNames, type NamedColumns } from './mapping';
import { summarise } from '../summary/summarise';
import { phrase } from '../../contract/phrases';
import { inputText } from '../../contract/words';

async function seriesOf(
  content: string,
  names: NamedColumns,
  change: (mapping: ColumnMapping) => ColumnMapping = (mapping) => mapping,
): Promise<Series> {
  const table = await readContent(content);
  return makeSeries(table, change(mappingByNames(summarise(table, 'test'), names)));
}
const named = (series: Series, name: string) => {
  const found = series.variables.find((variable) => variable.name === name);
  if (found === undefined) throw new Error(`no variable ${name}`);
  return found;
};
const valuesOf = (series: Series, name: string): number[] =>
  [...named(series, name).values].map((value) => Math.round(value * 1000) / 1000);
const marksOf = (series: Series, name: string): number[] => [...named(series, name).filled];
const times = (series: Series): string[] =>
  [...series.time].map((time) => new Date(time).toISOString().slice(0, 16));
const hourly = (hours: number, cells: (hour: number) => string | null): string =>
  Array.from({ length: hours }, (_, hour) => {
    const time = new Date(Date.UTC(2021, 0, 1, hour)).toISOString().slice(0, 16);
    const line = cells(hour);
    return line === null ? '' : `${time},${line}\n`;
  }).join('');
const DAY = 86_400;

describe('a coarser step', () => {
  const header = 'time,temp (°C),rain (mm),gust (m/s),wind dir (°)\n';
  const direction = (hour: number): number => (hour >= 24 ? 90 : hour % 2 === 0 ? 350 : 10);
  const content =
    header + hourly(48, (hour) => `${hour},${hour % 4 === 0 ? 0.5 : 0},${hour % 7},${direction(hour)}`);

  it('averages, adds up rain, takes the strongest gust and the mean arrow of directions', async () => {
    const series = await seriesOf(content, {
      target: 'temp',
      inputs: ['temp', 'rain', 'gust'],
      stepSeconds: DAY,
    });
    expect(series.step).toEqual({ seconds: DAY, label: 'daily' });
    expect(times(series)).toEqual(['2021-01-01T00:00', '2021-01-02T00:00']);
    expect(valuesOf(series, 'temp (°C)')).toEqual([11.5, 35.5]);
    expect(valuesOf(series, 'rain (mm)')).toEqual([3, 3]);
    expect(valuesOf(series, 'gust (m/s)')).toEqual([6, 6]);
    expect(series.variables.flatMap(({ filled }) => [...filled])).toEqual([0, 0, 0, 0, 0, 0]);
    const winds = await seriesOf(content, { target: 'wind dir', inputs: ['temp'], stepSeconds: DAY });
    expect(valuesOf(winds, 'wind dir (°)').map((value) => value % 360)).toEqual([0, 90]);
  });

  it('counts a day with too few readings as missing, and marks it; days cut at the ends are left out', async () => {
    const lines = hourly(24 * 5 + 9, (hour) => (hour >= 50 && hour < 60 ? null : `${hour},0.1`));
    const series = await seriesOf(`time,temp,rain (mm)\n${lines}`, {
      target: 'temp',
      inputs: ['temp', 'rain'],
      gaps: { rain: 'zero' },
      stepSeconds: DAY,
    });
    expect(times(series)).toHaveLength(5);
    expect(marksOf(series, 'temp')).toEqual([0, 0, 2, 0, 0]);
    expect(valuesOf(series, 'temp')[2]).toBe(59.5);
    // Where missing means none the sum of what was read stands, but not as if it were whole.
    expect(valuesOf(series, 'rain (mm)')).toEqual([2.4, 2.4, 1.4, 2.4, 2.4]);
    expect(marksOf(series, 'rain (mm)')).toEqual([0, 0, 1, 0, 0]);
  });

  it('takes rain since midnight as it stands at the end of the day', async () => {
    const lines = hourly(96, (hour) => `${hour},${((hour % 24) * 0.2).toFixed(1)}`);
    const series = await seriesOf(`time,temp,rain (mm)\n${lines}`, {
      target: 'temp',
      inputs: ['rain'],
      stepSeconds: DAY,
    });
    expect(valuesOf(series, 'rain (mm)')).toEqual([4.6, 4.6, 4.6, 4.6]);
  });

  it('goes by calendar months', async () => {
    const series = await seriesOf(`date,temp\n${dailyLines(31 + 28 + 31, (day) => String(day))}`, {
      target: 'temp',
      inputs: ['temp'],
      stepSeconds: MONTH_SECONDS,
    });
    expect(series.step.label).toBe('monthly');
    expect(times(series)).toEqual(['2021-01-01T00:00', '2021-02-01T00:00', '2021-03-01T00:00']);
    expect(valuesOf(series, 'temp')).toEqual([15, 44.5, 74]);
  });

  it('is never finer than the log', async () => {
    const content = `date,temp\n${dailyLines(9, String)}`;
    const making = seriesOf(content, { target: 'temp', inputs: ['temp'], stepSeconds: 3600 });
    await expect(making).rejects.toMatchObject({
      code: 'step-too-fine',
      params: { found: phrase('step', { label: 'daily' }), wanted: phrase('step', { label: 'hourly' }) },
    });
    const same = await seriesOf(content, { target: 'temp', inputs: ['temp'], stepSeconds: DAY });
    expect(valuesOf(same, 'temp')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('the gap limit', () => {
  it('leaves holes open that are longer, in the time axis and in a column, and fills the others', async () => {
    const cells = (day: number): string | null => {
      if (day === 2 || (day >= 5 && day <= 7)) return null;
      return day >= 10 && day <= 12 ? `${day},` : `${day},${day}`;
    };
    const lines = Array.from({ length: 15 }, (_, day) => {
      const line = cells(day);
      return line === null
        ? ''
        : dailyLines(day + 1, () => line)
            .trim()
            .split('\n')[day] + '\n';
    }).join('');
    const content = `date,temp,rain (mm)\n${lines}`;
    const names = { target: 'temp', inputs: ['temp', 'rain'], gapLimit: 2 };
    const open = await seriesOf(content, { ...names, gaps: { rain: 'linear' } });
    expect(valuesOf(open, 'temp')).toEqual([0, 1, 2, 3, 4, NaN, NaN, NaN, 8, 9, 10, 11, 12, 13, 14]);
    expect(marksOf(open, 'temp')).toEqual([0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(valuesOf(open, 'rain (mm)').slice(9)).toEqual([9, NaN, NaN, NaN, 13, 14]);
    // An empty cell that means no rain is no hole; a day without a row is.
    const dry = await seriesOf(content, { ...names, gaps: { rain: 'zero' } });
    expect(valuesOf(dry, 'rain (mm)')).toEqual([0, 1, 0, 3, 4, NaN, NaN, NaN, 8, 9, 0, 0, 0, 13, 14]);
    const all = await seriesOf(content, { ...names, gapLimit: undefined });
    expect(valuesOf(all, 'temp')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  });

  it('closes the rows of longer holes alone', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 5 }), (given, limit) => {
        const closed = longHoles(Uint32Array.from(given), limit);
        const text = given.join('');
        const expected = text.replace(/0+/g, (hole) => (hole.length > limit ? 'x' : '0').repeat(hole.length));
        expect([...closed].map((flag, row) => (flag === 1 ? 'x' : given[row])).join('')).toBe(expected);
      }),
    );
  });
});

describe('a wind direction among the inputs', () => {
  const content = `date,temp,wind speed (km/h),wind dir (°)\n${dailyLines(4, (day) => `${day},36,${[270, 0, '', 180][day]}`)}`;

  it('becomes u and v in m/s in its place, holes filled and marked', async () => {
    const series = await seriesOf(content, { target: 'temp', inputs: ['wind dir', 'wind speed', 'temp'] });
    expect(series.variables.map(({ name, unit }) => [name, unit])).toEqual([
      ['wind u', 'm/s'],
      ['wind v', 'm/s'],
      ['wind speed (km/h)', 'km/h'],
      ['temp', '°C'],
    ]);
    expect(series).toMatchObject({ inputs: [0, 1, 2, 3], target: 3 });
    expect(valuesOf(series, 'wind u').map((value) => value + 0)).toEqual([10, 0, 0, 0]);
    expect(valuesOf(series, 'wind v').map((value) => value + 0)).toEqual([0, -10, 0, 10]);
    expect(marksOf(series, 'wind v')).toEqual([0, 0, 2, 0]);
  });

  it('becomes sine and cosine without a speed, and stays what it is as the target', async () => {
    const series = await seriesOf(content, { target: 'wind dir', inputs: ['wind dir', 'temp'] });
    expect(series.variables.map(({ name }) => name)).toEqual([
      'sin(wind dir (°))',
      'cos(wind dir (°))',
      'temp',
      'wind dir (°)',
    ]);
    expect(series).toMatchObject({ inputs: [0, 1, 2], target: 3 });
    // From north to south by the shorter way, which is either.
    expect(valuesOf(series, 'wind dir (°)')).toEqual([270, 0, 270, 180]);
  });
});

describe('derived inputs', () => {
  const content = `time,temp (°C),indoor humidity (%),humidity (%),pressure (hPa)\n${hourly(
    72,
    (hour) => `${hour === 30 ? '' : hour % 24},40,${60 + (hour % 24)},${1000 + hour}`,
  )}`;

  it('stand behind the others, in order, and are marked where their sources were filled', async () => {
    const series = await seriesOf(content, {
      target: 'temp',
      inputs: ['temp'],
      derived: ['pressure tendency', 'dew point', 'daily range'],
    });
    expect(series.variables.map(({ name }) => name)).toEqual([
      'temp (°C)',
      'pressure tendency',
      'dew point',
      'daily range',
    ]);
    expect(series.inputs).toEqual([0, 1, 2, 3]);
    expect(valuesOf(series, 'pressure tendency').slice(0, 5)).toEqual([NaN, NaN, NaN, 3, 3]);
    expect(named(series, 'dew point').values[20]).toBeCloseTo(dewPoint(20, 80), 4);
    expect(marksOf(series, 'dew point').indexOf(2)).toBe(30);
    expect(valuesOf(series, 'daily range').slice(21, 26)).toEqual([NaN, NaN, 23, 23, 23]);
    expect(marksOf(series, 'daily range').slice(29, 55)).toEqual([0, 2, ...new Array<number>(23).fill(1), 0]);
  });

  it('are told from a column that is called alike', async () => {
    const named = content.replace('indoor humidity (%)', 'dew point');
    const series = await seriesOf(named, {
      target: 'temp',
      inputs: ['temp', 'dew point'],
      derived: ['dew point'],
    });
    expect(series.variables.map((variable) => inputText({ made: false, ...variable }, 'ko'))).toEqual([
      'temp (°C)',
      'dew point',
      '이슬점 (2)',
    ]);
  });

  it('of days are taken within each day', async () => {
    const series = await seriesOf(content, {
      target: 'temp',
      inputs: ['temp'],
      derived: ['daily range'],
      stepSeconds: DAY,
    });
    expect(valuesOf(series, 'daily range')).toEqual([23, 23, 23]);
  });

  it('of daily readings are the highest less the lowest', async () => {
    const daily = `date,최고기온,최저기온,평균기온\n${dailyLines(5, (day) => `${day + 9},${day},${day + 4}`)}`;
    const series = await seriesOf(daily, {
      target: '평균기온',
      inputs: ['평균기온'],
      derived: ['daily range'],
    });
    expect(valuesOf(series, 'daily range')).toEqual([9, 9, 9, 9, 9]);
  });

  it('say what they lack', async () => {
    const bare = `date,temp\n${dailyLines(9, String)}`;
    const codeOf = (names: Partial<NamedColumns>) =>
      seriesOf(bare, { target: 'temp', inputs: ['temp'], ...names }).catch((error: unknown) =>
        error instanceof Problem ? error.message : error,
      );
    expect(await codeOf({ derived: ['dew point'] })).toMatch(
      /made from temperature and relative humidity, which/,
    );
    expect(await codeOf({ derived: ['wind u/v'] })).toMatch(/wind direction and wind speed/);
    expect(await codeOf({ derived: ['pressure tendency'] })).toMatch(
      /cannot be made at the time step “daily”/,
    );
  });
});
