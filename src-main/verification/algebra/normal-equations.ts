import { factorise, solveFactorised } from './cholesky';

/** Windows over one table of rows: what a linear model of them reads. */
export interface WindowTable {
  /** [rows, inputCount], row-major. */
  readonly inputs: Float32Array;
  readonly inputCount: number;
  /** [rows] */
  readonly targets: Float32Array;
  readonly window: number;
  readonly horizon: number;
}

/** The sums over windows that a linear model from the flattened window to the lead times is solved from. */
export interface NormalEquations {
  /** Windows summed. */
  readonly count: number;
  /** Columns of a flattened window: window * inputCount. */
  readonly columns: number;
  readonly columnSums: Float64Array;
  /** [columns, columns], row-major; only the upper triangle is filled. */
  readonly gram: Float64Array;
  /** For each lead time. */
  readonly leads: readonly LeadSums[];
}

interface LeadSums {
  readonly sum: number;
  readonly squares: number;
  /** Sums of window times target. [columns] */
  readonly products: Float64Array;
}

/** A linear model of each lead time. */
export interface LinearModel {
  /** For each lead time [columns]. */
  readonly weights: readonly Float64Array[];
  readonly intercepts: readonly number[];
}

/** Consecutive window starts, both included. */
export interface Block {
  readonly first: number;
  readonly last: number;
}

/**
 * Sums over all windows of the blocks. Neighbouring windows share all rows but one, so the sum of products of two
 * rows i and j of the window is that of rows i - 1 and j - 1, less the block's first term and plus its last: only the
 * products with row 0 are summed window by window, which is `window` times less work than summing them all.
 */
export function sumWindows(table: WindowTable, blocks: readonly Block[]): NormalEquations {
  const { inputs, inputCount, targets, window, horizon } = table;
  const columns = window * inputCount;
  const gram = new Float64Array(columns * columns);
  const columnSums = new Float64Array(columns);
  const products = Array.from({ length: horizon }, () => new Float64Array(columns));
  const sums = new Float64Array(horizon);
  const squares = new Float64Array(horizon);
  let count = 0;

  for (const { first, last } of blocks) {
    count += last - first + 1;
    for (let start = first; start <= last; start++) {
      const offset = start * inputCount;
      addScaled(columnSums, 0, inputs, offset, columns, 1);
      for (let row = 0; row < inputCount; row++) {
        addScaled(gram, row * columns, inputs, offset, columns, inputs[offset + row]!);
      }
      addScaled(products[0]!, 0, inputs, offset, columns, targets[start + window]!);
      for (let lead = 0; lead < horizon; lead++) {
        const target = targets[start + window + lead]!;
        sums[lead]! += target;
        squares[lead]! += target * target;
        if (lead > 0) addScaled(products[lead]!, 0, inputs, offset, inputCount, target);
      }
    }
    addEdges(table, { first, last }, gram, products);
  }

  // Each sum is now short of the one a row earlier.
  for (let row = inputCount; row < columns; row++) {
    for (let column = row; column < columns; column++) {
      gram[row * columns + column]! += gram[(row - inputCount) * columns + column - inputCount]!;
    }
  }
  for (let lead = 1; lead < horizon; lead++) {
    const [sum, earlier] = [products[lead]!, products[lead - 1]!];
    for (let column = inputCount; column < columns; column++) sum[column]! += earlier[column - inputCount]!;
  }
  const leads = products.map((product, lead) => ({
    sum: sums[lead]!,
    squares: squares[lead]!,
    products: product,
  }));
  return { count, columns, columnSums, gram, leads };
}

/** What a block's sums over rows i, j differ by from those over rows i - 1, j - 1: its last term less its first. */
function addEdges(
  { inputs, inputCount, targets, window, horizon }: WindowTable,
  { first, last }: Block,
  gram: Float64Array,
  products: readonly Float64Array[],
): void {
  const columns = window * inputCount;
  const newest = last * inputCount;
  const oldest = (first - 1) * inputCount;
  for (let row = inputCount; row < columns; row++) {
    const length = columns - row;
    const at = row * columns + row;
    addScaled(gram, at, inputs, newest + row, length, inputs[newest + row]!);
    addScaled(gram, at, inputs, oldest + row, length, -inputs[oldest + row]!);
  }
  for (let lead = 1; lead < horizon; lead++) {
    const length = columns - inputCount;
    const product = products[lead]!;
    addScaled(product, inputCount, inputs, newest + inputCount, length, targets[last + window + lead]!);
    addScaled(product, inputCount, inputs, oldest + inputCount, length, -targets[first + window + lead - 1]!);
  }
}

/** sum[sumStart + k] += factor * values[valueStart + k] for k below `length`. */
function addScaled(
  sum: Float64Array,
  sumStart: number,
  values: Float32Array,
  valueStart: number,
  length: number,
  factor: number,
): void {
  for (let index = 0; index < length; index++) {
    sum[sumStart + index]! += factor * values[valueStart + index]!;
  }
}

