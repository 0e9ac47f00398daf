import { cpus } from 'node:os';
import {
  chooseThreads,
  configureThreads,
  describeDevice,
  describeMachine,
  loadNative,
  TrainingSession,
  type Execution,
  type TrainingData,
  type TrainingPlan,
} from '../engine/index';
import { initialiseParameters, randomSource } from '../network/index';
import { serveTasks } from './runner-process';
import { horizonOf, rowsOf, stepsPerEpoch, timedPass, type BenchShape } from './shapes';

const MEGABYTE = 1e6;
/** Windows of the validation that memory is measured with: several runs' worth. */
const VALIDATED = 10_000;

export function planOf(shape: BenchShape): TrainingPlan {
  const { inputs, hidden, layers, ahead } = shape;
  const horizon = horizonOf(shape);
  const known = Array.from({ length: inputs }, (_, input) =>
    ahead !== undefined && input >= inputs - ahead.inputs ? horizon : 0,
  );
  return {
    network: {
      ...{ inputs, hidden, layers, outputs: horizon },
      ahead: ahead === undefined ? null : { horizon, known },
    },
    window: shape.window,
    horizon,
    batchSize: shape.batchSize,
    loss: { kind: 'mse' },
    dropout: 0,
    clipNorm: null,
    learningRate: 0.01,
    seed: 42,
    trainingWindows: shape.windows,
  };
}

/** Ready to train, as a trainer process is: threads chosen, data and weights at hand, nothing compiled yet. */
function prepare(shape: BenchShape) {
  const plan = planOf(shape);
  const { network } = plan;
  configureThreads(chooseThreads(plan, describeMachine()));
  const data = randomReadings(shape);
  const initialise = (): Float32Array => initialiseParameters(network, { scheme: 'pytorch', seed: 42 });
  const shuffle = randomSource(42, 'shuffle');
  return {
    data,
    initialise,
    open: (execution?: Execution) => TrainingSession.open(plan, data, initialise(), execution),
    validation: Int32Array.from({ length: shape.validationWindows }, (_, index) => shape.windows + index),
    /** About `steps` steps: windows drawn without repetition from an epoch, or several epochs. */
    train(session: TrainingSession, steps: number): void {
      const { windows, stride, epochs } = timedPass(shape, steps);
      for (let epoch = 0; epoch < epochs; epoch++) {
        session.trainSteps(shuffle.permutation(windows).map((index) => index * stride));
      }
    },
    trainEpoch(session: TrainingSession): void {
      session.trainSteps(shuffle.permutation(shape.windows));
    },
  };
}

const version = (): string => {
  const { tensorflowVersion, kernels } = describeDevice();
  return `TensorFlow ${tensorflowVersion}, LSTM kernels: ${kernels}`;
};

/**
 * Hindcast's own engine, warm. Tasks, all in milliseconds: `step`, and what a whole job is made of besides:
 * `initialise`, `open` (build and load the graph, data and weights), `first` (the first runs, in which TensorFlow
 * optimises the graph), `validate`, `read` and `job`.
 */
export async function runHindcast(shape: BenchShape): Promise<void> {
  const prepared = prepare(shape);
  const session = prepared.open();
  prepared.train(session, shape.timedSteps.hindcast);
  session.sumLoss(prepared.validation);
  const fresh: TrainingSession[] = [];
  const tasks: Record<string, () => void> = {
    initialise: prepared.initialise,
    open: () => fresh.push(prepared.open()),
    first: () => {
      const [opened] = fresh;
      opened?.trainSteps(prepared.validation.subarray(0, opened.windowsPerRun));
      opened?.sumLoss(prepared.validation.subarray(0, 1));
    },
    validate: () => session.sumLoss(prepared.validation),
    read: () => session.readState(),
    job: () => {
      const job = prepared.open();
      for (let epoch = 0; epoch < shape.epochs; epoch++) {
        prepared.trainEpoch(job);
        job.sumLoss(prepared.validation);
        job.readState();
      }
      job.close();
    },
  };
  await serveTasks(version(), (task) => {
    const start = performance.now();
    if (task === 'step') {
      const steps = shape.timedSteps.hindcast;
      prepared.train(session, steps);
      return Promise.resolve((performance.now() - start) / timedPass(shape, steps).steps);
    }
    tasks[task]?.();
    const milliseconds = performance.now() - start;
    if (task === 'first') fresh.splice(0).forEach((opened) => opened.close());
    return Promise.resolve(milliseconds);
  });
  session.close();
}

