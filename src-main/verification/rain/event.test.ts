import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventModelSchema } from '../../contract/probability';
import { FILLED, type Series } from '../../contract/series';
import { prepare } from '../../series';
import { fixtureSeries, fixtureSettings, noise } from '../../series/series.fixture';
import { forecastEvent, learnEvent, verifyEvent } from './event';
import { eventInputs, findAmounts } from './event-inputs';
import { brierScore, reliabilityOf, scoreProbabilities } from './event-scores';
import fixture from '../fixtures/intervals.json' with { type: 'json' };
import { fitLogistic, probabilityOf } from './logistic';

const ROWS = 900;
const settings = fixtureSettings({ horizon: 2, validationShare: 0.2, scalerFit: 'training' });

/** Rain that tends to follow rain, with a second variable that says nothing. */
function rain(): Series {
  const luck = noise(ROWS, 31);
  const amount = noise(ROWS, 5);
  let wet = false;
  const values = Array.from(luck, (draw, row) => {
    wet = draw < (wet ? 0.5 : -0.6);
    return wet ? 1 + 9 * Math.abs(amount[row]!) : 0;
  });
  return fixtureSeries([{ values: noise(ROWS, 77) }, { name: 'rain', quantity: 'rain', unit: 'mm', values }]);
}

describe('the probability of rain', () => {
  const series = rain();
  const preparation = prepare(series, settings);
  const model = learnEvent(series, preparation, 1)!;

  it('is scored where somebody looked whether it rained', () => {
    const filledFrom = preparation.split.test[10]! + preparation.window;
    const withFiller = (filler: number): Series => ({
      ...series,
      variables: series.variables.map((variable) => ({
        ...variable,
        values: variable.values.map((value, row) => (row >= filledFrom ? filler : value)),
        filled: variable.filled.map((mark, row) => (row >= filledFrom ? FILLED : mark)),
      })),
    });
    const dry = verifyEvent(withFiller(0), preparation, model);
    const wet = verifyEvent(withFiller(9), preparation, model);
    expect(dry).toEqual(wet);
    // Ten windows at lead 1, nine at lead 2.
    expect(dry.reliability.reduce((sum, { count }) => sum + count, 0)).toBe(19);
  });

  it('is better than climatology where rain follows rain, and reliable', () => {
    const verified = verifyEvent(series, preparation, model);
    expect(verified.byLead[0]!.skill).toBeGreaterThan(0.15);
    expect(verified.skill).toBeCloseTo(1 - verified.brier / verified.climatologyBrier, 12);
    expect(verified.probabilities).toHaveLength(2 * preparation.split.test.length);
    const counted = verified.reliability.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(verified.probabilities.length);
    const apart = verified.reliability.reduce(
      (sum, { forecast, frequency, count }) => sum + count * Math.abs(forecast - frequency),
      0,
    );
    expect(apart / counted).toBeLessThan(0.1);
    expect(eventModelSchema.parse(model)).toEqual(model);
  });

  it('of one forecast is that of its window', () => {
    const start = preparation.split.test[7]!;
    const { inputs, inputCount, inputScalers, window } = preparation;
    const cut = inputs.subarray(start * inputCount, (start + window) * inputCount);
    const { probabilities, threshold } = forecastEvent(model, cut, inputScalers);
    const { probabilities: all } = verifyEvent(series, preparation, model);
    expect(threshold).toBe(1);
    expect(probabilities.map(Math.fround)).toEqual([...all.subarray(14, 16)]);
  });

  it('learns nothing from the test part', () => {
    const border = preparation.split.test[0]! + preparation.window;
    const spoiled = {
      ...series,
      variables: series.variables.map((variable) => ({
        ...variable,
        values: variable.values.map((value, row) => (row < border ? value : 40)),
      })),
    };
    expect(learnEvent(spoiled, prepare(spoiled, settings), 1)).toEqual(model);
  });

  it('takes the threshold in mm whatever the unit, and is there for rain alone', () => {
    const inches = {
      ...series,
      variables: series.variables.map((variable) =>
        variable.quantity === 'rain'
          ? { ...variable, unit: 'in', values: variable.values.map((value) => value / 25.4) }
          : variable,
      ),
    };
    const learned = learnEvent(inches, prepare(inches, settings), 2)!;
    expect(learned.threshold).toBeCloseTo(2 / 25.4, 9);
    const said = (of: Series): Float32Array => {
      const ready = prepare(of, settings);
      return verifyEvent(of, ready, learnEvent(of, ready, 2)!).probabilities;
    };
    const inMillimetres = said(series);
    said(inches).forEach((value, index) => expect(value).toBeCloseTo(inMillimetres[index]!, 3));
    const dry = { ...series, target: 0 };
    expect(learnEvent(dry, prepare(dry, settings), 1)).toBeNull();
  });

  it('is learned from any number of windows', () => {
    const long = fixtureSeries([
      { quantity: 'rain', unit: 'mm', values: noise(250_000, 3).map((value) => Math.max(0, value)) },
    ]);
    const learned = learnEvent(
      long,
      prepare(long, fixtureSettings({ window: 2, validationShare: 0.2 })),
      0.5,
    )!;
    // Two rows, and two numbers for the amount in each.
    expect(learned.byLead[0]!.weights).toHaveLength(2 + 4);
  });

  it('stays a probability where it never rained', () => {
    const never = learnEvent(series, preparation, 400)!;
    const { probabilities, skill } = verifyEvent(series, preparation, never);
    for (const probability of probabilities) {
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThan(0.01);
    }
    expect(Number.isFinite(skill)).toBe(true);
  });
});

