import { describe, expect, it } from 'vitest';
import { dueAt, latestMoment, type Moment } from './due';

const HOUR = 3_600_000;
const at = (text: string): number => new Date(text).getTime();
const rows = Float64Array.from({ length: 10 }, (_, row) => row * HOUR);
const moment = (changes: Partial<Moment>): Moment => ({
  schedule: { kind: 'reading' },
  now: 100 * HOUR,
  rows,
  decidedUpTo: null,
  decidedAt: null,
  ...changes,
});

describe('what is due', () => {
  it('is at first the forecast of the newest reading, whatever the schedule', () => {
    for (const schedule of [
      { kind: 'reading' as const },
      { kind: 'every' as const, seconds: 3600 },
      { kind: 'times' as const, times: ['06:00'] },
    ]) {
      expect(dueAt(moment({ schedule }))).toEqual({ rows: [9 * HOUR], skipped: [] });
    }
  });

  it('is with each reading every newer one in order, and none twice', () => {
    expect(dueAt(moment({ decidedUpTo: 6 * HOUR })).rows).toEqual([7 * HOUR, 8 * HOUR, 9 * HOUR]);
    expect(dueAt(moment({ decidedUpTo: 9 * HOUR })).rows).toEqual([]);
    expect(dueAt(moment({ rows: new Float64Array() })).rows).toEqual([]);
  });

  it('is of a long absence the last five hundred, and says which are not', () => {
    const long = Float64Array.from({ length: 700 }, (_, row) => row * HOUR);
    const { rows: kept, skipped } = dueAt(moment({ rows: long, decidedUpTo: 0 }));
    expect([kept.length, kept[0], skipped.length, skipped.at(-1)]).toEqual([
      500,
      200 * HOUR,
      199,
      199 * HOUR,
    ]);
  });

  it('is by a clock nothing until its moment has come, and nothing without a newer reading', () => {
    const schedule = { kind: 'every' as const, seconds: 3600 };
    const now = at('2026-03-10T10:20:00');
    const before = { schedule, now, decidedUpTo: 8 * HOUR };
    expect(dueAt(moment({ ...before, decidedAt: at('2026-03-10T10:01:00') })).rows).toEqual([]);
    expect(dueAt(moment({ ...before, decidedAt: at('2026-03-10T09:59:00') })).rows).toEqual([9 * HOUR]);
    const again = { ...before, decidedUpTo: 9 * HOUR, decidedAt: at('2026-03-10T09:00:00') };
    expect(dueAt(moment(again)).rows).toEqual([]);
  });

  it('is asked for at times of day, those of yesterday too', () => {
    const schedule = { kind: 'times' as const, times: ['18:30', '06:00'] };
    expect(latestMoment(schedule, at('2026-05-04T07:00:00'))).toBe(at('2026-05-04T06:00:00'));
    expect(latestMoment(schedule, at('2026-05-04T05:00:00'))).toBe(at('2026-05-03T18:30:00'));
  });
});
