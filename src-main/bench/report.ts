import type { BenchResult, ExecutionsResult, JobResult, MemoryResult } from './measure';
import { stepsPerEpoch, type BenchShape } from './shapes';

const milliseconds = (value: number): string => value.toFixed(value < 10 ? 3 : 1);
const times = (ratio: number | undefined): string => (ratio === undefined ? '-' : `${ratio.toFixed(1)} x`);

export function describeShape(shape: BenchShape): string {
  const { windows, window, inputs, ahead, hidden, layers, batchSize } = shape;
  const stack = layers === 1 ? `an LSTM of ${hidden}` : `${layers} LSTM layers of ${hidden}`;
  const leads =
    ahead === undefined ? '' : ` and ${ahead.horizon} lead times with ${ahead.inputs} inputs known ahead`;
  return `${windows} windows of ${window} x ${inputs}${leads}, ${stack}, batches of ${batchSize}`;
}

const describeStart = (shape: BenchShape, { startSteps }: JobResult): string =>
  startSteps === stepsPerEpoch(shape) ? 'first epoch' : `first ${startSteps} steps`;

/** The lines that one shape's result is printed as. */
export function resultLines(shape: BenchShape, result: BenchResult): readonly string[] {
  const { job, msPerStep } = result;
  const ways = Object.entries(result.ways).map(([way, value]) => {
    const beside = way.startsWith('hindcast') ? '' : `  ${times(value / msPerStep)} Hindcast’s time`;
    return `${way.padEnd(34)} ${milliseconds(value).padStart(9)} ms a step${beside}`;
  });
  const pytorch = result.peers.pytorch;
  return [
    ...result.versions,
    ...ways,
    ...(pytorch ? [`${times(pytorch.ratio)} as fast as PyTorch’s best; the goal is ${result.goal} x`] : []),
    `a job: open ${milliseconds(job.open)} ms (of it weights ${milliseconds(job.initialise)}), first runs ${milliseconds(job.first)}, ` +
      `an epoch’s validation ${milliseconds(job.validate)}, read back ${milliseconds(job.read)}`,
    `to the ${describeStart(shape, job)}: from process start ${milliseconds(job.start)} ms, from a process that waits ${milliseconds(job.warm)} ms`,
    `a whole job of ${shape.epochs} epochs, validated each epoch: ${result.secondsPerJob.toFixed(2)} s` +
      (job.timed ? '' : ' (the sum of its parts)'),
  ];
}

export function executionLines({ ways, chosen, best, ratio }: ExecutionsResult): readonly string[] {
  const lines = Object.entries(ways).map(
    ([way, value]) => `${way.padEnd(18)} ${milliseconds(value).padStart(9)} ms a step`,
  );
  return [...lines, `chosen: ${chosen}; the best: ${best}; chosen / best: ${ratio.toFixed(2)}`];
}

export const memoryLine = (memory: MemoryResult): string =>
  `memory at ${memory.rows} rows and a window of ${memory.window}: ${memory.peakMegabytes.toFixed(0)} MB beyond TensorFlow’s own at the most; ` +
  `allowed: 3 x ${memory.dataMegabytes.toFixed(0)} MB of data + 200 MB = ${memory.allowedMegabytes.toFixed(0)} MB`;

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  readonly platform: string;
  /** ISO, the day alone. */
  readonly date: string;
}

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
export const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** `docs/bench.md`: the last run as tables. */
export function benchDocument(
  machine: Machine,
  entries: readonly { readonly shape: BenchShape; readonly result: BenchResult }[],
  memory: readonly MemoryResult[],
): string {
  const steps = entries.map(({ shape, result }) => [
    shape.name,
    describeShape(shape),
    milliseconds(result.msPerStep),
    result.peers.pytorch ? milliseconds(result.peers.pytorch.msPerStep) : '-',
    `**${times(result.peers.pytorch?.ratio)}**`,
    times(shape.goal),
    result.peers.tfjsLayers ? milliseconds(result.peers.tfjsLayers.msPerStep) : '-',
    times(result.peers.tfjsLayers?.ratio),
  ]);
  const jobs = entries.map(({ shape, result: { job, secondsPerJob } }) => [
    shape.name,
    milliseconds(job.open),
    milliseconds(job.first),
    milliseconds(job.validate),
    milliseconds(job.read),
    `${milliseconds(job.start)} (${describeStart(shape, job)})`,
    milliseconds(job.warm),
    `${secondsPerJob.toFixed(2)} (${shape.epochs} epochs${job.timed ? '' : ', the sum of its parts'})`,
  ]);
  return `# The bench

Made by \`npm run bench -- --write\` on ${machine.date}: ${machine.processor}, ${machine.cores} cores, ${machine.platform},
Node ${machine.node}; ${[...new Set(entries.flatMap(({ result }) => result.versions))].join('; ')}.

Every contender runs in a process of its own; all take turns, and the table holds medians, so that whatever else the
machine does falls on all alike. Ratios say how many times as fast Hindcast is; absolute times change from machine to
machine and from day to day. PyTorch is timed four ways (batches indexed out of a tensor or from a DataLoader, with its
default threads and with one), and the fastest counts. What shapes how Hindcast runs is described in
[engine-speed.md](engine-speed.md).

## A training step, in milliseconds

${table(['shape', 'what', 'Hindcast', 'PyTorch', 'ratio', 'goal', 'tfjs-layers', 'ratio'], steps)}

## A whole job

Milliseconds but for the last column, which is in seconds. "First runs": TensorFlow optimises the graph in them.
"Waiting process": the app keeps one with TensorFlow loaded, so that this is the time from pressing Train; the making of
the readings is in it.

${table(['shape', 'open', 'first runs', 'validation of an epoch', 'read back', 'process start to', 'waiting process to', 'job, s'], jobs)}

## Memory

${memory.map((result) => `- ${memoryLine(result).replace(/^m/, 'M')}.`).join('\n')}
`;
}
