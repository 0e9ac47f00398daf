import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summaryOf } from './fixture';
import { inTheirCenturies } from './time/centuries';

const iso = (time = NaN): string => (Number.isNaN(time) ? '-' : new Date(time).toISOString().slice(0, 16));

/** Rows, first and last time, step and zone of a text. */
async function timesIn(text: string): Promise<string> {
  const { rows, range, step, time } = await summaryOf(text);
  return [rows, iso(range?.from), iso(range?.to), step?.label, time?.zone ?? '-'].join(' | ');
}

const DAY = 86_400_000;
const pad = (part: number): string => String(part).padStart(2, '0');
/** A line for each step from a start on. */
function lines(count: number, start: string, step: number, row: (time: Date, at: number) => string): string {
  return Array.from({ length: count }, (_, at) =>
    row(new Date(Date.parse(`${start}Z`) + at * step), at),
  ).join('\n');
}
const dayOfYear = (time: Date): number =>
  Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / DAY) + 1;
const parts = (time: Date): [number, number, number, number, number] => [
  time.getUTCFullYear(),
  time.getUTCMonth() + 1,
  time.getUTCDate(),
  time.getUTCHours(),
  time.getUTCMinutes(),
];

describe('Years of two digits', () => {
  it('stand in the century that order and today leave open', () => {
    const now = Date.UTC(2026, 10, 28);
    const days = property(
      integer({ min: 1650, max: 2025 }),
      integer({ min: 0, max: 364 }),
      integer({ min: 2, max: 60 }),
      constantFrom(1, -1),
      (year, day, count, direction) => {
        const first = Date.UTC(year, 0, 1) + day * DAY;
        const times = Float64Array.from({ length: count }, (_, at) => first + direction * at * 200 * DAY);
        const latest = Math.max(...times);
        if (latest > now || latest + 366 * 100 * DAY <= now + 400 * DAY) return;
        const pivoted = times.map((time) => {
          const date = new Date(time);
          const short = ((date.getUTCFullYear() % 100) + 100) % 100;
          return Date.UTC(short < 70 ? 2000 + short : 1900 + short, date.getUTCMonth(), date.getUTCDate());
        });
        const isLeapDay = (time: number): boolean => new Date(time).toISOString().slice(5, 10) === '02-29';
        if (times.some(isLeapDay)) return;
        expect([...inTheirCenturies(pivoted, now)]).toEqual([...times]);
      },
    );
    assert(days);
  });

  it.each([
    [
      'over 1969 and 1970',
      ['29-Dec-69', '30-Dec-69', '31-Dec-69', '01-Jan-70', '02-Jan-70'],
      '1969-12-29',
      '1970-01-02',
    ],
    ['over 1999 and 2000', ['30.12.99', '31.12.99', '01.01.00', '02.01.00'], '1999-12-30', '2000-01-02'],
    ['newest first', ['02/01/00', '01/01/00', '31/12/99', '30/12/99'], '1999-12-30', '2000-01-02'],
    ['none of them in the future', ['27/06/61', '28/06/61', '29/06/61'], '1961-06-27', '1961-06-29'],
  ])('%s', async (_, dates, from, to) => {
    const text = `date,temp\n${dates.map((date, at) => `${date},${at}.5`).join('\n')}`;
    expect(await timesIn(text)).toBe(`${dates.length} | ${from}T00:00 | ${to}T00:00 | daily | -`);
  });

  it('in a column of their own', async () => {
    const text = `yy,mm,dd,t\n${lines(6, '1999-12-29', DAY, (t) => `${pad(t.getUTCFullYear() % 100)},${parts(t)[1]},${parts(t)[2]},4.5`)}`;
    expect(await timesIn(text)).toBe('6 | 1999-12-29T00:00 | 2000-01-03T00:00 | daily | -');
  });
});

