import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestIndex, pointerValue, tooltipHtml } from './tooltip';

describe('tooltipHtml', () => {
  it('escapes what comes from the file', () => {
    const html = tooltipHtml('<b>t</b>', [
      { name: '<img src=x onerror=alert(1)>', color: '#000', value: '1 "' },
    ]);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<b>');
    expect(html).toContain('&lt;img');
  });
});

describe('pointerValue', () => {
  it('reads both forms that ECharts hands out', () => {
    expect(pointerValue([{ axisValue: 12 }, { axisValue: 13 }])).toBe(12);
    expect(pointerValue({ axisValue: '7' })).toBe(7);
    expect(pointerValue([])).toBeNaN();
  });
});

describe('nearestIndex', () => {
  it('finds what a plain search finds', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 40 }),
        fc.double({ min: -120, max: 120, noNaN: true }),
        (values, wanted) => {
          const ascending = [...values].sort((a, b) => a - b);
          const found = ascending[nearestIndex(ascending, wanted)] as number;
          const best = Math.min(...ascending.map((value) => Math.abs(value - wanted)));
          expect(Math.abs(found - wanted)).toBe(best);
        },
      ),
    );
  });

  it('has no answer in an empty list', () => {
    expect(nearestIndex([], 3)).toBe(-1);
  });
});
