import { INTERVAL_LEVELS } from '../contract/intervals';
import type { Hdf5Dataset, Hdf5Group } from './hdf5';
import {
  INTERVAL_ENDS,
  type Dense,
  type IntervalParts,
  type LayerWeights,
  type MemberWeights,
  type ModelParts,
} from './parts';

/** A tensor between layers: the layer that gives it, and its shape without the windows. */
interface KerasTensor {
  readonly layer: string;
  readonly shape: readonly number[];
}

/** A layer as Keras 3 writes it into config.json. */
export interface KerasLayer {
  readonly module: string;
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly registered_name: string | null;
  readonly name: string;
  readonly inbound_nodes: readonly { readonly args: readonly unknown[]; readonly kwargs: object }[];
}

/** A functional model: its configuration, and the weights of its layers. */
export interface KerasModel {
  readonly config: object;
  readonly weights: Hdf5Group;
}

const OPERATIONS = 'keras.src.ops.numpy';

/**
 * The forecaster as layers of Keras' own: readings in their units go in, the forecast in the target's unit and, where they
 * are known, its intervals come out.
 */
export function kerasModel(parts: ModelParts): KerasModel {
  const { window, readings, calendar, means, scales, target, lstmShare, linear, intervals } = parts;
  const graph = new KerasGraph();
  const read = graph.input('readings', [window, readings]);
  const inputs =
    calendar.length === 0
      ? read
      : graph.merge(
          'Concatenate',
          'inputs',
          [read, graph.input('calendar', [window, calendar.length])],
          [window, means.length],
          { axis: 2 },
        );
  const variance = Array.from(scales, (scale) => scale * scale);
  const scaled = graph.layer('Normalization', 'scaled', inputs, inputs.shape, {
    axis: [-1],
    invert: false,
    mean: [...means],
    variance,
  });
  const members = addMembers(graph, parts, layRows(graph, parts, scaled));
  const one = [parts.outputs];
  let sum =
    members.length === 1 ? members[0]! : graph.merge('Average', 'mean', members, members[0]!.shape, {});
  if (parts.ahead !== null) sum = takeLeads(graph, parts, sum);
  if (lstmShare !== 1) {
    sum = graph.layer('Rescaling', 'share', sum, one, { scale: lstmShare, offset: 0 });
  }
  if (linear !== null) {
    const size = [window * means.length];
    const flat = graph.layer('Flatten', 'flat', scaled, size, { data_format: 'channels_last' });
    sum = graph.merge('Add', 'total', [sum, graph.dense('linear', flat, linear)], one, {});
  }
  const inUnit = graph.layer('Rescaling', 'unit', sum, one, { scale: target.scale, offset: target.mean });
  const said = readOutputs(graph, parts, keepPossible(graph, parts, 'possible', inUnit));
  return graph.model(
    intervals === null ? [said.forecast] : [said.forecast, addIntervals(graph, parts, intervals, said)],
  );
}

const keepPossible = (
  graph: KerasGraph,
  { range }: ModelParts,
  name: string,
  values: KerasTensor,
): KerasTensor =>
  range === null
    ? values
    : graph.operation('Clip', name, values, values.shape, { x_min: range[0], x_max: range[1] });

/** What the networks read: the window, or its rows and those of the lead times [window + horizon, features]. */
function layRows(graph: KerasGraph, parts: ModelParts, scaled: KerasTensor): KerasTensor {
  const { window, horizon, means, ahead } = parts;
  if (ahead === null) return scaled;
  const { features, windowRows, leadRows } = ahead;
  const row = [1, means.length];
  const newest = graph.operation('Take', 'newest_row', scaled, row, { axis: 1 }, [[window - 1]]);
  const leads = graph.dense('lead_rows', newest, leadRows);
  const shape = [horizon, features];
  const laid = graph.layer('Reshape', 'lead_steps', leads, shape, { target_shape: shape });
  const nothing = new Float32Array(features);
  const within = graph.dense('window_rows', scaled, { kernel: windowRows, bias: nothing });
  return graph.merge('Concatenate', 'rows', [within, laid], [window + horizon, features], { axis: 1 });
}

/** Of what is said at each step that at the lead times: [outputs] */
function takeLeads(
  graph: KerasGraph,
  { window, horizon, outputs }: ModelParts,
  said: KerasTensor,
): KerasTensor {
  const places = Array.from({ length: horizon }, (_, lead) => window + lead);
  const shape = [horizon, outputs / horizon];
  const leads = graph.operation('Take', 'leads', said, shape, { axis: 1 }, [places]);
  return graph.layer('Flatten', 'outputs', leads, [outputs], { data_format: 'channels_last' });
}

