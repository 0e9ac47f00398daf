import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputName } from '../contract/series';
import { describeDispensable, dispensableInputs, type Importance } from '../contract/importance';
import { noise } from '../series/series.fixture';
import { blockPermutation, inputGroups, lagGroups, measureImportance, thinningStep } from './importance';

const [window, width, count] = [3, 3, 600];
const windows = Float32Array.from(noise(count * window * width, 4));
/** Weights of a linear rule, by place and input: the second input at the newest place counts most, the third nowhere. */
const WEIGHTS = [0, 0, 0, 0.3, 0, 0, 0.2, 1, 0];
const predict = (shown: Float32Array, rows: number): Float32Array =>
  Float32Array.from({ length: rows }, (_, row) =>
    WEIGHTS.reduce((sum, weight, at) => sum + weight * shown[row * 9 + at]!, 0),
  );
const errors = noise(count, 8);
const observed = predict(windows, count).map((value, row) => value + 0.4 * errors[row]!);

const measure = (told: (done: number, total: number) => void = () => undefined): Promise<Importance> =>
  measureImportance({
    inputNames: ['rain', 'wind', 'idle'].map((name) => ({ name, made: false })),
    window,
    horizon: 1,
    windows,
    observed,
    targetName: 'temperature',
    unit: '°C',
    scale: 2,
    predict,
    onProgress: told,
  });

describe('permutation importance', () => {
  it('is the rise of the RMSE that theory has for a linear rule', async () => {
    const told: [number, number][] = [];
    const importance = await measure((done, total) => told.push([done, total]));
    const byName = Object.fromEntries(importance.inputs.map(({ name, mean }) => [name, mean]));
    // Numbers from -1 to 1 have the variance 1/3; exchanging one adds twice its weighted variance to the squared error.
    const noiseVariance = 0.4 ** 2 / 3;
    const riseOf = (...used: number[]): number =>
      2 *
      (Math.sqrt(noiseVariance + used.reduce((sum, weight) => sum + (2 * weight ** 2) / 3, 0)) -
        Math.sqrt(noiseVariance));
    expect(importance.rmse).toBeCloseTo(2 * Math.sqrt(noiseVariance), 1);
    expect(Math.abs(byName['wind']! - riseOf(1))).toBeLessThan(0.12);
    expect(Math.abs(byName['rain']! - riseOf(0.3, 0.2))).toBeLessThan(0.06);
    expect(byName['idle']).toBe(0);
    expect(importance.inputs.map(({ name }) => name)).toEqual(['wind', 'rain', 'idle']);
    const [newest, second, oldest] = importance.lags;
    expect(Math.abs(newest!.mean - riseOf(1, 0.2))).toBeLessThan(0.12);
    expect(Math.abs(second!.mean - riseOf(0.3))).toBeLessThan(0.06);
    expect(oldest).toEqual({ from: 3, to: 3, mean: 0, low: 0, high: 0 });
    expect(newest!.low).toBeLessThan(newest!.high);
    expect(told.at(-1)).toEqual([60, 60]);
    expect(await measure()).toEqual(importance);
  });

  it('names what could be done without', async () => {
    const importance = await measure();
    expect(dispensableInputs(importance).map(({ name }) => name)).toEqual(['idle']);
    expect(describeDispensable(importance)).toBe(
      'This model could do without idle: shuffling it raises the RMSE by 0.00 °C at most.',
    );
    const useful = { ...importance, inputs: importance.inputs.slice(0, 2) };
    expect(describeDispensable(useful)).toMatch(
      /^Every input helps\. The least is rain: .* rises by 0\.\d\d °C\.$/,
    );
  });
});

describe('what is shuffled', () => {
  it('moves in whole blocks and loses no window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 9 }),
        (length, block, repeat) => {
          const sources = blockPermutation(length, block, repeat);
          expect([...sources].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, index) => index));
          const breaks = sources.filter((source, index) => index > 0 && source !== sources[index - 1]! + 1);
          expect(breaks.length).toBeLessThan(Math.ceil(length / block));
        },
      ),
    );
  });

  it('are inputs one by one, the calendar circle by circle, and lags that double', () => {
    const column = (name: string): InputName => ({ name, made: false });
    const calendar = (name: string): InputName => ({ name, made: true });
    const names = [
      column('wind'),
      column('day of year'),
      column('sin(day of year)'),
      calendar('sin(day of year)'),
      calendar('cos(day of year)'),
    ];
    expect(inputGroups(names)).toEqual([
      { ...column('wind'), columns: [0] },
      // A column of the file stays by itself, whatever it is called.
      { ...column('day of year'), columns: [1] },
      { ...column('sin(day of year)'), columns: [2] },
      { ...calendar('day of year'), columns: [3, 4] },
    ]);
    expect(lagGroups(2)).toEqual([
      { from: 1, to: 1 },
      { from: 2, to: 2 },
    ]);
    expect(lagGroups(48)).toEqual([
      { from: 1, to: 1 },
      { from: 2, to: 2 },
      { from: 3, to: 4 },
      { from: 5, to: 8 },
      { from: 9, to: 16 },
      { from: 17, to: 32 },
      { from: 33, to: 48 },
    ]);
  });

  it('is thinned so that every hour of the day is met', () => {
    expect(thinningStep(2000, 2000)).toBe(1);
    expect(thinningStep(17_520, 2000)).toBe(11);
    expect(thinningStep(5000, 2000)).toBe(5);
  });
});
