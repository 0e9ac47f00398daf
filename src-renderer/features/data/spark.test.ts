import { describe, expect, it } from 'vitest';
import { sparkPath } from './spark';

describe('spark lines', () => {
  it('reach from edge to edge and from the lowest to the highest', () => {
    expect(sparkPath([0, 10, 5], 100, 20)).toBe('M0 20L50 0L100 10');
  });

  it('break at holes, and show a lone value', () => {
    expect(sparkPath([1, null, 2, 3], 30, 10)).toBe('M0 10h1M20 5L30 0');
  });

  it('draw a constant in the middle and nothing for nothing', () => {
    expect(sparkPath([4, 4], 10, 10)).toBe('M0 5L10 5');
    expect(sparkPath([null, null], 10, 10)).toBe('');
    expect(sparkPath([7], 10, 10)).toBe('M0 5h1');
  });
});
