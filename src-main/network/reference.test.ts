import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LossSettings, NetworkShape } from '../contract/network';
import { rowsRead } from './ahead';
import { parameterCount } from './parameters';
import { randomSource } from './random';
import { forward, lossAndGradient } from './reference';

const LOSSES: readonly LossSettings[] = [
  { kind: 'mse' },
  { kind: 'mae' },
  { kind: 'huber', delta: 0.4 },
  { kind: 'pinball', quantiles: [0.1, 0.75] },
];

function example(shape: NetworkShape, length: number, count: number, seed: number) {
  const random = randomSource(seed, 'example');
  const draw = (size: number, scale: number): Float64Array =>
    Float64Array.from({ length: size }, () => scale * random.normal());
  return {
    theta: draw(parameterCount(shape), 0.5),
    windows: Array.from({ length: count }, () => draw(rowsRead(shape, length) * shape.inputs, 1)),
    targets: Array.from({ length: count }, () => draw(shape.outputs, 1)),
  };
}

/** Largest difference between the gradient and central differences, over all parameters. */
function gradientError(
  shape: NetworkShape,
  length: number,
  count: number,
  loss: LossSettings,
  seed: number,
): number {
  const { theta, windows, targets } = example(shape, length, count, seed);
  const { gradient } = lossAndGradient(shape, theta, windows, targets, loss);
  const step = 1e-6;
  let largest = 0;
  gradient.forEach((slope, index) => {
    const lossAt = (change: number): number => {
      const moved = theta.slice();
      moved[index] = (moved[index] ?? 0) + change;
      return lossAndGradient(shape, moved, windows, targets, loss).loss;
    };
    largest = Math.max(largest, Math.abs(slope - (lossAt(step) - lossAt(-step)) / (2 * step)));
  });
  return largest;
}

describe('the reference LSTM', () => {
  it.each(LOSSES.flatMap((loss) => [1, 2].map((layers) => ({ loss, layers }))))(
    'has the gradient of central differences: $loss.kind, $layers layer(s), several windows',
    ({ loss, layers }) => {
      expect(gradientError({ inputs: 3, hidden: 4, layers, outputs: 2 }, 5, 3, loss, 11)).toBeLessThan(1e-8);
    },
  );

  it('has the gradient of central differences for any small shape', () => {
    const shapes = fc.record({
      inputs: fc.integer({ min: 1, max: 3 }),
      hidden: fc.integer({ min: 1, max: 3 }),
      layers: fc.integer({ min: 1, max: 3 }),
      outputs: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 4 }), fc.nat(), (shape, length, seed) => {
        expect(gradientError(shape, length, 2, { kind: 'mse' }, seed)).toBeLessThan(1e-7);
      }),
      { numRuns: 25 },
    );
  });

  it('computes one step as the equations say', () => {
    const shape = { inputs: 1, hidden: 1, layers: 1, outputs: 1 };
    // kernel i f c o, recurrent kernel i f c o, bias i f c o, dense kernel, dense bias
    const theta = Float64Array.of(0.1, 0.2, 0.3, 0.4, 9, 9, 9, 9, 0.01, 0.02, 0.03, 0.04, 2, 0.5);
    const { outputs, steps } = forward(shape, theta, Float64Array.of(1.5));
    const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
    const cell = sigmoid(0.16) * Math.tanh(0.48);
    const hidden = sigmoid(0.64) * Math.tanh(cell);
    expect(steps[0]?.[0]?.forget[0]).toBeCloseTo(sigmoid(0.32), 14);
    expect(steps[0]?.[0]?.cell[0]).toBeCloseTo(cell, 14);
    expect(outputs[0]).toBeCloseTo(2 * hidden + 0.5, 14);
  });

  it('shows every gate of every layer at every step, each in its range', () => {
    const shape = { inputs: 3, hidden: 4, layers: 2, outputs: 1 };
    const { theta, windows } = example(shape, 6, 1, 5);
    const { steps } = forward(shape, theta, windows[0] ?? new Float64Array());
    expect(steps.map((layer) => layer.length)).toEqual([6, 6]);
    for (const step of steps.flat()) {
      for (const gate of [step.input, step.forget, step.output]) {
        expect(gate).toHaveLength(4);
        expect(gate.every((value) => value > 0 && value < 1)).toBe(true);
      }
      expect([...step.candidate, ...step.hidden].every((value) => Math.abs(value) < 1)).toBe(true);
    }
  });

  it('takes the mean over windows: a window given twice changes nothing', () => {
    const shape = { inputs: 2, hidden: 3, layers: 1, outputs: 2 };
    const { theta, windows, targets } = example(shape, 4, 2, 8);
    for (const loss of LOSSES) {
      const once = lossAndGradient(shape, theta, windows, targets, loss);
      const twice = lossAndGradient(shape, theta, [...windows, ...windows], [...targets, ...targets], loss);
      expect(twice.loss).toBeCloseTo(once.loss, 14);
      twice.gradient.forEach((slope, index) => expect(slope).toBeCloseTo(once.gradient[index] ?? NaN, 14));
    }
  });

  it('refuses weights and windows that do not fit', () => {
    const shape = { inputs: 2, hidden: 3, layers: 1, outputs: 2 };
    const theta = new Float32Array(parameterCount(shape));
    expect(() => forward(shape, theta.subarray(1), new Float32Array(4))).toThrow(/parameters/);
    expect(() => forward(shape, theta, new Float32Array(5))).toThrow(/steps of 2 inputs/);
    expect(() => forward(shape, theta, new Float32Array(0))).toThrow(RangeError);
  });
});

