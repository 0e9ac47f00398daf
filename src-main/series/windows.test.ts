import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureSeries, fixtureSettings } from './series.fixture';
import { rowsOfWindows, splitWindows, windowStarts } from './windows';

const shapes = fc.record({ window: fc.integer({ min: 1, max: 8 }), horizon: fc.integer({ min: 1, max: 6 }) });
const day = 86_400_000;
const days = (count: number): Float64Array => Float64Array.from({ length: count }, (_, row) => row * day);
const holes = fc.array(fc.boolean(), { minLength: 1, maxLength: 120 });

describe('windows', () => {
  it('are those of the lesson', () => {
    const starts = windowStarts(fixtureSeries([{ values: new Float32Array(730) }]), 6, 1);
    expect(starts).toHaveLength(724);
    const split = splitWindows(starts, days(730), fixtureSettings());
    expect([split.train.length, split.validation.length, split.test.length]).toEqual([579, 0, 145]);
    expect([split.train[0], split.train[578], split.test[0], split.test[144]]).toEqual([0, 578, 579, 723]);
  });

  it('are all those without a missing value, and no other', () => {
    fc.assert(
      fc.property(shapes, holes, ({ window, horizon }, missing) => {
        const values = missing.map((isMissing, row) => (isMissing && row % 3 === 0 ? NaN : row));
        const series = fixtureSeries([{ values: values.map((_, row) => row) }, { values }]);
        const span = window + horizon;
        const expected = values
          .map((_, row) => row)
          .filter((row) => row + span <= values.length && !values.slice(row, row + span).some(Number.isNaN));
        expect([...windowStarts(series, window, horizon)]).toEqual(expected);
      }),
    );
  });

  it('of one part never hold a target at or after the first target of the next', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 300 }),
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0.5, max: 0.95, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.integer({ min: 0, max: 7 }),
        (count, horizon, trainShare, validationShare, hole) => {
          const all = Int32Array.from({ length: count }, (_, index) => index);
          const isInHole = (start: number): boolean => start > count / 3 && start <= count / 3 + hole;
          const starts = all.filter((start) => !isInHole(start));
          const settings = fixtureSettings({ horizon, trainShare, validationShare });
          const { train, validation, test } = splitWindows(starts, days(count + 5 + horizon), settings);
          expect(test).toEqual(starts.filter((start) => start >= Math.floor(trainShare * count + 1e-9)));
          for (const [earlier, later] of [
            [train, validation],
            [train, test],
            [validation, test],
          ] as const) {
            if (earlier.length === 0 || later.length === 0) continue;
            expect(earlier[earlier.length - 1]! + horizon).toBeLessThanOrEqual(later[0]!);
          }
          if (horizon === 1) expect(train.length + validation.length + test.length).toBe(starts.length);
        },
      ),
    );
  });

  it('count shares as decimal fractions', () => {
    const starts = Int32Array.from({ length: 100 }, (_, index) => index);
    expect(splitWindows(starts, days(106), fixtureSettings({ trainShare: 0.57 })).train).toHaveLength(57);
  });

  it('begin a part at its date: with the first target that is not before it', () => {
    const starts = Int32Array.from({ length: 90 }, (_, index) => index);
    const settings = fixtureSettings({
      window: 6,
      horizon: 5,
      validationFrom: 40 * day,
      testFrom: 70.5 * day,
      validationShare: 0.3,
    });
    const { train, validation, test } = splitWindows(starts, days(100), settings);
    // The first target lies 6 rows after the start, the last 10.
    expect([train[0], train.at(-1)! + 10]).toEqual([0, 39]);
    expect([validation[0]! + 6, validation.at(-1)! + 10]).toEqual([40, 70]);
    expect([test[0]! + 6, test.at(-1)]).toEqual([71, 89]);
    const byShare = splitWindows(starts, days(100), { ...settings, validationFrom: null });
    expect(byShare.test).toEqual(test);
    // Of 61 places that end before the test part the newest 18 are for validation.
    expect([byShare.validation[0], byShare.validation.at(-1)! + 10]).toEqual([43, 70]);
  });

  it('have borders that no missing reading moves', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 299 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.boolean(),
        (missing, horizon, validationShare, byDate) => {
          const dates = byDate ? { testFrom: 200 * day, validationFrom: 120 * day } : {};
          const settings = fixtureSettings({ horizon, validationShare, ...dates });
          const values = Float32Array.from({ length: 300 }, (_, row) => (missing.includes(row) ? NaN : row));
          const whole = windowStarts(fixtureSeries([{ values: new Float32Array(300) }]), 6, horizon);
          const some = windowStarts(fixtureSeries([{ values }]), 6, horizon);
          const [before, after] = [whole, some].map((starts) => splitWindows(starts, days(300), settings));
          for (const part of ['train', 'validation', 'test'] as const) {
            expect(after![part]).toEqual(before![part].filter((start) => some.includes(start)));
          }
        },
      ),
    );
  });

  it('mark the rows that they hold', () => {
    expect([...rowsOfWindows(Int32Array.of(1, 2, 6), 2, 9)]).toEqual([0, 1, 1, 1, 0, 0, 1, 1, 0]);
  });
});