describe('Dates under names in any language or none, and in other shapes', () => {
  const daily = '9 | 2023-02-26T00:00 | 2023-03-06T00:00 | daily | -';
  const day = (row: (time: Date) => string): string =>
    lines(9, '2023-02-26', DAY, (time) => `${row(time)},4.5`);
  const ymd = (t: Date): string => parts(t).slice(0, 3).join();
  it.each([
    [
      'year and day of the year in one',
      'DATE,T',
      (t: Date) => `2023${String(dayOfYear(t)).padStart(3, '0')}`,
    ],
    ['with a dash', 'when,T', (t: Date) => `2023-${String(dayOfYear(t)).padStart(3, '0')}`],
    ['in two columns', 'Year,DOY,T', (t: Date) => `2023,${dayOfYear(t)}`],
    ['in two columns, the second a day', 'Year,Day,T', (t: Date) => `2023,${dayOfYear(t)}`],
    ['two languages in a name', '年/Year,月/Month,日/Day,T', ymd],
    ['French', 'année,mois,jour,T', ymd],
    ['Czech', 'rok,měsíc,den,T', ymd],
    ['Russian', 'год,месяц,день,T', ymd],
    ['a language that we do not know', 'urtea,hila,eguna,T', ymd],
    ['behind a station', 'kode,urtea,hila,eguna,T', (t: Date) => `53131,${ymd(t)}`],
    ['the day first', 'eguna,hila,urtea,T', (t: Date) => `${parts(t)[2]},${parts(t)[1]},2023`],
    ['no names', '', ymd],
    [
      'one number, of an unknown name',
      'eguna,T',
      (t: Date) =>
        ymd(t)
          .split(',')
          .map((part) => part.padStart(2, '0'))
          .join(''),
    ],
    [
      'a French month',
      'jour,T',
      (t: Date) => `${pad(parts(t)[2])} ${parts(t)[1] === 2 ? 'févr.' : 'mars'} 2023`,
    ],
    [
      'a Spanish month',
      'día,T',
      (t: Date) => `${pad(parts(t)[2])}-${parts(t)[1] === 2 ? 'feb' : 'mar'}-2023`,
    ],
  ])('%s', async (_, names, date) => {
    expect(await timesIn(`${names === '' ? '' : `${names}\n`}${day(date)}\n`)).toBe(daily);
  });

  const monthly = '14 | 2008-10-01T00:00 | 2009-11-01T00:00 | monthly | -';
  const english = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  it.each([
    ['Oct-08', (y: number, m: number) => `${english[m]}-${pad(y % 100)}`],
    ['Oct 2008', (y: number, m: number) => `${english[m]} ${y}`],
    ['2008 Oct', (y: number, m: number) => `${y} ${english[m]}`],
    ['200810', (y: number, m: number) => `${y}${pad(m + 1)}`],
    ['2008-10', (y: number, m: number) => `${y}-${pad(m + 1)}`],
  ])('months as %s', async (_, month) => {
    const rows = Array.from(
      { length: 14 },
      (__, at) => `${month(2008 + Math.floor((at + 9) / 12), (at + 9) % 12)},${at}.5`,
    );
    for (const name of ['YearMonth', 'date']) {
      expect(await timesIn(`${name},precip\n${rows.join('\n')}`)).toBe(monthly);
    }
  });
});

