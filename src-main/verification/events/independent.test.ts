import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crpsOfEnsemble } from '../distribution/ensemble';
import { crpsOfQuantiles, END_LEVELS, probabilityAtMost } from '../distribution/quantile-distribution';
import fixture from '../fixtures/events.json' with { type: 'json' };
import { nearestTurn } from '../scores/circle';
import { meanSquaredError } from '../scores/scores';
import { brierParts } from './brier-parts';
import { contingencyAbove, scoreContingency } from './contingency';
import { countsWithin, reliabilityBars } from './reliability';
import { rocOf } from './roc';
import { economicValue, savingsOf, valueCurve } from './value';

const { events, probabilities } = fixture;
const near = (value: number, expected: number): void =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));

/** The numbers of scores, scikit-learn, SciPy, NumPy and properscoring: scripts/make-event-fixture.py. */
describe('beside independent implementations', () => {
  it('the table and what follows from it are those of scores', () => {
    for (const { threshold, hits, misses, falseAlarms, correctNegatives, ...expected } of fixture.tables) {
      const table = contingencyAbove(events, probabilities, threshold);
      expect(table).toEqual({ hits, misses, falseAlarms, correctNegatives });
      const scored = scoreContingency(table);
      for (const name of ['pod', 'far', 'csi', 'ets', 'hss', 'bias', 'peirce', 'sedi'] as const) {
        const value = expected[name];
        if (value === null) expect(scored[name]).toBeNaN();
        else near(scored[name], value);
      }
    }
  });

  it('ROC points and area are scikit-learn’s', () => {
    const { points, area } = rocOf(events, probabilities);
    near(area, fixture.roc.area);
    expect(points).toHaveLength(fixture.roc.hitRates.length);
    points.forEach(({ threshold, falseAlarmRate, hitRate }, index) => {
      near(falseAlarmRate, fixture.roc.falseAlarmRates[index]!);
      near(hitRate, fixture.roc.hitRates[index]!);
      if (index > 0) near(threshold, fixture.roc.thresholds[index - 1]!);
    });
  });

  it('the parts of the Brier score are NumPy’s, and add up to it', () => {
    const parts = brierParts(events, probabilities);
    for (const name of ['reliability', 'resolution', 'uncertainty', 'withinBins'] as const) {
      near(parts[name], fixture.brier[name]);
    }
    near(parts.reliability - parts.resolution + parts.uncertainty + parts.withinBins, fixture.brier.brier);
  });

  it('consistency bars are those of NumPy’s convolution', () => {
    const bars = reliabilityBars(events, probabilities);
    expect(bars).toHaveLength(fixture.bars.length);
    bars.forEach((bar, index) => {
      const expected = fixture.bars[index]!;
      for (const name of ['forecast', 'frequency', 'count', 'low', 'high'] as const) {
        near(bar[name], expected[name]);
      }
    });
  });

  it('economic value is that of scores', () => {
    const curve = valueCurve(events, probabilities);
    expect(curve).toHaveLength(fixture.value.ratios.length);
    curve.forEach(({ ratio, value }, index) => {
      near(ratio, fixture.value.ratios[index]!);
      near(value, fixture.value.value[index]!);
    });
  });

  it('the CRPS of quantiles is SciPy’s integral, and so is the distribution', () => {
    expect([...END_LEVELS]).toEqual(fixture.levels);
    for (const { values, low, high, observed, crps, points, below } of fixture.distributions) {
      const distribution = { levels: END_LEVELS, values, limits: [low, high] as const };
      near(crpsOfQuantiles(distribution, observed), crps);
      points.forEach((point, index) => near(probabilityAtMost(distribution, point), below[index]!));
    }
  });

  it('the CRPS of an ensemble is properscoring’s', () => {
    const { members, observed, crps } = fixture.ensemble;
    members.forEach((each, index) =>
      near(crpsOfEnsemble(Float64Array.from(each).sort(), observed[index]!), crps[index]!),
    );
  });

  it('errors on the circle are those of scores', () => {
    const observed = Float32Array.from(fixture.circle.observed);
    const turned = nearestTurn(observed, Float32Array.from(fixture.circle.predicted));
    const mae =
      turned.reduce((sum, value, index) => sum + Math.abs(value - observed[index]!), 0) / turned.length;
    // Float32 holds a direction to 3e-5 degrees.
    expect(mae).toBeCloseTo(fixture.circle.mae, 4);
    expect(Math.sqrt(meanSquaredError(observed, turned))).toBeCloseTo(fixture.circle.rmse, 4);
  });
});

describe('events', () => {
  const cases = fc
    .array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 20 })), { minLength: 2, maxLength: 80 })
    .map((pairs) => ({
      happened: pairs.map(([event]) => (event ? 1 : 0)),
      said: pairs.map(([, twentieth]) => twentieth / 20),
    }));

  it('perfect warnings have every best score, and save what can be saved', () => {
    fc.assert(
      fc.property(cases, ({ happened }) => {
        fc.pre(happened.includes(1) && happened.includes(0));
        const table = contingencyAbove(happened, happened, 0.5);
        const { pod, far, csi, ets, hss, bias, peirce } = scoreContingency(table);
        [pod, 1 - far, csi, ets, hss, bias, peirce].forEach((score) => near(score, 1));
        near(economicValue(table, 0.3), 1);
        near(rocOf(happened, happened).area, 1);
        const { warned, perfect } = savingsOf(table, { cost: 3, loss: 10 });
        expect(warned).toBe(perfect);
      }),
    );
  });

  it('the value is what was spent beside the better of always and never, and perfect', () => {
    fc.assert(
      fc.property(cases, ({ happened, said }) => {
        fc.pre(happened.includes(1) && happened.includes(0));
        const table = contingencyAbove(happened, said, 0.3);
        const { warned, always, never, perfect } = savingsOf(table, { cost: 3, loss: 10 });
        const simple = Math.min(always, never);
        near(economicValue(table, 0.3) * (simple - perfect), simple - warned);
      }),
    );
  });

  it('many forecasts have bars much as few are counted', () => {
    const many = Array.from({ length: 2000 }, (_, index) => (index % 40) / 100);
    const [low, high] = countsWithin(many);
    const [nearLow, nearHigh] = countsWithin([...many, 0]);
    expect(Math.abs(low - nearLow)).toBeLessThan(1);
    expect(Math.abs(high - nearHigh)).toBeLessThan(1);
  });
});
