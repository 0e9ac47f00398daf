import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { DatasetSummary } from '../contract/dataset';
import { dailyLines, readContent, reasonsOf, summaryOf, summaryOfFiles } from './fixture';
import { phrase } from '../contract/phrases';

const timesOf = async (
  text: string | Uint8Array,
  options: Parameters<typeof summaryOf>[1] = {},
): Promise<string[]> => {
  const table = await readContent(text, undefined, options);
  return [...(table.time?.times ?? [])].map((time) => new Date(time).toISOString().slice(0, 16));
};
const names = (summary: DatasetSummary): string[] => summary.columns.map(({ name }) => name);

describe('a reading told how', () => {
  it('takes the encoding, and shows what it asked for and the lines as they stand', async () => {
    const text = 'Datum;Temperatur (°C);Böe (km/h)\n2021-01-01;1,5;3\n2021-01-02;2,5;4\n';
    const bytes = iconv.encode(text, 'windows-1252');
    const found = await summaryOf(bytes);
    expect(found.encoding).toBe('windows-1252');
    expect(found.head).toEqual(text.split('\n'));
    const told = await summaryOf(bytes, { encoding: 'CP949' });
    expect(told.encoding).toBe('CP949');
    expect(names(told)).not.toEqual(names(found));
    expect(told.options).toMatchObject({ encoding: 'CP949', delimiter: null });
  });

  it('takes the delimiter, the decimal sign and the line of names', async () => {
    const text = 'a;b\n\ndate;temp,rain\n2021-01-01;1,5\n2021-01-02;2,5\n2021-01-03;3,5\n';
    expect((await summaryOf(text)).columns[1]).toMatchObject({ min: 1.5, max: 3.5 });
    const commas = await summaryOf(text, { delimiter: ',' });
    expect(commas).toMatchObject({ delimiter: ',', rows: 3 });
    const points = await summaryOf(text, { decimal: '.', delimiter: ';' });
    expect(points.columns[1]?.words).toBe(3);
    const first = await summaryOf(text, { headerLine: 1 });
    expect(first).toMatchObject({ headerLine: 1, rows: 3 });
    expect(names(first)).toEqual(['a', 'b']);
    const none = await summaryOf(text, { headerLine: 0 });
    expect(names(none)).toEqual(['column 1', 'column 2']);
  });

  it('takes the order of day and month', async () => {
    const text = 'date,temp\n1/2/2021,1\n2/2/2021,2\n3/2/2021,3\n';
    const found = await summaryOf(text);
    expect(found.dateFormats).toEqual(['D/M/YYYY', 'M/D/YYYY']);
    expect(found.step?.label).toBe('daily');
    const told = await summaryOf(text, { dateFormat: 'M/D/YYYY' });
    expect(told.time?.format).toBe('M/D/YYYY');
    expect(told.range).toEqual({ from: Date.UTC(2021, 0, 2), to: Date.UTC(2021, 2, 2) });
  });

  it('takes the words for missing instead of the usual ones', async () => {
    const text = 'date,temp,sky\n2021-01-01,-5,x\n2021-01-02,--,y\n2021-01-03,7,out\n2021-01-04,-9999,x\n';
    const told = await summaryOf(text, { missingWords: ['out', '-5'] });
    expect(told.columns[1]).toMatchObject({ missing: 1, words: 1, min: -9999 });
    expect(told.columns[2]).toMatchObject({ missing: 1, words: 3 });
  });
});

