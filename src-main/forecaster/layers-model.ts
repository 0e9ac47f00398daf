import { parameterLayout } from '../network';
import type { Forecaster } from './forecaster';

/**
 * The model.json of a TensorFlow.js LayersModel: it reads weights.bin, which is theta as it stands, since Keras and
 * TensorFlow.js lay out an LSTM as we do (gates i, f, c, o). Inputs are [windows, window, inputs] and outputs
 * [windows, horizon], both scaled.
 */
export function layersModel(forecaster: Forecaster, weightsFile: string): object {
  const { network, window, settings } = forecaster;
  const layers: object[] = [];
  for (let layer = 1; layer <= network.layers; layer++) {
    const isLast = layer === network.layers;
    layers.push({
      class_name: 'LSTM',
      config: {
        name: `lstm_${layer}`,
        trainable: true,
        dtype: 'float32',
        ...(layer === 1 ? { batch_input_shape: [null, window, network.inputs] } : {}),
        units: network.hidden,
        activation: 'tanh',
        // TensorFlow.js would take hardSigmoid, which is another function.
        recurrent_activation: 'sigmoid',
        use_bias: true,
        unit_forget_bias: true,
        return_sequences: !isLast,
        return_state: false,
        go_backwards: false,
        stateful: false,
        unroll: false,
      },
    });
    if (!isLast && settings.dropout > 0) {
      layers.push({
        class_name: 'Dropout',
        config: { name: `dropout_${layer}`, trainable: true, rate: settings.dropout },
      });
    }
  }
  layers.push({
    class_name: 'Dense',
    config: {
      name: 'dense',
      trainable: true,
      units: network.outputs,
      activation: 'linear',
      use_bias: true,
    },
  });

  return {
    format: 'layers-model',
    generatedBy: 'Hindcast',
    convertedBy: null,
    modelTopology: {
      class_name: 'Sequential',
      config: { name: 'hindcast', layers },
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [
      {
        paths: [weightsFile],
        weights: parameterLayout(network).map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
  };
}
