import { assert, asyncProperty, constantFrom, integer, array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dailyLines, summaryOf } from './fixture';

/** A column by its name: what it measures, its unit, its range and how many readings it has. */
async function columnIn(text: string, name: string): Promise<string> {
  const summary = await summaryOf(text);
  const column = summary.columns.find((each) => each.name === name);
  if (column === undefined) return `no ${name} among ${summary.columns.map((each) => each.name).join()}`;
  const { quantity, unit, count, missing, min, max } = column;
  return `${quantity} | ${unit} | ${count} + ${missing} | ${min} to ${max}`;
}

const rows = dailyLines(9, (day) => `${day - 2},${[0, -1, 12, 5][day % 4]},10${130 + day}`);
const withLegend = (legend: string): string => `${legend}\n\nDATE,TG,RH,PG\n${rows}`;

describe('What a legend says outranks what a name looks like', () => {
  it.each([
    ['English', 'TG = Mean temperature (in 0.1 degrees Celsius)'],
    [
      'Dutch and English',
      'TG  = Gemiddelde temperatuur (in 0.1 graden Celsius) / Mean temperature in (0.1 degrees Celsius)',
    ],
    ['German', '# TG: Tagesmittel der Temperatur [Zehntel Grad Celsius]'],
    ['French', 'TG : température moyenne en 1 jour (dixièmes de degré Celsius)'],
    ['Spanish', 'TG - temperatura media (décimas de grado Celsius)'],
    ['with the places of the column', '17-21 TG   : mean temperature in 0.1 °C'],
    ['a table of parameters', 'Parameter,Text,Unit\nTG,daily mean of temperature,0.1 °C'],
  ])('%s', async (_, legend) => {
    expect(await columnIn(withLegend(legend), 'TG')).toBe('temperature | °C | 9 + 0 | -0.2 to 0.6');
  });

  it('of rain under a name of humidity, with a number for a trace', async () => {
    const legend = 'RH = precipitation amount (in 0.1 mm) (-1 for <0.05 mm)';
    expect(await columnIn(withLegend(legend), 'RH')).toBe('rain | mm | 9 + 0 | 0 to 1.2');
  });

  it('of numbers that stand for no reading, in one column or in all', async () => {
    const own = 'PG : pressure in 0.1 hPa (10130 = missing)\nTG: temperature in °C (-2 = missing)';
    expect(await columnIn(withLegend(own), 'PG')).toBe('pressure | hPa | 8 + 1 | 1013.1 to 1013.8');
    expect(await columnIn(withLegend(own), 'TG')).toBe('temperature | °C | 8 + 1 | -1 to 6');
    const all = 'Missing values are coded as -2';
    expect(await columnIn(withLegend(all), 'TG')).toBe('temperature | °C | 8 + 1 | -1 to 6');
  });

  it('of hours and classes, which are no quantity', async () => {
    const legend =
      'TG = Hourly division in which TN was measured\nRH = visibility; 0: <100 m, 1: 100-200 m, 2: 200-300 m, 3: more';
    expect(await columnIn(withLegend(legend), 'TG')).toBe('other |  | 9 + 0 | -2 to 6');
    expect(await columnIn(withLegend(legend), 'RH')).toBe('other |  | 9 + 0 | -1 to 12');
  });

  it('below the table as well, whose lines are no rows', async () => {
    const below =
      'X1: 2-m air temperature (degree Fahrenheit)\nX2: wind direction (0 = N, 90 = E)\n\nData (c) Union, 2001-2025\n';
    const text = `time,X1,X2\n${dailyLines(9, (day) => `${day},${day * 10}`)}\n${below}`;
    expect((await summaryOf(text)).rows).toBe(9);
    expect(await columnIn(text, 'X1')).toBe('temperature | °F | 9 + 0 | 0 to 8');
    expect(await columnIn(text, 'X2')).toBe('wind direction | ° | 9 + 0 | 0 to 80');
  });

  it('in any fraction, name and separator', async () => {
    const cases = asyncProperty(
      constantFrom('=', ':', ' - ', '\t'),
      constantFrom('0.1', '0.01', '1/10', 'tenths of'),
      constantFrom('Q7', 'RH', 'wind', 'column A'),
      constantFrom(',', ';', '\t'),
      array(integer({ min: -300, max: 300 }), { minLength: 3, maxLength: 12 }),
      async (between, fraction, name, delimiter, values) => {
        const legend = `# ${name} ${between} air temperature (${fraction} degrees Celsius)`;
        const lines = dailyLines(values.length, (day) => `${values[day]},1`).replaceAll(',', delimiter);
        const text = `${legend}\n${['date', name, 'n'].join(delimiter)}\n${lines}`;
        const column = (await summaryOf(text)).columns[1];
        const factor = fraction === '0.01' ? 100 : 10;
        expect(column).toMatchObject({
          quantity: 'temperature',
          unit: '°C',
          min: Math.min(...values) / factor,
          max: Math.max(...values) / factor,
        });
      },
    );
    await assert(cases, { numRuns: 40 });
  });
});

