import { createRequire } from 'node:module';
import type * as TensorFlow from '@tensorflow/tfjs-node';
import { concatenate } from '../network';
import { loadNative } from './native';
import { SAVED_MODEL_TAG, SERVING_SIGNATURE } from './saved-model';

/** Windows that one call of the model takes. */
const CHUNK = 256;

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
    for (let first = 0; first < count; first += CHUNK) {
      const here = Math.min(CHUNK, count - first);
      const values = inputs.subarray(first * size, (first + here) * size);
      const outputs = tf.tidy(() =>
        (model.predict(tf.tensor3d(values, [here, window, features])) as TensorFlow.Tensor).dataSync(),
      );
      parts.push(Float32Array.from(outputs));
    }
  } finally {
    model.dispose();
  }
  return concatenate(parts);
}

/** A tensor of float32, row-major. */
export interface FloatTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * What TensorFlow makes of a SavedModel's serving signature.
 * @param folder where saved_model.pb lies
 * @returns its outputs by their names
 */
export async function predictWithSavedModel(
  folder: string,
  inputs: Readonly<Record<string, FloatTensor>>,
): Promise<Readonly<Record<string, Float32Array>>> {
  const tf = loadTensorFlowJs();
  const model = await tf.node.loadSavedModel(folder, [SAVED_MODEL_TAG], SERVING_SIGNATURE);
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]),
  );
  try {
    const outputs = tf.tidy(() => model.predict(tensors)) as TensorFlow.NamedTensorMap;
    const values = Object.entries(outputs).map(
      ([name, tensor]) => [name, Float32Array.from(tensor.dataSync())] as const,
    );
    tf.dispose(outputs);
    return Object.fromEntries(values);
  } finally {
    tf.dispose(tensors);
    model.dispose();
  }
}

/** tfjs-node's JavaScript; 0.2 s the first time. Throws the problem `engine-missing`. */
function loadTensorFlowJs(): typeof TensorFlow {
  // First ours: it sets what the library reads when it is loaded, and its failure is a Problem with a sentence.
  loadNative();
  const require = createRequire(import.meta.url);
  // tfjs-node 4.22 calls two helpers that newer Node no longer has.
  Object.assign(require('node:util') as object, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
  return require('@tensorflow/tfjs-node') as typeof TensorFlow;
}
