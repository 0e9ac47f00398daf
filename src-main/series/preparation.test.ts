import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Series } from '../contract/series';
import { DAILY, fixtureSeries, fixtureSettings, noise } from './series.fixture';
import { firstWindow, prepare, summarisePreparation } from './preparation';
import { unscaleValue } from './scaler';
import { phrase } from '../contract/phrases';

const lesson = fixtureSeries([
  {
    name: 'humidity',
    quantity: 'relative humidity',
    unit: '%',
    values: noise(730, 3).map((v) => 60 + 30 * v),
  },
  { name: 'rain', quantity: 'rain', unit: 'mm', values: noise(730, 5).map((v) => Math.max(0, 20 * v)) },
  { name: 'temperature', values: noise(730, 7).map((v, row) => 12 - 14 * Math.cos(row / 58.1) + 3 * v) },
]);

describe('preparing a series', () => {
  it('scales as the lesson does: by all rows', () => {
    const { inputs, targets, inputScalers, targetScaler, inputCount } = prepare(lesson, fixtureSettings());
    expect(inputCount).toBe(3);
    expect(targetScaler).toEqual(inputScalers[2]);
    for (let column = 0; column < 3; column++) {
      const scaled = Array.from({ length: 730 }, (_, row) => inputs[row * 3 + column]!);
      const mean = scaled.reduce((sum, value) => sum + value, 0) / 730;
      expect(mean).toBeCloseTo(0, 6);
      expect(scaled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 730).toBeCloseTo(1, 5);
    }
    expect(targets[100]).toBe(inputs[302]);
    expect(unscaleValue(targetScaler, targets[100]!)).toBeCloseTo(lesson.variables[2]!.values[100]!, 4);
  });

  it('adds the calendar after the variables, unscaled', () => {
    const settings = fixtureSettings({ calendarYear: true, calendarDay: true });
    const { inputNames, inputs, inputScalers } = prepare(lesson, settings);
    expect(inputNames.slice(3).map(({ name }) => name)).toEqual([
      'sin(day of year)',
      'cos(day of year)',
      'sin(hour of day)',
      'cos(hour of day)',
    ]);
    expect([...inputs.subarray(3, 7)]).toEqual([0, 1, 0, 1]);
    expect(inputScalers[6]).toEqual({ mean: 0, scale: 1 });
  });

  it('takes a target that is no input', () => {
    const series = { ...lesson, inputs: [1, 0] };
    const { inputNames, targetScaler } = prepare(series, fixtureSettings());
    expect(inputNames.map(({ name }) => name)).toEqual(['rain', 'humidity']);
    expect(targetScaler).toEqual(prepare(lesson, fixtureSettings()).targetScaler);
  });

  it('takes no change of a target that is no input', () => {
    const settings = fixtureSettings({ residual: true });
    expect(prepare(lesson, settings).inputCount).toBe(3);
    for (const work of [prepare, summarisePreparation]) {
      expect(() => work({ ...lesson, inputs: [1, 0] }, settings)).toThrow(
        expect.objectContaining({ code: 'setting-invalid' }),
      );
    }
  });

  it('learns nothing from what comes after the learning windows', () => {
    const settingsOf = fc.record({
      window: fc.integer({ min: 1, max: 10 }),
      horizon: fc.integer({ min: 1, max: 5 }),
      validationShare: fc.constantFrom(0, 0.2),
    });
    fc.assert(
      fc.property(
        settingsOf,
        fc.nat(),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        (changes, pick, other) => {
          const settings = fixtureSettings({ ...changes, scalerFit: 'training', calendarYear: true });
          const before = prepare(lesson, settings);
          const { train } = before.split;
          const firstUnseen = train[train.length - 1]! + settings.window + settings.horizon;
          const altered = alter(lesson, firstUnseen + (pick % (730 - firstUnseen)), other);
          const after = prepare(altered, settings);
          expect(after.inputScalers).toEqual(before.inputScalers);
          expect(after.targetScaler).toEqual(before.targetScaler);
          expect(after.split).toEqual(before.split);
          expect(after.inputs.subarray(0, firstUnseen * before.inputCount)).toEqual(
            before.inputs.subarray(0, firstUnseen * before.inputCount),
          );
          expect(after.targets.subarray(0, firstUnseen)).toEqual(before.targets.subarray(0, firstUnseen));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('refuses what it cannot split, and says why', () => {
    const values = noise(40);
    const short = (rows: number): Series => fixtureSeries([{ values: values.subarray(0, rows) }]);
    expect(() => prepare(short(16), fixtureSettings())).toThrow(
      expect.objectContaining({
        code: 'too-few-rows',
        params: { rows: 16, window: 6, horizon: 1, needed: 17 },
      }),
    );
    expect(prepare(short(17), fixtureSettings()).split.test).toHaveLength(3);
    const holed = fixtureSeries([{ values: values.map((value, row) => (row % 5 === 0 ? NaN : value)) }]);
    expect(() => prepare(holed, fixtureSettings())).toThrow(
      expect.objectContaining({
        code: 'windows-lost',
        params: {
          part: phrase('part-training'),
          columns: '“variable 1”',
          from: '2021-01-01',
          to: '2021-01-01',
        },
      }),
    );
    const constant = fixtureSeries([{ values }, { name: 'still', values: new Float32Array(40).fill(3) }]);
    expect(() => prepare(constant, fixtureSettings())).toThrow(
      expect.objectContaining({ code: 'column-constant', params: { column: 'still', value: 3 } }),
    );
    expect(prepare({ ...constant, target: 0 }, fixtureSettings()).inputScalers[1]).toEqual({
      mean: 3,
      scale: 1,
    });
  });
});

describe('the summary', () => {
  it('tells the shapes of the lesson', () => {
    const summary = summarisePreparation(lesson, fixtureSettings());
    expect(summary).toMatchObject({
      rows: 730,
      windowsShape: [724, 6, 3],
      train: 579,
      validation: 0,
      test: 145,
    });
    expect(summary.parameters[0]).toEqual({ name: 'lstm_1/kernel', shape: [3, 40] });
    expect(summary.parameterCount).toBe(3 * 40 + 10 * 40 + 40 + 11);
    const day = DAILY.seconds * 1000;
    expect(summary.parts).toEqual({
      train: { from: lesson.time[0]! + 6 * day, to: lesson.time[0]! + 584 * day },
      validation: null,
      test: { from: lesson.time[0]! + 585 * day, to: lesson.time[0]! + 729 * day },
    });
  });

  it('agrees with the preparation', () => {
    const settings = fixtureSettings({ horizon: 4, validationShare: 0.15, calendarYear: true });
    const { split, inputNames } = prepare(lesson, settings);
    expect(summarisePreparation(lesson, settings)).toMatchObject({
      train: split.train.length,
      validation: split.validation.length,
      test: split.test.length,
      inputNames,
    });
  });
});

it('shows the first window as it stands in the file', () => {
  const series = fixtureSeries([{ values: [64, 38.5, 45] }, { values: [-4.2, -5, -14.5] }]);
  expect(firstWindow(series, { window: 2, horizon: 1, filledWindows: 'keep' })).toEqual({
    x: [
      [64, -4.2],
      [38.5, -5],
    ],
    y: [-14.5],
  });
});

function alter(series: Series, row: number, value: number): Series {
  return {
    ...series,
    variables: series.variables.map((variable) => ({
      ...variable,
      values: variable.values.map((old, index) => (index === row ? value : old)),
    })),
  };
}