/** Tasks: `STEPSxSHARDS`, milliseconds a step when run so. */
export async function runHindcastExecutions(shape: BenchShape): Promise<void> {
  process.env['TF_NUM_INTEROP_THREADS'] ??= String(cpus().length);
  const prepared = prepare(shape);
  const steps = Math.ceil(shape.timedSteps.hindcast / 2);
  const sessions = new Map<string, TrainingSession>();
  await serveTasks(version(), (task) => {
    const [unrolled = 1, shards = 1] = task.split('x').map(Number);
    const session = sessions.get(task) ?? prepared.open({ steps: unrolled, shards });
    if (!sessions.has(task)) prepared.train(session, steps);
    sessions.set(task, session);
    const start = performance.now();
    prepared.train(session, steps);
    return Promise.resolve((performance.now() - start) / timedPass(shape, steps).steps);
  });
  for (const session of sessions.values()) session.close();
}

/** Ready once a process that started from nothing has trained its first epoch, or its first timed steps if that is long. */
export async function runHindcastStart(shape: BenchShape): Promise<void> {
  const prepared = prepare(shape);
  const session = prepared.open();
  prepared.train(session, Math.min(shape.timedSteps.hindcast, stepsPerEpoch(shape)));
  await serveTasks(version(), () => Promise.resolve(0));
  session.close();
}

/** As a trainer process that waits: TensorFlow is loaded, nothing else. Task: milliseconds from there to the first epoch. */
export async function runHindcastWarm(shape: BenchShape): Promise<void> {
  loadNative();
  await serveTasks(version(), () => {
    const start = performance.now();
    const prepared = prepare(shape);
    const session = prepared.open();
    prepared.train(session, Math.min(shape.timedSteps.hindcast, stepsPerEpoch(shape)));
    session.close();
    return Promise.resolve(performance.now() - start);
  });
}

/**
 * Memory. Tasks, in MB: `data`, and `peak`, the most that the process had resident beyond TensorFlow's library once it
 * has run a small graph: the data in JavaScript and in the session, the graph, and what its runs allocate.
 */
export async function runHindcastMemory(shape: BenchShape, small: BenchShape): Promise<void> {
  const prepared = prepare(shape);
  const { inputs, targets } = prepared.data;
  const dataBytes = inputs.byteLength + targets.byteLength;
  prepareSmall(small);
  const before = process.memoryUsage().rss - dataBytes;
  const session = prepared.open();
  prepared.train(session, shape.timedSteps.hindcast);
  session.sumLoss(prepared.validation.subarray(0, VALIDATED));
  session.readState();
  const peak = process.resourceUsage().maxRSS * 1024 - before;
  const sizes: Record<string, number> = { data: dataBytes / MEGABYTE, peak: peak / MEGABYTE };
  await serveTasks(version(), (task) => Promise.resolve(sizes[task] ?? NaN));
  session.close();
}

function prepareSmall(shape: BenchShape): void {
  const session = prepare(shape).open();
  session.trainSteps(Int32Array.from({ length: session.windowsPerRun }, (_, index) => index));
  session.close();
}

function randomReadings(shape: BenchShape): TrainingData {
  const rows = rowsOf(shape);
  const random = randomSource(1, 'bench');
  const draw = (size: number): Float32Array =>
    Float32Array.from({ length: size }, () => random.uniform(-1, 1));
  return { inputs: draw(rows * shape.inputs), inputCount: shape.inputs, targets: draw(rows), targetCount: 1 };
}
