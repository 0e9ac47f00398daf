import { describe, expect, it } from 'vitest';
import type { ColumnMapping } from '../contract/dataset';
import type { Series } from '../contract/series';
import { prepare, windowStarts, type Preparation } from '../series';
import { fixtureSettings } from '../series/series.fixture';
import { mappingByNames, type NamedColumns } from './axis/mapping';
import { dailyLines, problemOf, readContent } from './fixture';
import { seriesOfTable } from './series-of-table';
import { summarise } from './summary/summarise';

async function seriesOf(content: string, names: NamedColumns): Promise<Series> {
  const table = await readContent(content);
  const mapping: ColumnMapping = mappingByNames(summarise(table, 'test'), names);
  return seriesOfTable(table, mapping);
}

const DAYS = 60;
const observed = (day: number): number => 15 + Math.round(80 * Math.sin(day * 1.7)) / 10;

/** Readings, and beside each the service's forecast for that day, as it was known two days before; then forecasts alone. */
const inValidRows = (changed: (day: number) => number = () => 0): string =>
  `date,temp (°C),model_previous_day2 (°C)\n${dailyLines(DAYS + 2, (day) => {
    const reading = day < DAYS ? observed(day) : '';
    return `${reading},${observed(day) - 1 + changed(day)}`;
  })}`;

const VALID: NamedColumns = {
  target: 'temp (°C)',
  inputs: ['temp (°C)'],
  knownAhead: [{ pattern: 'model_*', row: 'valid', steps: 2, most: 2 }],
  service: ['model_previous_day2 (°C)'],
};

