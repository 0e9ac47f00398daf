import { describe, expect, it } from 'vitest';
import { formatDate, formatDuration, formatNumber, formatPercent, formatReading } from './format';
import { common } from './ko/common';

describe('formats', () => {
  it('write dates as fine as the step', () => {
    const ms = Date.UTC(2022, 11, 31, 13, 5, 7);
    expect(formatDate(ms, 30 * 86_400)).toBe('2022-12');
    expect(formatDate(ms)).toBe('2022-12-31');
    expect(formatDate(ms, 3600)).toBe('2022-12-31 13:05');
    expect(formatDate(ms, 1)).toBe('2022-12-31 13:05:07');
    expect(formatDate(NaN)).toBe('–');
  });

  it('write durations in at most two units', () => {
    expect(formatDuration(0.42, 'en')).toBe('0.4 s');
    expect(formatDuration(12, 'en')).toBe('12 s');
    expect(formatDuration(185, 'en')).toBe('3 min 5 s');
    expect(formatDuration(4800, 'en')).toBe('1 h 20 min');
    expect(formatDuration(3600, 'ko')).toBe('1시간');
    expect(formatDuration(59.7, 'en')).toBe('1 min');
  });

  it('never hide a small share', () => {
    expect(formatPercent(0, 'en')).toBe('0%');
    expect(formatPercent(0.0004, 'en')).toBe('< 1%');
    expect(formatPercent(0.0004, 'en', 1)).toBe('< 0.1%');
    expect(formatPercent(0.42, 'en')).toBe('42%');
  });

  it('write numbers with separators, and readings as fine as their size', () => {
    expect(formatNumber(500000, 'en')).toBe('500,000');
    expect(formatReading(13.456, 'en')).toBe('13.46');
    expect(formatReading(1013.25, 'en')).toBe('1,013');
    expect(formatReading(null, 'en')).toBe('–');
  });

  it('say steps in Korean', () => {
    expect(common.stepLabel('daily')).toBe('1일');
    expect(common.stepLabel('10 minutes')).toBe('10분');
    expect(common.stepLabel('3 hours')).toBe('3시간');
  });
});
