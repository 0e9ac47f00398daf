import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INTERVAL_LEVELS, intervalCalibrationSchema, mapLevels } from '../../contract/intervals';
import { FILLED, type Series } from '../../contract/series';
import { prepare } from '../../series';
import { fixtureSeries, fixtureSettings, noise } from '../../series/series.fixture';
import fixture from '../fixtures/intervals.json' with { type: 'json' };
import { scoreInterval, scoreIntervals } from './interval-scores';
import {
  forecastIntervals,
  intervalsAround,
  learnIntervals,
  verifyIntervals,
  type ForecastWindows,
} from './intervals';
import { learnOffsets } from './conformal';
import { learnSeason, spreadAt } from './season-spread';

const ROWS = 1200;
const EVERYTHING = [-Infinity, Infinity] as const;
/** Weather that is three times as changeable in winter as in summer. */
const shocks = noise(ROWS, 17);
const series = fixtureSeries([
  {
    values: Float64Array.from(
      shocks,
      (shock, row) => 10 + shock * Math.exp(0.55 * Math.cos((2 * Math.PI * row) / 365.2425)),
    ),
  },
]);
const settings = fixtureSettings({ horizon: 2, validationShare: 0.25 });

/** A model that always says 10. */
const model =
  (horizon: number): ForecastWindows =>
  (starts) => ({ point: new Float32Array(starts.length * horizon).fill(10), quantiles: null });

describe('the season of errors', () => {
  it('is found, and is 1 on the geometric mean of the year', () => {
    const time = series.time;
    const season = learnSeason(
      time,
      Float64Array.from(series.variables[0]!.values, (v) => Math.abs(v - 10)),
    );
    const ratio = spreadAt(season, Date.UTC(2023, 0, 1)) / spreadAt(season, Date.UTC(2023, 6, 2));
    expect(ratio).toBeGreaterThan(2.4);
    expect(ratio).toBeLessThan(3.7);
    const logs = Array.from({ length: 365 }, (_, k) => Math.log(spreadAt(season, Date.UTC(2023, 0, 1 + k))));
    expect(logs.reduce((sum, log) => sum + log, 0) / 365).toBeCloseTo(0, 3);
  });

  it('is not made of less than a year, nor of errors that are all zero', () => {
    const sizes = new Float64Array(300).fill(1);
    expect(learnSeason(series.time.subarray(0, 300), sizes)).toBeNull();
    expect(learnSeason(series.time, new Float64Array(ROWS))).toBeNull();
    expect(spreadAt(null, 0)).toBe(1);
  });
});

describe('learning intervals', () => {
  it('takes the errors of the validation part, or of the newest fifth of training and says so', () => {
    const asked: Int32Array[] = [];
    const spy: ForecastWindows = (starts) => {
      asked.push(starts);
      return model(2)(starts);
    };
    const preparation = prepare(series, settings);
    const learned = learnIntervals(series, preparation, spy)!;
    expect(learned).toMatchObject({ part: 'validation', windows: preparation.split.validation.length });
    expect(intervalCalibrationSchema.parse(learned)).toEqual(learned);
    const without = prepare(series, fixtureSettings({ horizon: 2 }));
    expect(learnIntervals(series, without, spy)).toMatchObject({
      part: 'training',
      windows: Math.floor(0.2 * without.split.train.length),
    });
    const firstTest = preparation.split.test[0]!;
    for (const starts of asked) expect(Math.max(...starts) + 2).toBeLessThanOrEqual(firstTest);
  });

  it('is not moved by anything in the test part', () => {
    const preparation = prepare(series, settings);
    const border = preparation.split.test[0]! + preparation.window;
    const spoiled: Series = {
      ...series,
      variables: series.variables.map((variable) => ({
        ...variable,
        values: variable.values.map((value, row) => (row < border ? value : value + 40)),
      })),
    };
    expect(learnIntervals(spoiled, prepare(spoiled, settings), model(2))).toEqual(
      learnIntervals(series, preparation, model(2)),
    );
  });

  it('gives none where there are too few windows', () => {
    const short = fixtureSeries([{ values: noise(120) }]);
    expect(
      learnIntervals(short, prepare(short, fixtureSettings({ validationShare: 0.2 })), model(1)),
    ).toBeNull();
  });
});

