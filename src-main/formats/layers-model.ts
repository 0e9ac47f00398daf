import type { NetworkShape } from '../contract/network';
import type { Forecaster } from '../forecaster';
import { headOutputs, rowWidth } from '../network';
import { formOf, memberPrefix, weightLayout } from '../forecaster/weights';

interface Layer {
  readonly class_name: string;
  readonly config: { readonly name: string } & Record<string, unknown>;
}

/** Whose form it is; as package-lock.json has it. */
export const TFJS_LAYERS = 'tfjs-layers 4.22.0';

type Shaped = Pick<Forecaster, 'network' | 'window' | 'settings'>;

/**
 * The model.json of a TensorFlow.js LayersModel: it reads weights.bin, which holds the weights as they stand, since
 * Keras and TensorFlow.js lay out an LSTM as we do (gates i, f, c, o). Inputs are [windows, window, inputs] and outputs
 * [windows, horizon], both scaled. One LSTM alone is a Sequential model, a sum of several parts a functional one.
 */
export function layersModel(forecaster: Forecaster, weightsFile: string): object {
  const { network, window, composite } = forecaster;
  const form = formOf(network, window, composite);
  const isSum = form.members > 1 || form.lstmShare !== 1 || form.linear || isStepped(network);
  return {
    format: 'layers-model',
    generatedBy: 'Hindcast',
    convertedBy: null,
    modelTopology: {
      ...(isSum ? sumOfParts(forecaster) : sequence(forecaster)),
      keras_version: TFJS_LAYERS,
      backend: 'tensor_flow.js',
    },
    weightsManifest: [
      {
        paths: [weightsFile],
        weights: weightLayout(form).map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
  };
}

function sequence(forecaster: Forecaster): object {
  const { window, network } = forecaster;
  const [first, ...rest] = memberLayers(forecaster, '');
  const shaped = {
    ...first!,
    config: { ...first!.config, batch_input_shape: [null, window, network.inputs] },
  };
  return { class_name: 'Sequential', config: { name: 'hindcast', layers: [shaped, ...rest] } };
}

/** Input -> LSTM stacks -> Average -> share, and beside it input -> Flatten -> linear; Add joins the two. */
function sumOfParts(forecaster: Forecaster): object {
  const { window, network, composite } = forecaster;
  const { members, lstmShare, linear } = composite;
  const layers: object[] = [];
  const add: AddLayer = ({ class_name, config }, ...from) => {
    const inbound = from.length === 0 ? [] : [from.map((name) => [name, 0, 0, {}])];
    layers.push({ class_name, name: config.name, config, inbound_nodes: inbound });
    return config.name;
  };
  const shape = { batch_input_shape: [null, window, rowWidth(network)], dtype: 'float32', sparse: false };
  const input = add({ class_name: 'InputLayer', config: { name: 'window', ...shape } });
  const { ahead } = network;
  const rows = ahead ? addRows(network.inputs + 1, ahead.horizon, input, add) : input;
  const ends = members.map((_, index) =>
    memberLayers(forecaster, memberPrefix(index + 1, members.length)).reduce(
      (before, layer) => add(layer, before),
      rows,
    ),
  );
  let output = ends.length === 1 ? ends[0]! : add(merge('Average', 'mean'), ...ends);
  if (ahead) output = addLeads(ahead.horizon, output, add);
  if (lstmShare !== 1) output = add(dense('share', network.outputs, false), output);
  if (linear !== null) {
    const flat = add(merge('Flatten', 'flat'), input);
    output = add(merge('Add', 'sum'), output, add(dense('linear', network.outputs, true), flat));
  }
  return {
    class_name: 'Model',
    config: { name: 'hindcast', layers, input_layers: [[input, 0, 0]], output_layers: [[output, 0, 0]] },
  };
}

/** Adds a layer behind others. @returns its name */
type AddLayer = (layer: Layer, ...from: readonly string[]) => string;

const isStepped = ({ ahead }: NetworkShape): boolean => ahead !== undefined && ahead !== null;

/**
 * The rows of the window and behind them those of the lead times, out of the newest row: [window + horizon, features]. There
 * is no layer that takes a row: it is a product with 0 and 1 (`rowMatrices`).
 */
function addRows(features: number, horizon: number, input: string, add: AddLayer): string {
  const within = add(dense('window_rows', features, false), input);
  const newest = add(dense('newest_row', 1, false), add(turn('inputs_by_step'), input));
  const leads = add(dense('lead_rows', horizon * features, true), add(merge('Flatten', 'newest'), newest));
  const shape = merge('Reshape', 'leads', { target_shape: [horizon, features] });
  return add(merge('Concatenate', 'rows', { axis: 1 }), within, add(shape, leads));
}

/** Of what is said at each step that at the lead times: [outputs] */
function addLeads(horizon: number, said: string, add: AddLayer): string {
  const steps = add(dense('lead_steps', horizon, false), add(turn('said_by_step'), said));
  return add(merge('Flatten', 'outputs'), add(turn('said_by_lead'), steps));
}

/** Steps and what is at each change places. */
const turn = (name: string): Layer => merge('Permute', name, { dims: [2, 1] });

/** A layer without weights. */
const merge = (class_name: string, name: string, config: object = {}): Layer => ({
  class_name,
  config: { name, trainable: true, ...config },
});

function memberLayers({ network, settings }: Shaped, prefix: string): readonly Layer[] {
  const layers: Layer[] = [];
  for (let layer = 1; layer <= network.layers; layer++) {
    const isLast = layer === network.layers;
    layers.push({
      class_name: 'LSTM',
      config: {
        name: `${prefix}lstm_${layer}`,
        trainable: true,
        dtype: 'float32',
        units: network.hidden,
        activation: 'tanh',
        // TensorFlow.js would take hardSigmoid, which is another function.
        recurrent_activation: 'sigmoid',
        use_bias: true,
        unit_forget_bias: true,
        return_sequences: !isLast || isStepped(network),
        return_state: false,
        go_backwards: false,
        stateful: false,
        unroll: false,
      },
    });
    if (!isLast && settings.dropout > 0) {
      layers.push({
        class_name: 'Dropout',
        config: { name: `${prefix}dropout_${layer}`, trainable: true, rate: settings.dropout },
      });
    }
  }
  layers.push(dense(`${prefix}dense`, headOutputs(network), true));
  return layers;
}

function dense(name: string, units: number, useBias: boolean): Layer {
  return {
    class_name: 'Dense',
    config: { name, trainable: true, units, activation: 'linear', use_bias: useBias },
  };
}