describe('what the chance is learned from', () => {
  const series = rain();
  const preparation = prepare(series, { ...settings, calendarYear: true });
  const { window, inputs, inputCount, inputScalers, split } = preparation;
  const [start] = split.test;
  const end = start! + window;

  it('is an amount by its logarithm, and as wet or dry; what is none as it is', () => {
    const model = learnEvent(series, preparation, 1)!;
    const { rows, amounts, byLead } = model;
    const [noisy, amount] = series.variables;
    expect(amounts).toEqual([{ input: 1, scale: expect.any(Number), least: expect.any(Number) }]);
    const [{ scale, least }] = amounts as [(typeof amounts)[0]];
    const seen = [...eventInputs(model, inputScalers)(inputs, end)];
    expect(seen).toHaveLength(rows * (inputCount + 2));
    expect(byLead[0]!.weights).toHaveLength(seen.length);
    const scaled = seen.slice(0, rows * inputCount);
    expect(scaled).toEqual([...inputs.subarray((end - rows) * inputCount, end * inputCount)]);
    for (let row = 0; row < rows; row++) {
      const value = amount!.values[end - rows + row]!;
      const [logarithm, any] = seen.slice(rows * inputCount + 2 * row);
      expect(logarithm).toBeCloseTo(Math.log1p(value / scale), 5);
      expect(any).toBe(value > 0 ? 1 : 0);
    }
    expect(least).toBeLessThan(Math.min(...amount!.values.filter((value) => value > 0)));
    expect(noisy!.values.some((value) => value < 0)).toBe(true);
    // The amount as it is scaled has no weight, nor has the calendar but in the newest row.
    byLead.forEach(({ weights }) =>
      weights.slice(0, rows * inputCount).forEach((weight, place) => {
        const [row, input] = [Math.floor(place / inputCount), place % inputCount];
        expect(weight !== 0).toBe(input === 0 || (input > 1 && row === rows - 1));
      }),
    );
  });

  it('is the scaled window alone for a model of before there were amounts', () => {
    const { rows, byLead } = learnEvent(series, preparation, 1)!;
    const earlier = { threshold: 1, rows, byLead: byLead.map((each) => ({ ...each, weights: [0.5] })) };
    const read = eventModelSchema.parse(earlier);
    expect(read.amounts).toEqual([]);
    expect(eventInputs(read, inputScalers)(inputs, end)).toHaveLength(rows * inputCount);
  });

  it('takes a temperature for no amount, nor rain that falls nearly always, nor what is never there', () => {
    const { horizon } = preparation;
    const found = (values: Float64Array): number =>
      findAmounts(fixtureSeries([{ values }]), { window, horizon }, split.train).length;
    const draws = noise(ROWS, 8);
    expect(found(draws.map((value) => Math.max(0, value)))).toBe(1);
    expect(found(draws)).toBe(0);
    expect(found(draws.map((value) => Math.max(0, value + 0.8)))).toBe(0);
    expect(found(new Float64Array(ROWS))).toBe(0);
  });

  it('counts what a conversion of units leaves of a zero as none', () => {
    const series = fixtureSeries([
      { values: noise(ROWS, 8).map((value, row) => (row % 3 === 0 ? 1e-9 : value > 0 ? 0 : 2 - value)) },
    ]);
    const [amount] = findAmounts(series, preparation, split.train);
    expect(amount!.least).toBeGreaterThan(1e-8);
    expect(amount!.least).toBeLessThan(2);
  });
});

describe('beside independent implementations', () => {
  it('the Brier score and reliability are scikit-learn’s', () => {
    const { events, probabilities, brier, climatology, climatologyBrier, reliability } = fixture.probability;
    expect(brierScore(events, probabilities)).toBeCloseTo(brier, 12);
    const always = events.map(() => climatology);
    const scored = scoreProbabilities(events, probabilities, always);
    expect(scored.climatologyBrier).toBeCloseTo(climatologyBrier, 12);
    expect(scored.skill).toBeCloseTo(1 - brier / climatologyBrier, 12);
    const bins = reliabilityOf(events, probabilities);
    expect(bins).toHaveLength(reliability.forecast.length);
    bins.forEach(({ forecast, frequency }, index) => {
      expect(forecast).toBeCloseTo(reliability.forecast[index]!, 12);
      expect(frequency).toBeCloseTo(reliability.frequency[index]!, 12);
    });
  });

  it('logistic regression is that of statsmodels', () => {
    const { predictors, events, coefficients } = fixture.logistic;
    const { intercept, weights } = fitLogistic(
      Float64Array.from(predictors.flat()),
      Uint8Array.from(events),
      0,
    );
    [intercept, ...weights].forEach((value, index) => expect(value).toBeCloseTo(coefficients[index]!, 8));
  });
});

describe('logistic regression', () => {
  const table = fc.array(fc.tuple(fc.float({ min: -3, max: 3, noNaN: true }), fc.boolean()), {
    minLength: 4,
    maxLength: 60,
  });

  it('stays finite, and says on average what happened', () => {
    fc.assert(
      fc.property(table, (pairs) => {
        const values = Float64Array.from(pairs, ([value]) => value);
        const events = Uint8Array.from(pairs, ([, event]) => (event ? 1 : 0));
        const happened = events.reduce((sum, event) => sum + event, 0) / events.length;
        const model = fitLogistic(values, events, 0.05);
        const said = Array.from(values, (_, index) => probabilityOf(model, values, index));
        for (const probability of said) expect(probability > 0 && probability < 1).toBe(true);
        if (happened > 0 && happened < 1) {
          const mean = said.reduce((sum, probability) => sum + probability, 0) / said.length;
          expect(mean).toBeCloseTo(happened, 6);
        }
      }),
    );
  });
});
