import { describe, expect, it } from 'vitest';
import { showEstimate, unitOf } from './estimate';

const range = (low: string, high: string): string => `${low} to ${high}`;

describe('showEstimate', () => {
  it('writes skill in per cent and errors as they are', () => {
    const skill = showEstimate('skill', { value: 0.1234, low: -0.02, high: 0.2 }, 'en', range);
    expect(skill).toEqual({ value: '12.3', interval: '-2.0 to 20.0' });
    const rmse = showEstimate('rmse', { value: 2.304, low: 2.1, high: 2.5 }, 'en', range);
    expect(rmse).toEqual({ value: '2.30', interval: '2.10 to 2.50' });
  });

  it('shows a dash for what is not defined, and no interval where there is none', () => {
    const estimate = { value: NaN, low: NaN, high: NaN };
    expect(showEstimate('correlation', estimate, 'en', range)).toEqual({ value: '–', interval: null });
  });

  it('knows the units', () => {
    expect(unitOf('bias', { unit: '°C' })).toBe('°C');
    expect(unitOf('skillOverBest', { unit: '°C' })).toBe('%');
    expect(unitOf('mase', { unit: '°C' })).toBe('');
  });
});