describe('verifying intervals', () => {
  const preparation = prepare(series, settings);
  const learned = learnIntervals(series, preparation, model(2))!;
  const test = model(2)(preparation.split.test);
  const verified = verifyIntervals(series, preparation, learned, test);

  it('covers what it promises in every season, which one width for all would not', () => {
    for (const level of INTERVAL_LEVELS) {
      expect(Math.abs(verified.overall[level].coverage - level / 100)).toBeLessThan(0.05);
    }
    const { low, high } = verified.bounds[80];
    const widthAt = (index: number): number => high[index]! - low[index]!;
    const times = Array.from(preparation.split.test, (start) => series.time[start + preparation.window]!);
    const winter = times.findIndex((time) => new Date(time).getUTCMonth() === 0);
    const summer = times.findIndex((time) => new Date(time).getUTCMonth() === 7);
    const [narrow, wide] = [summer, winter].map((place) => (place < 0 ? NaN : widthAt(2 * place)));
    expect(wide! / narrow!).toBeGreaterThan(2);
  });

  it('lets a forecast know of no observation later than its window', () => {
    const place = 60;
    const known = preparation.split.test[place]! + preparation.window;
    const changed: Series = {
      ...series,
      variables: series.variables.map((variable) => ({
        ...variable,
        values: variable.values.map((value, row) => (row < known ? value : 99)),
      })),
    };
    const other = verifyIntervals(changed, preparation, learned, test);
    for (const level of INTERVAL_LEVELS) {
      for (const end of ['low', 'high'] as const) {
        const upTo = (place + 1) * preparation.horizon;
        expect(other.bounds[level][end].subarray(0, upTo)).toEqual(
          verified.bounds[level][end].subarray(0, upTo),
        );
      }
    }
    expect(other.bounds[95].high.at(-2)).toBeGreaterThan(verified.bounds[95].high.at(-2)!);
  });

  it('follows what was read and nothing that was filled', () => {
    const [first, last] = [preparation.split.test[20]!, preparation.split.test[30]!];
    const target = series.target;
    const withFiller = (filler: number): Series => ({
      ...series,
      variables: series.variables.map((variable, index) => {
        if (index !== target) return variable;
        const isFiller = (row: number): boolean => row >= first && row < last;
        return {
          ...variable,
          values: variable.values.map((value, row) => (isFiller(row) ? filler : value)),
          filled: variable.filled.map((mark, row) => (isFiller(row) ? FILLED : mark)),
        };
      }),
    });
    const one = verifyIntervals(withFiller(-99), preparation, learned, test);
    expect(one).toEqual(verifyIntervals(withFiller(99), preparation, learned, test));
    expect(one.overall).not.toEqual(verified.overall);
  });

  it('goes on from where the test part ended', () => {
    const half = preparation.split.test.length / 2;
    const part = (from: number, to?: number) => {
      const split = { ...preparation.split, test: preparation.split.test.slice(from, to) };
      return { preparation: { ...preparation, split }, forecasts: model(2)(split.test) };
    };
    const [first, second] = [part(0, half), part(half)];
    const before = verifyIntervals(series, first.preparation, learned, first.forecasts);
    const after = verifyIntervals(series, second.preparation, before.after, second.forecasts);
    after.after.offsets.forEach((offsets, lead) => {
      for (const level of INTERVAL_LEVELS) {
        // All but the one or two observations that a frozen start already knew.
        const apart = Math.abs(offsets[level].high - verified.after.offsets[lead]![level].high);
        expect(apart).toBeLessThanOrEqual(2 * learned.steps[lead]!);
      }
    });
  });

  it('keeps within what the quantity can be', () => {
    const humid = fixtureSeries([
      {
        quantity: 'relative humidity',
        unit: '%',
        values: noise(400, 3).map((value) => Math.min(100, 99 + 3 * value)),
      },
    ]);
    const prepared = prepare(humid, fixtureSettings({ validationShare: 0.25 }));
    const always: ForecastWindows = (starts) => ({
      point: new Float32Array(starts.length).fill(99),
      quantiles: null,
    });
    const { bounds } = verifyIntervals(
      humid,
      prepared,
      learnIntervals(humid, prepared, always)!,
      always(prepared.split.test),
    );
    for (const level of INTERVAL_LEVELS) expect(Math.max(...bounds[level].high)).toBeLessThanOrEqual(100);
    expect(Math.max(...bounds[95].high)).toBe(100);
  });

  it('makes of one forecast what it made of the window', () => {
    const { variables } = series;
    const made = forecastIntervals({ ...series, variables }, learned, model(2)(Int32Array.of(0)), [
      series.time[preparation.split.test[0]! + preparation.window]!,
      series.time[preparation.split.test[0]! + preparation.window + 1]!,
    ]);
    for (const level of INTERVAL_LEVELS) {
      expect(Math.fround(made[0]![level].low)).toBe(verified.bounds[level].low[0]);
      expect(Math.fround(made[1]![level].high)).toBe(verified.bounds[level].high[1]);
    }
  });
});

