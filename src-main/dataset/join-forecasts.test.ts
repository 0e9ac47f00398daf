import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DETECT_ALL, type ReadingOptions } from '../contract/dataset';
import type { Series } from '../contract/series';
import { sourceOfPath } from './bytes/source-file';
import type { RawTable } from './cells/table';
import { problemOf } from './fixture';
import { archiveToCsv } from './forecasts/archive-csv';
import { readTable } from './read-table';
import { seriesOfTable } from './series-of-table';
import { mappingWithForecasts } from './summary/forecast-notes';
import { summarise } from './summary/summarise';

const HOUR = 3_600_000;
const quiet = { onProgress: () => undefined, signal: new AbortController().signal };

async function tableOf(
  files: Readonly<Record<string, string>>,
  options: Partial<ReadingOptions> = {},
): Promise<RawTable> {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-join-'));
  try {
    const paths = Object.keys(files).map((name) => join(folder, name));
    await Promise.all(Object.values(files).map((content, index) => writeFile(paths[index] ?? '', content)));
    return await readTable(paths.map(sourceOfPath), quiet, { ...DETECT_ALL, ...options });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What was read at an instant, and what a run that was issued at another said of it. */
const readAt = (instant: number): number =>
  Math.round(10 * (12 + 6 * Math.sin(instant / HOUR / 3.8) + 3 * Math.sin(instant / HOUR / 41))) / 10;
const saidOf = (instant: number, issued: number): number =>
  Math.round(
    10 * (readAt(instant) + 1 + 0.7 * Math.sin(issued / HOUR / 5.3) + (instant - issued) / HOUR / 50),
  ) / 10;

const start = Date.UTC(2022, 2, 22);
const iso = (instant: number): string => new Date(instant).toISOString().slice(0, 16);

/** The clock on a wall. */
function wall(instant: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).format(instant);
  return parts;
}

interface Runs {
  readonly hours: number;
  readonly every: number;
  readonly reach: number;
}

/** Runs every so many hours, each of so many hours. */
function runsOf({ hours, every, reach }: Runs, form: (issued: number, valid: number) => string): string {
  const lines: string[] = [];
  for (let issue = -every; issue < hours; issue += every) {
    for (let lead = 1; lead <= reach; lead += 1) {
      const [issued, valid] = [start + issue * HOUR, start + (issue + lead) * HOUR];
      lines.push(`${form(issued, valid)},${saidOf(valid, issued)}`);
    }
  }
  return lines.join('\n');
}

const readings = (hours: number, clock: (instant: number) => string): string =>
  `date,temperature (°C)\n${Array.from({ length: hours }, (_, hour) => {
    const instant = start + hour * HOUR;
    return `${clock(instant)},${readAt(instant)}`;
  }).join('\n')}\n`;

function seriesWithForecasts(table: RawTable, horizon: number): Series {
  const summary = summarise(table, 'test');
  const mapping = {
    ...summary.suggestion!,
    knownAhead: [],
    service: undefined,
    inputs: [1],
    stepSeconds: null,
    from: null,
  };
  const { service: _none, ...plain } = mapping;
  return seriesOfTable(table, mappingWithForecasts(table, summary, plain, horizon));
}

/** That every value is what the newest run known in its row said, and is missing where none had been issued. */
function expectKnown(series: Series, record: Runs, standard: number): void {
  for (const { lead, values, name } of series.variables) {
    if (lead === undefined) continue;
    series.time.forEach((clock, row) => {
      const instant = clock - standard;
      const newest = start + Math.floor((instant - start) / HOUR / record.every) * record.every * HOUR;
      const valid = instant + lead * HOUR;
      const isSaid = (valid - newest) / HOUR <= record.reach && (newest - start) / HOUR < record.hours;
      const wanted = isSaid ? saidOf(valid, newest) : NaN;
      if (!isSaid && !Number.isNaN(values[row])) {
        // Only an older run may have said it.
        expect((valid - newest) / HOUR).toBeGreaterThan(0);
        return;
      }
      expect(values[row], `${name} in row ${row}`).toBeCloseTo(wanted, 4);
    });
  }
}

describe('readings and forecasts of two files', () => {
  const ZONES = [
    'Europe/Berlin',
    'America/New_York',
    'Asia/Seoul',
    'Asia/Kolkata',
    'Australia/Adelaide',
    'UTC',
  ];
  const standardOf = (zone: string): number =>
    ({
      'Europe/Berlin': 1,
      'America/New_York': -5,
      'Asia/Seoul': 9,
      'Asia/Kolkata': 5.5,
      'Australia/Adelaide': 9.5,
      UTC: 0,
    })[zone]! * HOUR;

  it('are joined by the instant, whatever the zones and through the change to summer time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ZONES),
        fc.constantFrom(0, 60, -300, 330, 540),
        fc.constantFrom(6, 12, 24),
        fc.constantFrom('lead', 'valid'),
        async (zone, offset, every, form) => {
          // Over the last Sunday of March, in the north and in the south.
          const record = { hours: 24 * 20, every, reach: every + 6 };
          const sign = offset < 0 ? '-' : '+';
          const text = `${sign}${iso(Math.abs(offset) * 60_000).slice(11)}`;
          const clock = (instant: number): string => `${iso(instant + offset * 60_000)}:00${text}`;
          const content =
            form === 'lead'
              ? `issued,lead_hours,t2m (°C)\n${runsOf(record, (issued, valid) => `${clock(issued)},${(valid - issued) / HOUR}`)}`
              : `init_time,valid_time,t2m (°C)\n${runsOf(record, (issued, valid) => `${clock(issued)},${clock(valid)}`)}`;
          const table = await tableOf(
            { 'garden.csv': readings(record.hours, (instant) => wall(instant, zone)), 'runs.csv': content },
            { zone },
          );
          expect(table.forecasts?.files[0]).toMatchObject({
            kind: form === 'lead' ? 'lead-time' : 'issue-valid',
            hours: standardOf(zone) / HOUR - offset / 60,
          });
          expect(table.forecasts).toMatchObject({ matched: record.hours, unmatched: 0 });
          const series = seriesWithForecasts(table, 6);
          expect(series.service).toHaveLength(6);
          expectKnown(series, record, standardOf(zone));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('no forecast that was issued after a row changes anything in it', async () => {
    const record = { hours: 240, every: 6, reach: 30 };
    const clock = (instant: number): string => iso(instant);
    const files = (changed: (issued: number) => number): Record<string, string> => ({
      'garden.csv': readings(record.hours, clock),
      'runs.csv': `issued,valid,t2m (°C)\n${runsOf(record, (issued, valid) => `${iso(issued)},${iso(valid)}`)
        .split('\n')
        .map((line) => {
          const cells = line.split(',');
          return [cells[0], cells[1], Number(cells[2]) + changed(Date.parse(`${cells[0]}Z`))].join(',');
        })
        .join('\n')}`,
    });
    const before = seriesWithForecasts(await tableOf(files(() => 0)), 12);
    for (const row of [30, 77, 150]) {
      const moment = before.time[row]!;
      const after = seriesWithForecasts(await tableOf(files((issued) => (issued > moment ? 7 : 0))), 12);
      before.variables.forEach(({ values }, at) => {
        expect(after.variables[at]!.values.slice(0, row + 1)).toEqual(values.slice(0, row + 1));
      });
      // One run earlier it must: else this would prove nothing.
      const sooner = seriesWithForecasts(
        await tableOf(files((issued) => (issued > moment - 6 * HOUR ? 7 : 0))),
        12,
      );
      expect(sooner.variables[1]!.values[row]).not.toEqual(before.variables[1]!.values[row]);
    }
  });

  it('are moved onto one clock by their course where nothing tells their zones', async () => {
    const hours = 24 * 20;
    const table = await tableOf({
      'garden.csv': readings(hours, (instant) => iso(instant + 9 * HOUR)),
      'model.csv': `time,t2m_previous_day1 (°C)\n${Array.from({ length: hours }, (_, hour) => {
        const instant = start + hour * HOUR;
        return `${iso(instant)},${saidOf(instant, instant - 24 * HOUR)}`;
      }).join('\n')}\n`,
    });
    expect(table.forecasts?.files[0]).toMatchObject({ kind: 'previous-runs', hours: 9, clock: 'course' });
    expect(summarise(table, 'test').problems.map(({ code }) => code)).toContain('forecast-clock');
  });

  it('of daily readings take the highest and lowest of the day from runs by the hour', async () => {
    const record = { hours: 24 * 80, every: 12, reach: 60 };
    const days = Array.from({ length: 80 }, (_, day) => {
      const all = Array.from({ length: 24 }, (_, hour) => readAt(start + (24 * day + hour) * HOUR));
      return `${iso(start + 24 * day * HOUR).slice(0, 10)},${Math.max(...all)},${Math.min(...all)}`;
    });
    const table = await tableOf({
      'garden.csv': `date,temp max (°C),temp min (°C)\n${days.join('\n')}\n`,
      'runs.csv': `run,valid,t2m (°C)\n${runsOf(record, (issued, valid) => `${iso(issued)},${iso(valid)}`)}`,
    });
    expect(table.columns.slice(3).map(({ name }) => name)).toEqual([
      'forecast t2m (°C)',
      'forecast highest t2m (°C)',
      'forecast lowest t2m (°C)',
    ]);
    const summary = summarise(table, 'test');
    const plain = { ...summary.suggestion!, alsoTargets: [], stepSeconds: null, from: null };
    const high = mappingWithForecasts(table, summary, { ...plain, target: 1 }, 1);
    const low = mappingWithForecasts(table, summary, { ...plain, target: 2 }, 1);
    expect(high.service).toEqual([4]);
    expect(low.service).toEqual([5]);
    const series = seriesOfTable(table, high);
    // The day is over at midnight: of the run of that midnight on all is known.
    const day = 30;
    const issued = start + 24 * (day + 1) * HOUR;
    const said = Array.from({ length: 23 }, (_, hour) => saidOf(issued + (hour + 1) * HOUR, issued));
    const first = saidOf(issued, issued - 12 * HOUR);
    expect(series.variables[series.service![0]!]!.values[day]).toBeCloseTo(Math.max(first, ...said), 4);
  });

  it('one file a run, which its name tells, and which of the files are forecasts can be turned round', async () => {
    const run = (day: number): string =>
      `time,temp (°C)\n${Array.from({ length: 48 }, (_, hour) => {
        const valid = start + (24 * day + hour) * HOUR;
        return `${iso(valid)},${saidOf(valid, start + 24 * day * HOUR)}`;
      }).join('\n')}\n`;
    const files: Record<string, string> = { 'garden.csv': readings(24 * 12, iso) };
    for (let day = 0; day < 12; day += 1) {
      files[`forecast-${iso(start + 24 * day * HOUR).slice(0, 10)}.csv`] = run(day);
    }
    const table = await tableOf(files);
    expect(table.forecasts?.files).toHaveLength(12);
    expect(table.forecasts?.files[3]).toMatchObject({ kind: 'one-run', runs: 1 });
    expect(table.rows).toBe(24 * 12);
    // The first run is of the first reading's moment: the reading itself was known by then.
    expect(table.forecasts).toMatchObject({ matched: 24 * 12 - 1, unmatched: 1 });
    const turned = await tableOf(
      { 'a.csv': readings(24 * 12, iso), 'b.csv': run(0) },
      { forecasts: ['b.csv'] },
    );
    expect(turned.forecasts?.files[0]?.fileName).toBe('b.csv');
    expect((await tableOf({ 'a.csv': readings(24 * 12, iso), 'b.csv': run(40) })).forecasts).toBeUndefined();
  });

  it('are kept with their issue as a file that is read as such again, and newer ones are added to them', async () => {
    const record = { hours: 240, every: 6, reach: 30 };
    const clock = (instant: number): string => iso(instant + 9 * HOUR);
    const form = (issued: number, valid: number): string => `${iso(issued)},${iso(valid)}`;
    const options = { forecastHours: 9 };
    const lines = runsOf(record, form).split('\n');
    const file = (part: readonly string[]): string => `issued,valid,"t2m, 2 m (°C)"\n${part.join('\n')}\n`;
    const garden = readings(record.hours, clock);
    const whole = await tableOf({ 'garden.csv': garden, 'runs.csv': file(lines) }, options);
    const kept = archiveToCsv(whole)!;
    const again = await tableOf({ 'garden.csv': garden, 'service.csv': kept }, options);
    const horizon = 12;
    expect(seriesWithForecasts(again, horizon)).toEqual(seriesWithForecasts(whole, horizon));
    expect(archiveToCsv(again)).toBe(kept);
    // The first half is kept; the second comes with a newer file, which repeats some of it.
    const half = lines.length / 2;
    const early = archiveToCsv(
      await tableOf({ 'garden.csv': garden, 'runs.csv': file(lines.slice(0, half)) }, options),
    )!;
    const grown = await tableOf(
      { 'garden.csv': garden, 'newer.csv': file(lines.slice(half - 90)), 'service.csv': early },
      options,
    );
    expect(grown.forecasts?.files.map(({ fileName, hours }) => [fileName, hours])).toEqual([
      ['service.csv', 0],
      ['newer.csv', 9],
    ]);
    expect(archiveToCsv(grown)).toBe(kept);
    // Readings alone: what is kept is all there is, and its columns are there.
    const alone = await tableOf({ 'garden.csv': readings(400, clock), 'service.csv': early }, options);
    expect(alone.columns.map(({ name }) => name)).toEqual(whole.columns.map(({ name }) => name));
  });

  it('the service’s forecast is in the unit of the target', async () => {
    const lines = runsOf(
      { hours: 240, every: 6, reach: 30 },
      (issued, valid) => `${iso(issued)},${iso(valid)}`,
    )
      .split('\n')
      .map((line) => line.replace(/[^,]*$/, (value) => String(Number(value) * 1.8 + 32)));
    const table = await tableOf({
      'garden.csv': readings(240, iso),
      'mos.csv': `runtime,ftime,tmp (°F)\n${lines.join('\n')}\n`,
    });
    const series = seriesWithForecasts(table, 2);
    const { unit, values } = series.variables[series.service![0]!]!;
    expect(unit).toBe('°C');
    expect(values[50]).toBeCloseTo(saidOf(series.time[51]!, series.time[48]!), 4);
  });

  it('where forecasts reach less far than is asked, fewer steps are suggested', async () => {
    const table = await tableOf({
      'garden.csv': readings(24 * 40, iso),
      'runs.csv': `run,valid,t2m (°C)\n${runsOf({ hours: 24 * 40, every: 6, reach: 16 }, (issued, valid) => `${iso(issued)},${iso(valid)}`)}`,
    });
    const { plan, suggestion } = summarise(table, 'test');
    // Of 16 hours every six: eleven are known at any hour.
    expect(plan).toMatchObject({ question: 'own', horizon: 11 });
    expect(suggestion).toMatchObject({ service: [2], knownAhead: [{ index: 2, row: 'run', steps: 11 }] });
  });

  it('says it where no forecast is for the time of a reading, and where a file has no time', async () => {
    const lines = Array.from({ length: 50 }, (_, hour) => `${iso(Date.UTC(2001, 0, 1, hour))},${hour}`);
    const old = `time,t2m_previous_day1 (°C)\n${lines.join('\n')}\n`;
    const apart = await problemOf(tableOf({ 'a.csv': readings(100, iso), 'b.csv': old }));
    expect(apart).toMatchObject({ code: 'forecasts-apart', params: { first: '2001-01-01' } });
    const timeless = `x,y\n${lines.map((_, row) => `${row % 7},${row % 5}`).join('\n')}\n`;
    const none = await problemOf(
      tableOf({ 'a.csv': readings(100, iso), 'b.csv': timeless }, { forecasts: ['b.csv'] }),
    );
    expect(none?.code).toBe('forecasts-no-time');
  });

  it('each station of a table gets its own forecasts, and one that is taken alone no other’s', async () => {
    const STATIONS = ['north', 'south'] as const;
    const days = Array.from({ length: 40 }, (_, day) => start + day * 24 * HOUR);
    const offset = { north: 0, south: 10 };
    const rowsOf = (lineAt: (day: number, station: (typeof STATIONS)[number]) => string): string =>
      days.flatMap((day) => STATIONS.map((station) => lineAt(day, station))).join('\n');
    const files = {
      'stations.csv': `date,station,temp (°C)\n${rowsOf((day, station) => `${iso(day)},${station},${readAt(day) + offset[station]}`)}`,
      'runs.csv': `issued,lead_days,station,t2m (°C)\n${rowsOf((day, station) => `${iso(day)},1,${station},${saidOf(day + 24 * HOUR, day) + offset[station]}`)}`,
    };
    const table = await tableOf(files);
    const { suggestion } = summarise(table, 'test');
    const alone = seriesOfTable(table, suggestion!);
    const together = seriesOfTable(table, { ...suggestion!, station: 1, gapLimit: 0 });
    const saidTo = (series: Series, row: number): number =>
      series.variables[series.service![0]!]!.values[row]!;
    const rows = days.length;
    expect(together.stations).toEqual([...STATIONS]);
    for (const row of [0, 7, rows - 2]) {
      const said = saidOf(days[row]! + 24 * HOUR, days[row]!);
      expect(saidTo(alone, row)).toBeCloseTo(said + offset[table.stations[0] as 'north'], 4);
      expect(saidTo(together, row)).toBeCloseTo(said, 4);
      expect(saidTo(together, rows + row)).toBeCloseTo(said + 10, 4);
    }
    const others = files['runs.csv'].replaceAll('north', 'east').replaceAll('south', 'west');
    const none = await problemOf(tableOf({ ...files, 'runs.csv': others }));
    expect(none).toMatchObject({ code: 'forecasts-no-station', params: { file: 'runs.csv' } });
  });

  it('readings that are taken for forecasts would know the future, and are refused', async () => {
    const files = { 'a.csv': readings(24 * 60, iso), 'b.csv': readings(24 * 60, iso) };
    const taken = await problemOf(tableOf(files, { forecasts: ['b.csv'] }));
    expect(taken).toMatchObject({ code: 'forecasts-no-issue', params: { file: 'b.csv', days: 60 } });
  });
});

describe('a forecast that is none', () => {
  const hours = 24 * 30;
  const previous = (said: (instant: number, days: number) => number): string =>
    `time,t2m_previous_day1 (°C),t2m_previous_day2 (°C)\n${Array.from({ length: hours }, (_, hour) => {
      const instant = start + hour * HOUR;
      return `${iso(instant)},${said(instant, 1)},${said(instant, 2)}`;
    }).join('\n')}\n`;

  it('is told: it equals the reading, or is the same however long before', async () => {
    const causes = async (said: (instant: number, days: number) => number): Promise<readonly unknown[]> => {
      const table = await tableOf({ 'garden.csv': readings(hours, iso), 'model.csv': previous(said) });
      const { problems, suggestion, leftOut } = summarise(table, 'test');
      const found = problems.filter(({ code }) => code === 'forecast-analysis');
      expect(suggestion?.service === undefined).toBe(found.length > 0);
      expect(leftOut.some(({ why }) => why === 'analysis')).toBe(found.length > 0);
      return found.map(({ params }) => (params['cause'] as { code: string }).code);
    };
    expect(await causes((instant, days) => saidOf(instant, instant - days * 24 * HOUR))).toEqual([]);
    expect(await causes((instant) => readAt(instant))).toEqual(['equals-reading']);
    expect(await causes((instant) => saidOf(instant, instant))).toEqual(['error-level']);
  });

  it('in one table, columns of forecasts are known ahead by their names', async () => {
    const lines = Array.from({ length: hours }, (_, hour) => {
      const instant = start + hour * HOUR;
      const said = [1, 2, 3].map((days) => saidOf(instant, instant - days * 24 * HOUR));
      return `${iso(instant)},${readAt(instant)},${said.join(',')}`;
    });
    const names = [1, 2, 3].map((days) => `t2m_previous_day${days} (°C)`);
    const table = await tableOf({ 'all.csv': `time,temp (°C),${names.join(',')}\n${lines.join('\n')}\n` });
    const { suggestion, plan } = summarise(table, 'test');
    expect(plan?.horizon).toBe(24);
    expect(suggestion).toMatchObject({
      target: 1,
      inputs: [1, 2],
      knownAhead: [{ index: 2, row: 'valid', steps: 24 }],
      service: [2],
    });
  });
});
