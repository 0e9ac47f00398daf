import { INTERVAL_ENDS, type ModelParts } from './parts';
import type { Said, Windows } from './windows';

/** A tensor by its name in PyTorch's state dict. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/**
 * The forecasts of a state dict and, where they are known, their intervals, in float64: the second opinion on what lies in
 * the file, which shares nothing with what wrote it but the names.
 * @throws RangeError for a tensor that is not there
 */
export function forecastTorch(
  tensors: ReadonlyMap<string, NamedTensor>,
  parts: ModelParts,
  { scaled, count, season }: Windows,
): Said {
  const { horizon } = parts;
  const numbers = (name: string): Float32Array | undefined => tensors.get(name)?.values;
  const [scale, mean] = [numbers('target_scale')![0]!, numbers('target_mean')![0]!];
  const [least, most] = [numbers('least')?.[0] ?? -Infinity, numbers('most')?.[0] ?? Infinity];
  const possible = (value: number): number => Math.min(most, Math.max(least, value));
  const values = Array.from(forwardTorch(tensors, parts, scaled, count), (value) =>
    possible(value * scale + mean),
  );
  const each = values.length / (count * horizon);
  const byLead = Array.from({ length: count * horizon }, (_, lead) =>
    values.slice(lead * each, (lead + 1) * each).sort((a, b) => a - b),
  );
  const forecasts = byLead.map((quantiles) => quantiles[each >> 1]!);
  const forecast = Float32Array.from(forecasts);
  const offsets = numbers('interval_offsets');
  if (offsets === undefined) return { forecast };

  const [sine = 0, cosine = 0] = numbers('interval_season') ?? [];
  const places = numbers('interval_places');
  const intervals = byLead.flatMap((quantiles, lead) => {
    const spread = Math.exp(sine * season[2 * lead]! + cosine * season[2 * lead + 1]!);
    const ends = INTERVAL_ENDS.map((_, end) => {
      const offset = offsets[(lead % horizon) * INTERVAL_ENDS.length + end]!;
      const centre = places === undefined ? forecasts[lead]! : quantiles[places[end]!]!;
      return possible(centre + spread * offset);
    });
    return ends.map((_, end) => {
      const within = ends.slice(0, end - (end % 2) + 2);
      return end % 2 === 0 ? Math.min(...within) : Math.max(...within);
    });
  });
  return { forecast, intervals: Float32Array.from(intervals) };
}

/**
 * What a state dict says by the equations in PyTorch's documentation of nn.LSTM.
 * @param scaled [count, window, inputs]
 * @returns [count, outputs], scaled
 */
function forwardTorch(
  tensors: ReadonlyMap<string, NamedTensor>,
  { window, means, outputs, linear, horizon }: ModelParts,
  scaled: Float32Array,
  count: number,
): Float32Array {
  const get = (name: string): NamedTensor => {
    const found = tensors.get(name);
    if (found === undefined) throw new RangeError(`The file has no “${name}”.`);
    return found;
  };
  const size = window * means.length;
  const said = new Float32Array(count * outputs);
  let members = 0;
  while (tensors.has(`members.${members}.head.weight`)) members += 1;
  const share = get('lstm_share').values[0]! / members;

  for (let index = 0; index < count; index++) {
    const values = scaled.subarray(index * size, (index + 1) * size);
    const given = Array.from({ length: window }, (_, step) =>
      Float64Array.from(values.subarray(step * means.length, (step + 1) * means.length)),
    );
    const isStepped = tensors.has('lead_rows');
    const rows = isStepped ? laidRows(given, get) : given;
    const sum = new Float64Array(outputs);
    const add = (output: Float64Array, factor: number): void => {
      output.forEach((value, place) => (sum[place]! += factor * value));
    };
    for (let member = 0; member < members; member++) {
      const states = lstm(`members.${member}.lstm`, rows, tensors, get);
      const [weight, bias] = [get(`members.${member}.head.weight`), get(`members.${member}.head.bias`)];
      const heads = states.slice(isStepped ? -horizon : -1).map((state) => affine(weight, state, bias));
      add(Float64Array.from(heads.flatMap((head) => [...head])), share);
    }
    if (linear !== null) {
      add(affine(get('linear.weight'), Float64Array.from(values), get('linear.bias')), 1);
    }
    said.set(sum, index * outputs);
  }
  return said;
}

/** The window by `window_rows`, then the lead times by `lead_rows` and `lead_shares`. */
function laidRows(given: readonly Float64Array[], get: (name: string) => NamedTensor): Float64Array[] {
  const { shape: [, features = 0] = [], values: within } = get('window_rows');
  const { shape: [, horizon = 0] = [], values: leads } = get('lead_rows');
  const { values: shares } = get('lead_shares');
  const newest = given[given.length - 1]!;
  const laid = (row: Float64Array, width: number, weights: Float32Array, start: number, at: number): number =>
    row.reduce((sum, value, input) => sum + value * weights[input * width + at]!, start);
  const columns = Array.from({ length: features }, (_, feature) => feature);
  return [
    ...given.map((row) => Float64Array.from(columns, (feature) => laid(row, features, within, 0, feature))),
    ...Array.from({ length: horizon }, (_, lead) =>
      Float64Array.from(columns, (feature) => {
        const at = lead * features + feature;
        return laid(newest, horizon * features, leads, shares[at]!, at);
      }),
    ),
  ];
}

/** The hidden state of the last layer after each step. */
function lstm(
  prefix: string,
  rows: readonly Float64Array[],
  tensors: ReadonlyMap<string, NamedTensor>,
  get: (name: string) => NamedTensor,
): readonly Float64Array[] {
  let sequence = rows;
  for (let layer = 0; tensors.has(`${prefix}.weight_ih_l${layer}`); layer++) {
    const weight = (name: string): NamedTensor => get(`${prefix}.${name}_l${layer}`);
    const hidden = weight('weight_hh').shape[1]!;
    let h = new Float64Array(hidden);
    let c = new Float64Array(hidden);
    sequence = sequence.map((x) => {
      const fromInput = affine(weight('weight_ih'), x, weight('bias_ih'));
      const fromHidden = affine(weight('weight_hh'), h, weight('bias_hh'));
      const gates = fromInput.map((value, place) => value + fromHidden[place]!);
      const gate = (place: number, unit: number): number => gates[place * hidden + unit]!;
      c = c.map(
        (before, unit) => sigmoid(gate(1, unit)) * before + sigmoid(gate(0, unit)) * Math.tanh(gate(2, unit)),
      );
      h = c.map((cell, unit) => sigmoid(gate(3, unit)) * Math.tanh(cell));
      return h;
    });
  }
  return sequence;
}

/** weight x + bias; weight is [outputs, inputs]. */
function affine({ shape, values }: NamedTensor, x: Float64Array, bias: NamedTensor): Float64Array {
  const [rows = 0, columns = 0] = shape;
  return Float64Array.from({ length: rows }, (_, row) =>
    x.reduce((sum, value, column) => sum + value * values[row * columns + column]!, bias.values[row]!),
  );
}
