import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { saidBy } from '../contract/phrases';
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

/** What TensorFlow reads from the environment once. */
export interface ThreadSettings {
  /** Threads inside one operation. Read when the library loads. */
  readonly intraOpThreads: number;
  /** Threads that run operations side by side: one for each shard of a batch. Read at the first session. */
  readonly interOpThreads: number;
  /** oneDNN's kernels: quicker for large matrices, slower for small ones. Read when the library loads. */
  readonly oneDnn: boolean;
}

/** What computes the LSTM: our own operations (kernels/), or TensorFlow's BlockLSTMV2 where ours are not compiled. */
export type Kernels = 'own' | 'tensorflow';

/** What of a machine decides how a training is best run. */
export interface Machine {
  readonly cores: number;
  readonly kernels: Kernels;
}

const defaultThreads: ThreadSettings = { intraOpThreads: 1, interOpThreads: cpus().length, oneDnn: false };

/** The native modules themselves: tfjs-node's JavaScript (0.2 s of start-up and 40 MB) is not needed to run a graph. */
const BINDING_MODULE = '@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node';
/** Compiled by the set-up out of kernels/, beside the binding; loading it registers the operations. */
const KERNELS_MODULE = '@tensorflow/tfjs-node/lib/napi-v8/hindcast_kernels.node';

// Not an import: bundlers must leave native modules where they are, and only trainers pay for loading them.
const requireNative = createRequire(import.meta.url);

let loaded: NativeBinding | null = null;
/** The instruction set that our own operations use; null where TensorFlow's are used. */
let vectors: string | null = null;
let threadsAreTaken = false;

/**
 * Chooses TensorFlow's threads; to be called before the first session of the process. Settings of the user's own
 * (`TF_NUM_INTRAOP_THREADS`, `TF_NUM_INTEROP_THREADS`, `TF_ENABLE_ONEDNN_OPTS`) stay. Where the library is loaded
 * already, only the threads between operations can still change. Throws an Error after the first session.
 */
export function configureThreads(settings: ThreadSettings): void {
  if (threadsAreTaken) throw new Error('A session has begun: TensorFlow’s threads can no longer be chosen.');
  process.env['TF_NUM_INTRAOP_THREADS'] ??= String(settings.intraOpThreads);
  process.env['TF_NUM_INTEROP_THREADS'] ??= String(settings.interOpThreads);
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= settings.oneDnn ? '1' : '0';
}

/** TensorFlow's binding for a first session: from now on its threads are as they are. Throws the problem `engine-missing`. */
export function startNative(): NativeBinding {
  if (!threadsAreTaken) configureThreads(defaultThreads);
  threadsAreTaken = true;
  return loadNative();
}

/**
 * TensorFlow's binding and our own operations, loaded at the first call (about 0.2 s); the threads between operations
 * can be chosen afterwards. Throws the problem `engine-missing`.
 */
export function loadNative(): NativeBinding {
  if (loaded) return loaded;
  process.env['TF_NUM_INTRAOP_THREADS'] ??= String(defaultThreads.intraOpThreads);
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= defaultThreads.oneDnn ? '1' : '0';
  // Errors only: the library greets on stderr, and warns of odd batch sizes at every batch.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  try {
    loaded = requireNative(BINDING_MODULE) as NativeBinding;
  } catch (error) {
    throw new Problem('engine-missing', { cause: saidBy(error) }, { cause: error });
  }
  vectors = ownKernelsAreThere() && !loaded.isUsingGpuDevice() ? loadKernels() : null;
  return loaded;
}

/** Known without loading the library. `HINDCAST_KERNELS=tensorflow` asks for TensorFlow's own. */
function ownKernelsAreThere(): boolean {
  if (process.env['HINDCAST_KERNELS'] === 'tensorflow') return false;
  try {
    return requireNative.resolve(KERNELS_MODULE) !== '';
  } catch {
    return false;
  }
}

/** Null where they do not load: training is slower then, but not lost. */
function loadKernels(): string | null {
  try {
    return (requireNative(KERNELS_MODULE) as { readonly vectors: string }).vectors;
  } catch (error) {
    // For the question why a training is slow, the log has the answer.
    process.stderr.write(`Our own LSTM kernels do not load: ${String(error)}\n`);
    return null;
  }
}

/** What `chooseThreads` and `chooseExecution` go by. Before the library is loaded, what will most likely be used. */
export function describeMachine(): Machine {
  const own = loaded === null ? ownKernelsAreThere() : vectors !== null;
  return { cores: cpus().length, kernels: own ? 'own' : 'tensorflow' };
}

export interface DeviceDescription {
  readonly device: 'CPU' | 'GPU';
  readonly tensorflowVersion: string;
  /** What computes the LSTM: `own (avx512)`, with the instruction set, or `tensorflow`. */
  readonly kernels: string;
  readonly threads: ThreadSettings;
}

/** The device that graphs run on; loads the library. Throws the problem `engine-missing`. */
export function describeDevice(): DeviceDescription {
  const native = loadNative();
  return {
    device: native.isUsingGpuDevice() ? 'GPU' : 'CPU',
    tensorflowVersion: native.TF_Version,
    kernels: vectors === null ? 'tensorflow' : `own (${vectors})`,
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
