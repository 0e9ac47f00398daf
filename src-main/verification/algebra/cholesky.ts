/**
 * Factorises a symmetric positive definite matrix in place: A = L Lᵀ. Only the lower triangle of `matrix` is read, and
 * L is left there. Throws a RangeError when the matrix is not positive definite.
 * @param matrix [size, size], row-major
 */
export function factorise(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    const start = row * size;
    let column = 0;
    for (; column + 3 < row; column += 4) factoriseFour(matrix, size, start, column);
    for (; column < row; column++) factoriseOne(matrix, size, start, column, 0);
    const pivot = matrix[start + row]! - dot(matrix, start, start, row);
    if (!(pivot > 0)) throw new RangeError(`The matrix is not positive definite (row ${row}: ${pivot}).`);
    matrix[start + row] = Math.sqrt(pivot);
  }
}

/** One element of L, of which the products of the first `done` columns are already subtracted. */
function factoriseOne(matrix: Float64Array, size: number, start: number, column: number, done: number): void {
  const other = column * size;
  const rest = matrix[start + column]! - dot(matrix, start + done, other + done, column - done);
  matrix[start + column] = rest / matrix[other + column]!;
}

/** Four neighbouring elements of a row at once: each value of the row is then read once for four products. */
function factoriseFour(matrix: Float64Array, size: number, start: number, column: number): void {
  const first = column * size;
  const second = first + size;
  const third = second + size;
  const fourth = third + size;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let index = 0; index < column; index++) {
    const value = matrix[start + index]!;
    a += value * matrix[first + index]!;
    b += value * matrix[second + index]!;
    c += value * matrix[third + index]!;
    d += value * matrix[fourth + index]!;
  }
  matrix[start + column]! -= a;
  matrix[start + column + 1]! -= b;
  matrix[start + column + 2]! -= c;
  matrix[start + column + 3]! -= d;
  for (let offset = 0; offset < 4; offset++) factoriseOne(matrix, size, start, column + offset, column);
}

/** Solves L Lᵀ x = right by substitution. `factor` as `factorise` leaves it; `right` [size] stays as it is. */
export function solveFactorised(factor: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row++) {
    let rest = solution[row]!;
    for (let column = 0; column < row; column++) rest -= factor[row * size + column]! * solution[column]!;
    solution[row] = rest / factor[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    const value = solution[row]! / factor[row * size + row]!;
    solution[row] = value;
    for (let column = 0; column < row; column++) solution[column]! -= factor[row * size + column]! * value;
  }
  return solution;
}

/** Product of two stretches of `values`. */
function dot(values: Float64Array, left: number, right: number, length: number): number {
  let sum = 0;
  for (let index = 0; index < length; index++) sum += values[left + index]! * values[right + index]!;
  return sum;
}
