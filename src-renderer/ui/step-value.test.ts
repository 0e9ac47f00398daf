import { describe, expect, it } from 'vitest';
import { stepValue } from './step-value';

describe('stepping a number with the arrow keys', () => {
  it('leaves no binary dust', () => {
    expect(stepValue(0.1, 1, { min: 0, max: 1, step: 0.2 })).toBe(0.3);
    expect(stepValue(0.002, 1, { min: 1e-6, max: 1, step: 0.001 })).toBe(0.003);
    expect(stepValue(0.85, -1, { min: 0.5, max: 0.95, step: 0.05 })).toBe(0.8);
  });

  it('stays inside the bounds and starts from the lower one', () => {
    expect(stepValue(1, -1, { min: 1, max: 4, step: 1 })).toBe(1);
    expect(stepValue(4, 1, { min: 1, max: 4, step: 1 })).toBe(4);
    expect(stepValue(null, 1, { min: 1, max: 4, step: 1 })).toBe(2);
    expect(stepValue(0.001, -1, { min: 1e-6, max: 1, step: 0.001 })).toBe(1e-6);
  });
});