/** Layer by layer, all members' first layers before their second ones: so Keras counts them. */
function addMembers(graph: KerasGraph, { members, ahead }: ModelParts, scaled: KerasTensor): KerasTensor[] {
  const named = (member: number): string => (members.length === 1 ? '' : `member_${member + 1}_`);
  let states = members.map(() => scaled);
  const { layers } = members[0]!;
  layers.forEach((_, layer) => {
    states = members.map((member: MemberWeights, index) =>
      graph.lstm(
        `${named(index)}lstm_${layer + 1}`,
        states[index]!,
        member.layers[layer]!,
        layer + 1 < layers.length || ahead !== null,
      ),
    );
  });
  return members.map(({ dense }, index) => graph.dense(`${named(index)}dense`, states[index]!, dense));
}

/** What the outputs are: the forecast [horizon], and where there are quantiles these sorted [horizon, quantiles]. */
interface Outputs {
  readonly forecast: KerasTensor;
  readonly quantiles: KerasTensor | null;
}

/** The medians of sorted quantiles, or the outputs as they are. */
function readOutputs(graph: KerasGraph, { horizon, quantiles }: ModelParts, values: KerasTensor): Outputs {
  if (quantiles === null) return { forecast: values, quantiles: null };
  const { count, median } = quantiles;
  const shape = [horizon, count];
  const byLead = graph.layer('Reshape', 'by_lead', values, shape, { target_shape: shape });
  const sorted = graph.operation('Sort', 'quantiles', byLead, shape, { axis: -1 });
  const forecast = graph.operation('Take', 'forecast', sorted, [horizon], { axis: 2 }, [median]);
  return { forecast, quantiles: sorted };
}

/** [horizon, ends] */
function addIntervals(
  graph: KerasGraph,
  parts: ModelParts,
  { offsets, season, places }: IntervalParts,
  { forecast, quantiles }: Outputs,
): KerasTensor {
  const { horizon } = parts;
  const ends = INTERVAL_ENDS.length;
  const all = [horizon, ends];
  const column = [horizon, 1];
  const forecasts = graph.layer('Reshape', 'forecasts', forecast, column, { target_shape: column });
  const centres =
    quantiles === null || places === null
      ? forecasts
      : graph.operation('Take', 'centres', quantiles, all, { axis: 2 }, [places]);
  const spread =
    season === null
      ? graph.layer('Rescaling', 'spread', forecasts, column, { scale: 0, offset: 1 })
      : graph.dense(
          'spread',
          graph.input('season', [horizon, 2]),
          { kernel: { rows: 2, columns: 1, values: Float32Array.from(season) }, bias: new Float32Array(1) },
          'exponential',
        );
  const moved = graph.byLead('offsets', spread, offsets, ends);
  const sum = graph.merge('Add', 'ends', [centres, moved], all, {});
  const bounds = keepPossible(graph, parts, 'possible_ends', sum);
  // A wider interval holds the narrower ones.
  const columns = INTERVAL_LEVELS.flatMap((level, place) => {
    const inner = Array.from({ length: 2 * (place + 1) }, (_, end) => end);
    const size = [horizon, inner.length];
    const within = graph.operation('Take', `within${level}`, bounds, size, { axis: 2 }, [inner]);
    const end = (class_name: string, name: string): KerasTensor =>
      graph.operation(class_name, `${name}${level}`, within, column, { axis: 2, keepdims: true });
    return [end('Min', 'low'), end('Max', 'high')];
  });
  return graph.merge('Concatenate', 'intervals', columns, all, { axis: 2 });
}

class KerasGraph {
  readonly #layers: KerasLayer[] = [];
  readonly #inputs: string[] = [];
  /** Of each class how many there are: Keras finds weights by the class's name and that count. */
  readonly #counts = new Map<string, number>();
  readonly #weights = new Map<string, Hdf5Group>();

  input(name: string, shape: readonly number[]): KerasTensor {
    this.#inputs.push(name);
    const config = { batch_shape: [null, ...shape], dtype: 'float32', sparse: false, name };
    this.#add('keras.layers', 'InputLayer', config, null, []);
    return { layer: name, shape };
  }

  layer(
    class_name: string,
    name: string,
    input: KerasTensor,
    shape: readonly number[],
    config: object,
  ): KerasTensor {
    return this.#built(class_name, name, [reference(input)], { shape, config, built: batch(input.shape) });
  }

  merge(
    class_name: string,
    name: string,
    inputs: readonly KerasTensor[],
    shape: readonly number[],
    config: object,
  ): KerasTensor {
    const built = inputs.map((input) => batch(input.shape));
    return this.#built(class_name, name, [inputs.map(reference)], { shape, config, built });
  }

