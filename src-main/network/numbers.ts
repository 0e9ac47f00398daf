/** Any vector of numbers: weights as trained (float32) or as central differences need them (float64). */
export type Numbers = Float32Array | Float64Array;
