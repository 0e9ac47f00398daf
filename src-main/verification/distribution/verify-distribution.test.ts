import { describe, expect, it } from 'vitest';
import { mapLevels, type ByLevel, type Ends } from '../../contract/intervals';
import { FILLED, observationsOf } from '../../contract/series';
import { prepare } from '../../series';
import { fixtureSeries, fixtureSettings, noise } from '../../series/series.fixture';
import { learnUsualEnsemble } from './usual-ensemble';
import { verifyDistribution } from './verify-distribution';

const ROWS = 3000;
const settings = fixtureSettings({ window: 2, horizon: 1, validationShare: 0.2 });
const usual = Float64Array.from(
  { length: ROWS },
  (_, row) => 10 - 8 * Math.cos((2 * Math.PI * row) / 365.25),
);
/** Uniform errors, twice as wide every other month. */
const widthAt = (row: number): number => (Math.floor(row / 30) % 2 === 0 ? 1 : 2);
const errors = noise(ROWS, 4);
const series = fixtureSeries([{ values: usual.map((value, row) => value + widthAt(row) * errors[row]!) }]);
const preparation = prepare(series, settings);
const { window, split } = preparation;

/** The true intervals of these errors, made `factor` times as wide. */
function intervals(factor: number): ByLevel<Ends<Float32Array>> {
  const end = (share: number): Float32Array =>
    Float32Array.from(split.test, (start) => {
      const row = start + window;
      return usual[row]! + factor * widthAt(row) * share;
    });
  return mapLevels((level) => ({ low: end(-level / 100), high: end(level / 100) }));
}
const point = Float32Array.from(split.test, (start) => usual[start + window]!);
const verifyTimes = (factor: number) => verifyDistribution(series, preparation, intervals(factor), point);

describe('the distribution of forecasts', () => {
  it('that is right has level ranks, quantiles that hold and the spread of its errors', () => {
    const { pit, pitRange, quantiles, spreadSkill, crpss, crps } = verifyTimes(1);
    expect(pit.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    for (const share of pit) expect(Math.abs(share - 0.1)).toBeLessThan(0.03);
    expect(pitRange.low).toBeGreaterThan(0.05);
    expect(pitRange.high).toBeLessThan(0.15);
    for (const { level, below, atMost } of quantiles) {
      expect(below).toBe(atMost);
      expect(Math.abs(atMost - level)).toBeLessThan(0.03);
    }
    const [narrowest, widest] = [spreadSkill[0]!, spreadSkill.at(-1)!];
    expect(widest.spread / narrowest.spread).toBeCloseTo(2, 1);
    expect(widest.error / narrowest.error).toBeCloseTo(2, 0);
    expect(crpss).toBeGreaterThan(0.05);
    // Of a uniform error of width 2w about its own forecast it is w/3, 0.5 on the average of both widths.
    expect(crps).toBeCloseTo(0.5, 1);
  });

  it('that is too sure shows in its ranks, and scores worse', () => {
    const { pit, crps } = verifyTimes(0.3);
    expect(pit[0]! + pit[9]!).toBeGreaterThan(0.5);
    expect(crps).toBeGreaterThan(verifyTimes(1).crps);
    expect(verifyTimes(4).crps).toBeGreaterThan(verifyTimes(1).crps);
  });

  it('spreads what has a probability of its own over its ranks, and counts no filled value', () => {
    const dry = fixtureSeries([
      {
        quantity: 'rain',
        unit: 'mm',
        values: Float64Array.from({ length: 400 }, (_, row) => (row % 2 === 0 ? 0 : 4)),
      },
    ]);
    const prepared = prepare(dry, settings);
    const count = prepared.split.test.length;
    const zeros = new Float32Array(count);
    const high = new Float32Array(count).fill(4);
    const bounds = mapLevels(() => ({ low: zeros, high }));
    const { pit, quantiles } = verifyDistribution(dry, prepared, bounds, zeros);
    // Half of them at 0, ranks 0 to a quarter; half at 4, ranks three quarters to 1.
    pit.forEach((share, bin) =>
      expect(share).toBeCloseTo([0.2, 0.2, 0.1, 0, 0, 0, 0, 0.1, 0.2, 0.2][bin]!, 2),
    );
    for (const { level, below, atMost } of quantiles) {
      expect(below).toBeLessThanOrEqual(level);
      expect(atMost).toBeGreaterThanOrEqual(level);
    }
    const filled = {
      ...dry,
      variables: dry.variables.map((variable) => ({
        ...variable,
        filled: variable.filled.map((_, row) => (row > 390 ? FILLED : 0)),
        values: variable.values.map((value, row) => (row > 390 ? 77 : value)),
      })),
    };
    const told = verifyDistribution(filled, prepared, bounds, zeros);
    expect(told.quantiles.at(-1)!.atMost).toBe(1);
  });
});

describe('what is usual as an ensemble', () => {
  it('is of the learning part, near that day of the year', () => {
    const members = learnUsualEnsemble(series, preparation)(series.time[ROWS - 1]!);
    const observed = observationsOf(series.variables[0]!);
    const learned = new Set(observed.subarray(0, split.test[0]! + window));
    expect(members.length).toBeGreaterThan(100);
    expect([...members]).toEqual([...members].sort((one, other) => one - other));
    for (const member of members) {
      expect(learned.has(member)).toBe(true);
      expect(Math.abs(member - usual[ROWS - 1]!)).toBeLessThan(5);
    }
  });

  it('is wider where there is little', () => {
    const short = fixtureSeries([{ values: noise(60, 8) }]);
    const prepared = prepare(short, fixtureSettings({ window: 2, horizon: 1, validationShare: 0.2 }));
    const members = learnUsualEnsemble(short, prepared)(Date.UTC(2021, 8, 1));
    expect(members.length).toBeGreaterThanOrEqual(20);
  });
});
