import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withKept, type ColumnMapping } from '../../contract/dataset';
import { MarkedColumns } from '../course/marked-columns';
import { listMarks } from '../course/runs';
import { readContent } from '../fixture';
import { summarise } from '../summary/summarise';
import { makeSeries } from './make-series';
import { mappingByNames } from './mapping';

const HOUR = 3_600_000;
const START = Date.UTC(2021, 0, 1);
const HOURS = 400;
type Hourly = (hour: number) => number | null;

const clean = (hour: number): number => 10 + 5 * Math.sin((hour * Math.PI) / 12) + (hour % 7) / 10;

async function tableOf(header: string, valueAt: Hourly) {
  const lines = Array.from({ length: HOURS }, (_, hour) => {
    const time = new Date(START + hour * HOUR).toISOString().slice(0, 16);
    return `${time},${valueAt(hour)?.toFixed(1) ?? ''}`;
  });
  const table = await readContent([`time,${header}`, ...lines].join('\n'));
  const summary = summarise(table, 'test');
  return { table, summary, mapping: mappingByNames(summary, { target: header, inputs: [header] }) };
}

async function axisOf(valueAt: Hourly, change = (mapping: ColumnMapping): ColumnMapping => mapping) {
  const { table, mapping } = await tableOf('temp (°C)', valueAt);
  const { values, filled } = makeSeries(table, change(mapping)).variables[0]!;
  return { values: [...values], filled: [...filled] };
}

const spiky = (at: number, length: number, by: number): Hourly => {
  return (hour) => clean(hour) + (hour >= at && hour < at + length ? by : 0);
};
const without = (at: number, length: number): Hourly => {
  return (hour) => (hour >= at && hour < at + length ? null : clean(hour));
};
const stuckTemperature: Hourly = (hour) => (hour >= 200 && hour < 248 ? 11.1 : clean(hour));

describe('spikes and stuck runs on the axis', () => {
  it('makes the axis of a record with a spike that of one with empty cells', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: HOURS - 5 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(-45, -38, 38, 45),
        async (at, length, by) => {
          expect(await axisOf(spiky(at, length, by))).toEqual(await axisOf(without(at, length)));
        },
      ),
      { numRuns: 25, seed: 11 },
    );
  });

  it('loses nothing by a step that does not return', async () => {
    const { values, filled } = await axisOf((hour) => clean(hour) + (hour >= 200 ? 25 : 0));
    expect(filled.some((flag) => flag !== 0)).toBe(false);
    expect(values[200]).toBeCloseTo(clean(200) + 25, 0);
  });

  it('takes a stuck run of temperature, and not one of a calm', async () => {
    expect(await axisOf(stuckTemperature)).toEqual(await axisOf(without(200, 48)));
    const { summary } = await tableOf('wind (m/s)', (hour) => (hour >= 200 && hour < 248 ? 0 : clean(hour)));
    expect(summary.columns[1]).toMatchObject({ stuckTaken: 0, spikesTaken: 0 });
  });

  it('takes none where too many would go: the rule does not fit the column', async () => {
    const jumping = await tableOf('temp (°C)', (hour) => clean(hour) + (hour % 20 === 10 ? 38 : 0));
    expect(jumping.summary.columns[1]).toMatchObject({ spikesTaken: 0, jumps: 40 });
    const still = await tableOf('temp (°C)', (hour) => (hour >= 100 && hour < 200 ? 11.1 : clean(hour)));
    expect(still.summary.columns[1]).toMatchObject({ stuckTaken: 0 });
    expect(still.summary.problems.map(({ code }) => code)).toEqual(['sensor-stuck']);
  });

  it('only tells a run that is shorter than a day and a half', async () => {
    const { summary } = await tableOf('temp (°C)', (hour) =>
      hour >= 200 && hour < 230 ? 11.1 : clean(hour),
    );
    expect(summary.columns[1]).toMatchObject({ stuckTaken: 0, stuck: { count: 30 } });
  });

  it('keeps what a person kept, and all that a mapping from before kept', async () => {
    const raw = await axisOf(spiky(50, 1, 38), (mapping) => ({ ...mapping, asRead: true }));
    const span = { from: START + 50 * HOUR, to: START + 50 * HOUR };
    const keep = (mapping: ColumnMapping): ColumnMapping => withKept(mapping, new Map([[1, [span]]]));
    const asBefore = ({ columns, ...mapping }: ColumnMapping): ColumnMapping => ({
      ...mapping,
      columns: columns.map(({ kept: _since, ...choice }) => choice),
    });
    expect(raw.values[50]).toBeGreaterThan(40);
    expect(await axisOf(spiky(50, 1, 38), keep)).toEqual(raw);
    expect(await axisOf(spiky(50, 1, 38), asBefore)).toEqual(raw);
    expect(await axisOf(spiky(50, 1, 38))).not.toEqual(raw);
  });

  it('is the same in the report, in the marks and, whatever period is used, on the axis', async () => {
    const both: Hourly = (hour) => (hour === 50 ? 48 : stuckTemperature(hour));
    const { table, summary, mapping } = await tableOf('temp (°C)', both);
    expect(summary.columns[1]).toMatchObject({ spikesTaken: 1, stuckTaken: 48, jumps: 0 });
    expect(summary.problems.map(({ code }) => code)).toEqual(['spikes-taken', 'stuck-taken']);
    const column = new MarkedColumns().of(table, { time: 0, gapLimit: null, choice: mapping.columns[1]! });
    const hoursOf = (mark: 'spike' | 'stuck') =>
      listMarks(column, mark).map(({ from, to }) => [(from - START) / HOUR, (to - START) / HOUR]);
    expect([hoursOf('spike'), hoursOf('stuck')]).toEqual([[[50, 50]], [[200, 247]]]);
    // Of this period the stuck run is more than the share that is taken: it is judged by the whole record.
    const part = makeSeries(table, { ...mapping, from: START + 190 * HOUR, to: START + 260 * HOUR });
    const { filled } = part.variables[0]!;
    expect([...filled].filter((flag) => flag !== 0)).toHaveLength(48);
  });
});
