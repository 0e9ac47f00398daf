import { describe, expect, it } from 'vitest';
import { dailyLines, summaryOf } from '../fixture';
import { isFill } from './missing';

describe('fill values', () => {
  it.each([9.96921e36, 9.969209968386869e36, 1e20, -1e34, 3.4e38, -3.4028235e38, 1e300, 1.7e38, 9.999e20])(
    '%s is no reading of any column',
    (value) => {
      expect(isFill(value, 'temperature')).toBe(true);
      expect(isFill(value, 'other')).toBe(true);
    },
  );

  it('are what no instrument measures, and nothing less', () => {
    expect(isFill(2_147_483_647, 'temperature')).toBe(true);
    expect(isFill(110_000, 'pressure')).toBe(false);
    // Counts and energies may be large.
    expect(isFill(2.5e22, 'other')).toBe(false);
    expect(isFill(2_147_483_647, 'other')).toBe(false);
  });

  it('are missing, and neither the largest temperature nor a hint at its unit', async () => {
    const fill = (day: number): string => (day % 5 === 3 ? '9.96921e+36' : `${10 + (day % 7)}`);
    const { columns } = await summaryOf(
      `date,temp,flux\n${dailyLines(100, (day) => `${fill(day)},${day % 4 === 1 ? '-1e34' : day - 50}`)}`,
    );
    expect(columns[1]).toMatchObject({ unit: '°C', missing: 20, min: 10, max: 16, outOfRange: 0 });
    expect(columns[2]).toMatchObject({ missing: 25, min: -50, max: 48 + 1 });
  });
});