describe('A title tells of the one column of values', () => {
  it.each([
    ['Daily Mean Temperature (°C) at the Observatory', '數值/Value', 'temperature | °C'],
    ['"Daily total rainfall (0.1 mm), all days"', 'Value', 'rain | mm'],
    ['Niederschlag [mm] der Station', 'Wert', 'rain | mm'],
  ])('%s', async (title, name, meaning) => {
    const text = `${title}\nDate,${name},Completeness\n${dailyLines(9, (day) => `${day},C`)}`;
    expect(await columnIn(text, name)).toContain(`${meaning} | 9 + 0`);
  });

  it('but not of columns that say themselves what they are', async () => {
    const text = `Temperature (°F) of a garden\nDate,Humidity,n\n${dailyLines(9, (day) => `${day},1`)}`;
    expect(await columnIn(text, 'Humidity')).toContain('relative humidity | %');
    expect(await columnIn(text, 'n')).toContain('other |  |');
  });
});

describe('What stands above and beside the first rows', () => {
  const hours = (day: number): string => `06:00:00;${day}.5;G`;
  const table = dailyLines(30, (day) => hours(day).replaceAll(';', ',')).replaceAll(',', ';');

  it.each(['Notes:', 'Tidsutsnitt:', 'Bemerkungen'])('is no column (%s)', async (title) => {
    const lines = table.split('\n');
    const notes = ['Period = archive', '', 'G = checked values', 'Y = suspect'];
    const beside = lines.map((line, at) => (at < 4 ? `${line};;${notes[at]}` : line)).join('\n');
    const text = `Station;Number\nSomewhere;12345\n\nDate;Time (UTC);Air temperature;Quality;;${title}\n${beside}`;
    const summary = await summaryOf(text);
    expect([summary.rows, summary.columns.length, summary.headerLine]).toEqual([30, 4, 4]);
    expect(summary.suggestion?.target).toBe(2);
    expect(await columnIn(text, 'Air temperature')).toBe('temperature | °C | 30 + 0 | 0.5 to 29.5');
  });

  it('is no row, though it bears dates and is as wide as the table', async () => {
    const block = '1992-12-07;2015-11-30;25.0;55.693\n1974-06-01;1992-12-06;50.0;55.708\n';
    const text = `From;To;Height;Latitude\n${block}\nDate;Time;Temperature;Quality\n${table}`;
    const summary = await summaryOf(text);
    expect([summary.rows, summary.headerLine]).toEqual([30, 5]);
    expect(summary.range?.from).toBe(Date.UTC(2021, 0, 1, 6));
  });

  it('leaves a header that comes once more, and rows whose date is damaged, as they were', async () => {
    const head = 'Date;Time;Temperature;Quality\n';
    const lines = table.split('\n');
    const again = `${head}${lines.slice(0, 4).join('\n')}\n\n${head}${lines.slice(4).join('\n')}`;
    expect((await summaryOf(again)).rows).toBe(30);
    const damaged = `${head}${table.replace('2021-01-09', 'broken')}`;
    const summary = await summaryOf(damaged);
    expect(summary.rows).toBe(30);
    expect(summary.problems.map(({ code }) => code)).toEqual(['unreadable-dates']);
  });
});
