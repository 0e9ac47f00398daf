import type { Initialisation, NetworkShape } from '../contract/network';
import { parameterCount, parameterLayout, type ParameterSlice } from './parameters';
import { randomSource, type RandomSource } from './random';

/**
 * Fresh weights as one flat vector (layout: `parameterLayout`).
 * - `keras`: kernels Glorot uniform, recurrent kernels orthogonal, biases 0 but 1 for the forget gate.
 * - `pytorch`: everything uniform within 1/sqrt(hidden); PyTorch has two biases an LSTM layer that are only ever
 *   added, so ours starts as the sum of two such draws.
 */
export function initialiseParameters(
  shape: NetworkShape,
  options: { readonly scheme: Initialisation; readonly seed: number },
): Float32Array {
  const theta = new Float32Array(parameterCount(shape));
  for (const slice of parameterLayout(shape)) {
    // A stream of its own for each weight: the first layer starts alike whatever is stacked on it.
    const random = randomSource(options.seed, `initialise ${slice.name}`);
    theta.set(draw(slice, shape, options.scheme, random), slice.offset);
  }
  return theta;
}

function draw(
  slice: ParameterSlice,
  shape: NetworkShape,
  scheme: Initialisation,
  random: RandomSource,
): Float64Array {
  const isLstmBias = slice.name.startsWith('lstm') && slice.shape.length === 1;
  if (scheme === 'pytorch') {
    const limit = 1 / Math.sqrt(shape.hidden);
    const within = (): number => random.uniform(-limit, limit);
    return Float64Array.from({ length: slice.size }, () => (isLstmBias ? within() + within() : within()));
  }

  const [rows = 1, columns = 1] = slice.shape;
  if (isLstmBias) {
    // Ones in the second quarter: the forget gate starts open, so that memory lasts from the first step on.
    return new Float64Array(slice.size).fill(1, shape.hidden, 2 * shape.hidden);
  }
  if (slice.shape.length === 1) return new Float64Array(slice.size);
  if (slice.name.endsWith('/recurrent_kernel')) return orthogonalRows(rows, columns, random);
  const limit = Math.sqrt(6 / (rows + columns));
  return Float64Array.from({ length: slice.size }, () => random.uniform(-limit, limit));
}

/**
 * A random [rows, columns] matrix, row-major, rows <= columns, whose rows are orthonormal, uniformly distributed over
 * all such matrices: Gram-Schmidt (done twice for accuracy) over normal vectors.
 */
export function orthogonalRows(rows: number, columns: number, random: RandomSource): Float64Array {
  if (rows > columns) throw new RangeError(`${rows} rows of length ${columns} cannot be orthogonal.`);
  const matrix = Float64Array.from({ length: rows * columns }, () => random.normal());
  const rowAt = (row: number): Float64Array => matrix.subarray(row * columns, (row + 1) * columns);
  for (let row = 0; row < rows; row++) {
    const current = rowAt(row);
    for (let pass = 0; pass < 2; pass++) {
      for (let earlier = 0; earlier < row; earlier++) {
        const other = rowAt(earlier);
        const overlap = dot(current, other);
        for (let column = 0; column < columns; column++) {
          current[column] = (current[column] ?? 0) - overlap * (other[column] ?? 0);
        }
      }
    }
    const length = Math.sqrt(dot(current, current));
    for (let column = 0; column < columns; column++) current[column] = (current[column] ?? 0) / length;
  }
  return matrix;
}

function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}
