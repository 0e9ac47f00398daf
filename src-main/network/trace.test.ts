import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GATES, MOST_STEPS_INSIDE, MOST_UNITS_INSIDE, type LayerInside } from '../contract/inside';
import type { NetworkShape } from '../contract/network';
import { initialiseParameters } from './initialise';
import { forward } from './reference';
import { traceLayer } from './trace';

const windowOf = (steps: number, inputs: number): Float32Array =>
  Float32Array.from({ length: steps * inputs }, (_, index) => Math.sin(1.7 * index));

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** What the equations make of the parts that are shown, cell by cell. */
function expectEquations({ steps, units, values, sums }: LayerInside): void {
  for (let step = 0; step < steps; step++) {
    for (let unit = 0; unit < units; unit++) {
      const at = step * units + unit;
      for (const gate of GATES) {
        const { fromInputs, fromHidden, bias } = sums[gate];
        const sum = fromInputs[at]! + fromHidden[at]! + bias[unit]!;
        expect(values[gate][at]).toBeCloseTo(gate === 'candidate' ? Math.tanh(sum) : sigmoid(sum), 12);
      }
      const before = step === 0 ? 0 : values.cell[at - units]!;
      const cell = values.forget[at]! * before + values.input[at]! * values.candidate[at]!;
      expect(values.cell[at]).toBeCloseTo(cell, 12);
      expect(values.hidden[at]).toBeCloseTo(values.output[at]! * Math.tanh(cell), 12);
    }
  }
}

describe('a look inside a layer', () => {
  it('shows parts that the equations turn into the values beside them, in every layer', () => {
    const shapes = fc.record({
      inputs: fc.integer({ min: 1, max: 4 }),
      hidden: fc.integer({ min: 1, max: 5 }),
      layers: fc.integer({ min: 1, max: 3 }),
      outputs: fc.constant(2),
    });
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 7 }), fc.nat(99), (shape: NetworkShape, steps, seed) => {
        const theta = initialiseParameters(shape, { scheme: 'pytorch', seed });
        const window = windowOf(steps, shape.inputs);
        for (let layer = 0; layer < shape.layers; layer++) {
          expectEquations(traceLayer(shape, theta, window, layer));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the newest steps and the first units of a large network', () => {
    const shape: NetworkShape = { inputs: 1, hidden: MOST_UNITS_INSIDE + 1, layers: 1, outputs: 1 };
    const theta = initialiseParameters(shape, { scheme: 'keras', seed: 1 });
    const window = windowOf(MOST_STEPS_INSIDE + 2, 1);
    const layer = traceLayer(shape, theta, window, 0);
    expect([layer.steps, layer.units]).toEqual([MOST_STEPS_INSIDE, MOST_UNITS_INSIDE]);
    const last = forward(shape, theta, window).steps[0]!.at(-1)!;
    expect(layer.values.hidden.slice(-MOST_UNITS_INSIDE)).toEqual(last.hidden.slice(0, MOST_UNITS_INSIDE));
  });

  it('refuses a layer that is not there', () => {
    const shape: NetworkShape = { inputs: 1, hidden: 2, layers: 1, outputs: 1 };
    const theta = initialiseParameters(shape, { scheme: 'keras', seed: 1 });
    expect(() => traceLayer(shape, theta, windowOf(2, 1), 1)).toThrow(RangeError);
  });
});