describe('beside independent implementations', () => {
  const { calibrated } = fixture;
  const observed = Float32Array.from(fixture.observed);

  it('conformal ends are MAPIE’s, coverage and width are too, and the interval score is scoringrules’', () => {
    const of = (level: (typeof INTERVAL_LEVELS)[number]) => fixture.levels[level];
    const errors = mapLevels((level) => ({
      low: Float64Array.from(of(level).low.slice(0, calibrated), (end, k) => fixture.observed[k]! - end),
      high: Float64Array.from(of(level).high.slice(0, calibrated), (end, k) => fixture.observed[k]! - end),
    }));
    const offsets = learnOffsets(errors).ends;
    for (const level of INTERVAL_LEVELS) {
      const expected = of(level);
      const low = Float32Array.from(expected.low.slice(calibrated), (end) => end + offsets[level].low);
      const high = Float32Array.from(expected.high.slice(calibrated), (end) => end + offsets[level].high);
      expected.conformalLow.forEach((end, k) => expect(low[k]).toBeCloseTo(end, 5));
      expected.conformalHigh.forEach((end, k) => expect(high[k]).toBeCloseTo(end, 5));
      const ends = {
        low: Float32Array.from(expected.conformalLow),
        high: Float32Array.from(expected.conformalHigh),
      };
      const scored = scoreInterval(observed.subarray(calibrated), ends, level);
      expect(scored.coverage).toBeCloseTo(expected.coverage, 12);
      expect(scored.width).toBeCloseTo(expected.width, 9);
      expect(scored.score).toBeCloseTo(expected.score, 9);
    }
  });
});

describe('scoring intervals', () => {
  const numbers = fc.array(fc.float({ min: -50, max: 50, noNaN: true }), { minLength: 6, maxLength: 6 });

  it('shares add up to one, and lead times to all', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (seen, one, other) => {
        const ends = {
          low: Float32Array.from(one, (value, k) => Math.min(value, other[k]!)),
          high: Float32Array.from(one, (value, k) => Math.max(value, other[k]!)),
        };
        const { overall, byLead } = scoreIntervals(
          Float32Array.from(seen),
          mapLevels(() => ends),
          2,
        );
        for (const level of INTERVAL_LEVELS) {
          const { coverage, below, above, width, score } = overall[level];
          expect(coverage + below + above).toBeCloseTo(1, 12);
          expect(score).toBeGreaterThanOrEqual(width);
          for (const name of ['coverage', 'width', 'score'] as const) {
            const mean = (byLead[0]![level][name] + byLead[1]![level][name]) / 2;
            expect(mean).toBeCloseTo(overall[level][name], 9);
          }
        }
      }),
    );
  });

  it('wants the true quantiles: neither wider nor narrower ends score better', () => {
    const seen = Float32Array.from(noise(4000, 9));
    const scoreOf = (half: number): number =>
      scoreInterval(seen, { low: seen.map(() => -half), high: seen.map(() => half) }, 80).score;
    expect(scoreOf(0.8)).toBeLessThan(scoreOf(0.7));
    expect(scoreOf(0.8)).toBeLessThan(scoreOf(0.9));
  });
});

it('an interval widens with the spread', () => {
  const centres = mapLevels(() => ({ low: 5, high: 5 }));
  const offsets = mapLevels((level) => ({ low: -level / 50, high: level / 50 }));
  const made = intervalsAround(centres, offsets, 2, EVERYTHING);
  expect(made[50]).toEqual({ low: 3, high: 7 });
});