/** The sums over the windows of both. */
export function addEquations(left: NormalEquations, right: NormalEquations): NormalEquations {
  const add = (one: Float64Array, other: Float64Array): Float64Array =>
    one.map((value, index) => value + other[index]!);
  return {
    count: left.count + right.count,
    columns: left.columns,
    columnSums: add(left.columnSums, right.columnSums),
    gram: add(left.gram, right.gram),
    leads: left.leads.map((lead, index) => {
      const other = right.leads[index]!;
      return {
        sum: lead.sum + other.sum,
        squares: lead.squares + other.squares,
        products: add(lead.products, other.products),
      };
    }),
  };
}

/** The equations of a model that sees only the newest `columns` of each window. */
export function newestColumns(equations: NormalEquations, columns: number): NormalEquations {
  const skipped = equations.columns - columns;
  const gram = new Float64Array(columns * columns);
  for (let row = 0; row < columns; row++) {
    const from = (row + skipped) * equations.columns + skipped;
    gram.set(equations.gram.subarray(from, from + columns), row * columns);
  }
  return {
    ...equations,
    columns,
    gram,
    columnSums: equations.columnSums.subarray(skipped),
    leads: equations.leads.map((lead) => ({ ...lead, products: lead.products.subarray(skipped) })),
  };
}

/**
 * The linear models with the least mean squared error plus `penalty` times the sum of their squared weights; the
 * intercept is free. `penalty` is above 0.
 */
export function solveRidge(equations: NormalEquations, penalty: number): LinearModel {
  return solveTowards(equations, penalty, [null])[0]!;
}

/**
 * The same for each of several models that the weights are drawn towards instead of towards 0 (null): a penalty without
 * bounds gives that model's weights.
 */
export function solveTowards(
  { count, columns, columnSums, gram, leads }: NormalEquations,
  penalty: number,
  towards: readonly (LinearModel | null)[],
): LinearModel[] {
  const means = columnSums.map((sum) => sum / count);
  const covariance = new Float64Array(columns * columns);
  for (let row = 0; row < columns; row++) {
    for (let column = 0; column <= row; column++) {
      covariance[row * columns + column] =
        gram[column * columns + row]! / count - means[row]! * means[column]!;
    }
  }
  const drawn = towards.map((model) => model?.weights.map((weights) => timesSymmetric(covariance, weights)));
  for (let row = 0; row < columns; row++) covariance[row * columns + row]! += penalty;
  factorise(covariance, columns);

  return towards.map((model, which) => {
    const weights = leads.map(({ sum, products }, lead) => {
      const explained = drawn[which]?.[lead];
      const rest = products.map(
        (product, column) => (product - means[column]! * sum) / count - (explained?.[column] ?? 0),
      );
      const solved = solveFactorised(covariance, rest);
      const origin = model?.weights[lead];
      return origin === undefined ? solved : solved.map((weight, column) => weight + origin[column]!);
    });
    const intercepts = leads.map(({ sum }, lead) => sum / count - product(weights[lead]!, means));
    return { weights, intercepts };
  });
}

/** A symmetric matrix, of which the lower triangle is filled, times a vector that is 0 nearly everywhere. */
function timesSymmetric(lower: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const product = new Float64Array(size);
  vector.forEach((factor, column) => {
    if (factor === 0) return;
    for (let row = 0; row < size; row++) {
      product[row]! += factor * lower[row >= column ? row * size + column : column * size + row]!;
    }
  });
  return product;
}

/** What a model forecasts for the flattened window that begins at `offset`, at a lead time. */
export function applyModel(model: LinearModel, lead: number, inputs: Float32Array, offset: number): number {
  const weights = model.weights[lead]!;
  // Four sums side by side: one alone would wait for each addition before it begins the next.
  let [a, b, c, d] = [model.intercepts[lead]!, 0, 0, 0];
  let column = 0;
  for (; column + 3 < weights.length; column += 4) {
    a += weights[column]! * inputs[offset + column]!;
    b += weights[column + 1]! * inputs[offset + column + 1]!;
    c += weights[column + 2]! * inputs[offset + column + 2]!;
    d += weights[column + 3]! * inputs[offset + column + 3]!;
  }
  for (; column < weights.length; column++) a += weights[column]! * inputs[offset + column]!;
  return a + b + c + d;
}

/** The mean squared error of a model over the windows that the equations were summed over, and over lead times. */
export function errorOfModel(model: LinearModel, equations: NormalEquations): number {
  const { count, columns, columnSums, gram, leads } = equations;
  const total = leads.reduce((errors, lead, index) => {
    const weights = model.weights[index]!;
    const intercept = model.intercepts[index]!;
    let quadratic = 0;
    for (let row = 0; row < columns; row++) {
      let sum = (gram[row * columns + row]! * weights[row]!) / 2;
      for (let column = row + 1; column < columns; column++) {
        sum += gram[row * columns + column]! * weights[column]!;
      }
      quadratic += 2 * sum * weights[row]!;
    }
    const linear = intercept * (2 * product(weights, columnSums) + count * intercept - 2 * lead.sum);
    return errors + lead.squares + quadratic + linear - 2 * product(weights, lead.products);
  }, 0);
  return total / (count * leads.length);
}

function product(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * right[index]!, 0);
}
