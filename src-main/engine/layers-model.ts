import { createRequire } from 'node:module';
import type * as TensorFlow from '@tensorflow/tfjs-node';
import { loadNative } from './native';

/** Windows that one call of the model takes. */
const chunk = 256;

/**
 * What TF.js itself makes of a saved LayersModel: the check of an export, and the one place where tfjs-layers runs.
 * @param modelJsonPath absolute path of its model.json
 * @param inputs [count, window, features], scaled, row-major
 * @returns [count, outputs], scaled, row-major
 */
export async function predictWithLayersModel(
  modelJsonPath: string,
  inputs: Float32Array,
  count: number,
  window: number,
  features: number,
): Promise<Float32Array> {
  const tf = loadTensorFlowJs();
  // Not by a file URL: tfjs-node takes what follows 'file://' for the path as it stands, with its %20.
  const model = await tf.loadLayersModel(tf.io.fileSystem(modelJsonPath));
  const size = window * features;
  const parts: Float32Array[] = [];
  try {
    for (let first = 0; first < count; first += chunk) {
      const here = Math.min(chunk, count - first);
      const values = inputs.subarray(first * size, (first + here) * size);
      const outputs = tf.tidy(() =>
        (model.predict(tf.tensor3d(values, [here, window, features])) as TensorFlow.Tensor).dataSync(),
      );
      parts.push(Float32Array.from(outputs));
    }
  } finally {
    model.dispose();
  }
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((offset, part) => (all.set(part, offset), offset + part.length), 0);
  return all;
}

/** tfjs-node's JavaScript; 0.2 s the first time. Throws the problem `engine-missing`. */
function loadTensorFlowJs(): typeof TensorFlow {
  // First ours: it sets what the library reads when it is loaded, and its failure is told in words.
  loadNative();
  const require = createRequire(import.meta.url);
  // tfjs-node 4.22 calls two helpers that newer Node no longer has.
  Object.assign(require('node:util') as object, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
  return require('@tensorflow/tfjs-node') as typeof TensorFlow;
}
