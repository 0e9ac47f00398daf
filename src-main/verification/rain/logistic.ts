import { factorise, solveFactorised } from '../algebra/cholesky';

export interface LogisticModel {
  readonly intercept: number;
  readonly weights: readonly number[];
}

/** Newton's method doubles its right digits at each step: twelve are more than enough, a step that small is the end. */
const MOST_STEPS = 30;
const SMALLEST_STEP = 1e-10;

/**
 * Logistic regression with the least mean log loss plus half of `penalty` times the sum of the squared weights (the
 * intercept is free), by Newton's method: iteratively reweighted least squares, McCullagh and Nelder (1989),
 * Generalized Linear Models. Where nothing or everything happened the weights are 0 and the intercept stays finite.
 * @param rows [n, columns], row-major
 * @param events 0 or 1. [n]
 * @param penalty above 0, or 0 for events that no straight line can tell apart
 */
export function fitLogistic(rows: Float64Array, events: Uint8Array, penalty: number): LogisticModel {
  const count = events.length;
  const columns = rows.length / count;
  const happened = events.reduce((sum, event) => sum + event, 0);
  const share = (happened + 0.5) / (count + 1);
  // [weights, intercept]: the intercept is the weight of a column of ones.
  const size = columns + 1;
  const weights = new Float64Array(size);
  weights[columns] = Math.log(share / (1 - share));
  if (happened > 0 && happened < count) {
    for (let step = 0; step < MOST_STEPS; step++) {
      const change = newtonStep(rows, events, weights, penalty);
      change.forEach((value, column) => (weights[column]! -= value));
      if (change.every((value) => Math.abs(value) < SMALLEST_STEP)) break;
    }
  }
  return { intercept: weights[columns]!, weights: [...weights.subarray(0, columns)] };
}

function newtonStep(
  rows: Float64Array,
  events: Uint8Array,
  weights: Float64Array,
  penalty: number,
): Float64Array {
  const count = events.length;
  const columns = weights.length - 1;
  const size = weights.length;
  const gradient = new Float64Array(size);
  const curvature = new Float64Array(size * size);
  for (let index = 0; index < count; index++) {
    const offset = index * columns;
    let sum = weights[columns]!;
    for (let column = 0; column < columns; column++) sum += weights[column]! * rows[offset + column]!;
    const probability = 1 / (1 + Math.exp(-sum));
    const error = (probability - events[index]!) / count;
    // Never quite 0: the curvature must stay positive where the model is sure.
    const spread = Math.max(probability * (1 - probability), 1e-9) / count;
    for (let row = 0; row < columns; row++) {
      const value = rows[offset + row]!;
      gradient[row]! += error * value;
      const scaled = spread * value;
      const into = row * size;
      for (let column = 0; column <= row; column++) {
        curvature[into + column]! += scaled * rows[offset + column]!;
      }
      curvature[columns * size + row]! += scaled;
    }
    gradient[columns]! += error;
    curvature[columns * size + columns]! += spread;
  }
  for (let column = 0; column < columns; column++) {
    gradient[column]! += penalty * weights[column]!;
    curvature[column * size + column]! += penalty;
  }
  factorise(curvature, size);
  return solveFactorised(curvature, gradient);
}

/** The probability for one row: `inputs` from `offset` on. */
export function probabilityOf(
  { intercept, weights }: LogisticModel,
  inputs: ArrayLike<number>,
  offset = 0,
): number {
  let sum = intercept;
  for (let column = 0; column < weights.length; column++) sum += weights[column]! * inputs[offset + column]!;
  return 1 / (1 + Math.exp(-sum));
}
