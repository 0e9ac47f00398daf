import { describe, expect, it } from 'vitest';
import type { ColumnReport } from '../../contract/dataset';
import { dailyLines, summaryOf } from '../fixture';

async function columnOf(header: string, lines: string): Promise<ColumnReport> {
  const column = (await summaryOf(`date,${header}\n${lines}`)).columns[1];
  if (column === undefined) throw new Error('no column');
  return column;
}
const hourly = (hours: number, cell: (hour: number) => string): string =>
  Array.from({ length: hours }, (_, hour) => {
    const time = new Date(Date.UTC(2021, 0, 1, hour)).toISOString().slice(0, 16);
    return `${time},${cell(hour)}\n`;
  }).join('');
const wave = (hour: number): string => (10 + 5 * Math.sin(hour / 4)).toFixed(1);

describe('the quality of a column', () => {
  it('is good where nothing is wrong', async () => {
    expect(await columnOf('temp (°C)', hourly(100, wave))).toMatchObject({
      runningTotal: false,
      sentinels: 0,
      stuck: null,
      jumps: 0,
      firstJump: null,
    });
  });

  it('counts sentinels apart from empty cells', async () => {
    const cells = ['', '-9999', '-999.9', 'NA'];
    const column = await columnOf(
      'temp (°C)',
      hourly(40, (hour) => cells[hour] ?? wave(hour)),
    );
    expect(column).toMatchObject({ missing: 4, sentinels: 2, jumps: 0 });
  });

  it('finds a sensor that is stuck, and where', async () => {
    const column = await columnOf(
      'temp (°C)',
      hourly(80, (hour) => (hour >= 20 && hour < 50 ? '7.3' : wave(hour))),
    );
    expect(column.stuck).toEqual({ value: 7.3, count: 30, line: 22 });
  });

  it.each([
    ['a night without wind', 'wind (m/s)', '0.0'],
    ['fog', 'humidity (%)', '100'],
    ['no rain', 'rain (mm)', '0.2'],
  ])('lets %s be', async (_what, header, cell) => {
    expect(
      (
        await columnOf(
          header,
          hourly(80, () => cell),
        )
      ).stuck,
    ).toBeNull();
  });

  it('lets equal days be where they are few', async () => {
    expect(
      (
        await columnOf(
          'temp (°C)',
          dailyLines(20, (day) => (day < 4 ? '5' : String(day))),
        )
      ).stuck,
    ).toBeNull();
  });

  it.each([
    ['temp (°C)', '40', 2, { line: 22, from: 5, to: 40 }],
    ['temp (°F)', '20', 0, null],
    ['pressure (hPa)', '40', 2, { line: 22, from: 5, to: 40 }],
    ['rain (mm)', '40', 0, null],
  ])('counts jumps of %s to %s, in its own unit', async (header, cell, jumps, firstJump) => {
    const column = await columnOf(
      header,
      hourly(60, (hour) => (hour === 20 ? cell : wave(hour))),
    );
    expect(column).toMatchObject({ jumps, firstJump });
  });

  it('allows more over a gap', async () => {
    const lines = `${hourly(5, () => '20')}2021-01-01T16:00,-8\n2021-01-01T17:00,-8\n`;
    expect((await columnOf('temp (°C)', lines)).jumps).toBe(0);
    expect((await columnOf('temp (°C)', lines.replace('T16:00', 'T05:00'))).jumps).toBe(1);
  });

  it('knows rain that counts on', async () => {
    const column = await columnOf(
      'rain (mm)',
      hourly(96, (hour) => String((hour % 24) * 0.2)),
    );
    expect(column.runningTotal).toBe(true);
  });
});
