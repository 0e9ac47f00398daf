import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnReport } from '../../contract/dataset';
import { presetSettings } from '../../contract/settings';
import { prepare, type Scaler } from '../../series';
import { makeSeries } from '../axis/make-series';
import { mappingByNames } from '../axis/mapping';
import { dailyLines, readContent } from '../fixture';
import { summarise } from '../summary/summarise';

const DAYS = 300;

type Day = readonly [temperature: number, pressure: number, sensor: number];
const NOTHING = ['', '', ''] as const;
const usual = (day: number): Day => [
  12 + 8 * Math.sin(day / 58) + ((day * 37) % 11) / 2,
  1013 + 9 * Math.sin(day / 3) + ((day * 17) % 7),
  40 + 15 * Math.cos(day / 5) + ((day * 29) % 13),
];

/** How Recommended scales the temperature, the pressure and a sensor of which nothing is known. */
async function scaled(
  cells: (day: number) => Day | typeof NOTHING,
): Promise<{ readonly scalers: readonly Scaler[]; readonly columns: readonly ColumnReport[] }> {
  const lines = dailyLines(DAYS, (day) => cells(day).join(','));
  const table = await readContent(`date,temp (°C),pressure (hPa),sensor\n${lines}`);
  const summary = summarise(table, 'test');
  const mapping = mappingByNames(summary, { target: 'temp', inputs: ['temp', 'pressure', 'sensor'] });
  const { inputScalers } = prepare(makeSeries(table, mapping), presetSettings('recommended', 86_400));
  return { scalers: inputScalers.slice(0, 3), columns: summary.columns };
}

/** The shares by which scales grew, and means moved of a scale. */
const movedBy = (clean: readonly Scaler[], spoilt: readonly Scaler[]): readonly number[] =>
  clean.flatMap(({ mean, scale }, at) => [
    Math.abs(spoilt[at]!.scale / scale - 1),
    Math.abs(spoilt[at]!.mean - mean) / scale,
  ]);

const wildDays = fc.uniqueArray(fc.integer({ min: 5, max: 170 }), { minLength: 1, maxLength: 4 });
const sign = fc.constantFrom(-1, 1);

describe('a few wild readings in the training part', () => {
  it('scale columns as empty cells do, whether there are limits of what they measure or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        wildDays,
        fc.tuple(sign, fc.double({ min: 200, max: 1e6, noNaN: true })),
        fc.tuple(sign, fc.double({ min: 1e5, max: 1e9, noNaN: true })),
        async (days, [oneSide, far], [otherSide, farther]) => {
          const wild: Day = [oneSide * far, 2000 + far, otherSide * farther];
          const spoilt = await scaled((day) => (days.includes(day) ? wild : usual(day)));
          const empty = await scaled((day) => (days.includes(day) ? NOTHING : usual(day)));
          expect(spoilt.scalers).toEqual(empty.scalers);
          for (const { outOfRange, sentinels } of spoilt.columns.slice(1)) {
            expect(outOfRange + sentinels).toBe(days.length);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('that could be weather stay, and move them by what the limits allow', async () => {
    const { scalers: clean } = await scaled(usual);
    const inRange = await scaled((day) => (day === 20 || day === 90 ? [-60, 960, 1200] : usual(day)));
    expect(inRange.columns.map(({ outOfRange }) => outOfRange)).toEqual([0, 0, 0, 0]);
    const [temperature, , pressure, , sensor] = movedBy(clean, inRange.scalers);
    expect(Math.max(temperature!, pressure!)).toBeLessThan(2);
    // A flood is some twenty times as far off as usual readings are from each other.
    expect(sensor).toBeGreaterThan(1);
  });

  it('are no tail: what lies ever farther off is kept', async () => {
    const steps = [3e3, 9e3, 4e4, 1e5];
    const tail = await scaled((day) => {
      const [temperature, pressure, sensor] = usual(day);
      return [temperature, pressure, steps[day - 60] ?? sensor];
    });
    expect(tail.columns.at(-1)).toMatchObject({ outOfRange: 0, max: 1e5 });
  });
});
