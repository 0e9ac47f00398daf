/** scaled = (value - mean) / scale */
export interface Scaler {
  readonly mean: number;
  readonly scale: number;
}

/** Leaves values as they are. */
export const IDENTITY_SCALER: Scaler = { mean: 0, scale: 1 };

/**
 * Mean and population standard deviation (as scikit-learn's StandardScaler) of the values in the rows that `rows`
 * marks with 1, NaN left out. The scale of values that are all equal is 1.
 */
export function fitScaler(values: Float32Array, rows: Uint8Array): Scaler {
  let count = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  forEachMarked(values, rows, (value) => {
    count += 1;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  });
  if (count === 0) return IDENTITY_SCALER;
  if (min === max) return { mean: min, scale: 1 };

  const mean = sum / count;
  let squares = 0;
  forEachMarked(values, rows, (value) => {
    squares += (value - mean) ** 2;
  });
  return { mean, scale: Math.sqrt(squares / count) };
}

function forEachMarked(values: Float32Array, rows: Uint8Array, visit: (value: number) => void): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (rows[row] === 1 && !Number.isNaN(value)) visit(value);
  }
}

export const scaleValue = (scaler: Scaler, value: number): number => (value - scaler.mean) / scaler.scale;

export const unscaleValue = (scaler: Scaler, scaled: number): number => scaled * scaler.scale + scaler.mean;

/** Scaled values back in their unit, each in float64 before it is stored. */
export function unscaleValues(scaler: Scaler, scaled: Float32Array): Float32Array {
  return scaled.map((value) => unscaleValue(scaler, value));
}

/** Each column of a table scaled to mean 0 and deviation 1 over all its rows. [rows, columns], row-major, as given. */
export function standardise(table: Float32Array, columns: number): Float32Array {
  const all = new Uint8Array(table.length / columns).fill(1);
  const scalers = Array.from({ length: columns }, (_, column) =>
    fitScaler(
      table.filter((_value, index) => index % columns === column),
      all,
    ),
  );
  return table.map((value, index) => scaleValue(scalers[index % columns]!, value));
}
