import { assert, asyncProperty, constantFrom, integer, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DETECT_ALL } from '../contract/dataset';
import { makeSeries } from './axis/make-series';
import { mappingByNames } from './axis/mapping';
import { dailyLines, readContent, summaryOf } from './fixture';
import { summarise } from './summary/summarise';
import type { ColumnReport } from '../contract/dataset';

/** What a column of such cells holds, one a day. */
async function columnOf(name: string, cells: readonly string[], more = ''): Promise<ColumnReport> {
  const text = `date;${name};n${more}\n${dailyLines(cells.length, (day) => `${cells[day]};1`).replaceAll(',', ';')}`;
  const column = (await summaryOf(text, { ...DETECT_ALL, decimal: '.' })).columns[1];
  if (column === undefined) throw new Error('no column');
  return column;
}
const numbers = (count: number, step = 1, from = 1): string[] =>
  Array.from({ length: count }, (_, at) => String(Math.round((from + at * step) * 1000) / 1000));
const meaning = ({ quantity, unit }: ColumnReport): string => `${quantity} | ${unit}`;

describe('One odd cell never switches a column off', () => {
  it('wherever it stands, and whatever it holds: it is missing, counted and told', async () => {
    const cases = asyncProperty(
      constantFrom('?0.2', 'abc', 'sensor 3', '12..5', 'see note', '1O.5', '°', '12:5'),
      uniqueArray(integer({ min: 0, max: 29 }), { minLength: 1, maxLength: 3 }),
      async (odd, places) => {
        const cells = numbers(30);
        for (const place of places) cells[place] = odd;
        const text = `date,Temperature\n${dailyLines(30, (day) => cells[day] ?? '')}`;
        const table = await readContent(text);
        const summary = summarise(table, 'test');
        expect(summary.columns[1]).toMatchObject({ count: 30 - places.length, words: places.length });
        expect(summary.suggestion?.target).toBe(1);
        expect(summary.problems).toMatchObject([
          { code: 'odd-cells', params: { column: 'Temperature', count: places.length, text: odd } },
        ]);
        const series = makeSeries(table, mappingByNames(summary, { target: 'Temperature' }));
        expect(series.variables[0]?.filled.filter((each) => each > 0)).toHaveLength(places.length);
      },
    );
    await assert(cases, { numRuns: 40 });
  });

  it('but a column of words is one of words', async () => {
    const cells = numbers(20).map((cell, at) => (at % 2 === 0 ? 'rain' : cell));
    const summary = await summaryOf(`date,a,b\n${dailyLines(20, (day) => `${cells[day]},${day}.5`)}`);
    expect(summary.suggestion?.inputs).toEqual([2]);
    expect(summary.problems).toEqual([]);
  });

  it.each([
    ...[
      '////',
      '/////',
      '--.-',
      '-.-',
      '×',
      '\\N',
      'err',
      'err°C',
      '--.- hPa',
      'ERROR',
      '(null)',
      '#DIV/0!',
      'inf',
    ],
    ...['sin datos', 'Manquant', 'нет данных', '缺測', 's/d', 'N.D.'],
  ])('%s stands for no reading', async (word) => {
    const column = await columnOf('Temperature', [...numbers(9), word, ...numbers(9)]);
    expect([column.count, column.missing, column.words]).toEqual([18, 1, 0]);
  });

  it.each([
    ['Rain (mm)', 'keine', 0],
    ['Lluvia (mm)', 'ninguna', 0],
    ['강수량(mm)', '없음', 0],
    ['降水量(mm)', 'なし', 0],
    ['Rain (mm)', 'Spuren', 0],
    ['Neige (cm)', 'traces', 0],
    ['Wind speed (m/s)', 'Calme', 0],
    ['Windgeschwindigkeit (m/s)', 'windstille', 0],
    ['Vento (m/s)', 'calma', 0],
    ['Скорость ветра (м/с)', 'штиль', 0],
    ['風速(m/s)', '静穏', 0],
    ['Temperature (°C)', 'keine', null],
    ['Wind direction (°)', 'VAR', null],
    ['Wind direction (°)', 'V', null],
    ['Windrichting (°)', 'calme', null],
    ['Richtung (°)', 'umlaufend', null],
  ])('in %s: %s', async (name, word, value) => {
    const column = await columnOf(name, [...numbers(9), word, ...numbers(9)]);
    expect(column).toMatchObject(
      value === null ? { count: 18, missing: 1, words: 0 } : { count: 19, missing: 0, words: 0, min: value },
    );
  });

  it.each([
    ['-7999', 'Temperature'],
    ['-9900', 'Rain (mm)'],
    ['0', 'Pressure (mbar)'],
    ['-7999', 'Net radiation (W/m^2)'],
  ])('%s is no %s', async (code, name) => {
    const from = name.startsWith('Pressure') ? 1000 : -5;
    const cells = numbers(20, 1, name.startsWith('Rain') ? 0 : from);
    const column = await columnOf(name, [...cells, code]);
    expect([column.count, column.missing, column.sentinels]).toEqual([20, 1, 1]);
  });

  it('a zero that can be read stays', async () => {
    expect(await columnOf('Temperature', numbers(20, 1, -5))).toMatchObject({ count: 20, missing: 0 });
  });

  it.each([
    ['Russian', 'С СВ В ЮВ Ю ЮЗ З СЗ'],
    ['Chinese', '北 东北 东 东南 南 西南 西 西北'],
    ['Spanish', 'norte noreste este sureste sur suroeste oeste noroeste'],
  ])('the compass in %s', async (_, words) => {
    const column = await columnOf('wind', words.split(' '));
    expect(column).toMatchObject({ quantity: 'wind direction', count: 8, words: 0, min: 0, max: 315 });
  });
});

