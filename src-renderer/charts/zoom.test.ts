import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoomBy, type ZoomStep } from './zoom';

describe('zoomBy', () => {
  it('halves, doubles and moves', () => {
    expect(zoomBy({ start: 0, end: 100 }, 'in')).toEqual({ start: 25, end: 75 });
    expect(zoomBy({ start: 25, end: 75 }, 'out')).toEqual({ start: 0, end: 100 });
    expect(zoomBy({ start: 40, end: 60 }, 'later')).toEqual({ start: 50, end: 70 });
    expect(zoomBy({ start: 5, end: 25 }, 'earlier')).toEqual({ start: 0, end: 20 });
    expect(zoomBy({ start: 5, end: 25 }, 'whole')).toEqual({ start: 0, end: 100 });
  });

  it('never leaves the axis', () => {
    const steps = fc.constantFrom<ZoomStep>('in', 'out', 'earlier', 'later', 'whole');
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 60 }), (presses) => {
        const end = presses.reduce(zoomBy, { start: 0, end: 100 });
        expect(end.start).toBeGreaterThanOrEqual(0);
        expect(end.end).toBeLessThanOrEqual(100 + 1e-9);
        expect(end.end - end.start).toBeGreaterThan(0.49);
      }),
    );
  });
});
