import { createRequire } from 'node:module';
import type * as TensorFlow from '@tensorflow/tfjs-node';
import { serveTasks } from './runner-process';
import { timedPass, type BenchShape } from './shapes';

/** tfjs-layers on tfjs-node: `model.fit` with nothing beside it. Task: `step` (milliseconds a step). */
export async function runTfjsLayers(shape: BenchShape): Promise<void> {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // tfjs-node 4.22 calls two helpers that newer Node no longer has.
  const require = createRequire(import.meta.url);
  Object.assign(require('node:util') as object, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
  const tf = require('@tensorflow/tfjs-node') as typeof TensorFlow;
  const model = tf.sequential({
    layers: Array.from({ length: shape.layers }, (_, layer) =>
      tf.layers.lstm({
        units: shape.hidden,
        recurrentActivation: 'sigmoid',
        // Drawing orthogonal weights takes minutes there at larger sizes; how weights start does not change a step's time.
        recurrentInitializer: 'glorotUniform',
        returnSequences: layer < shape.layers - 1,
        inputShape: [shape.window, layer === 0 ? shape.inputs : shape.hidden],
      }),
    ),
  });
  model.add(tf.layers.dense({ units: 1 }));
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });

  // It takes windows that are cut out beforehand; only as many as are timed, to its advantage.
  const { windows, epochs, steps } = timedPass(shape, shape.timedSteps.tfjsLayers);
  const inputs = tf.randomUniform([windows, shape.window, shape.inputs], -1, 1);
  const targets = tf.randomUniform([windows, 1], -1, 1);
  const train = (times: number) =>
    model.fit(inputs, targets, {
      epochs: times,
      batchSize: shape.batchSize,
      verbose: 0,
      yieldEvery: 'never',
    });
  await train(1);
  await serveTasks(`tfjs-layers ${tf.version['tfjs-layers']}`, async () => {
    const start = performance.now();
    await train(epochs);
    return (performance.now() - start) / steps;
  });
}
