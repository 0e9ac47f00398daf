import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundled } from '../bundle.fixture';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { Series } from '../contract/series';
import { PUBLISH_NOTHING } from '../contract/watch';
import { DatasetReader, forkReader } from '../dataset';
import { SingleRun } from '../library';
import type { RunQuestions } from '../services';
import { weatherRun, weatherSeries } from '../trainer/trainer.fixture';
import { Station } from './station';

const HOUR = 3_600_000;
const BEFORE = 240;

/** What a clock on a wall in Berlin shows: '2024-03-31 03:00'. */
function wallTime(instant: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Berlin',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return parts.format(instant);
}

/** The same with what it is ahead of UTC: '2024-03-31T03:00+02:00'. */
function withOffset(instant: number): string {
  const wall = wallTime(instant);
  const ahead = (Date.parse(`${wall.replace(' ', 'T')}Z`) - instant) / HOUR;
  return `${wall.replace(' ', 'T')}+0${ahead}:00`;
}

// The last Sundays of March and October, 01:00 UTC.
const TO_SUMMER = Date.UTC(2024, 2, 31, 1);
const TO_WINTER = Date.UTC(2024, 9, 27, 1);

it.each([
  ['a local clock, to summer time', TO_SUMMER, wallTime, 'Europe/Berlin', 1],
  ['a local clock, back to winter time', TO_WINTER, wallTime, 'Europe/Berlin', 1],
  ['a clock with its offset, to summer time', TO_SUMMER, withOffset, '+01:00', 1],
  ['a clock with its offset, begun in summer and back to winter time', TO_WINTER, withOffset, '+02:00', 2],
])('forecasts from each hour of %s once', async (_, change, textOf, zone, ahead) => {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-summer-time-'));
  try {
    const source = join(folder, 'station.csv');
    const first = change - BEFORE * HOUR;
    const line = (hour: number): string => {
      const temperature = 10 + 5 * Math.sin(hour / 4) + (hour % 7) / 10;
      return `${textOf(first + hour * HOUR)},${temperature.toFixed(1)}\n`;
    };
    const lines = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, at) => line(from + at)).join('');
    await writeFile(source, `time,temperature (°C)\n${lines(0, BEFORE - 2)}`);
    const run = join(folder, 'run');
    await new SingleRun(run).create({ ...weatherRun(), zone }, weatherSeries(30));

    /** The last row of the readings that each forecast was asked from. */
    const rows: number[] = [];
    const questions = {
      run(task: string, ask: unknown) {
        if (task === 'mapping') {
          const { summary } = ask as { summary: { suggestion: object } };
          return Promise.resolve({ ...summary.suggestion, stepSeconds: null, gapLimit: 0 });
        }
        rows.push((ask as { newer: Series }).newer.time.at(-1)!);
        // What is forecast is no part of the question.
        return Promise.reject(new Problem('too-few-windows', { windows: 0, part: phrase('part-test') }));
      },
    } as unknown as Pick<RunQuestions, 'run'>;
    const told: string[] = [];
    const station = new Station(
      {
        folder: run,
        questions,
        now: () => change + 100 * HOUR,
        openReader: () => new DatasetReader(() => forkReader(bundled('reader'))),
        password: () => Promise.resolve(null),
        train: () => Promise.reject(new Error('Nothing is trained.')),
        tell: ({ code }) => void told.push(code),
        issued: () => undefined,
        published: () => undefined,
        retrained: () => undefined,
      },
      {
        source,
        schedule: { kind: 'reading' },
        publish: PUBLISH_NOTHING,
        forecasts: null,
        baselineInstead: false,
        retrainDays: null,
      },
    );
    await station.look();
    // The hour before the change, the two around it one by one, and those after it.
    for (const [from, to] of [
      [BEFORE - 2, BEFORE - 1],
      [BEFORE - 1, BEFORE],
      [BEFORE, BEFORE + 1],
      [BEFORE + 1, BEFORE + 4],
    ] as const) {
      await appendFile(source, lines(from, to));
      await station.look();
    }
    const onItsClock = (hour: number): string => new Date(first + (hour + ahead) * HOUR).toISOString();
    expect(rows.map((row) => new Date(row).toISOString())).toEqual(
      Array.from({ length: 7 }, (_, at) => onItsClock(BEFORE - 3 + at)),
    );
    expect(told.filter((code) => !['too-few-windows', 'watch-caught-up'].includes(code))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
