import { describe, expect, it } from 'vitest';
import { timeLabel } from './time-label';

describe('timeLabel', () => {
  it('writes as much of a time as tells the ticks apart', () => {
    const newYear = Date.UTC(2022, 0, 1);
    expect([0, 1, 2, 3].map((level) => timeLabel(newYear, 'year', level))).toEqual([
      '2022',
      '2022-01',
      '2022-01-01',
      '2022-01-01',
    ]);
    expect(timeLabel(Date.UTC(2022, 4, 1), 'month', 0)).toBe('2022-05');
    expect(timeLabel(Date.UTC(2022, 4, 1), 'month', 1)).toBe('2022-05-01');
    expect(timeLabel(Date.UTC(2022, 4, 7), 'day', 1)).toBe('05-07');
    expect(timeLabel(Date.UTC(2022, 4, 7, 13, 30), 'hour', 0)).toBe('13:30');
    expect(timeLabel(Date.UTC(2022, 4, 7, 1, 2, 3), 'second', 0)).toBe('01:02:03');
    expect(timeLabel(Number.NaN, 'day', 0)).toBe('');
  });
});
