import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNative, type NativeBinding } from './native';
import { encodeSavedModel, SAVED_MODEL_TAG, type GraphNode } from './saved-model';

/** A value for a placeholder: float32 or int32, row-major. The array must not change until the run has returned. */
export interface Feed {
  readonly node: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** A TensorFlow graph, loaded and ready to run. Its variables start empty and live until it is closed. */
export class GraphSession {
  readonly #native: NativeBinding;
  readonly #session: number;
  #open = true;

  /** Throws the problem `engine-missing`, and an Error with TensorFlow's words for a graph that is not valid. */
  constructor(nodes: readonly GraphNode[]) {
    this.#native = startNative();
    // The binding takes a graph only as a SavedModel in a folder. It reads it once, so nothing stays on disk.
    const folder = mkdtempSync(join(tmpdir(), 'hindcast-graph-'));
    try {
      writeFileSync(join(folder, 'saved_model.pb'), encodeSavedModel(nodes));
      this.#session = this.#native.loadSavedModel(folder, SAVED_MODEL_TAG);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Runs what the fetched nodes need and returns a copy of each one's first output, flat. Blocks its thread. */
  run(feeds: readonly Feed[], fetches: readonly string[]): Float32Array[] {
    if (!this.#open) throw new Error('The graph session is closed.');
    const native = this.#native;
    const tensors: number[] = [];
    try {
      for (const { shape, values } of feeds) {
        const type = values instanceof Int32Array ? native.TF_INT32 : native.TF_FLOAT;
        tensors.push(native.createTensor(shape, type, values));
      }
      const inputs = feeds.map(({ node }) => `${node}:0`).join();
      const outputs = fetches.map((node) => `${node}:0`).join();
      const results = native.runSavedModel(this.#session, tensors, inputs, outputs);
      tensors.push(...results.map(({ id }) => id));
      return results.map(({ id }) => native.tensorDataSync(id) as Float32Array);
    } finally {
      for (const tensor of tensors) native.deleteTensor(tensor);
    }
  }

  /** Frees the native memory. May be called twice. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#native.deleteSavedModel(this.#session);
  }
}
