import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundled } from '../bundle.fixture';
import { FRESH_STATE } from '../contract/watch';
import { readForecastLog, readNewerSeries, readWatchState } from '../library';
import { verifyLog } from '../verification';
import { check, type Checked } from './checks';
import { replay, type Replayed, type ReplayPlan } from './replay';

const DAYS = 7;
const PLAN: ReplayPlan = {
  station: 'weewx',
  start: Date.UTC(2022, 0, 1) / 1000,
  learned: 40 * 24,
  fed: DAYS * 24,
  mishapEvery: 15,
  kills: 5,
  seed: 11,
  paceMs: 40,
  journalMode: 'wal',
  feedUntil: Infinity,
};

/** From what lies in the log file, and what the station wrote at last into its archive: by hand, with nothing of Hindcast's. */
async function rawVerification({ run, learned, changes }: Replayed) {
  const archive = new Map<number, number>();
  for (const { time, temperature } of learned) archive.set(time, temperature);
  for (const { change } of changes) {
    for (const { time, temperature } of change.put) archive.set(time, temperature);
    for (const time of change.remove) archive.delete(time);
  }
  const { forecasts } = JSON.parse(await readFile(join(run, 'forecasts.json'), 'utf8')) as {
    forecasts: {
      lastReading: number;
      points: { time: number; value: number; low: number; high: number }[];
    }[];
  };
  let [points, squares, errors, persisted, inside] = [0, 0, 0, 0, 0];
  for (const { lastReading, points: said } of forecasts) {
    for (const { time, value, low, high } of said) {
      const read = archive.get(time / 1000);
      if (read === undefined) continue;
      // A series keeps readings as 32-bit numbers.
      const observed = Math.fround(read);
      points += 1;
      errors += value - observed;
      squares += (value - observed) ** 2;
      persisted += (lastReading - observed) ** 2;
      inside += low <= observed && observed <= high ? 1 : 0;
    }
  }
  return {
    points,
    rmse: Math.sqrt(squares / points),
    bias: errors / points,
    persistenceRmse: Math.sqrt(persisted / points),
    within: inside / points,
  };
}

describe('a week of a station, replayed', () => {
  let folder: string;
  let replayed: Replayed;
  let checked: Checked;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hindcast-replay-'));
    replayed = await replay(
      { folder, cli: bundled('cli'), writer: resolve('scripts/weewx-writer.py') },
      PLAN,
    );
    checked = await check(replayed);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has every mishap in it, and every kill', () => {
    expect(new Set(replayed.planted).size).toBe(10);
    expect(replayed.kills).toBe(PLAN.kills);
  });

  it('gives every forecast that was due, once, whatever is killed', () => {
    expect(checked.missing).toEqual([]);
    expect(checked.twice).toEqual([]);
    expect(checked.issued).toBeGreaterThan((DAYS - 3) * 24);
  });

  it('gives none from the future: each is to the last bit what the readings of then give by hand', () => {
    expect(checked.fromTheFuture).toEqual([]);
    expect(checked.different).toEqual([]);
  });

  it('never lets the station find its database locked', () => {
    expect(replayed.told?.locked).toBe(0);
  });

  it('tells of late, changed and missing readings', () => {
    for (const code of ['watch-late', 'watch-changed', 'watch-missing']) {
      expect(replayed.notices).toContain(code);
    }
  });

  it('keeps a log whose scores equal a verification of the raw numbers done afterwards', async () => {
    const series = await readNewerSeries(replayed.run, 'run');
    const { scores } = verifyLog(await readForecastLog(replayed.run), series!);
    const raw = await rawVerification(replayed);
    expect(scores!.points).toBe(raw.points);
    expect(raw.points).toBeGreaterThan(DAYS * 24);
    for (const name of ['rmse', 'bias', 'persistenceRmse', 'within'] as const) {
      expect(scores![name]).toBeCloseTo(raw[name], 9);
    }
  });

  it('keeps a mark that is never ahead of the log', async () => {
    const log = await readForecastLog(replayed.run);
    const state = await readWatchState(replayed.run);
    expect(state).not.toEqual(FRESH_STATE);
    // It was killed between the two.
    expect(state.decidedUpTo).toBeLessThanOrEqual(log.at(-1)!.issuedAt);
  });
});