describe('time', () => {
  it('in a zone with summer time runs on in standard time; the hour of autumn that comes twice is no duplicate', async () => {
    const walls = ['01:30', '02:00', '02:30', '02:00', '02:30', '03:00', '03:30'];
    const text = `Zeit;Temperatur\n${walls.map((wall, row) => `31.10.2021 ${wall};${row},5\n`).join('')}`;
    expect((await summaryOf(text)).duplicateTimes).toBe(2);
    const told = await summaryOf(text, { zone: 'Europe/Berlin' });
    expect(told).toMatchObject({
      duplicateTimes: 0,
      gapCount: 0,
      step: { label: '30 minutes', exactShare: 1 },
    });
    expect(told.time?.zone).toBe('Europe/Berlin');
    expect(await timesOf(text, { zone: 'Europe/Berlin' })).toEqual(
      ['00:30', '01:00', '01:30', '02:00', '02:30', '03:00', '03:30'].map((time) => `2021-10-31T${time}`),
    );
  });

  it('skips no step where spring leaves an hour out', async () => {
    const walls = ['01:00', '01:30', '03:00', '03:30'];
    const text = `time,temp\n${walls.map((wall, row) => `2021-03-28 ${wall},${row}\n`).join('')}`;
    expect((await summaryOf(text, { zone: 'Europe/Berlin' })).gapCount).toBe(0);
    expect((await summaryOf(text)).gapCount).toBe(1);
  });

  it('with offsets that change with summer time is even', async () => {
    const text =
      'time,temp\n2021-10-31T01:30:00+02:00,1\n2021-10-31T02:30:00+02:00,2\n2021-10-31T02:30:00+01:00,3\n2021-10-31T03:30:00+01:00,4\n';
    const summary = await summaryOf(text);
    expect(summary).toMatchObject({ duplicateTimes: 0, step: { label: 'hourly', exactShare: 1 } });
    expect(summary.time?.zone).toBe('+01:00');
  });

  it('in Unix seconds is shown in UTC or in the zone chosen', async () => {
    const text = 'dateTime,outTemp\n1612137600,40\n1612137900,41\n1612138200,42\n';
    expect((await timesOf(text))[0]).toBe('2021-02-01T00:00');
    expect((await timesOf(text, { zone: 'Asia/Seoul' }))[0]).toBe('2021-02-01T09:00');
    expect((await timesOf(text, { zone: 'Europe/Berlin' }))[0]).toBe('2021-02-01T01:00');
    await expect(timesOf(text, { zone: 'Mars/Olympus' })).rejects.toMatchObject({
      code: 'setting-invalid',
      params: { setting: phrase('setting-zone') },
    });
  });

  it.each<[what: string, header: string, rows: readonly string[], first: string, second: string]>([
    [
      'two-digit years',
      'date,temp',
      ['30/12/99,1', '31/12/99,2', '01/01/00,3'],
      '1999-12-30T00:00',
      '1999-12-31T00:00',
    ],
    [
      'names of months',
      'date,temp',
      ['31-Jan-2021,1', '1-Feb-2021,2'],
      '2021-01-31T00:00',
      '2021-02-01T00:00',
    ],
    [
      'German months',
      'Datum;temp',
      ['31. Mai 2021;1', '1. Juni 2021;2'],
      '2021-05-31T00:00',
      '2021-06-01T00:00',
    ],
    [
      'American words',
      'date;temp',
      ['Jan 31, 2021;1', 'Feb 1, 2021;2'],
      '2021-01-31T00:00',
      '2021-02-01T00:00',
    ],
    [
      '12-hour clocks',
      'date,temp',
      ['1/13/2021 12:30 AM,1', '1/13/2021 12:30 PM,2'],
      '2021-01-13T00:30',
      '2021-01-13T12:30',
    ],
    [
      'a and p',
      'Date,Time,temp',
      ['1/13/21,12:05a,1', '1/13/21,1:05p,2'],
      '2021-01-13T00:05',
      '2021-01-13T13:05',
    ],
    [
      'Korean halves',
      '일시,기온',
      ['2021-01-13 오전 12:05,1', '2021-01-13 오후 1:05,2'],
      '2021-01-13T00:05',
      '2021-01-13T13:05',
    ],
    [
      'Korean words',
      '일시,기온',
      ['2021년 1월 3일 5시,1', '2021년 1월 3일 6시,2'],
      '2021-01-03T05:00',
      '2021-01-03T06:00',
    ],
    [
      '24:00',
      'date,temp',
      ['2021-01-13 23:00,1', '2021-01-13 24:00,2'],
      '2021-01-13T23:00',
      '2021-01-14T00:00',
    ],
    [
      'hours 1 to 24',
      'date,hour,temp',
      ['20210113,23,1', '20210113,24,2'],
      '2021-01-13T23:00',
      '2021-01-14T00:00',
    ],
    [
      'HHmm numbers',
      'date,time,temp',
      ['2021-01-13,30,1', '2021-01-13,1330,2'],
      '2021-01-13T00:30',
      '2021-01-13T13:30',
    ],
    [
      'year, month and day',
      'YEAR;MO;DA;HR;temp',
      ['2021;1;31;23;1', '2021;2;1;0;2'],
      '2021-01-31T23:00',
      '2021-02-01T00:00',
    ],
    [
      'the day of the year',
      'Year,DOY,Hour,temp',
      ['2020,60,1,1', '2020,61,0,2'],
      '2020-02-29T01:00',
      '2020-03-01T00:00',
    ],
    [
      'a clock behind parts',
      'Year,Month,Day,Time,temp',
      ['2021,1,31,23:30,1', '2021,2,1,00:00,2'],
      '2021-01-31T23:30',
      '2021-02-01T00:00',
    ],
    [
      'Unix milliseconds',
      'timestamp,temp',
      ['1612137600000,1', '1612137900000,2'],
      '2021-02-01T00:00',
      '2021-02-01T00:05',
    ],
    [
      'ISO without signs',
      'time,temp',
      ['20210201T0000Z,1', '20210201T0005Z,2'],
      '2021-02-01T00:00',
      '2021-02-01T00:05',
    ],
  ])('is read with %s', async (_what, header, rows, first, second) => {
    const times = await timesOf(`${header}\n${rows.join('\n')}\n`);
    expect(times.slice(0, 2)).toEqual([first, second]);
  });

  it('is not joined with the time of an extreme', async () => {
    const rows = dailyLines(9, (day) => `${day},1${day}:30`);
    const summary = await summaryOf(`date,temp,time of highest gust\n${rows}`);
    expect(summary.time?.parts).toEqual([0]);
  });
});

