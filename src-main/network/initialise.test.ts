import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialiseParameters, orthogonalRows } from './initialise';
import { sliceParameters } from './parameters';
import { randomSource } from './random';

const SHAPE = { inputs: 4, hidden: 10, layers: 2, outputs: 3 };

function weight(theta: Float32Array, name: string): number[] {
  return [...(sliceParameters(SHAPE, theta).get(name)?.values ?? [])];
}

describe('initialising the parameters', () => {
  it('is the same for the same seed and another for the next', () => {
    for (const scheme of ['keras', 'pytorch'] as const) {
      const theta = initialiseParameters(SHAPE, { scheme, seed: 42 });
      expect(initialiseParameters(SHAPE, { scheme, seed: 42 })).toEqual(theta);
      expect(initialiseParameters(SHAPE, { scheme, seed: 43 })).not.toEqual(theta);
    }
  });

  it('starts the first layer alike whether or not another is stacked on it', () => {
    const one = initialiseParameters({ ...SHAPE, layers: 1 }, { scheme: 'keras', seed: 3 });
    const two = initialiseParameters(SHAPE, { scheme: 'keras', seed: 3 });
    expect(two.subarray(0, 14 * 40)).toEqual(one.subarray(0, 14 * 40));
  });

  it('as Keras: Glorot limits, zero biases, forget gate open', () => {
    const theta = initialiseParameters(SHAPE, { scheme: 'keras', seed: 42 });
    const limit = Math.sqrt(6 / 44);
    const kernel = weight(theta, 'lstm_1/kernel');
    expect(Math.max(...kernel.map(Math.abs))).toBeLessThanOrEqual(limit);
    expect(Math.max(...kernel.map(Math.abs))).toBeGreaterThan(0.9 * limit);
    expect(weight(theta, 'lstm_2/bias')).toEqual(
      Array.from({ length: 40 }, (_, unit) => (unit >= 10 && unit < 20 ? 1 : 0)),
    );
    expect(weight(theta, 'dense/bias')).toEqual([0, 0, 0]);
    expect(Math.max(...weight(theta, 'dense/kernel').map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(6 / 13));
  });

  it('as PyTorch: within 1/sqrt(hidden), LSTM biases the sum of two draws', () => {
    const limit = 1 / Math.sqrt(10);
    let largestBias = 0;
    for (let seed = 0; seed < 20; seed++) {
      const theta = initialiseParameters(SHAPE, { scheme: 'pytorch', seed });
      for (const name of ['lstm_1/kernel', 'lstm_2/recurrent_kernel', 'dense/kernel', 'dense/bias']) {
        expect(Math.max(...weight(theta, name).map(Math.abs))).toBeLessThanOrEqual(limit);
      }
      largestBias = Math.max(largestBias, ...weight(theta, 'lstm_1/bias').map(Math.abs));
    }
    expect(largestBias).toBeGreaterThan(1.5 * limit);
    expect(largestBias).toBeLessThanOrEqual(2 * limit);
  });

  it('draws orthonormal rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat({ max: 20 }), fc.nat(), (rows, extra, seed) => {
        const columns = rows + extra;
        const matrix = orthogonalRows(rows, columns, randomSource(seed, 'test'));
        for (let left = 0; left < rows; left++) {
          for (let right = 0; right <= left; right++) {
            let product = 0;
            for (let column = 0; column < columns; column++) {
              product += (matrix[left * columns + column] ?? 0) * (matrix[right * columns + column] ?? 0);
            }
            expect(product).toBeCloseTo(left === right ? 1 : 0, 12);
          }
        }
      }),
      { numRuns: 25 },
    );
    expect(() => orthogonalRows(3, 2, randomSource(1, 'test'))).toThrow(RangeError);
  });
});
