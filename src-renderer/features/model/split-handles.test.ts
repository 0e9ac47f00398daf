import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPaths, movedByKey, nearestStep } from './split-handles';

const day = 86_400_000;
const range = { first: 0, step: day, least: 10 * day, most: 90 * day };

describe('the handles of the parts', () => {
  it('stand on a step of the readings, within their range', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (time) => {
        const place = nearestStep(time, range);
        expect(place % day).toBe(0);
        expect(place).toBeGreaterThanOrEqual(range.least);
        expect(place).toBeLessThanOrEqual(range.most);
      }),
    );
  });

  it('move by keys', () => {
    expect(movedByKey(50 * day, 'ArrowLeft', range)).toBe(49 * day);
    expect(movedByKey(50 * day, 'ArrowUp', range)).toBe(51 * day);
    expect(movedByKey(50 * day, 'PageUp', range)).toBe(54 * day);
    expect(movedByKey(89 * day, 'PageUp', range)).toBe(90 * day);
    expect(movedByKey(50 * day, 'Home', range)).toBe(10 * day);
    expect(movedByKey(50 * day, 'End', range)).toBe(90 * day);
    expect(movedByKey(50 * day, 'Tab', range)).toBeNull();
  });
});

it('the outline is a bar for each stretch that was read', () => {
  expect(areaPaths([0, null, 5], [10, null, 5], 100)).toBe('M0 101.0V0.0h1V101.0zM2 51.0V50.0h1V51.0z');
  expect(areaPaths([null], [null], 100)).toBe('');
});
