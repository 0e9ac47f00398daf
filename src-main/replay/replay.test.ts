import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundled } from '../bundle.fixture';
import { FRESH_STATE } from '../contract/watch';
import { readForecastLog, readNewerSeries, readWatchState } from '../library';
import { verifyLog } from '../verification';
import { check, type Checked } from './checks';
import { replay, type Replayed } from './replay';

const DAYS = 14;
const PLAN = {
  learned: 40 * 24,
  fed: DAYS * 24,
  mishapEvery: 30,
  kills: 5,
  seed: 11,
  paceMs: 40,
  journalMode: 'wal',
};

describe('two weeks of a station, replayed', () => {
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
    expect(replayed.told.locked).toBe(0);
  });

  it('tells of late, changed and missing readings', () => {
    for (const code of ['watch-late', 'watch-changed', 'watch-missing']) {
      expect(replayed.notices).toContain(code);
    }
  });

  it('keeps a log that equals a verification done afterwards, and a mark that is never ahead of it', async () => {
    const log = await readForecastLog(replayed.run);
    const series = await readNewerSeries(replayed.run, 'run');
    const { scores } = verifyLog(log, series!);
    expect(scores!.points).toBeGreaterThan(DAYS * 24);
    const state = await readWatchState(replayed.run);
    expect(state).not.toEqual(FRESH_STATE);
    // It was killed between the two.
    expect(state.decidedUpTo).toBeLessThanOrEqual(log.at(-1)!.issuedAt);
  });
});
