import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clearSkyOfDay, clearSkyRadiation, dayLength, sunHeight } from './sun';

/** By pvlib: scripts/make-sun-fixture.py. */
const published = z
  .object({
    heights: z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()])),
    lengths: z.array(z.tuple([z.number(), z.number(), z.number()])),
  })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '..', 'fixtures', 'sun.json'), 'utf8')));

describe('the sun', () => {
  it('stands where the algorithm of NREL has it, within 0.01 degrees, by day and night and at the poles', () => {
    for (const [instant, latitude, longitude, height] of published.heights) {
      expect(Math.abs(sunHeight(instant, latitude, longitude) - height)).toBeLessThan(0.01);
    }
  });

  it('shines from a clear sky as by Haurwitz, within 0.5 W/m², and not at night', () => {
    for (const [instant, latitude, longitude, , radiation] of published.heights) {
      const own = clearSkyRadiation(sunHeight(instant, latitude, longitude));
      expect(Math.abs(own - radiation)).toBeLessThan(0.5);
    }
    expect([-0.1, -40, -90, 0].map(clearSkyRadiation)).toEqual([0, 0, 0, 0]);
    expect(clearSkyRadiation(90)).toBeCloseTo(1098 * Math.exp(-0.059), 6);
  });

  it('stays as long as from sunrise to sunset, within two minutes, or ten where it hardly rises; at the poles all day or not at all', () => {
    for (const [noon, latitude, hours] of published.lengths) {
      const minutes = Math.abs(latitude) > 66 ? 10 : 2;
      expect(Math.abs(dayLength(noon, latitude) - hours)).toBeLessThan(minutes / 60);
    }
    const [june, december] = [Date.UTC(2024, 5, 21, 12), Date.UTC(2024, 11, 21, 12)];
    expect([dayLength(june, 90), dayLength(december, 90)]).toEqual([24, 0]);
    expect([dayLength(june, -90), dayLength(december, -90)]).toEqual([0, 24]);
  });

  it('gives a day the mean of its hours', () => {
    const june = Date.UTC(2024, 5, 21);
    expect(clearSkyOfDay(june, -90, 0)).toBe(0);
    const minutes = Array.from({ length: 1440 }, (_, minute) =>
      clearSkyRadiation(sunHeight(june + minute * 60_000, 37.57, 126.97)),
    );
    const mean = minutes.reduce((sum, value) => sum + value, 0) / minutes.length;
    expect(clearSkyOfDay(june, 37.57, 126.97)).toBeCloseTo(mean, 0);
  });
});
