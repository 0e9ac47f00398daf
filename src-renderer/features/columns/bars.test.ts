import { describe, expect, it } from 'vitest';
import { barsPath } from './bars';

describe('histogram bars', () => {
  it('reach the top where most is, and leave out empty bins', () => {
    expect(barsPath([1, 0, 2], 30, 10)).toBe('M0 10v-5h9v5zM20 10v-10h9v10z');
  });

  it('keep a rare bin visible', () => {
    expect(barsPath([1, 10_000], 20, 10)).toContain('M0 10v-1h9v1z');
    expect(barsPath([], 20, 10)).toBe('');
  });
});
