import { describe, expect, it } from 'vitest';
import { summaryOf } from './fixture';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const pad = (part: number, width = 2): string => String(part).padStart(width, '0');

/** Rows of hours or days from 2021-03-01 on, with a plausible temperature. */
function rows(
  count: number,
  step: number,
  row: (time: string, warmth: number, at: number) => string,
): string {
  return Array.from({ length: count }, (_, at) => {
    const time = new Date(Date.UTC(2021, 2, 1) + at * step).toISOString();
    return row(time, Number((8 + 6 * Math.sin(at / 4)).toFixed(1)), at);
  }).join('\n');
}
const day = (time: string): string => time.slice(0, 10);
const comma = (value: number): string => value.toFixed(1).replace('.', ',');

/** What is suggested of a text: its target with quantity, unit and range, its inputs, and what is told as a problem. */
async function suggestedFor(text: string): Promise<string> {
  const { columns, suggestion, problems, rows: count } = await summaryOf(text);
  const target = columns[suggestion?.target ?? -1];
  const inputs = suggestion?.inputs.map((index) => columns[index]?.name ?? '') ?? [];
  return [
    count,
    `${target?.name} is ${target?.quantity} in ${target?.unit}, ${target?.min} to ${target?.max}`,
    inputs.join(', '),
    problems.map(({ code }) => code).join(', '),
  ].join(' | ');
}

