import type { Hdf5Dataset, Hdf5Group } from './hdf5';
import { isDataset } from './hdf5';
import type { KerasLayer } from './keras-graph';
import type { FloatTensor } from './windows';

/** Of one window: [steps, width], or a row alone. */
interface Value {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

type Weights = (kind: string, place: number, ...path: readonly string[]) => Hdf5Dataset;

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/**
 * What the layers of a Keras model give, by Keras' documentation of each, in float64: the second opinion on
 * what lies in the file. It knows the layers that Hindcast writes and no others.
 * @param ends names of the layers that are asked for
 * @returns of each, window by window
 * @throws RangeError for a layer or a weight that is not there
 */
export function runKeras(
  layers: readonly KerasLayer[],
  weights: Hdf5Group,
  inputs: Readonly<Record<string, FloatTensor>>,
  { count, ends }: { readonly count: number; readonly ends: readonly string[] },
): readonly Float32Array[] {
  const find: Weights = (kind, place, ...path) => {
    const names = ['layers', place === 0 ? kind : `${kind}_${place}`, ...path];
    let node: Hdf5Group | Hdf5Dataset | undefined = weights;
    for (const name of names)
      node = node !== undefined && !isDataset(node) ? node.children.get(name) : undefined;
    if (node === undefined || !isDataset(node))
      throw new RangeError(`There is no weight ${names.join('/')}.`);
    return node;
  };
  const rows = Array.from({ length: count }, (_, index) => runWindow(layers, find, inputs, index));
  return ends.map((end) => Float32Array.from(rows.flatMap((row) => [...row.get(end)!.values])));
}

function runWindow(
  layers: readonly KerasLayer[],
  find: Weights,
  inputs: Readonly<Record<string, FloatTensor>>,
  index: number,
): ReadonlyMap<string, Value> {
  const known = new Map<string, Value>();
  const counts = new Map<string, number>();
  for (const layer of layers) {
    const place = counts.get(layer.class_name) ?? 0;
    counts.set(layer.class_name, place + 1);
    const given = tensorsOf(layer).map((name) => known.get(name)!);
    const value =
      layer.class_name === 'InputLayer'
        ? cut(inputs[layer.name]!, index)
        : runLayer(layer, given, (kind, ...path) => find(kind, place, ...path));
    known.set(layer.name, value);
  }
  return known;
}

function cut({ shape, values }: FloatTensor, index: number): Value {
  const [, ...inner] = shape;
  const size = inner.reduce((product, dimension) => product * dimension, 1);
  return { shape: inner, values: Float64Array.from(values.subarray(index * size, (index + 1) * size)) };
}

/** Names of the layers that a layer reads. */
function tensorsOf({ inbound_nodes: nodes }: KerasLayer): readonly string[] {
  const tensors = (nodes[0]?.args ?? []).flat() as readonly {
    readonly config?: { readonly keras_history: readonly [string, number, number] };
  }[];
  return tensors.flatMap(({ config }) => (config === undefined ? [] : [config.keras_history[0]]));
}

function runLayer(
  { class_name, config, inbound_nodes }: KerasLayer,
  given: readonly Value[],
  find: (kind: string, ...path: readonly string[]) => Hdf5Dataset,
): Value {
  const [first] = given as readonly [Value];
  const { shape, values } = first;
  const width = shape[shape.length - 1]!;
  const number = (key: string): number => config[key] as number;
  const list = (key: string): readonly number[] => config[key] as readonly number[];
  switch (class_name) {
    case 'Concatenate':
      return number('axis') === 1 ? joinRows(given) : joinColumns(given);
    case 'Normalization': {
      const [mean, variance] = [list('mean'), list('variance')];
      const scaled = values.map((each, at) => (each - mean[at % width]!) / Math.sqrt(variance[at % width]!));
      return { shape, values: scaled };
    }
    case 'LSTM': {
      const weights = ['0', '1', '2'].map((name) => find('lstm', 'cell', 'vars', name));
      return runLstm(
        first,
        weights as [Hdf5Dataset, Hdf5Dataset, Hdf5Dataset],
        config['return_sequences'] === true,
      );
    }
    case 'Dense': {
      const [kernel, bias] = [find('dense', 'vars', '0'), find('dense', 'vars', '1')];
      const start = Float64Array.from(bias.values);
      const sums = rowsOf(first).map((row) => affine(row, kernel, start));
      const linear = config['activation'] === 'linear';
      return fromRows(shape, linear ? sums : sums.map((row) => row.map(Math.exp)));
    }
    case 'EinsumDense': {
      const { shape: sizes, values: factors } = find('einsum_dense', 'vars', '0');
      const columns = sizes[2]!;
      return {
        shape: [shape[0]!, columns],
        values: Float64Array.from(factors, (factor, at) => factor * values[Math.floor(at / columns)]!),
      };
    }
    case 'Average':
      return { shape, values: sumOf(given).map((sum) => sum / given.length) };
    case 'Add': {
      const widest = given.reduce((most, one) => (one.values.length > most.values.length ? one : most));
      return { shape: widest.shape, values: sumOf(given.map((one) => spreadTo(one, widest))) };
    }
    case 'Rescaling':
      return { shape, values: values.map((each) => each * number('scale') + number('offset')) };
    case 'Clip':
      return {
        shape,
        values: values.map((each) => Math.min(number('x_max'), Math.max(number('x_min'), each))),
      };
    case 'Flatten':
      return { shape: [values.length], values };
    case 'Reshape':
      return { shape: list('target_shape'), values };
    case 'Sort': {
      const sorted = Float64Array.from(values);
      for (let from = 0; from < sorted.length; from += width) sorted.subarray(from, from + width).sort();
      return { shape, values: sorted };
    }
    case 'Take': {
      const places = inbound_nodes[0]?.args[1] as number | readonly number[];
      if (typeof places === 'number') {
        return { shape: [shape[0]!], values: values.filter((_, at) => at % width === places) };
      }
      if (number('axis') === 1) {
        const rows = rowsOf(first);
        return {
          ...fromRows(
            shape,
            places.map((place) => rows[place]!),
          ),
          shape: [places.length, width],
        };
      }
      const taken = rowsOf(first).map((row) => Float64Array.from(places, (place) => row[place]!));
      return fromRows(shape, taken);
    }
    case 'Min':
      return fromRows(
        shape,
        rowsOf(first).map((row) => Float64Array.of(Math.min(...row))),
      );
    case 'Max':
      return fromRows(
        shape,
        rowsOf(first).map((row) => Float64Array.of(Math.max(...row))),
      );
    default:
      throw new RangeError(`The layer ${class_name} is none that Hindcast writes.`);
  }
}

/** Values along the last axis. */
function rowsOf({ shape, values }: Value): readonly Float64Array[] {
  const width = shape[shape.length - 1]!;
  return Array.from({ length: values.length / width }, (_, row) =>
    values.subarray(row * width, (row + 1) * width),
  );
}

/** A value of such rows; its other axes are those of `shape`. */
const fromRows = (shape: readonly number[], all: readonly Float64Array[]): Value => ({
  shape: [...shape.slice(0, -1), all[0]!.length],
  values: Float64Array.from(all.flatMap((row) => [...row])),
});

/** A column [n, 1] repeated to [n, width] of the other; what has that width already as it is. */
function spreadTo(one: Value, { shape, values }: Value): Value {
  if (one.values.length === values.length) return one;
  const width = shape[shape.length - 1]!;
  return { shape, values: values.map((_, at) => one.values[Math.floor(at / width)]!) };
}

function joinColumns(given: readonly Value[]): Value {
  const steps = given[0]!.shape[0]!;
  const rows = Array.from({ length: steps }, (_, step) =>
    given.flatMap(({ shape, values }) => [...values.subarray(step * shape[1]!, (step + 1) * shape[1]!)]),
  );
  return { shape: [steps, rows[0]!.length], values: Float64Array.from(rows.flat()) };
}

/** One behind the other. */
const joinRows = (given: readonly Value[]): Value => {
  const rows = given.flatMap(rowsOf);
  return { ...fromRows([0, 0], rows), shape: [rows.length, rows[0]!.length] };
};

const sumOf = (given: readonly Value[]): Float64Array =>
  given[0]!.values.map((_, at) => given.reduce((sum, { values }) => sum + values[at]!, 0));

/** Keras' order of gates is input, forget, cell, output. */
function runLstm(
  { shape, values }: Value,
  [kernel, recurrent, bias]: readonly [Hdf5Dataset, Hdf5Dataset, Hdf5Dataset],
  sequences: boolean,
): Value {
  const [steps = 0, width = 0] = shape;
  const units = recurrent.shape[0]!;
  let [h, c] = [new Float64Array(units), new Float64Array(units)];
  const all: number[] = [];
  for (let step = 0; step < steps; step++) {
    const x = values.subarray(step * width, (step + 1) * width);
    const gates = affine(h, recurrent, affine(x, kernel, Float64Array.from(bias.values)));
    const gate = (place: number, unit: number): number => gates[place * units + unit]!;
    c = c.map(
      (before, unit) => sigmoid(gate(1, unit)) * before + sigmoid(gate(0, unit)) * Math.tanh(gate(2, unit)),
    );
    h = c.map((cell, unit) => sigmoid(gate(3, unit)) * Math.tanh(cell));
    if (sequences) all.push(...h);
  }
  return sequences
    ? { shape: [steps, units], values: Float64Array.from(all) }
    : { shape: [units], values: h };
}

/** start + x kernel; kernel is [inputs, outputs]. */
function affine(x: Float64Array, { shape, values }: Hdf5Dataset, start: Float64Array): Float64Array {
  const outputs = shape[1]!;
  const sum = Float64Array.from(start);
  x.forEach((value, row) => {
    for (let column = 0; column < outputs; column++) sum[column]! += value * values[row * outputs + column]!;
  });
  return sum;
}
