import { attribute, DataType, GraphBuilder, type Tensor } from '../engine/graph-builder';
import { buildForward } from '../engine/lstm';
import { encodeSavedModel, type TensorShape } from '../engine/saved-model';
import {
  INTERVAL_ENDS,
  type AheadParts,
  type Dense,
  type EventParts,
  type IntervalParts,
  type Matrix,
  type MemberWeights,
  type ModelParts,
} from './parts';

const float = { T: attribute.type(DataType.float) };
const overAxes = { ...float, Tidx: attribute.type(DataType.int32), keep_dims: attribute.bool(true) };
const ANY_NUMBER = -1;

const shapeOf = (...sizes: readonly number[]): TensorShape => ({
  dim: [ANY_NUMBER, ...sizes].map((size) => ({ size })),
});

/**
 * The whole forecaster as a graph of TensorFlow's own operations with its weights in it, as a SavedModel with a serving
 * signature: readings in their units go in, the forecast in the target's unit comes out.
 */
export function savedModel(parts: ModelParts): Uint8Array {
  const { window, horizon, readings, calendar, intervals, event } = parts;
  const graph = new GraphBuilder();
  const inputs: Record<string, TensorShape> = {};
  const outputs: Record<string, TensorShape> = {};
  const input = (name: string, ...sizes: readonly number[]): Tensor => {
    inputs[name] = shapeOf(...sizes);
    return graph.placeholder(name, DataType.float, [ANY_NUMBER, ...sizes]);
  };
  const output = (name: string, value: Tensor, ...sizes: readonly number[]): Tensor => {
    outputs[name] = shapeOf(...sizes);
    return graph.unary('Identity', value, { name });
  };

  const read = input('readings', window, readings);
  const all =
    calendar.length === 0 ? read : graph.concat([read, input('calendar', window, calendar.length)], 2);
  const centred = graph.binary('Sub', all, graph.weights(parts.means, [parts.means.length]));
  const scaled = graph.binary('RealDiv', centred, graph.weights(parts.scales, [parts.scales.length]));
  const { forecast, quantiles } = readOutputs(graph, parts, sumOfParts(graph, parts, scaled));
  output('forecast', forecast, horizon);
  if (intervals !== null) {
    const turn = intervals.season === null ? null : input('season', horizon, 2);
    const bounds = addIntervals(graph, parts, intervals, { forecast, quantiles, turn });
    output('intervals', bounds, horizon, INTERVAL_ENDS.length);
  }
  if (event !== null) {
    const chance = graph.operation('Sigmoid', [sumOfEvent(graph, parts, event, { read, scaled })], float);
    output('probability', chance, horizon);
  }
  return encodeSavedModel(graph.nodes, { inputs, outputs });
}

/** The logit of the event's probability: [n, horizon] */
function sumOfEvent(
  graph: GraphBuilder,
  { window }: ModelParts,
  event: EventParts,
  { read, scaled }: { readonly read: Tensor; readonly scaled: Tensor },
): Tensor {
  const { rows, amounts, kernel } = event;
  const newest = Array.from({ length: rows }, (_, row) => window - rows + row);
  const flat = (values: Tensor, size: number): Tensor => graph.reshape(values, [ANY_NUMBER, size]);
  const sum = addDense(graph, flat(gather(graph, scaled, newest, 1), kernel.rows), event);
  if (amounts === null) return sum;
  const { inputs, scales, leasts, logarithms, any } = amounts;
  const readings = gather(graph, gather(graph, read, newest, 1), inputs, 2);
  const shares = graph.binary('RealDiv', readings, graph.weights(scales, [scales.length]));
  const logs = graph.operation('Log1p', [graph.operation('Relu', [shares], float)], float);
  const isAny = graph.operation('Greater', [readings, graph.weights(leasts, [leasts.length])], float);
  const anyAmount = graph.operation('Cast', [isAny], {
    SrcT: attribute.type(DataType.bool),
    DstT: attribute.type(DataType.float),
  });
  const times = (values: Tensor, { rows: size, columns, values: weights }: Matrix): Tensor =>
    graph.matMul(flat(values, size), graph.weights(weights, [size, columns]));
  return graph.addAll([sum, times(logs, logarithms), times(anyAmount, any)]);
}

/** [n, outputs], scaled */
function sumOfParts(graph: GraphBuilder, parts: ModelParts, scaled: Tensor): Tensor {
  const { members, lstmShare, linear, window, means, ahead } = parts;
  const byStep = graph.transpose(ahead === null ? scaled : layRows(graph, window, ahead, scaled), [1, 0, 2]);
  const shape = graph.operation('Shape', [scaled], {
    ...float,
    out_type: attribute.type(DataType.int32),
  });
  const batch = graph.pick(shape, 0, DataType.int32);
  const said = members.map((member) => addMember(graph, parts, member, { byStep, batch }));
  const share = graph.scalar(lstmShare / members.length);
  const sum = graph.binary('Mul', graph.addAll(said), share);
  if (linear === null) return sum;
  const flat = graph.reshape(scaled, [ANY_NUMBER, window * means.length]);
  return graph.binary('AddV2', sum, addDense(graph, flat, linear));
}

