import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventFitSchema, recordOf, type WeatherEvent } from '../../contract/events';
import { FILLED, observationsOf, type Series } from '../../contract/series';
import { prepare, targetVariable } from '../../series';
import { fixtureSeries, fixtureSettings, noise } from '../../series/series.fixture';
import { fitEvent, quantilesOf } from './fit-event';
import { heldAfter, heldValue, isEvent } from './held';
import { ERROR_LEVELS, eventReader } from './probability';
import { verifyWarning } from './verify-event';

const ROWS = 1600;
const settings = fixtureSettings({
  window: 4,
  horizon: 3,
  validationShare: 0.25,
  scalerFit: 'training',
  calendarYear: true,
});
const FROST: WeatherEvent = { column: 'low', comparison: '<', threshold: 0, of: 'value', lead: 1 };

/** A season with weather that remembers, a humidity that says nothing, and rain on warm days. */
function weather(): Series {
  const shocks = noise(ROWS, 3);
  let anomaly = 0;
  const low = Array.from(
    shocks,
    (shock, row) => 4 - 8 * Math.cos((2 * Math.PI * row) / 365.25) + (anomaly = 0.7 * anomaly + 3 * shock),
  );
  return fixtureSeries([
    {
      name: 'humidity',
      quantity: 'relative humidity',
      unit: '%',
      values: noise(ROWS, 8).map((v) => 50 + 20 * v),
    },
    { name: 'rain', quantity: 'rain', unit: 'mm', values: low.map((value) => Math.max(0, value - 6)) },
    { name: 'low', values: low },
  ]);
}

const series = weather();
const preparation = prepare(series, settings);
const { horizon, window } = preparation;
/** A forecast that knows the season and most of what the weather keeps. */
const forecast = (starts: Int32Array) => {
  const { values } = targetVariable(series);
  const point = new Float32Array(starts.length * horizon);
  starts.forEach((start, index) => {
    for (let lead = 0; lead < horizon; lead++) {
      const season = (row: number): number => 4 - 8 * Math.cos((2 * Math.PI * row) / 365.25);
      const row = start + window;
      point[index * horizon + lead] =
        season(row + lead) + 0.7 ** (lead + 1) * (values[row - 1]! - season(row - 1));
    }
  });
  return { point, quantiles: null };
};
const reportOf = (event: WeatherEvent, costs = null as null | { cost: number; loss: number }) => {
  const fit = fitEvent(series, preparation, event, forecast);
  return verifyWarning(series, preparation, forecast(preparation.split.test).point, { event, costs }, fit);
};

describe('what is held against a threshold', () => {
  it('is a value, the lowest, the highest, the sum, or the change', () => {
    const at = (lead: number): number => [3, -1, 5][lead]!;
    const held = (of: WeatherEvent['of'], lead: number): number => heldValue({ ...FROST, of, lead }, at, 2);
    expect(held('value', 3)).toBe(5);
    expect(held('lowest', 3)).toBe(-1);
    expect(held('highest', 2)).toBe(3);
    expect(held('sum', 3)).toBe(7);
    expect(held('change', 2)).toBe(-3);
  });

  it('is an event on the right side, the border by its sign, as float32 has it', () => {
    const sides = (['<', '<=', '>', '>='] as const).map((comparison) =>
      [0.9, 1, 1.1].map((value) => isEvent({ ...FROST, comparison, threshold: 1 }, value)),
    );
    expect(sides).toEqual([
      [true, false, false],
      [true, true, false],
      [false, false, true],
      [false, true, true],
    ]);
    expect(isEvent({ ...FROST, comparison: '>=', threshold: 0.3 }, Math.fround(0.3))).toBe(true);
  });

  it('is not known where a value was filled', () => {
    const filled = {
      ...series,
      variables: series.variables.map((variable) => ({
        ...variable,
        filled: variable.filled.map((_, row) => (row === 20 ? FILLED : 0)),
      })),
    };
    const starts = Int32Array.of(14, 15, 16, 17);
    const held = heldAfter(filled, { ...FROST, of: 'lowest', lead: 2 }, window, starts);
    expect([...held].map(Number.isNaN)).toEqual([false, true, true, false]);
  });
});

