import { describe, expect, it } from 'vitest';
import type { DatasetSummary } from '../../contract/dataset';
import { describeLeftOut, LEFT_OUT_REASONS } from '../../contract/suggestion';
import { summaryOf } from '../fixture';

/** A wobble of its own for each column and row, with a day and a year in it: nothing is like anything else. */
function wobble(column: number, row: number): number {
  const noise = Math.sin((row + 1) * (12.9898 + column * 3.7) + column) * 43758.5453;
  return (noise - Math.floor(noise)) * 4 + Math.sin(row / (4 + column)) * 3;
}

type Cell = (row: number) => string | number;
const near =
  (middle: number, column: number): Cell =>
  (row) =>
    (middle + wobble(column, row)).toFixed(1);

/** A table of so many readings, a step apart: columns by name. */
function tableOf(columns: Readonly<Record<string, Cell>>, { rows = 120, minutes = 1440 } = {}): string {
  const names = Object.keys(columns);
  const lines = Array.from({ length: rows }, (_, row) => {
    const time = new Date(Date.UTC(2022, 2, 1) + row * minutes * 60_000)
      .toISOString()
      .slice(0, 16)
      .replace('T', ' ');
    return [time, ...names.map((name) => columns[name]!(row))].join(',');
  });
  return `Time,${names.join(',')}\n${lines.join('\n')}\n`;
}

interface Suggested {
  readonly target: string | null;
  readonly inputs: readonly string[];
  readonly leftOut: Readonly<Record<string, string>>;
}

function suggestedBy({ columns, suggestion, leftOut }: DatasetSummary): Suggested {
  const name = (index: number): string => columns[index]?.name ?? '';
  return {
    target: suggestion === null ? null : name(suggestion.target),
    inputs: suggestion?.inputs.map(name) ?? [],
    leftOut: Object.fromEntries(leftOut.map(({ column, why }) => [name(column), why])),
  };
}

const suggestedFor = async (...args: Parameters<typeof tableOf>): Promise<Suggested> =>
  suggestedBy(await summaryOf(tableOf(...args)));

describe('a second clock', () => {
  const hhmm =
    (shift: number): Cell =>
    (row) => {
      const minutes = (row * 5 + shift + 1440) % 1440;
      return Math.floor(minutes / 60) * 100 + (minutes % 60);
    };
  const station = { '': hhmm(-420), temp: near(9, 3) };

  it('of another zone beside the first is no reading, whatever its numbers look like', async () => {
    // 910, 915, 920: as near to a pressure in hPa as to ten past nine.
    const { target, inputs, leftOut } = await suggestedFor(station, { rows: 40, minutes: 5 });
    expect([target, inputs]).toEqual(['temp', ['temp']]);
    expect(Object.values(leftOut)).toContain('date');
  });

  it('is none where the numbers go their own way', async () => {
    const pressure: Cell = (row) => 910 + (row % 7) * 5;
    const { inputs } = await suggestedFor({ p: pressure, temp: near(9, 3) }, { rows: 40, minutes: 5 });
    expect(inputs).toContain('p');
  });
});

describe('an archive as WeeWX keeps it', () => {
  const archive = {
    usUnits: () => 16,
    interval: () => 5,
    inTemp: near(21, 1),
    inHumidity: near(45, 2),
    outTemp: near(9, 3),
    outHumidity: near(70, 4),
    barometer: near(1015, 5),
    pressure: near(998, 6),
    altimeter: near(1014, 7),
    windSpeed: near(5, 8),
    windGust: near(9, 9),
    windDir: (row: number) => (row * 37) % 360,
    dewpoint: near(4, 10),
    heatindex: near(9, 11),
    windchill: near(8, 12),
    appTemp: near(8, 13),
    rain: (row: number) => (row % 7 === 0 ? 0.3 : 0),
    rainRate: (row: number) => (row % 7 === 0 ? 3.6 : 0),
    extraTemp1: (row: number) => (row === 5 ? 12 : ''),
    soilTemp1: (row: number) => (row < 100 ? near(8, 14)(row) : ''),
    UV: () => '',
    rxCheckPercent: near(96, 15),
    txBatteryStatus: (row: number) => row % 2,
    consBatteryVoltage: near(4, 16),
  } satisfies Record<string, Cell>;

  it('gives the temperature out of doors and what is alive out of doors, one of each family', async () => {
    const { target, inputs, leftOut } = await suggestedFor(archive, { minutes: 5 });
    expect(target).toBe('outTemp');
    expect(inputs).toEqual([
      'outTemp',
      'outHumidity',
      'barometer',
      'windSpeed',
      'windGust',
      'windDir',
      'rain',
    ]);
    expect(leftOut).toEqual({
      usUnits: 'names-row',
      interval: 'names-row',
      inTemp: 'indoors',
      inHumidity: 'indoors',
      pressure: 'same-family',
      altimeter: 'same-family',
      dewpoint: 'computed',
      heatindex: 'computed',
      windchill: 'computed',
      appTemp: 'computed',
      rainRate: 'same-family',
      extraTemp1: 'mostly-empty',
      soilTemp1: 'empty-lately',
      UV: 'no-readings',
      rxCheckPercent: 'equipment',
      txBatteryStatus: 'equipment',
      consBatteryVoltage: 'equipment',
    });
  });

  it('takes an index where what it is computed from is not there', async () => {
    const { dewpoint, outTemp, windchill, heatindex } = archive;
    const { inputs, leftOut } = await suggestedFor({ outTemp, dewpoint, windchill, heatindex });
    expect(inputs).toEqual(['outTemp', 'dewpoint']);
    expect(leftOut).toEqual({ windchill: 'computed', heatindex: 'computed' });
  });
});

