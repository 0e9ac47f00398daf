import fc from 'fast-check';
import { expect, it } from 'vitest';
import { factorise, solveFactorised } from './cholesky';

const systems = fc.integer({ min: 1, max: 9 }).chain((size) => {
  const numbers = (count: number): fc.Arbitrary<number[]> =>
    fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: count, maxLength: count });
  return fc.tuple(fc.constant(size), numbers(size * size), numbers(size));
});

it('solves symmetric positive definite systems', () => {
  fc.assert(
    fc.property(systems, ([size, root, solution]) => {
      // A = R Rᵀ + I is positive definite for every R.
      const matrix = Float64Array.from({ length: size * size }, (_, index) => {
        const [row, column] = [Math.floor(index / size), index % size];
        let sum = row === column ? 1 : 0;
        for (let k = 0; k < size; k++) sum += root[row * size + k]! * root[column * size + k]!;
        return sum;
      });
      const right = Float64Array.from({ length: size }, (_, row) =>
        solution.reduce((sum, value, column) => sum + value * matrix[row * size + column]!, 0),
      );
      factorise(matrix, size);
      solveFactorised(matrix, right).forEach((value, index) => {
        expect(value).toBeCloseTo(solution[index]!, 8);
      });
    }),
  );
});

it('refuses a matrix that is not positive definite', () => {
  expect(() => factorise(Float64Array.of(1, 0, 2, 1), 2)).toThrow(RangeError);
});
