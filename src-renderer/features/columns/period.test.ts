import { describe, expect, it } from 'vitest';
import { dateInputKind, fromInputValue, toInputValue } from './period';

describe('dates of the period', () => {
  it('are days for daily data and minutes for finer', () => {
    expect(dateInputKind(86_400)).toBe('date');
    expect(dateInputKind(3600)).toBe('datetime-local');
    expect(dateInputKind(undefined)).toBe('date');
  });

  it('take in the whole of the last day or minute', () => {
    expect(fromInputValue('2021-01-01', 'date', 'from')).toBe(Date.UTC(2021, 0, 1));
    expect(fromInputValue('2021-01-01', 'date', 'to')).toBe(Date.UTC(2021, 0, 2) - 1);
    expect(fromInputValue('2021-01-01T06:30', 'datetime-local', 'to')).toBe(Date.UTC(2021, 0, 1, 6, 31) - 1);
    expect(fromInputValue('', 'date', 'from')).toBeNull();
  });

  it('read back as they were shown', () => {
    const ms = Date.UTC(2022, 11, 31, 23, 10);
    for (const kind of ['date', 'datetime-local'] as const) {
      for (const edge of ['from', 'to'] as const) {
        const shown = toInputValue(ms, kind);
        expect(toInputValue(fromInputValue(shown, kind, edge) ?? 0, kind)).toBe(shown);
      }
    }
  });
});
