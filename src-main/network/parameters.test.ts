import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parameterCount, parameterLayout, selectOutputs, sliceParameters } from './parameters';

const shapes = fc.record({
  inputs: fc.integer({ min: 1, max: 9 }),
  hidden: fc.integer({ min: 1, max: 9 }),
  layers: fc.integer({ min: 1, max: 4 }),
  outputs: fc.integer({ min: 1, max: 9 }),
});

describe('the layout of the parameters', () => {
  it('names the weights of the lesson and counts 611 values', () => {
    const shape = { inputs: 4, hidden: 10, layers: 1, outputs: 1 };
    expect(parameterLayout(shape)).toEqual([
      { name: 'lstm_1/kernel', shape: [4, 40], offset: 0, size: 160 },
      { name: 'lstm_1/recurrent_kernel', shape: [10, 40], offset: 160, size: 400 },
      { name: 'lstm_1/bias', shape: [40], offset: 560, size: 40 },
      { name: 'dense/kernel', shape: [10, 1], offset: 600, size: 10 },
      { name: 'dense/bias', shape: [1], offset: 610, size: 1 },
    ]);
    expect(parameterCount(shape)).toBe(611);
  });

  it('covers theta once, without gaps', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        let next = 0;
        for (const { offset, size } of parameterLayout(shape)) {
          expect(offset).toBe(next);
          next = offset + size;
        }
        expect(parameterCount(shape)).toBe(next);
      }),
    );
  });

  it('slices as views and refuses a vector of another length', () => {
    const shape = { inputs: 2, hidden: 3, layers: 2, outputs: 4 };
    const theta = new Float32Array(parameterCount(shape));
    const slices = sliceParameters(shape, theta);
    slices.get('lstm_2/bias')?.values.fill(7);
    expect(theta.filter((value) => value === 7)).toHaveLength(12);
    expect(() => sliceParameters(shape, theta.subarray(1))).toThrow(RangeError);
  });

  it('has a row for the lead time, and one head for all lead times, where something is known ahead', () => {
    const shape = { inputs: 2, hidden: 3, layers: 1, outputs: 4, ahead: { horizon: 2, known: [0, 2] } };
    expect(parameterLayout(shape).map(({ name, shape: dimensions }) => [name, ...dimensions])).toEqual([
      ['lstm_1/kernel', 3, 12],
      ['lstm_1/recurrent_kernel', 3, 12],
      ['lstm_1/bias', 12],
      ['dense/kernel', 3, 2],
      ['dense/bias', 2],
    ]);
    // The second target of two, at both lead times.
    const theta = Float32Array.from({ length: parameterCount(shape) }, (_, index) => index);
    const one = sliceParameters({ ...shape, outputs: 2 }, selectOutputs(shape, theta, [1, 3]));
    expect(one.get('dense/kernel')?.values).toEqual(Float32Array.of(85, 87, 89));
    expect(one.get('dense/bias')?.values).toEqual(Float32Array.of(91));
  });
});
