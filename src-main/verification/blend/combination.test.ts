import { describe, expect, it } from 'vitest';
import { presetSettings } from '../../contract/settings';
import type { Series } from '../../contract/series';
import { calendarOf, prepare, targetVariable } from '../../series';
import { combinationSchema, describeCombination } from '../../contract/combination';
import { fixtureSeries, HOURLY, noise } from '../../series/series.fixture';
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

/** Of a forecast beside 0, the share of least squared error. */
function bestShare(forecast: Float32Array, observed: Float32Array): number {
  const sum = (valueAt: (index: number) => number): number =>
    forecast.reduce((total, _, index) => total + valueAt(index), 0);
  return (
    sum((index) => forecast[index]! * observed[index]!) / sum((index) => forecast[index]! * forecast[index]!)
  );
}

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
  });

  it('gives the LSTM the less, the less firm its share is, and none where there is next to nothing to choose by', () => {
    const windows = 80;
    const observed = Float32Array.from(noise(windows, 3));
    const others = new Float32Array(windows);
    const share = (lstm: Float32Array, count = windows): number =>
      shareOf(observed.subarray(0, count), lstm.subarray(0, count), others.subarray(0, count), {
        windows: count,
        independent: 30,
      });
    // Always right by half: its double would be right, and half of that is believed.
    expect(share(observed.map((value) => 2 * value))).toBe(0.25);
    // As good on the whole, but very good in one half and bad in the other.
    const fickle = observed.map((value, index) => (index < windows / 2 ? value : -0.2 * value));
    // The share of least error alone, believed by half.
    const rough = 0.5 * bestShare(fickle, observed);
    const unread = Float32Array.from(observed).fill(NaN, 40);
    expect(share(fickle)).toBeLessThan(0.8 * rough);
    expect(shareOf(unread, observed, others, { windows, independent: 30 })).toBe(0.5);
    expect(share(observed, 7)).toBe(0);
  });

  it('compares what learns again on the way with an LSTM that does not, unless it is trained again too', () => {
    // The level rises by a step in the middle of the validation part.
    const { split } = prepare(walk, settings);
    const border = split.validation[Math.floor(split.validation.length / 2)]!;
    const values = noise(ROWS, 6).map((value, row) => value + (row < border ? 0 : 30));
    const series = fixtureSeries([{ values: noise(ROWS, 3) }, { values }], { inputs: [0] });
    const preparation = prepare(series, settings);
    const lstm = new Float32Array(preparation.split.validation.length * settings.horizon);
    const [onTheWay, again] = [false, true].map((isTrainedAgain) =>
      chooseCombination(series, preparation, calendarOf(settings), lstm, isTrainedAgain),
    );
    expect(onTheWay!.errors.others).toBeLessThan(0.97 * again!.errors.others);
    expect(onTheWay!.parts.map(({ name }) => name)).toEqual(again!.parts.map(({ name }) => name));
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

  it('of a record too short to choose by is what follows from the newest readings, all alike', () => {
    const values = noise(22, 2);
    const partsOf = (series: Series): unknown =>
      choose(series, 5).combination.parts.map(({ name, share, penalty }) => [name, share, penalty]);
    expect(partsOf(fixtureSeries([{ values }]))).toEqual([
      ['persistence', 0.25, null],
      ['dampedPersistence', 0.25, null],
      ['recentMean', 0.25, null],
      ['recentDeparture', 0.25, null],
    ]);
    // Without the target among the inputs neither is possible.
    expect(partsOf(fixtureSeries([{ values: noise(22, 3) }, { values }], { inputs: [0] }))).toEqual([
      ['climatology', 0.5, null],
      ['ridge', 0.5, 1],
    ]);
  });

  it('of a short record leans on the newest readings, and not on what it seems to learn', () => {
    // Forty days of a spring: a wave of the year fitted to them runs away behind their end.
    const rise = noise(60, 8).map((value, row) => 0.3 * row + 2 * value);
    const { parts } = choose(fixtureSeries([{ values: rise }]), 50).combination;
    const plain = new Set(['persistence', 'dampedPersistence', 'recentMean', 'recentDeparture']);
    const shares = parts.filter(({ name }) => plain.has(name)).map(({ share }) => share);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(0.6);
  });
});

describe('readings within a day that hold no whole one', () => {
  it('teach nothing: the forecast is the last reading, and a sentence says so', () => {
    const hourly = { ...presetSettings('recommended', 3600), window: 4, horizon: 2 };
    const chosen = (rows: number) => {
      const values = noise(rows, 5).map((value, row) => 10 * Math.sin((2 * Math.PI * row) / 24) + value);
      const series = fixtureSeries([{ values }], { step: HOURLY });
      const preparation = prepare(series, hourly);
      const lstm = new Float32Array(preparation.split.validation.length * hourly.horizon);
      return chooseCombination(series, preparation, calendarOf(hourly), lstm);
    };
    const morning = chosen(29);
    expect(morning).toMatchObject({ share: 0, withoutDay: true });
    expect(morning.parts).toEqual([{ name: 'persistence', share: 1, penalty: null }]);
    expect(describeCombination(morning, '°C')).toMatch(/hold no whole day.*persistence alone/);
    expect(combinationSchema.parse(morning)).toEqual(morning);
    expect(chosen(80).withoutDay).toBeUndefined();
  });
});
