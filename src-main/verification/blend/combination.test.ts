import { describe, expect, it } from 'vitest';
import { presetSettings } from '../../contract/settings';
import type { Series } from '../../contract/series';
import { calendarOf, prepare, targetVariable } from '../../series';
import { fixtureSeries, noise } from '../../series/series.fixture';
import { valuesAhead } from '../windows/window-forecasts';
import { chooseCombination, linearParts, shareOf } from './combination';

const settings = { ...presetSettings('recommended'), horizon: 3 };
const ROWS = 1100;

function choose(series: Series, errorOfLstm: number) {
  const preparation = prepare(series, settings);
  const { split, window, horizon } = preparation;
  const seen = valuesAhead(targetVariable(series).values, split.validation, window, horizon);
  const errors = noise(seen.length, 77);
  const lstm = seen.map((value, index) => value + errorOfLstm * errors[index]!);
  const calendar = calendarOf(settings);
  const combination = chooseCombination(series, preparation, calendar, lstm);
  return { combination, map: linearParts(series, preparation, calendar, combination.parts) };
}

const walk = (() => {
  const steps = noise(ROWS, 4);
  let at = 0;
  return fixtureSeries([{ values: steps.map((step) => (at += step)) }]);
})();

describe('a combination', () => {
  it('adds up, and goes to what is best: persistence for a walk by chance, the mean for noise', () => {
    const sizes = (series: Series): Record<string, number> =>
      Object.fromEntries(choose(series, 50).combination.parts.map(({ name, share }) => [name, share]));
    const [ofWalk, ofNoise] = [sizes(walk), sizes(fixtureSeries([{ values: noise(ROWS, 6) }]))];
    expect(ofWalk['persistence']! + ofWalk['dampedPersistence']! + ofWalk['departures']!).toBeGreaterThan(
      0.7,
    );
    expect(ofWalk['climatology'] ?? 0).toBeLessThan(0.1);
    expect(ofNoise['persistence']).toBeLessThan(0.1);
    for (const shares of [ofWalk, ofNoise]) {
      expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    }
  });

  it('gives an LSTM that errs far no share, and one that hardly errs nearly all, as far as so few windows tell', () => {
    expect(choose(walk, 50).combination.share).toBe(0);
    const { share, errors } = choose(walk, 0.01).combination;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(1);
    expect(errors.chosen).toBeLessThan(errors.others);
    expect(shareOf(Float32Array.of(1, NaN), Float32Array.of(1, 5), Float32Array.of(0, 0), 30)).toBe(0.5);
  });

  it('knows nothing of the test part: changing it changes no bit', () => {
    const { split } = prepare(walk, settings);
    const changed = {
      ...walk,
      variables: walk.variables.map((variable) => ({
        ...variable,
        values: variable.values.map((value, row) =>
          row >= split.test[0]! + settings.window ? -value : value,
        ),
      })),
    };
    expect(choose(changed, 2)).toEqual(choose(walk, 2));
  });

  it('of a record too short to choose by is ridge regression with a strong penalty', () => {
    const short = fixtureSeries([{ values: noise(22, 2) }]);
    const { combination } = choose(short, 5);
    expect(combination.parts.map(({ name, penalty }) => [name, penalty])).toEqual([['ridge', 1]]);
  });
});