/** Shapes that exporters and services document; each is a kind of its own. */
describe('Files of stations and services that nobody here made', () => {
  it.each<[string, string, string]>([
    [
      'ISD access file: a reading and its codes in one cell',
      `"STATION","DATE","LATITUDE","REPORT_TYPE","WND","TMP","DEW","SLP","AA1"\n${rows(
        48,
        HOUR,
        (time, t, at) =>
          `"72509014739","${time.slice(0, 19)}","42.36","FM-15","${pad((at * 10) % 360, 3)},5,N,00${pad(20 + (at % 9))},5","${
            at === 5 ? '+9999,9' : `+${pad(Math.round(t * 10), 4)},${at === 6 ? 3 : 5}`
          }","+0010,5","1${pad(131 + (at % 7), 4)},5","01,00${pad(at % 3)},9,5"`,
      )}`,
      '48 | TMP is temperature in °C, 2 to 14 | WND direction, WND speed, TMP, SLP, AA1 | ',
    ],
    [
      'INMET: UTC in the hour, decimal commas, a title of several lines',
      `REGIAO:;CO\nESTACAO:;BRASILIA\nCODIGO (WMO):;A001\nData;Hora UTC;PRECIPITAÇÃO TOTAL, HORÁRIO (mm);TEMPERATURA DO AR - BULBO SECO, HORARIA (°C);UMIDADE RELATIVA DO AR, HORARIA (%);\n${rows(
        48,
        HOUR,
        (time, t, at) =>
          `${day(time).replaceAll('-', '/')};${time.slice(11, 13)}00 UTC;,${(at * 7) % 5};${comma(t)};${60 + (at % 30)};`,
      )}`,
      '48 | TEMPERATURA DO AR - BULBO SECO, HORARIA (°C) is temperature in °C, 2 to 14 | PRECIPITAÇÃO TOTAL, HORÁRIO (mm), TEMPERATURA DO AR - BULBO SECO, HORARIA (°C), UMIDADE RELATIVA DO AR, HORARIA (%) | ',
    ],
    [
      'ECA&D: the scale in an entity of a page',
      `FILE FORMAT (MISSING VALUE CODE IS -9999):\n\n15-22 DATE : Date YYYYMMDD\n24-28 TG   : mean temperature in 0.1 &#176;C\n30-34 Q_TG : Quality code for TG (0='valid'; 1='suspect'; 9='missing')\n\nSTAID, SOUID,    DATE,   TG, Q_TG\n${rows(
        48,
        DAY,
        (time, t) => `    38,100038,${day(time).replaceAll('-', '')},  ${Math.round(t * 10)},    0`,
      )}`,
      '48 | TG is temperature in °C, 2 to 14 | TG | ',
    ],
    [
      'Bureau of Meteorology, half-hourly: "in degrees" is no place indoors',
      `hm,Station Number,Date,Air Temperature in degrees C,Relative humidity in percentage %,Wind speed in km/h,Mean sea level pressure in hPa\n${rows(
        48,
        HOUR,
        (time, t, at) =>
          `hm,66037,${time.slice(0, 16)},${t},${60 + (at % 30)},${5 + (at % 12)},${1010 + (at % 9)}.5`,
      )}`,
      '48 | Air Temperature in degrees C is temperature in °C, 2 to 14 | Air Temperature in degrees C, Relative humidity in percentage %, Wind speed in km/h, Mean sea level pressure in hPa | ',
    ],
    [
      'a unit in words at the end of a name',
      `Timestamp,Temperature_Fahrenheit,Relative_Humidity\n${rows(
        48,
        HOUR,
        (time, t, at) => `${time.slice(0, 16)},${(32 + 1.8 * t).toFixed(1)},${60 + (at % 30)}`,
      )}`,
      '48 | Temperature_Fahrenheit is temperature in °F, 35.6 to 57.2 | Temperature_Fahrenheit, Relative_Humidity | ',
    ],
    [
      'RDB (USGS): widths below the names, codes explained above',
      `# Data provided for site 01646500\n#        69928       00020     Temperature, air, degrees Celsius\n#\nagency_cd\tdatetime\ttz_cd\t69928_00020\t69928_00020_cd\n5s\t20d\t6s\t14n\t10s\n${rows(
        48,
        HOUR,
        (time, t) => `USGS\t${day(time)} ${time.slice(11, 16)}\tEST\t${t}\tP`,
      )}`,
      '48 | 69928_00020 is temperature in °C, 2 to 14 | 69928_00020 | ',
    ],
    [
      'BADC-CSV: names and units told above, "end data" below',
      `Conventions,G,BADC-CSV,1\nlong_name,wind_speed,Wind speed,knots\nlong_name,air_temperature,Air temperature,degC\ntype,air_temperature,float\ndata\nob_time,src_id,wind_speed,air_temperature\n${rows(
        48,
        HOUR,
        (time, t, at) => `${day(time)} ${time.slice(11, 19)},708,${at % 17},${t}`,
      )}\nend data\n`,
      '48 | air_temperature is temperature in °C, 2 to 14 | wind_speed, air_temperature | ',
    ],
    [
      'a long table with its element and its date under other names',
      `STATION,ELEMENT,TIMEFUNC,DT,VALUE,QUALITY\n${['T', 'TMA', 'SRA']
        .map((element) =>
          rows(48, DAY, (time, t) => `0-203-0-11406,${element},AVG,${day(time)}T00:00:00Z,${t},0`),
        )
        .join('\n')}`,
      '48 | T is temperature in °C, 2 to 14 | T, SRA | ',
    ],
    [
      'highest and lowest beside the mean (GSOD)',
      `"STATION","DATE","TEMP","DEWP","MAX","MIN","PRCP","FRSHTT"\n${rows(
        48,
        DAY,
        (time, t, at) =>
          `"07156099999","${day(time)}","${(50 + t).toFixed(1)}","${(40 + t / 2).toFixed(1)}","${(58 + t).toFixed(1)}*","${(45 + t).toFixed(1)}","0.0${at % 4}","000000"`,
      )}`,
      '48 | TEMP is temperature in °F, 52 to 64 | TEMP, DEWP, PRCP | ',
    ],
    [
      'short names of GeoSphere Austria',
      `time,station,TL,RF,P,FF,DD,GLOW\n${rows(
        48,
        HOUR,
        (time, t, at) =>
          `${time.slice(0, 16)}+00:00,11035,${t},${60 + (at % 30)},98${at % 9}.5,${at % 7}.1,${(at * 13) % 360},${at * 9}`,
      )}`,
      '48 | TL is temperature in °C, 2 to 14 | TL, RF, P, FF, DD, GLOW | ',
    ],
    [
      'Finnish',
      `Havaintoasema,Aika,Ilman lämpötila [°C],Suhteellinen kosteus [%],Puuskanopeus [m/s],Lumensyvyys [cm]\n${rows(
        48,
        HOUR,
        (time, t, at) => `Kumpula,${time.slice(0, 16)},${t},${60 + (at % 30)},${at % 9}.5,${at % 4}`,
      )}`,
      '48 | Ilman lämpötila [°C] is temperature in °C, 2 to 14 | Ilman lämpötila [°C], Suhteellinen kosteus [%], Puuskanopeus [m/s], Lumensyvyys [cm] | ',
    ],
  ])('%s', async (_, text, suggested) => {
    expect(await suggestedFor(text)).toBe(suggested);
  });

  it('tell directions in tens of degrees, 99 where the wind turns; days of a month are none', async () => {
    const text = `fecha,dd,dir,tmed\n${rows(72, DAY, (time, t, at) => `${day(time)},${1 + (at % 31)},${at % 19 === 3 ? 99 : 1 + (at % 36)},${t}`)}`;
    const { columns } = await summaryOf(text);
    expect(columns.find(({ name }) => name === 'dir')).toMatchObject({ unit: '°', min: 10, max: 360 });
    expect(columns.find(({ name }) => name === 'dd')).toMatchObject({ min: 1, max: 31 });
  });

  it.each<[string, string[], readonly number[]]>([
    [
      'Russian',
      [
        'Ветер, дующий с севера',
        'Ветер, дующий с западо-юго-запада',
        'Ветер, дующий с юго-востока',
        'Штиль, безветрие',
      ],
      [0, 247.5, 135, NaN],
    ],
    [
      'English',
      [
        'Wind blowing from the north',
        'Wind blowing from the west-southwest',
        'Wind blowing from the south-east',
        'Calm, no wind',
      ],
      [0, 247.5, 135, NaN],
    ],
  ])('write the wind in sentences: %s', async (_, words, degrees) => {
    const text = `time;T;DD;RRR\n${rows(40, HOUR, (time, t, at) => `"${time.slice(0, 16)}";"${t}";"${words[at % 4]}";"${['Осадков нет', 'Следы осадков', '1.2', 'No precipitation'][at % 4]}"`)}`;
    const { columns } = await summaryOf(text);
    const known = degrees.filter((angle) => !Number.isNaN(angle));
    expect(columns.find(({ name }) => name === 'DD')).toMatchObject({
      quantity: 'wind direction',
      min: Math.min(...known),
      max: Math.max(...known),
      missing: 10,
    });
    expect(columns.find(({ name }) => name === 'RRR')).toMatchObject({
      quantity: 'rain',
      min: 0,
      max: 1.2,
      missing: 0,
    });
  });
});

describe('A history of Home Assistant', () => {
  it('holds a state until the next, for hours, and not where it was unavailable', async () => {
    const at = (minutes: number): string =>
      new Date(Date.UTC(2023, 2, 1) + minutes * 60_000 + 7000).toISOString();
    const outdoor = Array.from(
      { length: 100 },
      (_, k) => `sensor.outdoor_temperature,${8 + (k % 9)},${at(15 * k)}`,
    );
    const cellar = [
      `sensor.cellar_humidity,60,${at(5)}`,
      `sensor.cellar_humidity,unavailable,${at(65)}`,
      `sensor.cellar_humidity,62,${at(125)}`,
      `sensor.cellar_humidity,64,${at(1400)}`,
    ];
    const { columns, rows: count } = await summaryOf(
      `entity_id,state,last_changed\n${[...outdoor, ...cellar].join('\n')}\n`,
    );
    expect(count).toBe(100);
    const humidity = columns.find(({ name }) => name === 'cellar_humidity');
    // An hour, then none for one, six hours and the quarter in which it was said, and from 23:15 to the end.
    expect(humidity).toMatchObject({ count: 4 + 25 + 7 });
  });
});

describe('A column that is named for a quantity', () => {
  it('is none of a clock, though its numbers go with the minutes', async () => {
    const lines = Array.from({ length: 30 }, (_, at) => `2023-03-04T00:${pad(at)}:00Z,${at + 1}`);
    const { columns, suggestion } = await summaryOf(`time,temperature\n${lines.join('\n')}\n`);
    expect(columns[suggestion?.target ?? -1]?.name).toBe('temperature');
  });
});
