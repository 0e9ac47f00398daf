import iconv from 'iconv-lite';
import { array, assert, asyncProperty, constantFrom, integer, shuffledSubarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summaryOf } from './fixture';

const HOURS = Array.from({ length: 24 }, (_, hour) => `2023-03-04 ${String(hour).padStart(2, '0')}:00`);
/** A table of stations, one after another or hour by hour. */
function stationTable(
  header: string,
  names: readonly string[],
  row: (name: string, at: number) => string,
  byTime = false,
): string {
  const rows = names.flatMap((name, index) =>
    HOURS.map((time, hour) => ({ hour, text: `${name},${time},${row(name, index * 20 + hour)}` })),
  );
  if (byTime) rows.sort((a, b) => a.hour - b.hour);
  return `${header}\n${rows.map(({ text }) => text).join('\n')}\n`;
}

describe('Stations under any name', () => {
  it.each([
    ['abbr', ['KLO', 'GVE', 'BAS']],
    ['SUBDIVISION', ['Kerala', 'Punjab']],
    ['kiosk', ['53131', '53132', '70010']],
    ['messstelle', ['Nord', 'Mitte', 'Ost']],
    ['測站', ['臺北', '高雄']],
  ])('%s', async (name, names) => {
    for (const byTime of [false, true]) {
      const summary = await summaryOf(
        stationTable(`${name},time,temperature,rain`, names, (_, at) => `${at},0.5`, byTime),
      );
      expect(summary).toMatchObject({ rows: 24, duplicateTimes: 0 });
      expect([...summary.stations].sort()).toEqual([...names].sort());
      expect(summary.problems.map(({ code }) => code)).toContain('several-stations');
    }
  });

  it('that two columns tell apart together', async () => {
    const names = ['A,1', 'A,2', 'B,1', 'B,2'];
    const summary = await summaryOf(stationTable('site,level,time,temperature', names, (_, at) => `${at}.5`));
    expect(summary).toMatchObject({ rows: 24, stations: ['A · 1', 'A · 2', 'B · 1', 'B · 2'] });
  });

  it('are never a measurement, nor words that change in one record', async () => {
    const hourly = HOURS.map(
      (time, at) => `${time},${['rain', 'sun', 'fog'][at % 3]},${1000 + (at % 4)},${at}.5`,
    );
    const text = `time,city_name,StnPres,Temperature\n${hourly.join('\n')}\n`;
    expect(await summaryOf(text)).toMatchObject({ rows: 24, stations: [] });
    const days = HOURS.map(
      (_, at) => `2023-03-${String(1 + (at >> 1)).padStart(2, '0')},${1000 + (at % 2)},${at}.5`,
    );
    const twice = await summaryOf(`Date,StnPres,Temperature\n${days.join('\n')}\n`);
    expect(twice).toMatchObject({ rows: 24, stations: [] });
  });
});

describe('Long tables by their shape', () => {
  const elements = ['air_temperature', 'wind_speed', 'relative_humidity'] as const;
  const units = ['degC', 'm/s', '%'];
  const long = HOURS.flatMap((time, hour) =>
    elements.map((element, index) => ({
      element,
      value: String(hour + index * 30),
      unit: units[index] ?? '',
      time,
      n: '',
    })),
  ).map((row, at) => ({ ...row, n: String(at) }));

  it('whatever their columns are called and in whatever order they stand', async () => {
    const cases = asyncProperty(
      shuffledSubarray(['n', 'element', 'value', 'unit', 'time'] as const, { minLength: 5 }),
      constantFrom(
        { n: '', element: 'elementId', value: 'value', unit: 'unit', time: 'referenceTime' },
        { n: 'row', element: 'was', value: 'Messwert', unit: 'Einheit', time: 'Zeitpunkt' },
        { n: '#', element: 'grandeur', value: 'valeur', unit: 'u', time: 'date' },
      ),
      async (order, names) => {
        const lines = long.map((row) => order.map((key) => row[key]).join());
        const summary = await summaryOf(`${order.map((key) => names[key]).join()}\n${lines.join('\n')}\n`);
        expect(summary).toMatchObject({ rows: 24, duplicateTimes: 0, stations: [] });
        const found = summary.columns.filter(({ role }) => role !== 'time');
        expect(found.map(({ quantity, unit, min, max }) => [quantity, unit, min, max])).toEqual([
          ['temperature', '°C', 0, 23],
          ['wind speed', 'm/s', 30, 53],
          ['relative humidity', '%', 60, 83],
        ]);
      },
    );
    await assert(cases, { numRuns: 25 });
  });

  it.each(['sensor_id', 'wo', 'host'])('with stations under %s, as InfluxDB writes them', async (name) => {
    const rows = ['A', 'B'].flatMap((sensor, index) =>
      ['temperature', 'humidity'].flatMap((field, place) =>
        HOURS.map(
          (time, hour) =>
            `,,${index * 2 + place},${time.replace(' ', 'T')}:00Z,${index * 40 + hour},${field},${sensor}`,
        ),
      ),
    );
    const head = `#datatype,string,long,dateTime:RFC3339,double,string,string\n,result,table,_time,_value,_field,${name}\n`;
    const summary = await summaryOf(`${head}${rows.join('\n')}\n`);
    expect(summary).toMatchObject({ rows: 24, stations: ['A', 'B'], duplicateTimes: 0 });
    expect(summary.columns.find((column) => column.name === 'temperature')).toMatchObject({
      min: 0,
      max: 23,
    });
  });

  it('are none where remarks on the weather stand beside readings', async () => {
    const rows = HOURS.map((time, at) => `${time},${['Partly cloudy', 'Rain', 'Windy'][at % 3]},${at},5`);
    const summary = await summaryOf(`time,Summary,Temperature,value\n${rows.join('\n')}\n`);
    expect(summary.columns.map(({ name }) => name)).toEqual(['time', 'Summary', 'Temperature', 'value']);
  });
});

