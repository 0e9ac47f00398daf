import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILLED, FILLED_BY_LATER, type Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import { fixtureSeries, fixtureSettings } from './series.fixture';
import { rowsOfWindows, splitWindows, windowStarts } from './windows';

const shapes = fc.record({ window: fc.integer({ min: 1, max: 8 }), horizon: fc.integer({ min: 1, max: 6 }) });
const DAY = 86_400_000;
/** Daily values from 1970 on, NaN in the `missing` rows; marked as `filled` says. */
function seriesOf(
  rows: number,
  missing: (row: number) => boolean = () => false,
  filled = new Uint8Array(rows),
): Series {
  const values = Array.from({ length: rows }, (_, row) => (missing(row) ? NaN : row));
  const series = fixtureSeries([{ values }], { from: 0 });
  return { ...series, variables: series.variables.map((variable) => ({ ...variable, filled })) };
}
const holes = fc.array(fc.boolean(), { minLength: 1, maxLength: 120 });

describe('windows', () => {
  it('are those of the lesson', () => {
    expect(windowStarts(seriesOf(730), fixtureSettings())).toHaveLength(724);
    const split = splitWindows(seriesOf(730), fixtureSettings());
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
        expect([...windowStarts(series, { window, horizon, filledWindows: 'leave-out' })]).toEqual(expected);
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
          const isInHole = (row: number): boolean => row > count / 3 && row <= count / 3 + hole;
          const series = seriesOf(count + 5 + horizon, isInHole);
          const settings = fixtureSettings({ horizon, trainShare, validationShare });
          const starts = windowStarts(series, settings);
          const { train, validation, test } = splitWindows(series, settings);
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
    expect(splitWindows(seriesOf(106), fixtureSettings({ trainShare: 0.57 })).train).toHaveLength(57);
  });

  it('begin a part at its date: with the first target that is not before it', () => {
    const settings = fixtureSettings({
      window: 6,
      horizon: 5,
      validationFrom: 40 * DAY,
      testFrom: 70.5 * DAY,
      validationShare: 0.3,
    });
    const { train, validation, test } = splitWindows(seriesOf(100), settings);
    // The first target lies 6 rows after the start, the last 10.
    expect([train[0], train.at(-1)! + 10]).toEqual([0, 39]);
    expect([validation[0]! + 6, validation.at(-1)! + 10]).toEqual([40, 70]);
    expect([test[0]! + 6, test.at(-1)]).toEqual([71, 89]);
    const byShare = splitWindows(seriesOf(100), { ...settings, validationFrom: null });
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
          const dates = byDate ? { testFrom: 200 * DAY, validationFrom: 120 * DAY } : {};
          const settings = fixtureSettings({ horizon, validationShare, ...dates });
          const some = seriesOf(300, (row) => missing.includes(row));
          const starts = windowStarts(some, settings);
          const [before, after] = [seriesOf(300), some].map((series) => splitWindows(series, settings));
          for (const part of ['train', 'validation', 'test'] as const) {
            expect(after![part]).toEqual(before![part].filter((start) => starts.includes(start)));
          }
        },
      ),
    );
  });

  it('never end in a reading that a later one helped to fill', () => {
    const marks = new Uint8Array(30);
    marks[7] = FILLED;
    marks.fill(FILLED_BY_LATER, 12, 14);
    const series = seriesOf(30, undefined, marks);
    const settings = fixtureSettings({ horizon: 2 });
    const starts = [...windowStarts(series, { ...settings, filledWindows: 'leave-out' })];
    // The newest readings of the windows left out are rows 12 and 13.
    expect(
      Array.from({ length: 23 }, (_, start) => start).filter((start) => !starts.includes(start)),
    ).toEqual([7, 8]);
    // As the lesson does it they stay.
    expect(windowStarts(series, settings)).toHaveLength(23);
  });

  it('hold nothing that the part behind them helped to fill', () => {
    const lastRows = (series: Series, changes: Partial<TrainingSettings> = {}): number[] => {
      const dates = { validationFrom: 40 * DAY, testFrom: 70 * DAY };
      const settings = fixtureSettings({ horizon: 2, ...dates, filledWindows: 'leave-out', ...changes });
      const { train, validation } = splitWindows(series, settings);
      return [train, validation].map((starts) => starts.at(-1)! + 7);
    };
    expect(lastRows(seriesOf(100))).toEqual([39, 69]);
    const open = new Uint8Array(100).fill(FILLED_BY_LATER, 37, 41).fill(FILLED_BY_LATER, 66, 70);
    expect(lastRows(seriesOf(100, undefined, open))).toEqual([36, 65]);
    expect(lastRows(seriesOf(100, undefined, open), { filledWindows: 'keep' })).toEqual([39, 69]);
    // A gap that ends with the last reading of a part, or that the past alone filled, is no matter.
    const closed = new Uint8Array(100).fill(FILLED_BY_LATER, 34, 37).fill(FILLED, 60, 75);
    expect(lastRows(seriesOf(100, undefined, closed))).toEqual([39, 69]);
  });

  it('mark the rows that they hold', () => {
    expect([...rowsOfWindows(Int32Array.of(1, 2, 6), 2, 9)]).toEqual([0, 1, 1, 1, 0, 0, 1, 1, 0]);
  });
});
