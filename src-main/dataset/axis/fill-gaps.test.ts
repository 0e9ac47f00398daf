import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GAP_POLICIES, type GapPolicy } from '../../contract/dataset';
import { FILLED, FILLED_BY_LATER } from '../../contract/series';
import { fillGaps } from './fill-gaps';

function fill(values: number[], policy: GapPolicy, limit?: number) {
  const filledValues = Float64Array.from(values);
  const mask = fillGaps(filledValues, policy, limit);
  return { values: [...filledValues], mask: [...mask] };
}
const GIVEN = [NaN, 1, NaN, NaN, 4, NaN];

describe('fillGaps', () => {
  it.each<[GapPolicy, number[], number[]]>([
    ['linear', [1, 1, 2, 3, 4, 4], [2, 0, 2, 2, 0, 2]],
    ['forward', [1, 1, 1, 1, 4, 4], [2, 0, 1, 1, 0, 1]],
    ['zero', [0, 1, 0, 0, 4, 0], [1, 0, 1, 1, 0, 1]],
    ['leave-out', GIVEN, [0, 0, 0, 0, 0, 0]],
  ])('%s', (policy, values, mask) => expect(fill(GIVEN, policy)).toEqual({ values, mask }));

  it('marks what hangs on later readings: no reading after a gap, and none missing there, changes another row', () => {
    const readings = fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(NaN)), {
      minLength: 1,
    });
    const limits = fc.constantFrom(Infinity, 0, 1, 3);
    fc.assert(
      fc.property(
        readings,
        readings,
        readings,
        fc.constantFrom(...GAP_POLICIES),
        limits,
        (before, one, other, policy, limit) => {
          const [first, second] = [one, other].map((after) => fill([...before, ...after], policy, limit));
          // Back from the border, as far as rows are marked or open, more may hang on what comes than the same mark.
          let border = before.length;
          while (border > 0 && Number.isNaN(before[border - 1]!) && first!.mask[border - 1] !== FILLED)
            border -= 1;
          expect(second!.values.slice(0, border)).toEqual(first!.values.slice(0, border));
          expect(second!.mask.slice(0, border)).toEqual(first!.mask.slice(0, border));
          for (let row = border; row < before.length; row += 1) {
            expect([0, FILLED_BY_LATER]).toContain(second!.mask[row]);
          }
        },
      ),
    );
  });

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