describe('Units by their values', () => {
  it.each([
    ['P', numbers(30, 0.5, 745), 'pressure | mmHg'],
    ['Pressure', numbers(30, 0.5, 1005), 'pressure | hPa'],
    ['surface_pressure', numbers(30, 10, 100_800), 'pressure | Pa'],
    ['pressure', numbers(30, 0.02, 29.5), 'pressure | inHg'],
    ['pressure', numbers(30, 0.05, 100.5), 'pressure | kPa'],
    ['pressure', numbers(30, 0.5, 640), 'pressure | hPa'],
    ['Humidity', numbers(30, 0.02, 0.4), 'relative humidity | 0–1'],
    ['humidity', numbers(30, 2, 40), 'relative humidity | %'],
    ['Wind Speed', numbers(30, 1, 0), 'wind speed | km/h'],
    ['Wind Gust', numbers(30, 2, 0), 'wind gust | km/h'],
    ['Wind Speed', numbers(30, 0.4, 0), 'wind speed | m/s'],
    ['Cloud Amount', numbers(30, 0.34, 0).map((each) => String(Math.round(Number(each)))), 'cloud | tenths'],
  ])('%s from %j', async (name, cells, wanted) => {
    expect(meaning(await columnOf(name, cells))).toBe(wanted);
  });

  it('of one wind tell that of the others', async () => {
    const text = `date,Wind Speed,Wind Gust\n${dailyLines(30, (day) => `${day / 3},${day * 2}`)}`;
    const { columns } = await summaryOf(text);
    expect(columns.slice(1).map(meaning)).toEqual(['wind speed | km/h', 'wind gust | km/h']);
  });

  it('a fraction out of 1 is a percentage to who asks for one', async () => {
    const text = `date,Humidity\n${dailyLines(30, (day) => String(0.4 + day / 100))}`;
    const table = await readContent(text);
    const summary = summarise(table, 'test');
    const mapping = mappingByNames(summary, { target: 'Humidity', units: { Humidity: '%' } });
    expect(makeSeries(table, mapping).variables[0]?.values[5]).toBeCloseTo(45, 4);
  });

  it.each([
    ['Temp, °C (LGR S/N: 12345678, SEN S/N: 12345678)', 'temperature | °C'],
    ['RH, % (LGR S/N: 1, SEN S/N: 1)', 'relative humidity | %'],
    ['Rain, mm (S/N 998877)', 'rain | mm'],
    ['Pressure, hPa', 'pressure | hPa'],
    ['Temperature (serial 12345)', 'temperature | °C'],
  ])('a serial number in brackets is none: %s', async (name, wanted) => {
    expect(meaning(await columnOf(`"${name}"`, numbers(20)))).toBe(wanted);
  });
});

describe('A companion takes no quantity of a word in its name', () => {
  it.each([
    ...[
      'temp_max_time',
      'Temp (stdev)',
      'Temperature std',
      'pressure_count',
      'Dew-point uncert (code)',
      'rain source',
    ],
    ...[
      'Pressure source',
      'humidity status',
      'Battery voltage',
      'wind obs count',
      'Max Wind Period',
      'Temp Range',
    ],
  ])('%s', async (name) => {
    expect((await columnOf(name, numbers(20))).quantity).toBe('other');
  });

  it.each([
    ['peak_wind_gust_drct', 'wind direction'],
    ['WDGust', 'wind direction'],
    ['WSGust', 'wind gust'],
    ['Precp', 'rain'],
    ['tempo', 'temperature'],
  ])('%s measures %s', async (name, quantity) => {
    expect((await columnOf(name, numbers(20))).quantity).toBe(quantity);
  });

  it('a flag of rain is no rain, a few small whole amounts are', async () => {
    const flag = numbers(40).map((_, at) => String(at % 3 === 0 ? 1 : 0));
    expect(meaning(await columnOf('RainToday', flag))).toBe('other | ');
    expect(meaning(await columnOf('Rain', [...flag, '2']))).toBe('rain | mm');
    expect(meaning(await columnOf('Rain (mm)', flag))).toBe('rain | mm');
  });

  it('a number of the row is no input', async () => {
    const text = `,date,temp\n${Array.from({ length: 30 }, (_, at) => `${at},2023-03-${String(at + 1).padStart(2, '0')},${at % 7}`).join('\n')}`;
    const { suggestion } = await summaryOf(text);
    expect([suggestion?.target, suggestion?.inputs]).toEqual([2, [2]]);
  });
});