/** Two stations in one table, with a summer and the next: forecasts stand in the row of their issue, for the next day. */
function ofStations(changed: (day: number, name: string) => number = () => 0): string {
  const lines = ['station,date,temp (°C),NWP_temp (°C),NWP_wind (m/s)'];
  for (const summer of [0, 365]) {
    for (let day = summer; day < summer + DAYS; day++) {
      const date = new Date(Date.UTC(2021, 5, 1 + day)).toISOString().slice(0, 10);
      for (const [name, offset] of [
        ['hill', -3],
        ['brook', 2],
      ] as const) {
        const change = changed(day, name);
        const said = observed(day + 1) + offset + 1 + change;
        lines.push(`${name},${date},${observed(day) + offset + change},${said},${3 + (day % 5) + change}`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

const STATIONS: NamedColumns = {
  target: 'temp (°C)',
  inputs: ['temp (°C)'],
  knownAhead: [{ pattern: 'NWP_*', row: 'issue', most: 1 }],
  service: ['NWP_temp (°C)'],
  station: 'station',
};

const settings = fixtureSettings({ window: 5, horizon: 1, validationShare: 0.2, scalerFit: 'training' });

/** The inputs of a window: [window, inputs]. */
const windowOf = ({ inputs, inputCount, window }: Preparation, start: number): Float32Array =>
  inputs.slice(start * inputCount, (start + window) * inputCount);

/** All but the mean errors of the service, which are made. */
const read = ({ variables }: Series): Series['variables'] =>
  variables.filter(({ name }) => !name.startsWith('service error'));

describe('a column of forecasts in the rows of their valid times', () => {
  it('gives each lead time what was known in the row, and loses no forecast after the last reading', async () => {
    const series = await seriesOf(inValidRows(), VALID);
    expect(series.time).toHaveLength(DAYS);
    expect(read(series).map(({ name, lead }) => [name, lead])).toEqual([
      ['temp (°C)', undefined],
      ['model_previous_day2 (°C) +1', 1],
      ['model_previous_day2 (°C) +2', 2],
    ]);
    expect(series.service).toEqual([1, 2]);
    for (const row of [0, 17, DAYS - 1]) {
      for (const lead of [1, 2]) {
        expect(series.variables[lead]!.values[row]).toBeCloseTo(observed(row + lead) - 1, 5);
      }
    }
  });

  it('tells by its name how far ahead it was known', async () => {
    const table = await readContent(inValidRows());
    const named = { ...VALID, knownAhead: [{ pattern: 'model*', row: 'valid', most: 24 } as const] };
    const content = summarise(table, 'test');
    const renamed = {
      ...content,
      columns: content.columns.map((column) => ({ ...column, name: column.name.replace(' (°C)', '') })),
    };
    const mapping = mappingByNames(renamed, {
      ...named,
      target: 'temp',
      inputs: ['temp'],
      service: ['model_previous_day2'],
    });
    expect(mapping.knownAhead).toEqual([{ index: 2, row: 'valid', steps: 2 }]);
    expect(mapping.columns[2]!.gapPolicy).toBe('leave-out');
  });

  it('lets a window see nothing that was issued after its last reading', async () => {
    const two = { ...settings, horizon: 2 };
    const before = prepare(await seriesOf(inValidRows(), VALID), two);
    for (const start of before.split.test) {
      const last = start + two.window - 1;
      // Known two days before, the forecast of the day `last + 3` was issued the day after `last`.
      const altered = await seriesOf(
        inValidRows((day) => (day > last + 2 ? 40 - day : 0)),
        VALID,
      );
      const after = prepare(altered, two);
      expect(windowOf(after, start)).toEqual(windowOf(before, start));
      // One day earlier it must: else this would prove nothing.
      const sooner = await seriesOf(
        inValidRows((day) => (day > last + 1 ? 40 - day : 0)),
        VALID,
      );
      expect(windowOf(prepare(sooner, two), start)).not.toEqual(windowOf(before, start));
    }
  });
});

describe('several stations in one table', () => {
  it('are one behind the other on one axis, and no window goes from one into the next or over the winter', async () => {
    const series = await seriesOf(ofStations(), STATIONS);
    const axis = 365 + DAYS;
    expect(series.stations).toEqual(['brook', 'hill']);
    expect(series.time).toHaveLength(2 * axis);
    expect(read(series).map(({ name }) => name)).toEqual([
      'temp (°C)',
      'NWP_temp (°C)',
      'NWP_wind (m/s)',
      'station brook',
      'station hill',
    ]);
    expect(series.variables[0]!.values[axis]).toBeCloseTo(observed(0) - 3, 5);
    const starts = windowStarts(series, settings);
    expect(starts).toHaveLength(2 * 2 * (DAYS - 5));
    const slots = [...starts].map((start) => start % axis);
    expect(slots).toEqual(slots.slice().sort((a, b) => a - b));
    for (const slot of slots) expect(slot % 365).toBeLessThan(DAYS - 5);
    expect(new Set(starts).size).toBe(starts.length);
  });

  it('are cut by time: no station is learned from at a time at which another is tested', async () => {
    const series = await seriesOf(ofStations(), STATIONS);
    const { split, axisRows } = prepare(series, { ...settings, testFrom: Date.UTC(2022, 6, 1) });
    const slots = (starts: Int32Array): number[] => [...starts].map((start) => start % axisRows);
    const first = (starts: Int32Array): number => Math.min(...slots(starts)) + settings.window;
    const last = (starts: Int32Array): number => Math.max(...slots(starts)) + settings.window;
    expect(series.time[first(split.test)]).toBe(Date.UTC(2022, 6, 1));
    expect(last(split.train)).toBeLessThan(first(split.validation));
    expect(last(split.validation)).toBeLessThan(first(split.test));
    expect(new Set([...split.test].map((start) => Math.floor(start / axisRows)))).toEqual(new Set([0, 1]));
  });

  it('let a window see nothing that was issued after its last reading, at any station', async () => {
    const before = prepare(await seriesOf(ofStations(), STATIONS), settings);
    const start = before.split.test[7]!;
    const last = (start % before.axisRows) + settings.window - 1;
    const altered = prepare(
      await seriesOf(
        ofStations((day) => (day > last ? 9 - (day % 7) : 0)),
        STATIONS,
      ),
      settings,
    );
    expect(windowOf(altered, start)).toEqual(windowOf(before, start));
    const sooner = prepare(
      await seriesOf(
        ofStations((day) => (day >= last ? 9 - (day % 7) : 0)),
        STATIONS,
      ),
      settings,
    );
    expect(windowOf(sooner, start)).not.toEqual(windowOf(before, start));
  });

  it('need columns that there are', async () => {
    const wrong = { ...STATIONS, knownAhead: [{ pattern: 'GFS_*', row: 'issue', most: 1 } as const] };
    expect((await problemOf(seriesOf(ofStations(), wrong))).code).toBe('column-unknown');
    const notAhead = { ...STATIONS, service: ['temp (°C)'] };
    expect((await problemOf(seriesOf(ofStations(), notAhead))).code).toBe('service-unknown');
  });
});
