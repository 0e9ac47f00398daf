import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dailyRange,
  dewPoint,
  pressureTendency,
  trailingMarks,
  trailingRange,
  windComponents,
} from './derived';

describe('dewPoint', () => {
  // Computed from the coefficients of Alduchov and Eskridge (1996) by hand; tables of the WMO give the same tenths.
  it.each([
    [20, 50, 9.26],
    [30, 80, 26.17],
    [0, 100, 0],
    [-10, 70, -14.44],
    [25, 10, -8.76],
  ])('%d °C and %d %% give %d °C', (temperature, humidity, expected) =>
    expect(dewPoint(temperature, humidity)).toBeCloseTo(expected, 1),
  );

  it('is never above the temperature, and higher in damper air', () => {
    const temperature = fc.double({ min: -60, max: 50, noNaN: true });
    const humidity = fc.double({ min: 0, max: 104, noNaN: true });
    fc.assert(
      fc.property(temperature, humidity, humidity, (degrees, one, other) => {
        expect(dewPoint(degrees, one)).toBeLessThanOrEqual(degrees);
        expect(dewPoint(degrees, Math.max(one, other))).toBeGreaterThanOrEqual(
          dewPoint(degrees, Math.min(one, other)),
        );
      }),
    );
  });

  it('is none of what cannot be readings', () => {
    for (const [temperature, humidity] of [
      [20, -1],
      [20, 150],
      [200, 50],
      [NaN, 50],
      [20, NaN],
    ] as const) {
      expect(dewPoint(temperature, humidity)).toBeNaN();
    }
  });
});

describe('pressureTendency', () => {
  it('is the change over three hours up to now', () => {
    const hours = Float64Array.of(1010, 1009, 1008, 1006, NaN, 1004, 700);
    expect([...pressureTendency(hours, 3)]).toEqual([NaN, NaN, NaN, -4, NaN, -4, NaN]);
  });
});

describe('daily range', () => {
  it('looks back, never ahead, and agrees with a plain search', () => {
    const values = fc.array(
      fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 40 }) }, fc.constant(NaN)),
    );
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 8 }), (given, steps) => {
        const found = trailingRange(Float64Array.from(given), steps);
        found.forEach((range, row) => {
          const last = given.slice(Math.max(0, row - steps + 1), row + 1);
          const whole = last.length === steps && !last.some(Number.isNaN);
          expect(range).toEqual(whole ? Math.max(...last) - Math.min(...last) : NaN);
        });
      }),
    );
  });

  it('is none that cannot be, and is marked as long as a filled value is looked back on', () => {
    expect(dailyRange(3, 5)).toBeNaN();
    expect(dailyRange(90, 5)).toBeNaN();
    expect(dailyRange(15, 5)).toBe(10);
    expect([...trailingMarks(Uint8Array.of(0, 1, 0, 0, 0), 3)]).toEqual([0, 1, 1, 1, 0]);
    expect([...trailingMarks(Uint8Array.of(0, 2, 2, 0, 0, 0), 3)]).toEqual([0, 2, 2, 1, 1, 0]);
  });
});

describe('windComponents', () => {
  it('point where the wind blows to', () => {
    const rounded = (direction: number, speed: number | null) =>
      windComponents(direction, speed).map((value) => Math.round(value * 1000) / 1000 + 0);
    expect(rounded(270, 5)).toEqual([5, 0]);
    expect(rounded(0, 5)).toEqual([0, -5]);
    expect(rounded(180, 5)).toEqual([0, 5]);
    expect(rounded(90, null)).toEqual([1, 0]);
  });

  it('have the length of the speed, are zero in a calm, and none without a direction', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (direction, speed) => {
          expect(Math.hypot(...windComponents(direction, speed))).toBeCloseTo(speed, 9);
        },
      ),
    );
    expect(windComponents(NaN, 0)).toEqual([0, 0]);
    expect(windComponents(NaN, 3)).toEqual([NaN, NaN]);
    expect(windComponents(999, 3)).toEqual([NaN, NaN]);
    expect(windComponents(90, NaN)).toEqual([NaN, NaN]);
    expect(windComponents(90, -4)).toEqual([NaN, NaN]);
  });
});
