import { HINDCAST_VERSION } from '../contract/version';
import type { Forecaster } from '../forecaster';
import { OnnxGraph } from './onnx-graph';
import {
  INTERVAL_ENDS,
  reorderGates,
  transpose,
  type Dense,
  type EventParts,
  type IntervalParts,
  type Matrix,
  type ModelParts,
} from './parts';

/** ONNX has the gates in the order input, output, forget, candidate. */
const ONNX_GATES = [0, 3, 1, 2] as const;
/** ONNX's number for the element type float32. */
const FLOAT = 1;

/**
 * The whole forecaster as an ONNX model: readings in their own units (and the calendar's inputs) go in, the forecast in
 * the target's unit comes out, with its intervals and the chance of rain where they are known. LSTM layers are ONNX's own.
 */
export function onnxModel(forecaster: Forecaster, parts: ModelParts): Uint8Array {
  const { target, inputs, step } = forecaster;
  const graph = new OnnxGraph();
  const scaled = scaledWindow(graph, parts);
  const forecasts = readOutputs(graph, parts, sumOfParts(graph, parts, scaled));
  graph.output('forecast', ['n', parts.horizon], `In ${target.unit}, one for each lead time.`);
  if (parts.intervals !== null) addIntervals(graph, parts, parts.intervals, forecasts);
  if (parts.event !== null) {
    graph.node('Sigmoid', [sumOfEvent(graph, parts, parts.event, scaled)], 'probability');
    graph.output('probability', ['n', parts.horizon], `Of at least ${parts.event.threshold} ${target.unit}.`);
  }
  return graph.encode({
    version: HINDCAST_VERSION,
    text: `Forecasts ${target.name}, ${parts.horizon} steps ahead (${step.label}), from ${parts.window} steps of readings.`,
    properties: {
      target: target.name,
      unit: target.unit,
      inputs: JSON.stringify(inputs.map(({ name, unit }) => ({ name, unit }))),
      calendar: JSON.stringify(parts.calendar),
      intervals: JSON.stringify(parts.intervals === null ? [] : INTERVAL_ENDS),
    },
  });
}

/** The logit of the event's probability: [n, horizon] */
function sumOfEvent(graph: OnnxGraph, { window }: ModelParts, event: EventParts, scaled: string): string {
  const { rows, amounts } = event;
  const newest = (values: string, name: string): string =>
    graph.node(
      'Slice',
      [
        values,
        graph.integers('newest_from', [-rows]),
        graph.integers('newest_to', [window]),
        graph.integers('newest_axis', [1]),
      ],
      name,
    );
  const sum = addDense(
    graph,
    'event',
    graph.node('Flatten', [newest(scaled, 'newest_rows')], 'newest_flat'),
    event,
  );
  if (amounts === null) return sum;
  const { inputs, scales, leasts, logarithms, any } = amounts;
  const places = graph.integers('amount_inputs', inputs);
  const read = graph.node('Gather', [newest('readings', 'newest_readings'), places], 'amounts', { axis: 2 });
  const shares = graph.node(
    'Div',
    [graph.node('Relu', [read], 'positive_amounts'), graph.weight('amount_scales', [scales.length], scales)],
    'amount_shares',
  );
  const moved = graph.node('Add', [shares, scalar(graph, 'one', 1)], 'amount_shares_and_one');
  const logs = graph.node('Log', [moved], 'amount_logarithms');
  const leastOf = graph.weight('amount_leasts', [leasts.length], leasts);
  const isAny = graph.node('Greater', [read, leastOf], 'is_any_amount');
  const seen = [
    ['amount_logarithms', logs, logarithms],
    ['any_amount', graph.node('Cast', [isAny], 'any_amount', { to: FLOAT }), any],
  ] as const;
  return seen.reduce((total, [name, values, { rows: size, columns, values: weights }]) => {
    const flat = graph.node('Flatten', [values], `${name}_flat`);
    const kernel = graph.weight(`${name}_kernel`, [size, columns], weights);
    const part = graph.node('MatMul', [flat, kernel], `${name}_sum`);
    return graph.node('Add', [total, part], `event_with_${name}`);
  }, sum);
}

/** [n, window, inputs] */
function scaledWindow(graph: OnnxGraph, { window, readings, calendar, means, scales }: ModelParts): string {
  const read = graph.input(
    'readings',
    ['n', window, readings],
    'The newest readings, oldest first, in the units of `inputs`.',
  );
  const all =
    calendar.length === 0
      ? read
      : graph.node(
          'Concat',
          [read, graph.input('calendar', ['n', window, calendar.length], calendar.join(', '))],
          'inputs',
          { axis: 2 },
        );
  const centred = graph.node('Sub', [all, graph.weight('means', [means.length], means)], 'centred');
  return graph.node('Div', [centred, graph.weight('scales', [scales.length], scales)], 'scaled');
}

