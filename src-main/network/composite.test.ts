import { describe, expect, it } from 'vitest';
import { combine, forwardComposite, singleNetwork } from './composite';
import { initialiseParameters } from './initialise';
import { forward } from './reference';

const SHAPE = { inputs: 2, hidden: 3, layers: 1, outputs: 2 };
const window = Float32Array.of(0.5, -1, 0.25, 2, -0.75, 1);
const theta = (seed: number): Float32Array => initialiseParameters(SHAPE, { scheme: 'pytorch', seed });
/** Takes the newest value of the first input as the first output, and three times the oldest of it as the second. */
const linear = {
  kernel: Float32Array.of(0, 3, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0),
  bias: Float32Array.of(10, 20),
};

describe('a model as a sum', () => {
  it('of one network alone is that network', () => {
    const { outputs } = forward(SHAPE, theta(1), window);
    expect(forwardComposite(SHAPE, singleNetwork(theta(1)), window)).toEqual(outputs);
  });

  it('gives each member the same weight, the mean its share, and adds the linear part', () => {
    const members = [1, 2, 3].map(theta);
    const [a, b, c] = members.map((each) => forward(SHAPE, each, window).outputs);
    const sum = forwardComposite(SHAPE, { members, lstmShare: 0.25, linear }, window);
    expect(sum[0]).toBeCloseTo((0.25 * (a![0]! + b![0]! + c![0]!)) / 3 + 10 - 0.75, 12);
    expect(sum[1]).toBeCloseTo((0.25 * (a![1]! + b![1]! + c![1]!)) / 3 + 20 + 1.5, 12);
  });

  it('combines many windows as it does one', () => {
    const composite = { members: [1, 2].map(theta), lstmShare: 0.5, linear };
    const windows = [window, window.map((value) => -value)];
    const forecasts = composite.members.map((each) =>
      Float64Array.from(windows.flatMap((values) => [...forward(SHAPE, each, values).outputs])),
    );
    const both = Float32Array.from(windows.flatMap((values) => [...values]));
    expect([...combine(composite, forecasts, both)]).toEqual(
      windows.flatMap((values) => [...forwardComposite(SHAPE, composite, values)]),
    );
  });

  it('refuses a linear part of another window, and no network at all', () => {
    const composite = { ...singleNetwork(theta(1)), linear };
    expect(() => forwardComposite(SHAPE, composite, window.subarray(2))).toThrow(RangeError);
    expect(() => combine(composite, [], window)).toThrow(RangeError);
  });
});