describe('the reference LSTM with inputs known ahead', () => {
  const ahead = { horizon: 3, known: [0, 1, 2, 3] };
  const shape: NetworkShape = { inputs: 4, hidden: 4, layers: 2, outputs: 6, ahead };
  const window = 5;

  it.each(LOSSES)('has the gradient of central differences: $kind', (loss) => {
    for (const layers of [1, 2]) {
      expect(gradientError({ ...shape, layers }, window, 2, loss, 12)).toBeLessThan(1e-8);
    }
  });

  it('changes no output by what is not known when the forecast is issued, whatever stands there', () => {
    const { theta, windows } = example(shape, window, 1, 3);
    const [rows = new Float64Array()] = windows;
    const { outputs } = forward(shape, theta, rows);
    const changedBy = (lead: number, feature: number, value: number): boolean[] => {
      const changed = rows.slice();
      changed[(window + lead - 1) * shape.inputs + feature] = value;
      return Array.from(forward(shape, theta, changed).outputs, (output, index) => output !== outputs[index]);
    };
    for (const [feature, known] of ahead.known.entries()) {
      for (let lead = 1; lead <= ahead.horizon; lead++) {
        for (const value of [NaN, Infinity, 1e6, 0.25]) {
          // Two outputs a lead time: what is seen at one changes that and the later ones, never an earlier one.
          const seen = outputs.map((_, index) => Number(known >= lead && Math.floor(index / 2) + 1 >= lead));
          expect(changedBy(lead, feature, value).map(Number)).toEqual([...seen]);
        }
      }
    }
  });

  it('takes what is not seen for the mean, and tells each step its lead time', () => {
    const small: NetworkShape = {
      inputs: 1,
      hidden: 1,
      layers: 1,
      outputs: 2,
      ahead: { horizon: 2, known: [1] },
    };
    // kernel of the input, of the lead time; recurrent kernel, bias; dense kernel and bias, one for both lead times
    const gates = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0, 0, 0, 0, 0, 0, 0, 0];
    const theta = Float64Array.of(...gates, 2, 0.5);
    const { outputs, steps } = forward(small, theta, Float64Array.of(1.5, -1, 99));
    const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
    expect(steps[0]?.map(({ input }) => input[0])).toEqual([
      // A forecast is not seen within the window.
      sigmoid(0),
      expect.closeTo(sigmoid(-0.1 + 0.5 / 2), 14),
      sigmoid(0.5),
    ]);
    expect(outputs).toHaveLength(2);
    expect(outputs[0]).toBe(2 * (steps[0]?.[1]?.hidden[0] ?? NaN) + 0.5);
    expect(outputs[1]).toBe(2 * (steps[0]?.[2]?.hidden[0] ?? NaN) + 0.5);
  });

  it('refuses rows without those of the lead times', () => {
    const theta = new Float32Array(parameterCount(shape));
    expect(() => forward(shape, theta, new Float32Array(3 * shape.inputs))).toThrow(/steps of 4 inputs/);
  });
});