describe('Clocks', () => {
  const MINUTES = 20 * 60_000;
  const wanted = '90 | 2023-03-04T00:00 | 2023-03-05T05:40 | 20 minutes | -';
  const hhmm = (t: Date): number => t.getUTCHours() * 100 + t.getUTCMinutes();
  it.each([
    [
      'year, day of the year and hhmm under a zone',
      'Year,DOY,CST,T',
      (t: Date) => `2023,${dayOfYear(t)},${hhmm(t)}`,
    ],
    ['behind a number of the row', ',Year,DOY,PST,T', (t: Date) => `0,2023,${dayOfYear(t)},${hhmm(t)}`],
    [
      'hhmm behind numbers for days, without names',
      '',
      (t: Date) => `53131,2023${pad(parts(t)[1])}${pad(parts(t)[2])},${hhmm(t)}`,
    ],
    [
      'in blanks, with the day of the year too',
      ' ',
      (t: Date) => `${parts(t)[0]} ${dayOfYear(t)} ${parts(t).slice(1).join(' ')}`,
    ],
  ])('%s', async (_, names, date) => {
    const delimiter = names === ' ' ? ' ' : ',';
    const rows = lines(90, '2023-03-04', MINUTES, (t) => `${date(t)}${delimiter}5.${t.getUTCHours()}`);
    expect(await timesIn(`${names.trim() === '' ? '' : `${names}\n`}${rows}\n`)).toBe(wanted);
  });

  it('of hours from 1 to 24 belong to their date, though columns stand between', async () => {
    const rows = lines(
      72,
      '2023-03-04',
      3_600_000,
      (t) => `2023-03-${pad(t.getUTCDate())},Town,${t.getUTCHours() + 1},1001.5,11.5`,
    );
    const text = `Date,Place,ObsTime,StnPres,Temperature\n${rows}`;
    expect(await timesIn(text)).toBe('72 | 2023-03-04T01:00 | 2023-03-07T00:00 | hourly | -');
  });

  it.each([
    ['Date Time, GMT+09:00', '+09:00'],
    ['Date Time (UTC-5)', '-05:00'],
    ['time_utc', 'UTC'],
    ['DateUTC', 'UTC'],
    ['Datum (MEZ)', '+01:00'],
    ['Date', '-'],
  ])('tell their zone in the name: %s', async (name, zone) => {
    const rows = lines(
      30,
      '2023-03-04',
      3_600_000,
      (t) => `${t.toISOString().slice(0, 16).replace('T', ' ')},5.5`,
    );
    expect(await timesIn(`"${name}",T\n${rows}`)).toBe(
      `30 | 2023-03-04T00:00 | 2023-03-05T05:00 | hourly | ${zone}`,
    );
  });

  it('run evenly over summer time, which a column or letters behind them tell', async () => {
    const rows = (zone: (isSummer: boolean) => string): string =>
      lines(48, '2023-10-28T12:00', 3_600_000, (t) => {
        const isSummer = t.getTime() < Date.UTC(2023, 9, 29, 1);
        const wall = new Date(t.getTime() + (isSummer ? 2 : 1) * 3_600_000)
          .toISOString()
          .slice(0, 16)
          .replace('T', ' ');
        return `${wall}${zone(isSummer)},5.5`;
      });
    const wanted = '48 | 2023-10-28T13:00 | 2023-10-30T12:00 | hourly | +01:00';
    expect(await timesIn(`time,tz,T\n${rows((isSummer) => (isSummer ? ',CEST' : ',CET'))}`)).toBe(wanted);
    expect(await timesIn(`time,utc_offset,T\n${rows((isSummer) => (isSummer ? ',7200' : ',3600'))}`)).toBe(
      wanted,
    );
    expect(await timesIn(`time,T\n${rows((isSummer) => (isSummer ? ' CEST' : ' CET'))}`)).toBe(wanted);
  });
});

describe('Grids', () => {
  const days = (year: number, value: (month: number, day: number) => number, delimiter: string): string =>
    Array.from({ length: 31 }, (_, at) => at + 1)
      .map((day) => {
        const cells = Array.from({ length: 12 }, (__, month) => {
          const exists = new Date(Date.UTC(year, month, day)).getUTCMonth() === month;
          return exists ? value(month, day) : -999;
        });
        return [year, day, ...cells].join(delimiter);
      })
      .join('\n');

  it('of days by months, in tenths and without names, become a row a day', async () => {
    const text = [1772, 1773].map((year) => days(year, (month, day) => month * 20 - day, ' ')).join('\n');
    expect(await timesIn(text)).toBe('731 | 1772-01-01T00:00 | 1773-12-31T00:00 | daily | -');
    const { columns } = await summaryOf(text);
    expect(columns.at(-1)).toMatchObject({
      quantity: 'temperature',
      unit: '°C',
      min: -3.1,
      max: 21.9,
      missing: 0,
    });
  });

  it.each([
    ['English', 'Year,Day,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec'],
    ['German', 'Jahr,Tag,Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember'],
    ['French', 'Année,Jour,Janv,Févr,Mars,Avril,Mai,Juin,Juil,Août,Sept,Oct,Nov,Déc'],
  ])('of days by months, in %s', async (_, names) => {
    const text = `${names}\n${days(2023, (month, day) => month + day / 100, ',')}\n`;
    expect(await timesIn(text)).toBe('365 | 2023-01-01T00:00 | 2023-12-31T00:00 | daily | -');
  });

  it('of months by days, with sums behind', async () => {
    const names = Array.from({ length: 31 }, (_, at) => at + 1).join();
    const rows = Array.from(
      { length: 24 },
      (_, at) => `${2022 + Math.floor(at / 12)},${(at % 12) + 1},${names},99`,
    );
    const text = `Year,Month,${names},Sum\n${rows.join('\n')}\n`;
    expect(await timesIn(text)).toBe('730 | 2022-01-01T00:00 | 2023-12-31T00:00 | daily | -');
  });
});