describe('several files of one station', () => {
  const month = (number: number, days: number, header: string, cells: (day: number) => string): string =>
    `${header}\n${Array.from({ length: days }, (_, day) => `2021-0${number}-${String(day + 1).padStart(2, '0')},${cells(day)}\n`).join('')}`;

  it('are joined by names, in order of time, overlaps dropped and counted', async () => {
    const summary = await summaryOfFiles({
      'march.csv': month(3, 31, 'date,temp,rain', (day) => `${day},0`),
      'january.csv': month(1, 31, 'date,temp', (day) => `${day - 20}`),
      'february.csv': `${month(2, 28, 'date,temp', (day) => `${day - 10}`)}2021-03-01,99\n2021-03-02,99\n`,
    });
    expect(summary).toMatchObject({ rows: 90, overlaps: 2, gapCount: 0, unsortedRows: 0, duplicateTimes: 0 });
    expect(summary.files).toEqual([
      { fileName: 'january.csv', rows: 31 },
      { fileName: 'february.csv', rows: 30 },
      { fileName: 'march.csv', rows: 29 },
    ]);
    expect(names(summary)).toEqual(['date', 'temp', 'rain']);
    expect(summary.columns[2]).toMatchObject({ count: 29, missing: 61 });
    expect(summary.range).toEqual({ from: Date.UTC(2021, 0, 1), to: Date.UTC(2021, 2, 31) });
  });

  it('tell day from month together where one alone could not', async () => {
    const day = (text: string): string => `date,temp\n${text},1\n`;
    const summary = await summaryOfFiles({
      'a.csv': day('05/06/2021'),
      'b.csv': day('06/06/2021'),
      'c.csv': day('13/06/2021'),
    });
    expect(summary.range).toEqual({ from: Date.UTC(2021, 5, 5), to: Date.UTC(2021, 5, 13) });
  });

  it('say which of them has no dates', async () => {
    const files = { 'a.csv': 'date,temp\n2021-01-01,1\n2021-01-02,2\n', 'b.csv': 'x,y\n1,2\n3,4\n' };
    await expect(summaryOfFiles(files)).rejects.toMatchObject({
      code: 'no-time-column',
      params: { file: 'b.csv' },
    });
  });
});

describe('rows and cells', () => {
  it('hold numbers in any dress', async () => {
    const cells = ['-.8', '5.', '1e3', '"1,013.2"', '12.3 °C', '29.4#', '−3', '1 234.5', '<0.5', '7*'];
    const rows = cells.map((cell, day) => `2021-01-${String(day + 1).padStart(2, '0')},${cell},5\n`).join('');
    const table = await readContent(`date,value,other\n${rows}`);
    const values = cells.map((_, row) => table.columns[1]?.numberAt(row));
    expect(values).toEqual([-0.8, 5, 1000, 1013.2, 12.3, 29.4, -3, 1234.5, 0.5, 7]);
    expect(table.columns[1]?.textAt(4)).toBe('12.3 °C');
    const comma = await readContent('Datum;Druck;Temp\n2021-01-01;1.013,2;1,5\n2021-01-02;987,5;2,5\n');
    expect(comma.columns[1]?.numberAt(0)).toBe(1013.2);
  });

  it('take compass words for degrees and a calm for none', async () => {
    const words = ['N', 'NNO', 'SW', 'Calm', '북서', '---', '270'];
    const rows = words.map((word, day) => `2021-01-0${day + 1};${word};1\n`).join('');
    const summary = await summaryOf(`Datum;Windrichtung;Temp\n${rows}`);
    expect(summary.columns[1]).toMatchObject({
      quantity: 'wind direction',
      words: 0,
      missing: 2,
      min: 0,
      max: 315,
    });
    const unnamed = await summaryOf(`Datum;Wind aus;Temp\n2021-01-01;N;1\n2021-01-02;SW;2\n2021-01-03;O;3\n`);
    expect(unnamed.columns[1]).toMatchObject({ quantity: 'wind direction', max: 225 });
  });

  it('leave out the header once more, remarks, and what stands below a second header', async () => {
    const rows = dailyLines(5, (day) => `${day},${day}`);
    const text = `date,temp,rain\n${rows}date,temp,rain\n2021-01-06,5,5\n# the sensor was cleaned\nEnd of export\n`;
    const summary = await summaryOf(text);
    expect(summary).toMatchObject({ rows: 6, problems: [] });
    expect(reasonsOf(summary)).toContain('line 7 has the column names once more, and is left out');
    expect(reasonsOf(summary)).toContain('2 lines have a remark, and are left out, the first is line 9');
  });

  it('show formulas and HTML in headers as the text they are', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const summary = await summaryOf(
      `date,"=HYPERLINK(""x"")",${name}\n${dailyLines(5, (day) => `${day},1`)}`,
    );
    expect(names(summary)).toEqual(['date', '=HYPERLINK("x")', name]);
  });
});