describe('warnings of frost', () => {
  const report = reportOf(FROST, { cost: 20, loss: 100 });

  it('are better than climatology, and add up', () => {
    expect(report.brierSkill).toBeGreaterThan(0.2);
    expect(report.rocArea).toBeGreaterThan(0.9);
    const { hits, misses, falseAlarms, correctNegatives } = report.table;
    expect(hits + misses + falseAlarms + correctNegatives).toBe(report.windows);
    expect((hits + misses) / report.windows).toBeCloseTo(report.baseRate, 12);
    const observed = observationsOf(targetVariable(series));
    const frosts = preparation.split.test.filter((start) => observed[start + window]! < 0).length;
    expect(hits + misses).toBe(frosts);
    expect(report.pod).toBeCloseTo(hits / frosts, 12);
    expect(report.warnAbove).toBe(0.2);
    expect(report.savings!.warned).toBeLessThan(Math.min(report.savings!.always, report.savings!.never));
    const { reliability, resolution, uncertainty, withinBins } = report.parts;
    expect(reliability - resolution + uncertainty + withinBins).toBeCloseTo(report.brier, 12);
    expect(recordOf(report)).toMatchObject({ windows: report.windows, hits });
  });

  it('are kept as what they are, in JSON too', () => {
    expect(eventFitSchema.parse(JSON.parse(JSON.stringify(report.fit)))).toEqual(report.fit);
    expect([report.fit.errors, report.fit.logistic].filter((way) => way === null)).toHaveLength(1);
    const { distribution, logistic, climatology } = report.fit.validation;
    expect(Math.min(distribution!, logistic)).toBeLessThan(climatology);
  });

  it('learn nothing from the test part', () => {
    const border = preparation.split.test[0]! + window;
    const spoiled = {
      ...series,
      variables: series.variables.map((variable) => ({
        ...variable,
        values: variable.values.map((value, row) => (row < border ? value : 40)),
      })),
    };
    expect(fitEvent(spoiled, prepare(spoiled, settings), FROST, forecast)).toEqual(report.fit);
  });

  it('of the lowest over three days are likelier, and those of one forecast are those of its window', () => {
    const three = reportOf({ ...FROST, of: 'lowest', lead: 3 });
    expect(three.baseRate).toBeGreaterThan(report.baseRate);
    expect(three.brierSkill).toBeGreaterThan(0.1);
    const start = preparation.split.test[5]!;
    const { inputs, inputCount, inputScalers } = preparation;
    const cut = inputs.subarray(start * inputCount, (start + window) * inputCount);
    const last = targetVariable(series).values[start + window - 1]!;
    const point = (lead: number): number => forecast(Int32Array.of(start)).point[lead]!;
    const readAt = (from: Float32Array, end: number): number =>
      eventReader(series, FROST, report.fit, inputScalers)({ inputs: from, end, last, point });
    expect(readAt(cut, window)).toBe(readAt(inputs, start + window));
  });
});

describe('warnings of what is not the target', () => {
  it('are by a logistic regression of the event itself', () => {
    const report = reportOf({ column: 'rain', comparison: '>=', threshold: 1, of: 'sum', lead: 2 });
    expect(report.fit).toMatchObject({
      source: 'logistic',
      errors: null,
      validation: { distribution: null },
    });
    expect(report.unit).toBe('mm');
    expect(report.brierSkill).toBeGreaterThan(0.1);
  });

  it('stay probabilities where it never came', () => {
    const report = reportOf({ ...FROST, threshold: -90 });
    expect(report.fit).toMatchObject({ calibration: null, learned: { events: 0 } });
    expect(report).toMatchObject({ baseRate: 0, table: { hits: 0, misses: 0 }, savings: null });
    expect(report.brier).toBeLessThan(1e-3);
  });

  it('are learned without a validation part too', () => {
    const unvalidated = prepare(series, { ...settings, validationShare: 0 });
    const fit = fitEvent(series, unvalidated, FROST, forecast);
    const { point } = forecast(unvalidated.split.test);
    const { brierSkill } = verifyWarning(series, unvalidated, point, { event: FROST, costs: null }, fit);
    expect(brierSkill).toBeGreaterThan(0.2);
  });
});

it('errors at their levels are in order, and halve at the median', () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ min: -9, max: 9, noNaN: true }), { minLength: 39, maxLength: 99 }),
      (errors) => {
        const quantiles = quantilesOf(errors);
        quantiles.slice(1).forEach((value, index) => expect(value).toBeGreaterThanOrEqual(quantiles[index]!));
        const median = quantiles[ERROR_LEVELS.indexOf(0.5)]!;
        expect(errors.filter((error) => error < median).length).toBeLessThanOrEqual(errors.length / 2);
      },
    ),
  );
});