describe('A reading of time that is none', () => {
  it('is not taken where most rows share an instant, and told', async () => {
    const text = `date,T\n${lines(96, '2023-03-04', 900_000, (t) => `${t.toISOString().slice(0, 10)},${t.getUTCHours()}.5`)}`;
    const { time, problems, suggestion } = await summaryOf(text);
    expect([time, suggestion]).toEqual([null, null]);
    expect(problems[0]).toMatchObject({ code: 'times-shared', params: { column: 'date', count: 95 } });
  });
});

describe('A typical year', () => {
  const month = (year: number, at: number, row: (t: Date) => string): string =>
    lines(28 * 24, `${year}-${pad(at)}-01`, 3_600_000, row);
  const us = (t: Date): string => {
    const before = new Date(t.getTime());
    return `${pad(before.getUTCMonth() + 1)}/${pad(before.getUTCDate())}/${before.getUTCFullYear()},${pad(before.getUTCHours() + 1)}:00,5`;
  };

  it('of months of different years is named as such and laid in one year', async () => {
    const text = `Date (MM/DD/YYYY),Time (HH:MM),Dry-bulb (C)\n${[month(1997, 1, us), month(1989, 2, us), month(2005, 3, us)].join('\n')}`;
    expect(await timesIn(text)).toBe('2016 | 1997-01-01T01:00 | 1997-03-29T00:00 | hourly | -');
    const { problems } = await summaryOf(text);
    expect(problems[0]).toEqual({
      code: 'typical-year',
      params: { file: 'readings.csv', years: 3, from: '1989', to: '2005', year: '1997' },
    });
  });

  it('as PVGIS writes it, and as EPW does', async () => {
    const pvgis = (t: Date): string =>
      `${t.toISOString().slice(0, 13).replace(/[-T]/g, '').replace(/(..)$/, ':$1')}00,5,80`;
    const text = `Latitude: 45.0\n\nmonth,year\n1,2015\n2,2008\n\ntime(UTC),T2m,RH\n${[month(2015, 1, pvgis), month(2008, 2, pvgis)].join('\n')}\n\nT2m: air temperature (degree Celsius)\n`;
    expect((await summaryOf(text)).problems.map(({ code }) => code)).toContain('typical-year');
    const flags = '?9?9?9?9E0?9?9?9?9?9?9?9?9?9?9?9?9?9?9?9*9*9?9?9?9';
    const epw = (t: Date): string =>
      [
        ...parts(t).slice(0, 3),
        t.getUTCHours() + 1,
        60,
        flags,
        5.5,
        2.1,
        80,
        101325,
        ...Array.from({ length: 25 }, () => 0),
      ].join();
    const head =
      'LOCATION,Town,-,NLD,IWEC,062400,52.3,4.77,1.0,-2.0\nCOMMENTS 1,none\nDATA PERIODS,1,1,Data,Sunday,1/1,12/31\n';
    const summary = await summaryOf(`${head}${[month(1997, 1, epw), month(1989, 2, epw)].join('\n')}\n`);
    expect(summary.problems.map(({ code }) => code)).toContain('typical-year');
    expect(summary.format.id).toBe('epw');
    expect(summary.columns.find(({ name }) => name.startsWith('Dry bulb'))).toMatchObject({
      unit: '°C',
      min: 5.5,
    });
  });

  it('is no record with a hole of years, and none that is sorted anew', async () => {
    const hole = `time,T\n${[month(2015, 1, (t) => `${t.toISOString()},5`), month(2018, 2, (t) => `${t.toISOString()},5`)].join('\n')}`;
    expect((await summaryOf(hole)).problems).toEqual([]);
    const years = `time,T\n${[month(2015, 1, (t) => `${t.toISOString()},5`), month(2014, 1, (t) => `${t.toISOString()},5`)].join('\n')}`;
    expect((await summaryOf(years)).problems).toEqual([]);
  });
});
