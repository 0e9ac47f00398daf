import { readFile } from 'node:fs/promises';
import type { ModelFormat, Traveller } from './format';
import { INTERVAL_ENDS, transpose, type Matrix, type ModelParts } from './parts';
import { program, pythonAhead, pythonHead, pythonPrint } from './python';
import { forecastTorch, type NamedTensor } from './torch-forward';

export const safetensors: ModelFormat = {
  model: ({ forecaster, parts }) =>
    encodeSafetensors(stateDict(parts), {
      format: 'pt',
      target: forecaster.target.name,
      unit: forecaster.target.unit,
    }),
  example,
  run: 'pip install torch safetensors numpy, then: python forecast_torch.py',
  async open(path, windows, { parts }) {
    const said = forecastTorch(decodeSafetensors(await readFile(path)), parts, windows);
    return { kind: 'opened', by: 'Hindcast', said };
  },
};

/**
 * The weights by the names that PyTorch gives them in a module with a list `members` of an nn.LSTM `lstm` and an nn.Linear
 * `head` each, an nn.Linear `linear`, and buffers for the scalers and the intervals. PyTorch's order of gates (input, forget,
 * cell, output) is ours.
 */
export function stateDict(parts: ModelParts): readonly NamedTensor[] {
  const { members, ahead, linear, means, scales, target, lstmShare, range, horizon, intervals } = parts;
  const matrix = (name: string, { rows, columns, values }: Matrix): NamedTensor => ({
    name,
    shape: [rows, columns],
    values,
  });
  const vector = (name: string, values: Float32Array): NamedTensor => ({
    name,
    shape: [values.length],
    values,
  });
  const scalar = (name: string, value: number): NamedTensor => ({
    name,
    shape: [],
    values: Float32Array.of(value),
  });
  return [
    ...members.flatMap(({ layers, dense }, index) => [
      ...layers.flatMap(({ kernel, recurrent, bias }, layer) => [
        matrix(`members.${index}.lstm.weight_ih_l${layer}`, transpose(kernel)),
        matrix(`members.${index}.lstm.weight_hh_l${layer}`, transpose(recurrent)),
        vector(`members.${index}.lstm.bias_ih_l${layer}`, bias),
        // PyTorch adds two biases: ours is the first.
        vector(`members.${index}.lstm.bias_hh_l${layer}`, new Float32Array(bias.length)),
      ]),
      matrix(`members.${index}.head.weight`, transpose(dense.kernel)),
      vector(`members.${index}.head.bias`, dense.bias),
    ]),
    ...(ahead === null
      ? []
      : [
          matrix('window_rows', ahead.windowRows),
          {
            name: 'lead_rows',
            shape: [means.length, horizon, ahead.features],
            values: ahead.leadRows.kernel.values,
          },
          matrix('lead_shares', { rows: horizon, columns: ahead.features, values: ahead.leadRows.bias }),
        ]),
    ...(linear === null
      ? []
      : [matrix('linear.weight', transpose(linear.kernel)), vector('linear.bias', linear.bias)]),
    vector('input_means', means),
    vector('input_scales', scales),
    scalar('target_mean', target.mean),
    scalar('target_scale', target.scale),
    scalar('lstm_share', lstmShare),
    ...(range === null ? [] : [scalar('least', range[0]), scalar('most', range[1])]),
    ...(intervals === null
      ? []
      : [
          {
            name: 'interval_offsets',
            shape: [horizon, INTERVAL_ENDS.length],
            values: intervals.offsets,
          },
        ]),
    ...(intervals?.season ? [vector('interval_season', Float32Array.from(intervals.season))] : []),
    ...(intervals?.places ? [vector('interval_places', Float32Array.from(intervals.places))] : []),
  ];
}

