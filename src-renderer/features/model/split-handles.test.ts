import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPaths, movedByKey, nearestStep } from './split-handles';

const DAY = 86_400_000;
const RANGE = { first: 0, step: DAY, least: 10 * DAY, most: 90 * DAY };

describe('the handles of the parts', () => {
  it('stand on a step of the readings, within their range', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (time) => {
        const place = nearestStep(time, RANGE);
        expect(place % DAY).toBe(0);
        expect(place).toBeGreaterThanOrEqual(RANGE.least);
        expect(place).toBeLessThanOrEqual(RANGE.most);
      }),
    );
  });

  it('move by keys', () => {
    expect(movedByKey(50 * DAY, 'ArrowLeft', RANGE)).toBe(49 * DAY);
    expect(movedByKey(50 * DAY, 'ArrowUp', RANGE)).toBe(51 * DAY);
    expect(movedByKey(50 * DAY, 'PageUp', RANGE)).toBe(54 * DAY);
    expect(movedByKey(89 * DAY, 'PageUp', RANGE)).toBe(90 * DAY);
    expect(movedByKey(50 * DAY, 'Home', RANGE)).toBe(10 * DAY);
    expect(movedByKey(50 * DAY, 'End', RANGE)).toBe(90 * DAY);
    expect(movedByKey(50 * DAY, 'Tab', RANGE)).toBeNull();
  });
});

it('the outline is a bar for each stretch that was read', () => {
  expect(areaPaths([0, null, 5], [10, null, 5], 100)).toBe('M0 101.0V0.0h1V101.0zM2 51.0V50.0h1V51.0z');
  expect(areaPaths([null], [null], 100)).toBe('');
});
