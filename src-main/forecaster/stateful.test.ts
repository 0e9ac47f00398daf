import { describe, expect, it } from 'vitest';
import { MOST_WINDOWS_INSIDE } from '../contract/inside';
import { forward, initialiseParameters, singleNetwork } from '../network';
import { networkShape, prepare } from '../series';
import { fixtureSeries, fixtureSettings, noise } from '../series/series.fixture';
import { passLesson, passTrained, windowsToRead } from './stateful';

const largest = (left: Float64Array, right: Float64Array): number =>
  left.reduce((most, value, index) => Math.max(most, Math.abs(value - right[index]!)), 0);

describe('windows read one after another', () => {
  it('are for the lesson its 724 windows of 6 by 3, with ten units', () => {
    const pass = passLesson();
    expect(pass).toMatchObject({
      windows: 724,
      allWindows: 724,
      window: 6,
      inputs: 3,
      units: 10,
      hidden: 10,
      layers: 1,
      batchSize: 32,
    });
    for (const { hidden, cell } of [pass.carried, pass.fromZero]) {
      expect([hidden.length, cell.length]).toEqual([7240, 7240]);
      expect([...hidden, ...cell].every(Number.isFinite)).toBe(true);
    }
    // The same first window; from the second on what was carried makes a difference.
    expect(pass.carried.hidden.subarray(0, 10)).toEqual(pass.fromZero.hidden.subarray(0, 10));
    expect(largest(pass.carried.cell, pass.fromZero.cell)).toBeGreaterThan(1e-3);
    expect(passLesson()).toEqual(pass);
  });

  it('are for a run those of all its parts, in their order', () => {
    const series = fixtureSeries([{ values: noise(90, 3) }, { values: noise(90, 5) }]);
    const settings = fixtureSettings({ layers: 2, hidden: 3, batchSize: 8, validationShare: 0.2 });
    const preparation = prepare(series, settings);
    const network = networkShape(settings, preparation.inputCount);
    const theta = initialiseParameters(network, { scheme: 'keras', seed: 3 });
    const pass = passTrained({ network, composite: singleNetwork(theta), preparation, batchSize: 8 });
    expect(pass).toMatchObject({ windows: 84, allWindows: 84, layers: 2, units: 3, batchSize: 8 });
    const { inputs, inputCount, window, split } = preparation;
    let before: ReturnType<typeof forward>['steps'][number] = [];
    [...split.train, ...split.validation, ...split.test].forEach((start, place) => {
      const readings = inputs.slice(start * inputCount, (start + window) * inputCount);
      const { steps } = forward(network, theta, readings);
      expect([...pass.fromZero.cell.subarray(place * 3, place * 3 + 3)]).toEqual([...steps[1]!.at(-1)!.cell]);
      const carried = forward(network, theta, readings, before).steps.map((layer) => layer.at(-1)!);
      expect([...pass.carried.hidden.subarray(place * 3, place * 3 + 3)]).toEqual([...carried[1]!.hidden]);
      before = carried;
    });
  });

  it('are fewer of a network that takes long over each', () => {
    const small = { inputs: 3, hidden: 10, layers: 1, outputs: 1 };
    expect(windowsToRead(small, 6, 724)).toBe(724);
    expect(windowsToRead(small, 6, 400_000)).toBe(MOST_WINDOWS_INSIDE);
    const large = { inputs: 20, hidden: 512, layers: 4, outputs: 24 };
    expect(windowsToRead(large, 2000, 400_000)).toBe(1);
    const middle = windowsToRead({ ...small, hidden: 128 }, 48, 400_000);
    expect(middle).toBeGreaterThan(10);
    expect(middle).toBeLessThan(MOST_WINDOWS_INSIDE);
  });
});