/** What the networks and the linear part say, scaled: [n, outputs] */
function sumOfParts(graph: OnnxGraph, parts: ModelParts, scaled: string): string {
  const { members, lstmShare, linear } = parts;
  const rows = layRows(graph, parts, scaled);
  const byStep = graph.node('Transpose', [rows], 'scaled_by_step', { perm: [1, 0, 2] });
  const said = members.map((_, index) => addMember(graph, parts, index, byStep));
  let sum = said.length === 1 ? said[0]! : graph.node('Mean', said, 'members');
  if (lstmShare !== 1) {
    sum = graph.node('Mul', [sum, scalar(graph, 'lstm_share', lstmShare)], 'share_of_members');
  }
  if (linear !== null) {
    const added = addDense(graph, 'linear', graph.node('Flatten', [scaled], 'flat'), linear);
    sum = graph.node('Add', [sum, added], 'sum');
  }
  return sum;
}

/** What the networks read: the window, or its rows and those of the lead times [n, window + horizon, features]. */
function layRows(graph: OnnxGraph, { window, horizon, ahead }: ModelParts, scaled: string): string {
  if (ahead === null) return scaled;
  const { features, windowRows, leadRows } = ahead;
  const newest = graph.node('Gather', [scaled, graph.integers('newest_place', [window - 1])], 'newest_row', {
    axis: 1,
  });
  const shape = graph.integers('lead_rows_shape', [-1, horizon, features]);
  const leads = graph.node('Reshape', [addLayer(graph, 'lead_rows', newest, leadRows), shape], 'lead_rows');
  const within = graph.node('MatMul', [scaled, addMatrix(graph, 'window_rows', windowRows)], 'window_rows');
  return graph.node('Concat', [within, leads], 'rows', { axis: 1 });
}

/** [n, outputs] */
function addMember(
  graph: OnnxGraph,
  { members, ahead, window, horizon }: ModelParts,
  member: number,
  scaledByStep: string,
): string {
  const { layers, dense } = members[member]!;
  const name = `member_${member + 1}`;
  let sequence = scaledByStep;
  layers.forEach(({ kernel, recurrent, bias }, index) => {
    const own = `${name}_lstm_${index + 1}`;
    const isLast = index === layers.length - 1 && ahead === null;
    const hidden = recurrent.rows;
    const turned = (matrix: typeof kernel): Float32Array =>
      transpose(reorderGates(matrix, ONNX_GATES)).values;
    // ONNX adds two biases, as PyTorch does: ours is the first.
    const biases = new Float32Array(8 * hidden);
    biases.set(reorderGates({ rows: 1, columns: 4 * hidden, values: bias }, ONNX_GATES).values);
    const weights = [
      graph.weight(`${own}_kernel`, [1, 4 * hidden, kernel.rows], turned(kernel)),
      graph.weight(`${own}_recurrent`, [1, 4 * hidden, hidden], turned(recurrent)),
      graph.weight(`${own}_bias`, [1, 8 * hidden], biases),
    ];
    const outputs = isLast ? ['', `${own}_last`] : [`${own}_sequence`];
    const whole = graph.node('LSTM', [sequence, ...weights], outputs, { hidden_size: hidden });
    // The axis of directions, of which there is one.
    const axis = graph.integers(`${own}_axis`, [isLast ? 0 : 1]);
    sequence = graph.node('Squeeze', [whole, axis], `${own}_hidden`);
  });
  if (ahead === null) return addDense(graph, name, sequence, dense);
  const places = graph.integers(
    'lead_places',
    Array.from({ length: horizon }, (_, lead) => window + lead),
  );
  const states = graph.node('Gather', [sequence, places], `${name}_states`, { axis: 0 });
  const byWindow = graph.node('Transpose', [states], `${name}_lead_states`, { perm: [1, 0, 2] });
  return graph.node('Flatten', [addLayer(graph, name, byWindow, dense)], `${name}_output`);
}

/** Of a matrix: [n, outputs] */
function addDense(graph: OnnxGraph, name: string, input: string, dense: Dense): string {
  return graph.node('Gemm', [input, ...addWeights(graph, name, dense)], `${name}_output`);
}

/** The same along the last axis of a tensor. */
function addLayer(graph: OnnxGraph, name: string, input: string, dense: Dense): string {
  const [kernel, bias] = addWeights(graph, name, dense);
  return graph.node('Add', [graph.node('MatMul', [input, kernel], `${name}_product`), bias], `${name}_sum`);
}

