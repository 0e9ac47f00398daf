import { describe, expect, it } from 'vitest';
import { endOfRow, lastTaken, latestPossible } from './limits';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 4, 4, 12, 30);
const time = (zone: string | null) => ({ column: 0, parts: [0], format: '', zone });
const found = (to: number, seconds: number, zone: string | null = 'UTC') => ({
  time: time(zone),
  range: { from: 0, to },
  step: { seconds, label: '', exactShare: 1 },
});

describe('the last reading that is taken', () => {
  it('is the newest on the step of the file itself', () => {
    expect(lastTaken(found(NOW - HOUR, 3600), null, NOW)).toBe(NOW - HOUR);
    expect(lastTaken(found(NOW - HOUR, 3600), 3600, NOW)).toBe(NOW - HOUR);
  });

  it('ends on a coarser step with the last one that is over', () => {
    const elevenFifty = Date.UTC(2026, 4, 4, 11, 50);
    expect(lastTaken(found(elevenFifty, 300), 3600, NOW)).toBe(Date.UTC(2026, 4, 4, 11) - 1);
    expect(lastTaken(found(elevenFifty + 5 * MINUTE, 300), 3600, NOW)).toBe(Date.UTC(2026, 4, 4, 12) - 1);
  });

  it('is none of the future: by UTC where the file tells it, else by no clock of this world', () => {
    const years = 73 * 365 * 24 * HOUR;
    expect(lastTaken(found(NOW + years, 3600), null, NOW)).toBe(NOW + 10 * MINUTE);
    expect(latestPossible({ time: time(null) }, NOW)).toBe(NOW + 14 * HOUR + 10 * MINUTE);
  });

  it('of a row is the last that is nearest to it, or lies in its step', () => {
    const row = Date.UTC(2026, 4, 4, 11);
    expect(endOfRow(row, found(NOW, 3600), null)).toBe(row + 30 * MINUTE - 1);
    expect(endOfRow(row, found(NOW, 300), 3600)).toBe(row + HOUR - 1);
  });
});
