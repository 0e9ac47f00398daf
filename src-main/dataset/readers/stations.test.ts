import { describe, expect, it } from 'vitest';
import { dailyLines, summaryOf, summaryOfFiles } from '../fixture';

const HEADER = '지점,지점명,일시,평균기온(°C)\n';
const rowsOf = (number: number, name: string, days: number, warmth: number): string =>
  dailyLines(days, () => '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, day) => `${number},${name},${line.slice(0, 10)},${warmth + day}\n`)
    .join('');

describe('a file of several stations', () => {
  const text =
    HEADER + rowsOf(108, '서울', 20, 0) + rowsOf(159, '부산', 30, 100) + rowsOf(184, '제주', 10, 200);

  it('is read for the one with the most rows, and says so', async () => {
    const summary = await summaryOf(text);
    expect(summary).toMatchObject({ rows: 30, duplicateTimes: 0, stations: ['부산', '서울', '제주'] });
    expect(summary.columns[3]).toMatchObject({ min: 100, max: 129 });
    expect(summary.problems[0]).toEqual({
      code: 'several-stations',
      params: { file: 'readings.csv', count: 3, station: '부산' },
    });
  });

  it('is read for the one that was chosen, also row by row in order of time', async () => {
    const byDate =
      HEADER +
      text
        .slice(HEADER.length)
        .split(/(?<=\n)/)
        .sort((a, b) => (a.slice(7, 17) < b.slice(7, 17) ? -1 : 1))
        .join('');
    for (const each of [text, byDate]) {
      const summary = await summaryOf(each, { station: '제주' });
      expect(summary).toMatchObject({ rows: 10, stations: ['제주', '부산', '서울'] });
      expect(summary.columns[3]).toMatchObject({ min: 200, max: 209 });
    }
  });

  it('is one record where a station has moved and no times meet', async () => {
    const moved = `station,date,temp\n${dailyLines(30, () => '')
      .split('\n')
      .slice(0, 30)
      .map((line, day) => `${day < 15 ? 'A' : 'B'},${line}${day}\n`)
      .join('')}`;
    expect(await summaryOf(moved)).toMatchObject({ rows: 30, stations: [] });
  });

  it('is joined with others station by station', async () => {
    const february =
      HEADER +
      rowsOf(108, '서울', 20, 50).replaceAll('2021-01', '2021-02') +
      rowsOf(159, '부산', 25, 150).replaceAll('2021-01', '2021-02');
    const summary = await summaryOfFiles(
      { 'january.csv': text, 'february.csv': february },
      { station: '서울' },
    );
    expect(summary).toMatchObject({ rows: 40, overlaps: 0, stations: ['서울', '부산', '제주'] });
  });
});

describe('a history with a row for each sensor and time', () => {
  const at = (minutes: number, seconds: number): string =>
    new Date(Date.UTC(2023, 2, 4, 0, minutes, seconds)).toISOString();
  const lines = Array.from({ length: 40 }, (_, row) => [
    `sensor.outdoor_temperature,${row / 10},${at(row * 7, 1)}`,
    `sensor.outdoor_humidity,${row === 3 ? 'unavailable' : 60 + row},${at(row * 7, 3)}`,
  ]).flat();

  it.each([
    ['in order of time', lines],
    [
      'sensor by sensor',
      [...lines.filter((line) => /temp/.test(line)), ...lines.filter((line) => /hum/.test(line))],
    ],
  ])('%s becomes a row for each step', async (_, rows) => {
    const summary = await summaryOf(`entity_id,state,last_changed\n${rows.join('\n')}\n`);
    expect(summary.time).toMatchObject({ format: 'YYYY-MM-DD HH:mm:ss', zone: 'UTC' });
    expect(summary).toMatchObject({ step: { label: '10 minutes' }, gapCount: 0 });
    const columns = summary.columns
      .slice(1)
      .map(({ name, quantity, min, words }) => ({ name, quantity, min, words }));
    expect(columns).toEqual([
      { name: 'outdoor_temperature', quantity: 'temperature', min: 0, words: 0 },
      { name: 'outdoor_humidity', quantity: 'relative humidity', min: 60, words: 0 },
    ]);
  });

  it('of InfluxDB, below its lines of types, becomes columns', async () => {
    const types = '#datatype,string,long,dateTime:RFC3339,double,string\n,result,table,_time,_value,_field\n';
    const rows = ['temperature', 'humidity'].flatMap((field, table) =>
      Array.from(
        { length: 20 },
        (_, row) => `,,${table},${at(row * 10, 0)},${table * 60 + row / 10},${field}`,
      ),
    );
    const summary = await summaryOf(`${types}${rows.join('\n')}\n`);
    expect(summary).toMatchObject({ rows: 20, step: { label: '10 minutes', exactShare: 1 } });
    expect(summary.columns.map(({ name }) => name)).toEqual(['_time', 'temperature', 'humidity']);
  });
});