describe('the target', () => {
  const cases: readonly (readonly [kind: string, columns: Record<string, Cell>, target: string])[] = [
    [
      'of a daily table is the mean before the extremes',
      { TX: near(15, 1), TN: near(5, 2), TG: near(10, 3), T10N: near(3, 4), TXH: (row) => (row % 24) + 1 },
      'TG',
    ],
    ['is the highest where there is no mean', { tmin: near(5, 2), tmax: near(15, 1) }, 'tmax'],
    [
      'is the air’s before that of soil, water and the logger',
      {
        'Soil Temp 10cm (°C)': near(12, 1),
        'Water Temp (°C)': near(14, 2),
        'Logger Temp (°C)': near(20, 3),
        PTemp_C_Avg: near(20, 4),
        'Air Temp (°C)': near(11, 5),
      },
      'Air Temp (°C)',
    ],
    [
      'is no battery, code, count, flag or row number',
      {
        RecNbr: (row) => 100 + row,
        BattV_Min: near(12, 1),
        'Weather code': (row) => row % 60,
        'Temp count': (row) => 60 - (row % 2),
        'QC flag': (row) => row % 3,
        'Global radiation (W/m²)': near(200, 2),
      },
      'Global radiation (W/m²)',
    ],
    [
      'is none of the temperatures of the instruments themselves',
      {
        'Global Horizontal [W/m^2]': near(300, 1),
        'CHP1 Temp [deg C]': near(15, 2),
        'CR1000 Temp [deg C]': near(18, 3),
        'Pyranometer Body Temp [deg C]': near(16, 4),
      },
      'Global Horizontal [W/m^2]',
    ],
    [
      'is soil temperature where a logger in a field has no other',
      { 'Soil Moisture VWC (%)': near(30, 1), 'Soil Temperature (°C)': near(14, 2), Battery: near(80, 3) },
      'Soil Temperature (°C)',
    ],
    [
      'is not a sensor that is hardly ever read',
      { 'Temperature (°C)': (row) => (row % 20 === 0 ? 12 + row / 50 : ''), 'Humidity (%)': near(60, 1) },
      'Humidity (%)',
    ],
    [
      'is the first of a Korean console out of doors',
      { '실내온도(℃)': near(21, 1), '실외온도(℃)': near(3, 2) },
      '실외온도(℃)',
    ],
    [
      'is that of a German one',
      { 'Temperatur Innen(°C)': near(21, 1), 'Temperatur Außen(°C)': near(3, 2) },
      'Temperatur Außen(°C)',
    ],
    [
      'is that of a French one',
      { 'Température intérieure(°C)': near(21, 1), 'Température extérieure(°C)': near(3, 2) },
      'Température extérieure(°C)',
    ],
    [
      'is that of a Dutch one',
      { 'Binnentemperatuur (°C)': near(21, 1), 'Buitentemperatuur (°C)': near(3, 2) },
      'Buitentemperatuur (°C)',
    ],
    [
      'is that of a Polish one',
      { 'Temperatura wewnętrzna (°C)': near(21, 1), 'Temperatura zewnętrzna (°C)': near(3, 2) },
      'Temperatura zewnętrzna (°C)',
    ],
    ['is that of a Japanese one', { '室内温度(℃)': near(21, 1), '室外温度(℃)': near(3, 2) }, '室外温度(℃)'],
    [
      'is that of a Spanish one',
      { 'Temperatura interior (°C)': near(21, 1), 'Temperatura exterior (°C)': near(3, 2) },
      'Temperatura exterior (°C)',
    ],
  ];

  it.each(cases)('%s', async (_kind, columns, target) => {
    expect((await suggestedFor(columns)).target).toBe(target);
  });

  it('is none where only the equipment is described', async () => {
    const columns = { 'Battery (V)': near(12, 1), RSSI: near(-70, 2), 'Logger Temp (°C)': near(20, 3) };
    const { target, leftOut } = await suggestedFor(columns);
    expect(target).toBeNull();
    expect(leftOut).toEqual({
      'Battery (V)': 'equipment',
      RSSI: 'equipment',
      'Logger Temp (°C)': 'equipment',
    });
  });
});

