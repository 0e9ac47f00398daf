import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { Problem } from '../contract/problems';

/** What a run of a graph returns for each fetched output. */
export interface NativeOutput {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
}

/** The methods of tfjs-node's native binding that we use. Tensors are numbers and live until they are deleted. */
export interface NativeBinding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  isUsingGpuDevice(): boolean;
  /** Borrows the memory of `values` until the tensor is deleted. */
  createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number;
  /** A copy of the tensor's elements. */
  tensorDataSync(tensor: number): Float32Array | Int32Array | Uint8Array;
  deleteTensor(tensor: number): void;
  loadSavedModel(folder: string, tags: string): number;
  /** `inputs` and `outputs` are names such as `starts:0`, separated by commas. */
  runSavedModel(session: number, tensors: readonly number[], inputs: string, outputs: string): NativeOutput[];
  deleteSavedModel(session: number): void;
  getNumOfTensors(): number;
  getNumOfSavedModels(): number;
}

/** What TensorFlow reads from the environment once, when its library loads. */
export interface ThreadSettings {
  /** Threads inside one operation. */
  readonly intraOpThreads: number;
  /** Threads that run operations side by side: one for each shard of a batch. */
  readonly interOpThreads: number;
  /** oneDNN's kernels: quicker for large matrices, slower for small ones. */
  readonly oneDnn: boolean;
}

const defaultThreads: ThreadSettings = { intraOpThreads: 1, interOpThreads: cpus().length, oneDnn: false };

/** The native module itself: tfjs-node's JavaScript (0.2 s of start-up and 40 MB) is not needed to run a graph. */
const bindingModule = '@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node';

let loaded: NativeBinding | null = null;

/**
 * Chooses TensorFlow's threads; to be called before the first session of the process. Settings of the user's own
 * (`TF_NUM_INTRAOP_THREADS`, `TF_NUM_INTEROP_THREADS`, `TF_ENABLE_ONEDNN_OPTS`) stay. Throws an Error once the library is loaded.
 */
export function configureThreads(settings: ThreadSettings): void {
  if (loaded) throw new Error('TensorFlow is loaded already: its threads can no longer be chosen.');
  process.env['TF_NUM_INTRAOP_THREADS'] ??= String(settings.intraOpThreads);
  process.env['TF_NUM_INTEROP_THREADS'] ??= String(settings.interOpThreads);
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= settings.oneDnn ? '1' : '0';
}

/** TensorFlow's binding, loaded at the first call (about 0.2 s). Throws the problem `engine-missing`. */
export function loadNative(): NativeBinding {
  if (loaded) return loaded;
  configureThreads(defaultThreads);
  // Errors only: the library greets on stderr, and warns of odd batch sizes at every batch.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  try {
    // Not an import: bundlers must leave the native module where it is, and only trainers pay for loading it.
    loaded = createRequire(import.meta.url)(bindingModule) as NativeBinding;
    return loaded;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Problem('engine-missing', { cause: message.split('\n')[0] ?? message }, { cause: error });
  }
}

export interface DeviceDescription {
  readonly device: 'CPU' | 'GPU';
  readonly tensorflowVersion: string;
  readonly threads: ThreadSettings;
}

/** The device that graphs run on; loads the library. Throws the problem `engine-missing`. */
export function describeDevice(): DeviceDescription {
  const native = loadNative();
  return {
    device: native.isUsingGpuDevice() ? 'GPU' : 'CPU',
    tensorflowVersion: native.TF_Version,
    threads: {
      intraOpThreads: Number(process.env['TF_NUM_INTRAOP_THREADS']),
      interOpThreads: Number(process.env['TF_NUM_INTEROP_THREADS']),
      oneDnn: process.env['TF_ENABLE_ONEDNN_OPTS'] === '1',
    },
  };
}

/** Native objects alive in this process: must not grow from run to run. */
export function countNativeObjects(): { readonly tensors: number; readonly sessions: number } {
  const native = loadNative();
  return { tensors: native.getNumOfTensors(), sessions: native.getNumOfSavedModels() };
}
