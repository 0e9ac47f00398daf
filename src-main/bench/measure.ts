import { resolve } from 'node:path';
import { chooseExecution, chooseThreads, describeMachine } from '../engine/index';
import { planOf } from './run-hindcast';
import { RunnerProcess } from './runner-process';
import { rowsOf, stepsPerEpoch, timedPass, type BenchShape } from './shapes';

/** The usual ways to write the loop in PyTorch; the fastest one counts. */
const PYTORCH_TASKS = [
  'tensors threads=default',
  'tensors threads=1',
  'loader threads=default',
  'loader threads=1',
];
const JOB_TASKS = ['initialise', 'open', 'first', 'validate', 'read'] as const;
/** A whole job is timed where it takes about this long, in seconds; else it is the sum of its parts. */
const LONGEST_JOB = 5;
const JOB_ROUNDS = 3;

export interface PeerResult {
  readonly msPerStep: number;
  /** How many times faster Hindcast is. */
  readonly ratio: number;
}

export interface BenchResult {
  readonly shape: string;
  readonly msPerStep: number;
  readonly secondsPerJob: number;
  readonly peers: { readonly pytorch?: PeerResult; readonly tfjsLayers?: PeerResult };
  /** How many times as fast as PyTorch it is meant to be. */
  readonly goal: number;
  readonly versions: readonly string[];
  /** Milliseconds a step of every contender and way. */
  readonly ways: Readonly<Record<string, number>>;
  readonly job: JobResult;
}

/** What a job costs besides its steps, in milliseconds. */
export interface JobResult {
  readonly initialise: number;
  readonly open: number;
  readonly first: number;
  readonly validate: number;
  readonly read: number;
  /** From the start of a process to its first epoch, or to its first `startSteps` steps. */
  readonly start: number;
  readonly startSteps: number;
  /** The same from a process that waits with TensorFlow loaded, as the app keeps one. */
  readonly warm: number;
  /** False: the job's time is the sum of its parts. */
  readonly timed: boolean;
}

export interface MemoryResult {
  readonly rows: number;
  readonly window: number;
  readonly dataMegabytes: number;
  /** Beyond TensorFlow's own. */
  readonly peakMegabytes: number;
  /** 3 times the data + 200 MB. */
  readonly allowedMegabytes: number;
}

/** How well the rule that chooses steps, shards and oneDNN does beside the alternatives. */
export interface ExecutionsResult {
  /** Milliseconds a step of each way, such as `9x1, oneDNN off`: 9 steps a run, 1 shard. */
  readonly ways: Readonly<Record<string, number>>;
  readonly chosen: string;
  readonly best: string;
  /** Time as chosen / time of the best. */
  readonly ratio: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const self = (
  runner: string,
  shape: BenchShape,
  environment?: Readonly<Record<string, string>>,
): RunnerProcess => {
  const args = [process.argv[1] ?? '', '--runner', runner, shape.name];
  return new RunnerProcess(runner, process.execPath, args, environment);
};

function pytorch(shape: BenchShape): RunnerProcess {
  const task = { ...shape, pass: timedPass(shape, shape.timedSteps.pytorch) };
  return new RunnerProcess('pytorch', process.env['HINDCAST_PYTHON'] ?? 'python3', [
    resolve('scripts/bench-pytorch.py'),
    JSON.stringify(task),
  ]);
}

/** Times all contenders alternately, so that whatever else the machine does falls on all of them alike. */
export async function benchShape(shape: BenchShape): Promise<BenchResult> {
  const runners = [
    { runner: self('hindcast', shape), tasks: ['step'] },
    // tfjs-layers has no layer that gives the newest steps alone.
    ...(shape.ahead === undefined ? [{ runner: self('tfjs-layers', shape), tasks: ['step'] }] : []),
    { runner: pytorch(shape), tasks: PYTORCH_TASKS },
  ] as const;
  const hindcast = runners[0].runner;
  const times = new Map<string, number[]>();
  const versions: string[] = [];
  try {
    const present: { readonly runner: RunnerProcess; readonly tasks: readonly string[] }[] = [];
    for (const entry of runners) {
      const version = await entry.runner.ready();
      versions.push(version ?? `${entry.runner.name}: not found here, left out`);
      if (version !== null) present.push(entry);
    }
    if (present[0]?.runner !== hindcast) {
      throw new Error('Hindcast’s own engine did not start. Run “npm run doctor”.');
    }
    for (let round = 0; round < shape.rounds; round++) {
      for (const { runner, tasks } of present) {
        for (const task of tasks) {
          const key = `${runner.name} ${task}`;
          times.set(key, [...(times.get(key) ?? []), await runner.measure(task)]);
        }
      }
    }
    const ways = Object.fromEntries([...times].map(([key, values]) => [key, median(values)]));
    const msPerStep = ways['hindcast step'] ?? NaN;
    const peer = (name: string): PeerResult | undefined => {
      const medians = Object.entries(ways).flatMap(([key, value]) => (key.startsWith(name) ? [value] : []));
      if (medians.length === 0) return undefined;
      const best = Math.min(...medians);
      return { msPerStep: best, ratio: best / msPerStep };
    };
    const { secondsPerJob, ...job } = await measureJob(hindcast, shape, msPerStep);
    return {
      shape: shape.name,
      msPerStep,
      secondsPerJob,
      peers: { pytorch: peer('pytorch'), tfjsLayers: peer('tfjs-layers') },
      goal: shape.goal,
      versions,
      ways,
      job: { ...job, ...(await measureStart(shape)) },
    };
  } finally {
    for (const { runner } of runners) runner.close();
  }
}

async function measureJob(hindcast: RunnerProcess, shape: BenchShape, msPerStep: number) {
  const times: Record<(typeof JOB_TASKS)[number], number[]> = {
    initialise: [],
    open: [],
    first: [],
    validate: [],
    read: [],
  };
  for (let round = 0; round < JOB_ROUNDS; round++) {
    for (const task of JOB_TASKS) times[task].push(await hindcast.measure(task));
  }
  const [initialise, open, first, validate, read] = JOB_TASKS.map((task) => median(times[task])) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const epoch = stepsPerEpoch(shape) * msPerStep + validate + read;
  const expected = (open + first + shape.epochs * epoch) / 1000;
  const timed = expected < LONGEST_JOB;
  const jobs: number[] = [];
  for (let round = 0; timed && round < JOB_ROUNDS; round++) jobs.push((await hindcast.measure('job')) / 1000);
  return { initialise, open, first, validate, read, timed, secondsPerJob: timed ? median(jobs) : expected };
}

async function measureStart(shape: BenchShape): Promise<Pick<JobResult, 'start' | 'startSteps' | 'warm'>> {
  const times: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < JOB_ROUNDS; round++) {
    const start = performance.now();
    const runner = self('hindcast-start', shape);
    try {
      await runner.ready();
      times.push(performance.now() - start);
    } finally {
      runner.close();
    }
    const waiting = self('hindcast-warm', shape);
    try {
      await waiting.ready();
      warm.push(await waiting.measure('train'));
    } finally {
      waiting.close();
    }
  }
  return {
    start: median(times),
    warm: median(warm),
    startSteps: Math.min(shape.timedSteps.hindcast, stepsPerEpoch(shape)),
  };
}