/** Eight bytes with the length of the header, the header as JSON, the tensors one after another. */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  let offset = 0;
  const entries = tensors.map(({ name, shape, values }) => {
    const entry = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
    return [name, entry] as const;
  });
  const text = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const header = Buffer.from(text);
  // The tensors begin at a multiple of eight, as its own writer has it.
  const padded = Buffer.concat([header, Buffer.alloc((8 - (header.length % 8)) % 8, ' ')]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  const content = tensors.map(
    ({ values: { buffer, byteOffset, byteLength } }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  return Buffer.concat([length, padded, ...content]);
}

/** By their names. @throws Error where the file is not what `encodeSafetensors` makes */
export function decodeSafetensors(file: Buffer): ReadonlyMap<string, NamedTensor> {
  const start = 8 + Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, start)) as Record<
    string,
    { readonly shape: readonly number[]; readonly data_offsets: readonly [number, number] }
  >;
  return new Map(
    Object.entries(header)
      .filter(([name]) => name !== '__metadata__')
      .map(
        ([
          name,
          {
            shape,
            data_offsets: [from, to],
          },
        ]) => {
          const bytes = Uint8Array.from(file.subarray(start + from, start + to));
          return [name, { name, shape, values: new Float32Array(bytes.buffer) }];
        },
      ),
  );
}

function example(traveller: Traveller): string {
  const { parts } = traveller;
  const { members, ahead, hidden, means, range, quantiles, window, linear, horizon, intervals } = parts;
  const { layers, dense } = members[0]!;
  const lstm = `nn.LSTM(${ahead?.features ?? means.length}, ${hidden}, ${layers.length}, batch_first=True)`;
  const member = `{"lstm": ${lstm}, "head": nn.Linear(${hidden}, ${dense.bias.length})}`;
  const said =
    ahead === null
      ? 'm["head"](m["lstm"](x)[0][:, -1])'
      : `m["head"](m["lstm"](rows)[0][:, -${horizon}:]).flatten(1)`;
  const networks = `sum(${said} for m in members) / len(members) * w["lstm_share"]`;
  const leads = 'torch.tensordot(x[:, -1], w["lead_rows"], 1) + w["lead_shares"]';
  const ridge = `x.reshape(1, ${window * means.length}) @ w["linear.weight"].T + w["linear.bias"]`;
  const inputs = parts.calendar.length > 0 ? '[r + c for r, c in zip(readings, calendar)]' : 'readings';
  const possible = (values: string): string =>
    range === null ? values : `(${values}).clamp(w["least"], w["most"])`;
  const season = intervals?.season ?? null;
  const spread = '(torch.tensor([year(t) for t in ahead]) @ w["interval_season"]).exp()[:, None] * ';
  const centres = quantiles === null ? 'y.T' : 'y[:, w["interval_places"].long()]';
  const ends = `${centres} + ${season === null ? '' : spread}w["interval_offsets"]`;
  return program([
    ...pythonHead(
      traveller,
      'torch safetensors numpy',
      'import torch; from torch import nn; from safetensors.torch import load_file',
    ),
    ...(season === null ? [] : pythonAhead(traveller)),
    'w = load_file(os.path.join(here, "model.safetensors"))',
    `members = nn.ModuleList(nn.ModuleDict(${member}) for _ in range(${members.length})).requires_grad_(False)`,
    'members.load_state_dict({k[8:]: v for k, v in w.items() if k.startswith("members.")})',
    `x = ((torch.tensor([${inputs}]) - w["input_means"]) / w["input_scales"]).float()`,
    ...(ahead === null ? [] : [`rows = torch.cat([x @ w["window_rows"], ${leads}], 1)`]),
    `scaled = ${networks}${linear === null ? '' : ` + ${ridge}`}`,
    `y = ${possible('scaled * w["target_scale"] + w["target_mean"]')}`,
    ...(quantiles === null
      ? ['forecast = y[0].tolist()']
      : [
          `y = y.reshape(${horizon}, ${quantiles.count}).sort(1)[0]`,
          `forecast = y[:, ${quantiles.median}].tolist()`,
        ]),
    ...(intervals === null
      ? []
      : [
          `ends = ${possible(ends)}`,
          'intervals = torch.stack([ends.cummin(1)[0], ends.cummax(1)[0]], 2)[:, 1::2].flatten(1).tolist()',
        ]),
    ...pythonPrint(intervals !== null),
  ]);
}
