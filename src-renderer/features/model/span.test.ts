import { describe, expect, it } from 'vitest';
import { spanOf } from './span';

describe('the span of a window', () => {
  it('is given in the largest unit that fits', () => {
    expect(spanOf(14, 86_400)).toEqual({ count: 14, unit: 'days' });
    expect(spanOf(48, 3_600)).toEqual({ count: 2, unit: 'days' });
    expect(spanOf(30, 3_600)).toEqual({ count: 30, unit: 'hours' });
    expect(spanOf(7, 600)).toEqual({ count: 70, unit: 'minutes' });
    expect(spanOf(12, 30.4 * 86_400)).toEqual({ count: 12, unit: 'months' });
  });
});
