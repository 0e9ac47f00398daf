import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PUBLISH_NOTHING } from '../contract/watch';
import { Station } from './station';

const SECOND = 1000;

let folder: string;
/** What the clock says. */
let now: number;
/** How often a reader was asked for, and what was told. */
let readings: number;
let told: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-station-'));
  [now, readings, told] = [Date.UTC(2026, 0, 1), 0, []];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Of a file that no reader can read. */
const station = (source: string): Station =>
  new Station(
    {
      folder,
      now: () => now,
      openReader() {
        readings += 1;
        throw new Error('It cannot be read.');
      },
      questions: { run: () => Promise.reject(new Error('Nothing is asked.')) },
      password: () => Promise.resolve(null),
      tell: ({ code }) => void told.push(code),
      train: () => Promise.reject(new Error('Nothing is trained.')),
      retrained: () => undefined,
      issued: () => undefined,
      published: () => undefined,
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

it('tries what cannot be read again after a minute, at once where it was written, and tells it once', async () => {
  const source = join(folder, 'a.csv');
  await writeFile(source, 'x\n');
  const watched = station(source);
  const lookAfter = async (seconds: number): Promise<number> => {
    now += seconds * SECOND;
    await watched.look();
    return readings;
  };
  expect(await lookAfter(0)).toBe(1);
  expect(await lookAfter(5)).toBe(1);
  expect(await lookAfter(50)).toBe(1);
  expect(await lookAfter(10)).toBe(2);
  await writeFile(source, 'x\ny\n');
  expect(await lookAfter(5)).toBe(3);
  expect(told).toEqual(['unexpected']);
});

it('waits for the end of a line, but not for ever', async () => {
  const source = join(folder, 'a.csv');
  await writeFile(source, 'time,temp\n2026-01-01,1');
  const watched = station(source);
  await watched.look();
  expect(readings).toBe(0);
  now += 6 * SECOND;
  await watched.look();
  expect(readings).toBe(1);
});

it('tells once that a file is not there', async () => {
  const watched = station(join(folder, 'nowhere.csv'));
  await watched.look();
  await watched.look();
  expect(told).toEqual(['file-missing']);
});