/** Times other numbers of steps and shards alternately; where TensorFlow's kernels are used, each with oneDNN and without. */
export async function benchExecutions(shape: BenchShape): Promise<ExecutionsResult> {
  const plan = planOf(shape);
  const rule = chooseExecution(plan, describeMachine());
  const nameOf = (task: string, oneDnn: boolean): string => `${task}, oneDNN ${oneDnn ? 'on' : 'off'}`;
  const chosen = nameOf(`${rule.steps}x${rule.shards}`, chooseThreads(plan, describeMachine()).oneDnn);
  const steps = [...new Set([1, 3, ...(rule.steps > 3 ? [20] : []), rule.steps])];
  const shards = [...new Set([1, 2, rule.shards])];
  const tasks = steps.flatMap((unrolled) => shards.map((count) => `${unrolled}x${count}`));
  const settings = describeMachine().kernels === 'own' ? [false] : [false, true];
  const runners = settings.map((oneDnn) => ({
    oneDnn,
    runner: self('hindcast-executions', shape, { TF_ENABLE_ONEDNN_OPTS: oneDnn ? '1' : '0' }),
  }));
  const times = new Map<string, number[]>();
  try {
    for (const { runner } of runners) await runner.ready();
    for (let round = 0; round < shape.rounds; round++) {
      for (const task of tasks) {
        for (const { runner, oneDnn } of runners) {
          const key = nameOf(task, oneDnn);
          times.set(key, [...(times.get(key) ?? []), await runner.measure(task)]);
        }
      }
    }
  } finally {
    for (const { runner } of runners) runner.close();
  }
  const ways = Object.fromEntries([...times].map(([way, values]) => [way, median(values)]));
  const [best = chosen] = Object.keys(ways).sort((left, right) => (ways[left] ?? NaN) - (ways[right] ?? NaN));
  return { ways, chosen, best, ratio: (ways[chosen] ?? NaN) / (ways[best] ?? NaN) };
}

/** Memory of a training on the largest table. */
export async function benchMemory(shape: BenchShape): Promise<MemoryResult> {
  const runner = self('hindcast-memory', shape);
  try {
    await runner.ready();
    const dataMegabytes = await runner.measure('data');
    return {
      rows: rowsOf(shape),
      window: shape.window,
      dataMegabytes,
      peakMegabytes: await runner.measure('peak'),
      allowedMegabytes: 3 * dataMegabytes + 200,
    };
  } finally {
    runner.close();
  }
}
