import { describe, expect, it } from 'vitest';
import { MOST_UNITS_INSIDE } from '../contract/inside';
import type { NetworkShape } from '../contract/network';
import { initialiseParameters } from './initialise';
import { sliceParameters } from './parameters';
import { forward } from './reference';
import { statesAfterWindows } from './states';

const SHAPE: NetworkShape = { inputs: 3, hidden: 4, layers: 1, outputs: 1 };
const theta = initialiseParameters(SHAPE, { scheme: 'pytorch', seed: 7 });
const [steps, rows] = [6, 40];
const readings = Float32Array.from({ length: rows * 3 }, (_, index) => Math.sin(1.3 * index));
const windows = Array.from({ length: rows - steps }, (_, row) =>
  readings.subarray(row * 3, (row + steps) * 3),
);

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** The equations written out once more: [h, c] after a window that begins with [h, c]. */
function readWindow(window: Float32Array, begin: readonly number[][]): number[][] {
  const weights = sliceParameters(SHAPE, theta);
  const [kernel, recurrent, bias] = ['kernel', 'recurrent_kernel', 'bias'].map(
    (name) => weights.get(`lstm_1/${name}`)!.values,
  );
  let [h, c] = begin as [number[], number[]];
  for (let step = 0; step < steps; step++) {
    const x = [...window.subarray(step * 3, step * 3 + 3)];
    const sum = (column: number): number =>
      x.reduce((total, value, row) => total + value * kernel![row * 16 + column]!, bias![column]!) +
      h.reduce((total, value, row) => total + value * recurrent![row * 16 + column]!, 0);
    const next = c.map(
      (old, unit) => sigmoid(sum(4 + unit)) * old + sigmoid(sum(unit)) * Math.tanh(sum(8 + unit)),
    );
    h = next.map((value, unit) => sigmoid(sum(12 + unit)) * Math.tanh(value));
    c = next;
  }
  return [h, c];
}

describe('states after windows read one after another', () => {
  const nothing = [new Array<number>(4).fill(0), new Array<number>(4).fill(0)];

  it.each(['carried', 'zero'] as const)('are those of the equations: %s', (begin) => {
    const states = statesAfterWindows(SHAPE, theta, windows, begin);
    let last = nothing;
    windows.forEach((window, index) => {
      last = readWindow(window, begin === 'carried' ? last : nothing);
      for (let unit = 0; unit < 4; unit++) {
        expect(states.hidden[index * 4 + unit]).toBeCloseTo(last[0]![unit]!, 12);
        expect(states.cell[index * 4 + unit]).toBeCloseTo(last[1]![unit]!, 12);
      }
    });
  });

  it('are, from zero, bit for bit what a forecast comes from, and differ from the second window on', () => {
    const fromZero = statesAfterWindows(SHAPE, theta, windows, 'zero');
    const carried = statesAfterWindows(SHAPE, theta, windows, 'carried');
    expect([...fromZero.hidden.subarray(80, 84)]).toEqual([
      ...forward(SHAPE, theta, windows[20]!).steps[0]!.at(-1)!.hidden,
    ]);
    expect(carried.hidden.subarray(0, 4)).toEqual(fromZero.hidden.subarray(0, 4));
    expect(carried.hidden[4]).not.toBe(fromZero.hidden[4]);
  });

  it('go on where they stopped when windows follow without overlap: as one long window', () => {
    const long = readings.subarray(0, 36 * 3);
    const pieces = Array.from({ length: 6 }, (_, piece) => long.subarray(piece * 18, (piece + 1) * 18));
    for (const layers of [1, 2]) {
      const deep = { ...SHAPE, layers };
      const weights = initialiseParameters(deep, { scheme: 'keras', seed: 3 });
      const last = forward(deep, weights, long).steps.at(-1)!.at(-1)!;
      const { hidden, cell } = statesAfterWindows(deep, weights, pieces, 'carried');
      expect([...hidden.subarray(20)]).toEqual([...last.hidden]);
      expect([...cell.subarray(20)]).toEqual([...last.cell]);
    }
  });

  it('are kept of the first units of a large network', () => {
    const wide = { ...SHAPE, hidden: MOST_UNITS_INSIDE + 5 };
    const weights = initialiseParameters(wide, { scheme: 'keras', seed: 1 });
    const { hidden } = statesAfterWindows(wide, weights, windows.slice(0, 2), 'zero');
    expect(hidden).toHaveLength(2 * MOST_UNITS_INSIDE);
    expect([...hidden.subarray(MOST_UNITS_INSIDE)]).toEqual([
      ...forward(wide, weights, windows[1]!).steps[0]!.at(-1)!.hidden.subarray(0, MOST_UNITS_INSIDE),
    ]);
  });
});