  lstm(
    name: string,
    input: KerasTensor,
    { kernel, recurrent, bias }: LayerWeights,
    sequences: boolean,
  ): KerasTensor {
    const units = recurrent.rows;
    const shape = sequences ? [input.shape[0]!, units] : [units];
    const cell = group({ vars: variables(matrix(kernel), matrix(recurrent), vector(bias)) });
    this.#keep('lstm', group({ cell, vars: group({}) }));
    return this.layer('LSTM', name, input, shape, {
      units,
      activation: 'tanh',
      recurrent_activation: 'sigmoid',
      use_bias: true,
      unit_forget_bias: true,
      return_sequences: sequences,
      return_state: false,
      go_backwards: false,
      stateful: false,
      unroll: false,
    });
  }

  dense(name: string, input: KerasTensor, { kernel, bias }: Dense, activation = 'linear'): KerasTensor {
    this.#keep('dense', group({ vars: variables(matrix(kernel), vector(bias)) }));
    const config = { units: kernel.columns, activation, use_bias: true };
    return this.layer('Dense', name, input, [...input.shape.slice(0, -1), kernel.columns], config);
  }

  /** Of each lead time its one value times factors of its own: from [leads, 1] to [leads, width]. */
  byLead(name: string, input: KerasTensor, factors: Float32Array, width: number): KerasTensor {
    const shape = [input.shape[0]!, width];
    this.#keep('einsum_dense', group({ vars: variables({ shape: [shape[0]!, 1, width], values: factors }) }));
    const config = { equation: 'abc,bcd->abd', output_shape: shape, activation: 'linear', bias_axes: null };
    return this.layer('EinsumDense', name, input, shape, config);
  }

  /** One of the functions of `keras.ops`. */
  operation(
    class_name: string,
    name: string,
    input: KerasTensor,
    shape: readonly number[],
    config: object,
    further: readonly unknown[] = [],
  ): KerasTensor {
    this.#add(OPERATIONS, class_name, { name, ...config }, class_name, [reference(input), ...further]);
    return { layer: name, shape };
  }

  model(outputs: readonly KerasTensor[]): KerasModel {
    const ends = (names: readonly string[]): unknown => names.map((name) => [name, 0, 0]);
    return {
      config: {
        module: 'keras.src.models.functional',
        class_name: 'Functional',
        config: {
          name: 'hindcast',
          trainable: true,
          layers: this.#layers,
          input_layers: ends(this.#inputs),
          output_layers: ends(outputs.map(({ layer }) => layer)),
        },
        registered_name: 'Functional',
        build_config: { input_shape: null },
      },
      weights: group({ layers: { children: this.#weights }, vars: group({}) }),
    };
  }

  #built(
    class_name: string,
    name: string,
    args: readonly unknown[],
    {
      shape,
      config,
      built,
    }: { readonly shape: readonly number[]; readonly config: object; readonly built: unknown },
  ): KerasTensor {
    const whole = { name, trainable: true, dtype: 'float32', ...config };
    this.#add('keras.layers', class_name, whole, null, args, { build_config: { input_shape: built } });
    return { layer: name, shape };
  }

  #add(
    module: string,
    class_name: string,
    config: KerasLayer['config'],
    registered_name: string | null,
    args: readonly unknown[],
    further: object = {},
  ): void {
    const inbound_nodes = args.length === 0 ? [] : [{ args, kwargs: {} }];
    const { name } = config;
    this.#layers.push({ module, class_name, config, registered_name, ...further, name, inbound_nodes });
  }

  #keep(kind: string, weights: Hdf5Group): void {
    const count = this.#counts.get(kind) ?? 0;
    this.#counts.set(kind, count + 1);
    this.#weights.set(count === 0 ? kind : `${kind}_${count}`, weights);
  }
}

const batch = (shape: readonly number[]): readonly (number | null)[] => [null, ...shape];

const reference = ({ layer, shape }: KerasTensor): object => ({
  class_name: '__keras_tensor__',
  config: { shape: batch(shape), dtype: 'float32', keras_history: [layer, 0, 0] },
});

const group = (children: Readonly<Record<string, Hdf5Group | Hdf5Dataset>>): Hdf5Group => ({
  children: new Map(Object.entries(children)),
});

/** By their places, as Keras names them. */
const variables = (...all: readonly Hdf5Dataset[]): Hdf5Group => ({
  children: new Map(all.map((each, place) => [String(place), each])),
});

const matrix = ({ rows, columns, values }: Dense['kernel']): Hdf5Dataset => ({
  shape: [rows, columns],
  values,
});

const vector = (values: Float32Array): Hdf5Dataset => ({ shape: [values.length], values });
