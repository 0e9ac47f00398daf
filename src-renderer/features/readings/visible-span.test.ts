import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveSpan, spanAround, stepSpan, zoomSpan, type Extent } from './visible-span';

const EXTENT: Extent = { whole: { from: 0, to: 1_000_000 }, step: 100 };
const share = fc.double({ min: 0, max: 1, noNaN: true });
const spans = fc
  .tuple(share, share)
  .map(([from, length]) => zoomSpan(EXTENT, EXTENT.whole, 0.01 + 0.98 * length, from));

describe('the part of the readings that is looked at', () => {
  it('stays within them, whatever is done, and never gets too short to see a course', () => {
    fc.assert(
      fc.property(spans, fc.double({ min: 0.01, max: 50, noNaN: true }), share, (span, factor, at) => {
        const looks = [
          zoomSpan(EXTENT, span, factor, at),
          moveSpan(EXTENT, span, factor * (at - 0.5)),
          ...(['in', 'out', 'earlier', 'later', 'whole'] as const).map((step) =>
            stepSpan(EXTENT, span, step),
          ),
          spanAround(EXTENT, span, { from: 1e6 * at, to: Math.min(1e6, 1e6 * at + 100 * factor) }),
        ];
        for (const { from, to } of looks) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(1_000_000);
          expect(to - from).toBeGreaterThanOrEqual(1199);
        }
      }),
    );
  });

  it('keeps what lies under the pointer there', () => {
    const span = { from: 200_000, to: 600_000 };
    expect(zoomSpan(EXTENT, span, 0.5, 0.25)).toEqual({ from: 250_000, to: 450_000 });
    expect(moveSpan(EXTENT, span, 0.5)).toEqual({ from: 400_000, to: 800_000 });
  });

  it('goes to a run of marked readings, near enough to see it, and stays where it can be seen', () => {
    const near = spanAround(EXTENT, EXTENT.whole, { from: 500_000, to: 500_400 });
    expect(near.from).toBeGreaterThan(450_000);
    expect(near.to).toBeLessThan(550_000);
    expect(spanAround(EXTENT, near, { from: 500_100, to: 500_200 })).toBe(near);
    const long = spanAround(EXTENT, near, { from: 100_000, to: 900_000 });
    expect(long).toEqual({ from: 0, to: 1_000_000 });
  });
});
