import { beforeAll, describe, expect, it } from 'vitest';
import type { ColumnReading } from '../../contract/dataset';
import { READING_MARKS, type ReadingMark } from '../../contract/readings';
import type { RawTable } from '../cells/table';
import { readContent } from '../fixture';
import type { MarkedColumn } from './marked-column';
import { MarkedColumns } from './marked-columns';
import { countMarks, drawCourse, findMark, listMarks } from './runs';

const HOUR = 3_600_000;
const start = Date.UTC(2021, 0, 1);
const time = (hour: number): number => start + hour * HOUR;

/** 400 hours of temperature: two spikes, one reading that no weather gives, two days stuck, times and cells gone wrong. */
function hours(): string {
  const lines = Array.from({ length: 400 }, (_, hour) => {
    let temperature = 10 + 5 * Math.sin((hour * Math.PI) / 12) + (hour % 5) / 10;
    if (hour === 50) temperature = 34;
    if (hour === 90 || hour === 91) temperature = -20;
    if (hour === 130) temperature = 850;
    if (hour >= 200 && hour < 248) temperature = 11.1;
    const cell = hour >= 300 && hour < 303 ? '' : temperature.toFixed(1);
    return `${new Date(time(hour)).toISOString().slice(0, 16)},${cell}`;
  });
  // Rows 350 to 353 are gone, and the hour 360 stands three times.
  return ['time,temp (°C)', ...lines.slice(0, 350), ...lines.slice(354, 361), lines[360], lines[360]]
    .concat(lines.slice(361))
    .join('\n');
}

describe('a column with its marks', () => {
  let table: RawTable;
  const reading: ColumnReading = {
    time: 0,
    gapLimit: null,
    choice: { index: 1, quantity: 'temperature', unit: '°C', useUnit: '°F', gapPolicy: 'linear' },
  };
  const marked = (change: Partial<ColumnReading['choice']> = {}): MarkedColumn =>
    new MarkedColumns().of(table, { ...reading, choice: { ...reading.choice, ...change } });
  const runsOf = (column: MarkedColumn, mark: ReadingMark): [number, number][] =>
    listMarks(column, mark).map(({ from, to }) => [(from - start) / HOUR, (to - start) / HOUR]);
  const whole = { from: time(0), to: time(399) };

  beforeAll(async () => {
    table = await readContent(hours());
  });

  it('has its spikes, and not the readings after them; what is stuck, out of range, repeated and filled', () => {
    const column = marked();
    expect(Object.fromEntries(READING_MARKS.map((mark) => [mark, runsOf(column, mark)]))).toEqual({
      spike: [
        [50, 50],
        [90, 91],
      ],
      'out-of-range': [[130, 130]],
      stuck: [[200, 247]],
      repeated: [[360, 360]],
      filled: [
        [130, 130],
        [300, 302],
        [350, 353],
      ],
      struck: [],
    });
    expect(countMarks(column)).toMatchObject({
      spike: { readings: 3, runs: 2 },
      repeated: { readings: 2, runs: 1 },
      filled: { readings: 8, runs: 3 },
    });
  });

  it('is stepped through either way, run by run', () => {
    const column = marked();
    const first = findMark(column, 'spike', -Infinity, 'later');
    expect(first).toEqual({ from: time(50), to: time(50), readings: 1, place: 0 });
    const second = findMark(column, 'spike', first!.to, 'later');
    expect(second).toEqual({ from: time(90), to: time(91), readings: 2, place: 1 });
    expect(findMark(column, 'spike', second!.to, 'later')).toBeNull();
    expect(findMark(column, 'spike', second!.from, 'earlier')).toEqual(first);
    expect(findMark(column, 'spike', first!.from, 'earlier')).toBeNull();
  });

  it('bears what was struck, which is no spike any more and is filled', () => {
    const column = marked({ struck: [{ from: time(90), to: time(90) + 1 }] });
    expect(runsOf(column, 'struck')).toEqual([[90, 90]]);
    expect(runsOf(column, 'spike')).toEqual([
      [50, 50],
      [91, 91],
    ]);
    expect(runsOf(column, 'filled')).toContainEqual([90, 90]);
    // Of a column that is struck as a whole nothing is left to fill from.
    const all = countMarks(marked({ struck: [whole] }));
    expect(all).toMatchObject({ struck: { readings: 397 - 4 }, filled: { readings: 0 } });
  });

  it('is drawn in the unit of the file, without what counts as missing, every mark on its reading', () => {
    const { line, marks, range } = drawCourse(marked(), whole, 1000);
    expect(range).toEqual([-20, 34]);
    expect([...line.value]).not.toContain(850);
    expect([...marks['out-of-range'].value]).toEqual([850]);
    expect([...marks.spike.value]).toEqual([34, -20, -20]);
    expect([...marks.spike.time]).toEqual([time(50), time(90), time(91)]);
    expect(marks.filled.value[0]).toBeGreaterThan(10);
    expect(marks.filled.value[0]).toBeLessThan(20);
    const narrow = drawCourse(marked(), { from: time(40), to: time(45) }, 1000);
    expect([...narrow.line.time]).toEqual([39, 40, 41, 42, 43, 44, 45, 46].map(time));
  });

  it('says that they are too many to be struck one by one', async () => {
    const rows = Array.from({ length: 4500 }, (_, hour) => {
      const cell = hour % 2 === 0 ? '' : String(hour % 9);
      return `${new Date(time(hour)).toISOString().slice(0, 16)},${cell}`;
    });
    table = await readContent(['time,temp (°C)', ...rows].join('\n'));
    expect(() => listMarks(marked(), 'filled')).toThrow(expect.objectContaining({ code: 'too-many-struck' }));
  });
});
