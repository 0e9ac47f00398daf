import { describe, expect, it } from 'vitest';
import { presetSettings } from '../../contract/settings';
import { calendarOf, prepare, unscaleValue, withServiceErrors, type Preparation } from '../../series';
import { fixtureSeries, HOURLY, noise } from '../../series/series.fixture';
import { fitPersistence } from '../baselines/persistence';
import { solveTowards } from '../algebra/normal-equations';
import { blendTable, learnSimple, partsOf, sumForBlend, type BlendLearned } from './candidates';
import { forecastLinear } from './simple-models';
import type { Series } from '../../contract/series';
import type { BlendPartName } from '../../contract/combination';

const settings = { ...presetSettings('recommended'), horizon: 5, window: 6 };
const YEARS = 4;
/** A year with a wave of its own in it, as a monsoon makes. */
const yearly = (row: number): number => {
  const angle = (2 * Math.PI * row) / 365.2425;
  return 10 * Math.cos(angle) + 4 * Math.sin(2 * angle);
};

const BESIDE_SERVICE = { window: 1, horizon: 1, calendarYear: false };
/** A temperature and a service that is 2 °C too warm, and errs by chance; other from a row on. */
function serviced(changedFrom = Infinity): Series {
  const rows = 400;
  const [weather, chance] = [noise(rows + 1, 3), noise(rows, 5)];
  const changed = (value: number, row: number): number => (row < changedFrom ? value : 7 - value);
  const series = fixtureSeries([
    { name: 'service', values: chance.map((value, row) => changed(weather[row + 1]! + 2 + value, row)) },
    { name: 'temperature', values: weather.slice(0, rows).map(changed) },
  ]);
  const variables = series.variables.map((each, index) => (index === 0 ? { ...each, lead: 1 } : each));
  return withServiceErrors({ ...series, variables, service: [0] });
}

function learn(
  series: Series,
  changes = {},
): { readonly learned: BlendLearned; readonly preparation: Preparation } {
  const own = { ...settings, ...changes };
  const preparation = prepare(series, own);
  const table = blendTable(series, preparation, calendarOf(own));
  const { train } = preparation.split;
  return { preparation, learned: learnSimple(table, train, sumForBlend(table, train, 1)) };
}

function errorOf(name: BlendPartName, { learned, preparation }: ReturnType<typeof learn>): number {
  const { table } = learned;
  const { targets, split, horizon, window } = preparation;
  const model = learned.simple[name]!;
  const said = forecastLinear(table, model, split.test);
  return Math.max(
    ...said.map((value, index) => {
      const row = split.test[Math.floor(index / horizon)]! + window + (index % horizon);
      return Math.abs(value - targets[row]!);
    }),
  );
}

describe('the parts of a blend', () => {
  const rows = Math.round(YEARS * 365.25);
  const seasonal = fixtureSeries([
    { name: 'humidity', values: noise(rows, 3) },
    { name: 'temperature', values: Float64Array.from({ length: rows }, (_, row) => yearly(row)) },
  ]);

  it('are persistence as the score table has it', () => {
    const { learned, preparation } = learn(seasonal);
    const { test } = preparation.split;
    const said = forecastLinear(learned.table, learned.simple.persistence!, test);
    const expected = fitPersistence(seasonal, preparation)!.forecast(test)!;
    said.forEach((value, index) =>
      expect(unscaleValue(preparation.targetScaler, value)).toBeCloseTo(expected[index]!, 3),
    );
  });

  it('tell a season of two waves, at each lead time by its own day', () => {
    const both = learn(seasonal);
    expect(errorOf('climatology', both)).toBeLessThan(0.05);
    expect(errorOf('dampedPersistence', both)).toBeLessThan(0.05);
    expect(errorOf('climatology', learn(seasonal, { yearHarmonics: 1 }))).toBeGreaterThan(0.2);
  });

  it('repeat the last day of readings that come every hour, beyond a day too', () => {
    const days = Float64Array.from({ length: 1200 }, (_, row) => noise(24, 5)[row % 24]!);
    const series = fixtureSeries([{ values: days }], { step: HOURLY });
    const hours = learn(series, { window: 30, horizon: 50 });
    expect(partsOf(hours.learned.table)).toContain('dailyCycle');
    expect(errorOf('dailyCycle', hours)).toBeLessThan(1e-4);
    // A window that does not hold a day cannot.
    expect(partsOf(learn(series, { window: 24, horizon: 2 }).learned.table)).not.toContain('dailyCycle');
    expect(partsOf(learn(seasonal).learned.table)).not.toContain('dailyCycle');
  });

  it('need the target among the inputs, but for climatology and ridge regression', () => {
    expect(partsOf(learn({ ...seasonal, inputs: [0] }).learned.table)).toEqual(['climatology', 'ridge']);
  });

  it('are of a weather service its forecast, and that less the mean of its last errors as they are known', () => {
    const before = serviced();
    const { learned, preparation } = learn(before, BESIDE_SERVICE);
    expect(partsOf(learned.table)).toEqual(['ridge', 'service', 'serviceCorrected', 'serviceErrors']);
    const { test, train } = preparation.split;
    const last = (start: number): number => start + BESIDE_SERVICE.window - 1;
    const say = ({ learned, preparation }: ReturnType<typeof learn>): Float32Array =>
      forecastLinear(learned.table, learned.simple.serviceCorrected!, preparation.split.test).map((value) =>
        unscaleValue(preparation.targetScaler, value),
      );
    const [said, errors] = [
      before.variables[0]!,
      before.variables.find(({ name }) => name === 'service error 20')!,
    ];
    say({ learned, preparation }).forEach((value, index) => {
      const row = last(test[index]!);
      expect(value).toBeCloseTo(said.values[row]! - errors.values[row]!, 3);
    });
    // What was issued or read after a row changes no bit of what is said in it.
    const from = last(test[40]!) + 1;
    const after = learn(serviced(from), BESIDE_SERVICE);
    expect(after.preparation.split.train).toEqual(train);
    const [one, other] = [say({ learned, preparation }), say(after)];
    expect(other.slice(0, 41)).toEqual(one.slice(0, 41));
    expect(other.slice(41)).not.toEqual(one.slice(41));
    const { serviceError } = learn({ ...before, inputs: [0, 1] }, BESIDE_SERVICE).learned.table;
    expect(serviceError).toBeNull();
  });

  it('lead a regression from no penalty, where its prior counts nothing, to its prior', () => {
    const { learned } = learn(seasonal);
    const prior = learned.simple.dampedPersistence!;
    const [free, freeOfPrior] = solveTowards(learned.equations, 1e-9, [null, prior]);
    const [none, bound] = solveTowards(learned.equations, 1e9, [null, prior]);
    const { table } = learned;
    const starts = Int32Array.of(3, 70, 500);
    const say = (model: typeof prior): Float32Array => forecastLinear(table, model, starts);
    const apart = (a: Float32Array, b: Float32Array): number =>
      Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
    expect(apart(say(free!), say(freeOfPrior!))).toBeLessThan(0.01);
    none!.weights[0]!.forEach((weight) => expect(weight).toBeCloseTo(0, 6));
    bound!.weights[4]!.forEach((weight, column) => expect(weight).toBeCloseTo(prior.weights[4]![column]!, 6));
  });
});