const addWeights = (graph: OnnxGraph, name: string, { kernel, bias }: Dense): readonly [string, string] => [
  addMatrix(graph, name, kernel),
  graph.weight(`${name}_bias`, [bias.length], bias),
];

const addMatrix = (graph: OnnxGraph, name: string, { rows, columns, values }: Matrix): string =>
  graph.weight(`${name}_kernel`, [rows, columns], values);

/** Names of what is known of each lead time: the forecast [n, horizon], sorted quantiles [n, horizon, quantiles]. */
interface Forecasts {
  readonly forecast: string;
  readonly quantiles: string | null;
}

/** Outputs in the target's unit, possible, and quantiles in order. */
function readOutputs(graph: OnnxGraph, parts: ModelParts, scaled: string): Forecasts {
  const { target, horizon, quantiles } = parts;
  const spread = graph.node('Mul', [scaled, scalar(graph, 'target_scale', target.scale)], 'spread_of_target');
  const mean = scalar(graph, 'target_mean', target.mean);
  const ready = quantiles === null ? 'forecast' : 'outputs';
  const possible = (name: string): string => {
    if (parts.range === null) return graph.node('Add', [spread, mean], name);
    const value = graph.node('Add', [spread, mean], 'in_unit');
    return graph.node('Clip', [value, ...limits(graph, parts.range)], name);
  };
  const values = possible(ready);
  if (quantiles === null) return { forecast: values, quantiles: null };

  const { count, median } = quantiles;
  const shape = graph.integers('quantiles_shape', [-1, horizon, count]);
  const byLead = graph.node('Reshape', [values, shape], 'quantiles_by_lead');
  const sorted = graph.node(
    'TopK',
    [byLead, graph.integers('quantiles_count', [count])],
    ['quantiles', 'quantiles_order'],
    { axis: 2, largest: 0, sorted: 1 },
  );
  const place = graph.integers('median_place', [median]);
  const column = graph.node('Gather', [sorted, place], 'median', { axis: 2 });
  const axis = graph.integers('quantile_axis', [2]);
  return { forecast: graph.node('Squeeze', [column, axis], 'forecast'), quantiles: sorted };
}

/** [n, horizon, ends] */
function addIntervals(
  graph: OnnxGraph,
  parts: ModelParts,
  { offsets, season, places }: IntervalParts,
  { forecast, quantiles }: Forecasts,
): void {
  const { horizon } = parts;
  const ends = INTERVAL_ENDS.length;
  const lastAxis = graph.integers('last_axis', [2]);
  const centres =
    quantiles === null || places === null
      ? graph.node('Unsqueeze', [forecast, lastAxis], 'centres')
      : graph.node('Gather', [quantiles, graph.integers('end_places', places)], 'centres', { axis: 2 });
  let moved = graph.weight('interval_offsets', [1, horizon, ends], offsets);
  if (season !== null) {
    const turn = graph.input(
      'season',
      ['n', horizon, 2],
      'sin and cos of 2 pi d / 365.2425, d the day of the year of each time that is forecast.',
    );
    const weights = graph.weight('season_weights', [2], Float32Array.from(season));
    const each = graph.node('Mul', [turn, weights], 'season_parts');
    const logarithm = graph.node('ReduceSum', [each, lastAxis], 'season_logarithm', { keepdims: 1 });
    moved = graph.node('Mul', [graph.node('Exp', [logarithm], 'spread'), moved], 'offsets_of_season');
  }
  let bounds = graph.node('Add', [centres, moved], 'bounds');
  if (parts.range !== null) {
    bounds = graph.node('Clip', [bounds, ...limits(graph, parts.range)], 'possible_bounds');
  }
  // A wider interval holds the narrower ones.
  const columns: string[] = [];
  for (let level = 2; level <= ends; level += 2) {
    const places = graph.integers(
      `ends_to_${level}`,
      Array.from({ length: level }, (_, end) => end),
    );
    const within = graph.node('Gather', [bounds, places], `bounds_to_${level}`, { axis: 2 });
    columns.push(
      graph.node('ReduceMin', [within], `low_${level}`, { axes: [2], keepdims: 1 }),
      graph.node('ReduceMax', [within], `high_${level}`, { axes: [2], keepdims: 1 }),
    );
  }
  graph.node('Concat', columns, 'intervals', { axis: 2 });
  graph.output('intervals', ['n', horizon, ends], INTERVAL_ENDS.join(', '));
}

function scalar(graph: OnnxGraph, name: string, value: number): string {
  return graph.weight(name, [], Float32Array.of(value));
}

function limits(graph: OnnxGraph, [least, most]: readonly [number, number]): readonly [string, string] {
  return [scalar(graph, 'least', least), scalar(graph, 'most', most)];
}
