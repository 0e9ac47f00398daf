import { describe, expect, it } from 'vitest';
import { GATES, UNIT_VALUES, type Inside } from '../../../src-main/contract/inside';
import { equationsOf, gateShapes, rangeOf, writeShape } from './equations';

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
const [steps, units] = [3, 2];

/** Any numbers that obey the equations. */
function example(): Inside {
  const table = (phase: number): Float64Array =>
    Float64Array.from({ length: steps * units }, (_, at) => Math.sin(phase + at));
  const values = Object.fromEntries(UNIT_VALUES.map((name) => [name, new Float64Array(steps * units)]));
  const sums = Object.fromEntries(
    GATES.map((gate, place) => [
      gate,
      { fromInputs: table(place), fromHidden: table(place + 9), bias: Float64Array.of(0.1, -0.2) },
    ]),
  );
  for (let at = 0; at < steps * units; at++) {
    const [i, f, c, o] = GATES.map((gate) => {
      const { fromInputs, fromHidden, bias } = sums[gate]!;
      const sum = fromInputs[at]! + fromHidden[at]! + bias[at % units]!;
      return (values[gate]![at] = gate === 'candidate' ? Math.tanh(sum) : sigmoid(sum));
    });
    values['cell']![at] = f! * (values['cell']![at - units] ?? 0) + i! * c!;
    values['hidden']![at] = o! * Math.tanh(values['cell']![at]!);
  }
  return { values, sums, steps, units, window: steps } as unknown as Inside;
}

const inside = example();

describe('the equations of one unit at one step', () => {
  it('come out as the values that are shown', () => {
    for (const step of [0, 1, 2]) {
      const { gates, cellBefore, cell, hidden } = equationsOf(inside, step, 1);
      const [input, forget, candidate, output] = gates.map(
        ({ gate, fromInputs, fromHidden, bias, value }) => {
          const sum = fromInputs + fromHidden + bias;
          expect(value).toBeCloseTo(gate === 'candidate' ? Math.tanh(sum) : sigmoid(sum), 12);
          return value;
        },
      );
      expect(cell).toBeCloseTo(forget! * cellBefore + input! * candidate!, 12);
      expect(hidden).toBeCloseTo(output! * Math.tanh(cell), 12);
    }
  });

  it('begin with an empty memory, unless earlier steps are not shown', () => {
    expect(equationsOf(inside, 0, 1).cellBefore).toBe(0);
    expect(equationsOf({ ...inside, window: 900 }, 0, 1).cellBefore).toBeNaN();
  });
});

it('tells the shapes of a gate’s weights and of its value', () => {
  const inputs = ['x₁', 'x₂', 'x₃', 'x₄'].map((name) => ({ name, made: false, unit: '' }));
  const { kernel, recurrent, bias, value } = gateShapes({ layer: 0, inputs, hidden: 10 });
  expect([kernel, recurrent, bias, value].map(writeShape)).toEqual([
    '(4, 10)',
    '(10, 10)',
    '(10)',
    '(1, 10)',
  ]);
  expect(gateShapes({ layer: 1, inputs, hidden: 10 }).kernel).toEqual([10, 10]);
});

it('colours gates from shut to open, and memory by its largest value', () => {
  expect(rangeOf('forget', inside.values.forget)).toEqual([0, 1]);
  expect(rangeOf('hidden', inside.values.hidden)).toEqual([-1, 1]);
  expect(rangeOf('cell', Float64Array.of(0.5, -2, 1))).toEqual([-2, 2]);
  expect(rangeOf('cell', new Float64Array(2))).toEqual([-1, 1]);
});
