import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GAP_POLICIES, type GapPolicy } from '../contract/dataset';
import { fillGaps } from './fill-gaps';

function fill(values: number[], policy: GapPolicy) {
  const filledValues = Float64Array.from(values);
  const mask = fillGaps(filledValues, policy);
  return { values: [...filledValues], mask: [...mask] };
}
const given = [NaN, 1, NaN, NaN, 4, NaN];

describe('fillGaps', () => {
  it.each<[GapPolicy, number[], number[]]>([
    ['linear', [1, 1, 2, 3, 4, 4], [1, 0, 1, 1, 0, 1]],
    ['forward', [1, 1, 1, 1, 4, 4], [1, 0, 1, 1, 0, 1]],
    ['zero', [0, 1, 0, 0, 4, 0], [1, 0, 1, 1, 0, 1]],
    ['leave-out', given, [0, 0, 0, 0, 0, 0]],
  ])('%s', (policy, values, mask) => expect(fill(given, policy)).toEqual({ values, mask }));

  it('keeps every reading, and fills within the readings on either side', () => {
    const readings = fc.array(fc.oneof(fc.double({ min: -50, max: 50, noNaN: true }), fc.constant(NaN)));
    fc.assert(
      fc.property(readings, fc.constantFrom(...GAP_POLICIES), (values, policy) => {
        const result = fill(values, policy);
        const known = values.filter((value) => !Number.isNaN(value));
        result.values.forEach((value, row) => {
          if (result.mask[row] === 0) expect(value).toBe(values[row]);
          else if (policy !== 'zero') {
            expect(value).toBeGreaterThanOrEqual(Math.min(...known) - 1e-9);
            expect(value).toBeLessThanOrEqual(Math.max(...known) + 1e-9);
          }
        });
        if (known.length > 0 && policy !== 'leave-out') expect(result.values.some(Number.isNaN)).toBe(false);
      }),
    );
  });
});