describe('what is left out', () => {
  const temperature = near(10, 1);

  const cases: readonly (readonly [why: string, columns: Record<string, Cell>])[] = [
    ['constant', { 'Solar (W/m²)': () => 0 }],
    ['mostly-empty', { 'Visibility (km)': (row) => (row % 3 === 0 ? 10 + (row % 5) : '') }],
    ['empty-lately', { 'Humidity (%)': (row) => (row < 100 ? near(60, 2)(row) : '') }],
    ['same-family', { 'Temp (°F)': (row) => (Number(temperature(row)) * 1.8 + 32).toFixed(2) }],
    ['computed', { 'Feels like (°C)': near(9, 3) }],
    ['computed', { '체감온도(°C)': near(9, 3) }],
    ['computed', { 'Heat deg days': near(9, 3) }],
    ['companion', { 'Temp uncert (code)': (row) => row % 9 }],
    ['companion', { 'Temp stdev': near(1, 4) }],
    ['flag', { RainToday: (row) => row % 2 }],
    ['words', { Sky: (row) => (row % 2 === 0 ? 'clear' : 'rain') }],
    ['names-row', { Reading: (row) => 5000 + row }],
    ['date', { 'Unix seconds': (row) => 1_646_092_800 + row * 86_400 }],
    ['date', { Sunrise: (row) => 500 + (row % 60) }],
    ['future', { Next_Tmax: near(14, 5) }],
    ['foretells', { Label: (row) => Number(temperature(row + 1)) + (row % 3) / 10 }],
    ['indoors', { 'Indoor Temp (°C)': near(21, 6) }],
    ['equipment', { 'CPU Temp (°C)': near(50, 7) }],
  ];

  it.each(cases)('%s: %o', async (why, columns) => {
    const { target, leftOut } = await suggestedFor({ 'Temp (°C)': temperature, ...columns });
    expect(target).toBe('Temp (°C)');
    expect(leftOut).toEqual({ [Object.keys(columns)[0] ?? '']: why });
  });

  it('is the hour of an extreme that stands beside it', async () => {
    const { leftOut } = await suggestedFor({ TX: temperature, TXH: (row) => (row % 24) + 1 });
    expect(leftOut).toEqual({ TXH: 'companion' });
  });

  it('is, of rain, what counts on beside what fell', async () => {
    const rain = (row: number): number => (row % 5 === 0 ? 2 + (row % 3) : 0);
    const sum = (row: number): number =>
      Array.from({ length: row + 1 }, (_, at) => rain(at)).reduce((a, b) => a + b);
    const { inputs, leftOut } = await suggestedFor({
      'Rain year (mm)': sum,
      'Rain (mm)': rain,
      'Temp (°C)': temperature,
      'Rain rate (mm/h)': (row) => rain(row) * 3,
    });
    expect(inputs).toEqual(['Rain (mm)', 'Temp (°C)']);
    expect(leftOut).toEqual({ 'Rain year (mm)': 'same-family', 'Rain rate (mm/h)': 'same-family' });
  });

  it('keeps the highest and the lowest of what is forecast, and of all else the mean alone', async () => {
    const { inputs } = await suggestedFor({
      TempHighF: near(70, 1),
      TempAvgF: near(60, 2),
      TempLowF: near(50, 3),
      HumidityHigh: near(90, 4),
      HumidityAvg: near(70, 5),
      HumidityLow: near(50, 6),
    });
    expect(inputs).toEqual(['TempHighF', 'TempAvgF', 'TempLowF', 'HumidityAvg']);
  });

  it('has one sentence each, in both languages, with nothing left open in it', () => {
    const params = { value: 1, percent: 99.9, kept: 'outTemp', lost: 2, windows: 3, most: 4 };
    const sentences = LEFT_OUT_REASONS.flatMap((why) =>
      (['en', 'ko'] as const).map((language) => describeLeftOut({ column: 1, why, params }, language)),
    );
    expect(new Set(sentences).size).toBe(2 * LEFT_OUT_REASONS.length);
    for (const sentence of sentences) expect(sentence).not.toMatch(/[{}]/);
  });
});
