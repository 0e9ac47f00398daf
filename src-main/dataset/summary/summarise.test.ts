import { describe, expect, it } from 'vitest';
import { dailyLines, readContent, summaryOf } from '../fixture';
import { pageOf } from './summarise';

describe('summarise', () => {
  it('counts what each column holds, in the unit of the file', async () => {
    const rows = ['-4.2,,40', '-5,1.5,NA', '-9999,T,120', '3,0,50'];
    const summary = await summaryOf(
      `일시,평균기온,강수량,평균습도\n${dailyLines(4, (day) => rows[day] ?? '')}`,
    );
    const [time, temperature, rain, humidity] = summary.columns;
    expect(summary).toMatchObject({
      id: 'test',
      fileName: 'readings.csv',
      rows: 4,
      problems: [{ code: 'rain-empty', params: { column: '강수량', count: 1 } }],
      gapCount: 0,
    });
    expect(summary.time).toEqual({ column: 0, parts: [0], format: 'YYYY-MM-DD', zone: null });
    expect(summary.step).toEqual({ seconds: 86_400, label: 'daily', exactShare: 1 });
    expect(summary.range).toEqual({ from: Date.UTC(2021, 0, 1), to: Date.UTC(2021, 0, 4) });
    expect(time).toMatchObject({ role: 'time', count: 4, missing: 0, words: 0 });
    expect(temperature).toMatchObject({ quantity: 'temperature', unit: '°C', role: 'target' });
    expect(temperature).toMatchObject({ count: 3, missing: 1, min: -5, max: 3, outOfRange: 0 });
    expect(rain).toMatchObject({
      quantity: 'rain',
      unit: 'mm',
      count: 3,
      missing: 1,
      words: 0,
      role: 'feature',
    });
    expect(humidity).toMatchObject({ count: 3, missing: 1, outOfRange: 1, mean: 70 });
    expect(humidity?.standardDeviation).toBeCloseTo(Math.sqrt((900 + 2500 + 400) / 3), 10);
    expect(temperature?.spark).toEqual([-4.2, -5, null, 3]);
    expect(temperature?.histogram?.counts.reduce((sum, count) => sum + count)).toBe(3);
  });

  it('keeps a sentinel that can be a reading', async () => {
    const summary = await summaryOf(
      `date,count,temp\n${dailyLines(3, (day) => `${day === 1 ? 9999 : 5},${day}`)}`,
    );
    expect(summary.columns[1]).toMatchObject({ quantity: 'other', missing: 0, max: 9999 });
  });

  it('guesses roles: plain temperature as the target, no stations, words or constants', async () => {
    const text = `지점,일시,최고기온,평균기온,평균풍속,날씨,상수\n${dailyLines(9, () => '')
      .trim()
      .split('\n')
      .map((line, day) => `108,${line.slice(0, 10)},${day + 5},${day},${day / 10},맑음,7`)
      .join('\n')}\n`;
    const { columns, suggestion } = await summaryOf(text);
    expect(columns.map(({ role }) => role)).toEqual([
      'ignore',
      'time',
      'feature',
      'target',
      'feature',
      'ignore',
      'ignore',
    ]);
    expect(suggestion).toMatchObject({ time: 1, target: 3, inputs: [2, 3, 4], from: null, to: null });
    expect(columns[5]).toMatchObject({ words: 9, firstWord: { line: 2, text: '맑음' } });
  });

  it('fills gaps by straight lines, but mostly empty rain with zero', async () => {
    const often = await summaryOf(
      `date,temp,rain\n${dailyLines(10, (day) => `${day},${day % 2 === 0 ? '' : day}`)}`,
    );
    expect(often.suggestion?.columns.map(({ gapPolicy }) => gapPolicy)).toEqual(['linear', 'linear', 'zero']);
    const seldom = await summaryOf(
      `date,temp,rain\n${dailyLines(10, (day) => `${day},${day === 4 ? '' : day}`)}`,
    );
    expect(seldom.suggestion?.columns[2]?.gapPolicy).toBe('linear');
  });

  it('tells gaps, duplicates, rows out of order and dates that it cannot read', async () => {
    const dates = [
      '2021-01-01',
      '2021-01-02',
      '2021-01-06',
      '2021-01-05',
      '2021-01-05',
      'soon',
      '2021-01-07',
      '2021-01-08',
    ];
    const summary = await summaryOf(`date,temp\n${dates.map((date, row) => `${date},${row}`).join('\n')}\n`);
    expect(summary).toMatchObject({ rows: 8, duplicateTimes: 1, unsortedRows: 1, gapCount: 1 });
    expect(summary.gaps).toEqual([{ from: Date.UTC(2021, 0, 2), to: Date.UTC(2021, 0, 5), missingSteps: 2 }]);
    expect(summary.problems).toEqual([
      { code: 'unreadable-dates', params: { column: 'date', count: 1, line: 7, text: 'soon' } },
      { code: 'times-repeated', params: { file: 'readings.csv', count: 1, rows: 8 } },
    ]);
  });

  it('says so when there is no time or no number', async () => {
    const timeless = await summaryOf('a,b\n1,2\n3,4\n');
    expect(timeless).toMatchObject({ time: null, range: null, step: null, suggestion: null });
    expect(timeless.problems.map(({ code }) => code)).toEqual(['no-time-column']);
    const wordy = await summaryOf('date,sky\n2021-01-01,rain\n2021-01-02,sun\n');
    expect(wordy.problems.map(({ code }) => code)).toEqual(['no-number-column']);
    expect(wordy.suggestion).toBeNull();
  });

  it('gives pages of rows, and none beyond the end', async () => {
    const table = await readContent(`date,temp\n${dailyLines(5, (day) => `${day}.0`)}`);
    expect(pageOf(table, 3, 10)).toEqual({
      from: 3,
      rows: [
        ['2021-01-04', '3.0'],
        ['2021-01-05', '4.0'],
      ],
    });
    expect(pageOf(table, 9, 10).rows).toEqual([]);
  });
});