/** [n, window + horizon, features]; what is not seen may be anything: the network hides it. */
function layRows(graph: GraphBuilder, window: number, { columns }: AheadParts, scaled: Tensor): Tensor {
  const [within = [], ...leads] = columns.map((places) => places.map((place) => place ?? 0));
  const newest = gather(graph, gather(graph, scaled, [window - 1], 1), leads.flat(), 2);
  const ahead = graph.reshape(newest, [ANY_NUMBER, leads.length, within.length]);
  return graph.concat([gather(graph, scaled, within, 2), ahead], 1);
}

function addMember(
  graph: GraphBuilder,
  { hidden, horizon, outputs, means, window, ahead }: ModelParts,
  { layers, dense }: MemberWeights,
  { byStep, batch }: { readonly byStep: Tensor; readonly batch: Tensor },
): Tensor {
  const weights = {
    layers: layers.map(({ kernel, recurrent, bias }) => {
      const both = new Float32Array(kernel.values.length + recurrent.values.length);
      both.set(kernel.values);
      both.set(recurrent.values, kernel.values.length);
      return {
        kernel: graph.weights(both, [kernel.rows + hidden, 4 * hidden]),
        bias: graph.weights(bias, [4 * hidden]),
        inputs: kernel.rows,
      };
    }),
    denseKernel: graph.weights(dense.kernel.values, [hidden, dense.kernel.columns]),
    denseBias: graph.weights(dense.bias, [dense.kernel.columns]),
  };
  const network = {
    ...{ hidden, layers: layers.length, outputs },
    inputs: ahead?.known.length ?? means.length,
    ahead: ahead && { horizon, known: ahead.known },
  };
  return buildForward(graph, weights, byStep, { network, window, batch }).predictions;
}

function addDense(graph: GraphBuilder, input: Tensor, { kernel, bias }: Dense): Tensor {
  const weights = graph.weights(kernel.values, [kernel.rows, kernel.columns]);
  return graph.addBias(graph.matMul(input, weights), graph.weights(bias, [kernel.columns]));
}

/** In the target's unit, possible; [n, horizon], and sorted downwards [n, horizon, quantiles]. */
function readOutputs(
  graph: GraphBuilder,
  parts: ModelParts,
  scaled: Tensor,
): { readonly forecast: Tensor; readonly quantiles: Tensor | null } {
  const { target, horizon, quantiles } = parts;
  const spread = graph.binary('Mul', scaled, graph.scalar(target.scale));
  const values = possible(graph, parts, graph.binary('AddV2', spread, graph.scalar(target.mean)));
  if (quantiles === null) return { forecast: values, quantiles: null };
  const { count, median } = quantiles;
  const byLead = graph.reshape(values, [ANY_NUMBER, horizon, count]);
  const sorted = graph.operation('TopKV2', [byLead, graph.scalar(count, DataType.int32)], {
    ...float,
    sorted: attribute.bool(true),
  });
  const column = gather(graph, sorted, [count - 1 - median], 2);
  return { forecast: graph.reshape(column, [ANY_NUMBER, horizon]), quantiles: sorted };
}

/** [n, horizon, ends] */
function addIntervals(
  graph: GraphBuilder,
  parts: ModelParts,
  { offsets, season, places }: IntervalParts,
  {
    forecast,
    quantiles,
    turn,
  }: { readonly forecast: Tensor; readonly quantiles: Tensor | null; readonly turn: Tensor | null },
): Tensor {
  const { horizon } = parts;
  const ends = INTERVAL_ENDS.length;
  const centres =
    quantiles === null || places === null
      ? graph.reshape(forecast, [ANY_NUMBER, horizon, 1])
      : gather(
          graph,
          quantiles,
          places.map((place) => parts.quantiles!.count - 1 - place),
          2,
        );
  let moved = graph.weights(offsets, [1, horizon, ends]);
  if (turn !== null && season !== null) {
    const each = graph.binary('Mul', turn, graph.constant(season, [2]));
    const logarithm = graph.operation('Sum', [each, graph.integers([2])], overAxes);
    moved = graph.binary('Mul', graph.operation('Exp', [logarithm], float), moved);
  }
  const bounds = possible(graph, parts, graph.binary('AddV2', centres, moved));
  // A wider interval holds the narrower ones.
  const columns: Tensor[] = [];
  for (let level = 2; level <= ends; level += 2) {
    const upTo = Array.from({ length: level }, (_, end) => end);
    const within = gather(graph, bounds, upTo, 2);
    for (const op of ['Min', 'Max']) {
      columns.push(graph.operation(op, [within, graph.integers([2])], overAxes));
    }
  }
  return graph.concat(columns, 2);
}

function possible(graph: GraphBuilder, { range }: ModelParts, values: Tensor): Tensor {
  return range === null ? values : graph.clip(values, graph.scalar(range[0]), graph.scalar(range[1]));
}

function gather(graph: GraphBuilder, values: Tensor, places: readonly number[], axis: number): Tensor {
  return graph.operation('GatherV2', [values, graph.integers(places), graph.scalar(axis, DataType.int32)], {
    Tparams: attribute.type(DataType.float),
    Tindices: attribute.type(DataType.int32),
    Taxis: attribute.type(DataType.int32),
  });
}
