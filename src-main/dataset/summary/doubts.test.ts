import { describe, expect, it } from 'vitest';
import { dailyLines, readContent, summaryOf } from '../fixture';
import { makeSeries } from '../axis/make-series';
import { summarise } from './summarise';

const pressure = (day: number): number => 1010 + 8 * Math.sin(day / 3);
const temperature = (day: number): number => 15 + 6 * Math.sin(day / 9) + (day % 3);

/** Days of a temperature and a pressure, of which some are what the test makes of them. */
const days = (count: number, change: (day: number) => { temp?: number; hpa?: number }): string =>
  `date,temperature (°C),pressure (hPa)\n${dailyLines(count, (day) => {
    const { temp = temperature(day), hpa = pressure(day) } = change(day);
    return `${temp.toFixed(1)},${hpa.toFixed(1)}`;
  })}`;
const codesOf = async (content: string): Promise<string[]> =>
  (await summaryOf(content)).problems.map(({ code }) => code);

describe('what is doubtful', () => {
  it('is nothing in usual readings', async () => {
    expect(await codesOf(days(120, () => ({})))).toEqual([]);
  });

  it('are the few readings that no weather gives: they are told, and are missing on the axis', async () => {
    const wild: Record<number, number> = { 20: 7679.3, 60: -3, 61: 12 };
    const content = days(120, (day) => ({ hpa: wild[day] }));
    const table = await readContent(content);
    const summary = summarise(table, 'test');
    expect(summary.problems).toEqual([
      {
        code: 'readings-outside',
        params: { column: 'pressure (hPa)', count: 3, low: 400, high: 1090, unit: 'hPa' },
      },
    ]);
    const { variables } = makeSeries(table, summary.suggestion!);
    const made = variables.find(({ name }) => name === 'pressure (hPa)')!;
    expect([20, 60, 61].map((day) => made.filled[day] !== 0)).toEqual([true, true, true]);
    expect(Math.max(...made.values)).toBeLessThan(1020);
    expect(Math.min(...made.values)).toBeGreaterThan(1000);
  });

  it('is a unit that most readings do not fit; nothing is taken from them', async () => {
    const content = days(120, (day) => ({ hpa: 10 * pressure(day) }));
    const table = await readContent(content);
    const summary = summarise(table, 'test');
    const taken = summary.suggestion!.inputs.some(
      (index) => summary.columns[index]?.name === 'pressure (hPa)',
    );
    const codes = summary.problems.map(({ code }) => code);
    if (taken) expect(codes).toContain('readings-mostly-outside');
    else expect(summary.leftOut.map(({ column }) => column)).toContain(2);
  });

  it('is a sensor that stands still, and one that jumps', async () => {
    expect(await codesOf(days(120, (day) => (day >= 50 && day < 70 ? { temp: 17.3 } : {})))).toEqual([
      'sensor-stuck',
    ]);
    expect(await codesOf(days(120, (day) => (day % 40 === 5 ? { temp: 55 } : {})))).toEqual(['sensor-jumps']);
  });

  it('is a date that has not come yet', async () => {
    const year = new Date().getUTCFullYear() + 2;
    const content = days(120, () => ({})).replaceAll('2021-', `${year}-`);
    expect(await codesOf(content)).toEqual(['dates-ahead']);
  });

  it('are times that stand more than once, where they are more than the hour at the end of summer time', async () => {
    const repeated = (count: number): string => {
      const content = days(200, () => ({}));
      return (
        content +
        content
          .split('\n')
          .slice(50, 50 + count)
          .join('\n')
      );
    };
    expect((await summaryOf(repeated(12))).problems).toEqual([
      { code: 'times-repeated', params: { file: 'readings.csv', count: 12, rows: 212 } },
    ]);
    expect(await codesOf(repeated(1))).toEqual([]);
  });

  it('are lines of readings above the table that became no rows', async () => {
    const early = 'date,temperature (°C)\n2020-01-01,3.5\n2020-01-02,4.5\n\n';
    expect((await summaryOf(early + days(200, () => ({})))).problems).toEqual([
      {
        code: 'rows-passed-over',
        params: { file: 'readings.csv', count: 2, line: 2, text: '2020-01-01 3.5' },
      },
    ]);
  });

  it('are no lines that tell of the station', async () => {
    const block =
      'Station,46.5,7.3\nExported,2024-05-01,12:30\nPeriod from,2021-01-01\n1992-12-07,2015-11-30,25.0\n\n';
    expect(await codesOf(block + days(200, () => ({})))).toEqual([]);
  });

  it('is a count that goes on, which the model sees as what fell in each step', async () => {
    let sum = 0;
    const content = `date,temperature (°C),yearlyrain (mm)\n${dailyLines(120, (day) => {
      sum += day % 3 === 0 ? 2 : 0;
      return `${temperature(day).toFixed(1)},${sum}`;
    })}`;
    expect((await summaryOf(content)).problems).toEqual([
      { code: 'counts-up', params: { column: 'yearlyrain (mm)' } },
    ]);
  });
});