describe('How numbers and rows are written', () => {
  it.each([',', ';', '\t'])('each row in quotes as a whole, cells between %j', async (delimiter) => {
    const rows = HOURS.map((time, at) => [time, `${at}.5`, '80', '""calm""'].join(delimiter));
    const text = [['Date', 'Temperature', 'Humidity', 'Remark'].join(delimiter), ...rows]
      .map((row) => `"${row}"`)
      .join('\n');
    const summary = await summaryOf(text);
    expect(summary).toMatchObject({ rows: 24, delimiter });
    expect(summary.columns.map(({ name, min, max }) => [name, min, max]).slice(1, 3)).toEqual([
      ['Temperature', 0.5, 23.5],
      ['Humidity', 80, 80],
    ]);
  });

  it('decimal commas between commas, in any of the columns', async () => {
    const cases = asyncProperty(
      array(constantFrom(true, false), { minLength: 2, maxLength: 4 }),
      integer({ min: 0, max: 1000 }),
      async (splits, seed) => {
        if (!splits.includes(true)) return;
        const value = (at: number, column: number): number =>
          Math.round(10 * (12 + 8 * Math.sin((at + seed + column * 5) / 4))) / 10;
        const rows = HOURS.map((time, at) => {
          const cells = splits.map((split, column) =>
            split
              ? value(at, column).toFixed(1).replace('.', ',')
              : String(Math.round(value(at, column) * 5)),
          );
          return [time, ...cells].join();
        });
        const names = splits.map((_, column) => `x${column}`);
        const { columns, decimal } = await summaryOf(`time,${names.join()}\n${rows.join('\n')}\n`);
        expect(decimal).toBe(',');
        splits.forEach((split, column) => {
          const values = HOURS.map((_, at) =>
            split ? value(at, column) : Math.round(value(at, column) * 5),
          );
          expect(columns[column + 1]).toMatchObject({ min: Math.min(...values), max: Math.max(...values) });
        });
      },
    );
    await assert(cases, { numRuns: 40 });
  });

  it.each([
    ['German', ';', (at: number) => `1.013,${at % 9}`, (at: number) => (at % 5 === 0 ? '1.012' : '345')],
    ['English', ';', (at: number) => `1,013.${at % 9}`, (at: number) => (at % 5 === 0 ? '1,012' : '345')],
  ])('thousands, %s', async (_, delimiter, pressure, sun) => {
    const rows = HOURS.map((time, at) => [time, pressure(at), sun(at)].join(delimiter));
    const { columns } = await summaryOf(`Date;Pressure;Solar radiation (W/m²)\n${rows.join('\n')}\n`);
    expect(columns[1]).toMatchObject({ quantity: 'pressure', unit: 'hPa', min: 1013, max: 1013.8 });
    expect(columns[2]).toMatchObject({ min: 345, max: 1012 });
  });

  it.each([
    ['Polish', 'windows-1250', 'Ciśnienie (hPa);Wilgotność (%);Prędkość wiatru (m/s)'],
    ['Czech', 'windows-1250', 'Tlak (hPa);Vlhkost (%);Průměr rychlosti větru (m/s)'],
    ['Hungarian', 'windows-1250', 'Légnyomás (hPa);Páratartalom (%);Szélerősség (m/s)'],
    [
      'German',
      'windows-1252',
      'Luftdruck außen (hPa);Luftfeuchte für Böen (%);Windgeschwindigkeit Düne (m/s)',
    ],
    ['French', 'windows-1252', 'Pression à côté (hPa);Humidité (%);Vent été (m/s)'],
    ['Danish', 'windows-1252', 'Lufttryk på øen (hPa);Fugtighed målt (%);Vindhastighed højde (m/s)'],
  ])('%s in %s', async (_, codec, names) => {
    const text = `date;${names}\n${HOURS.map((time, at) => `${time};${1000 + at};${50 + at};${at % 5}.5`).join('\n')}\n`;
    const summary = await summaryOf(iconv.encode(text, codec));
    expect(summary.encoding).toBe(codec);
    expect(summary.columns.slice(1).map(({ name }) => name)).toEqual(names.split(';'));
    expect(summary.columns.slice(1).map(({ quantity }) => quantity)).toEqual([
      'pressure',
      'relative humidity',
      'wind speed',
    ]);
  });
});
