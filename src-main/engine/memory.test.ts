import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { initialiseParameters, randomSource } from '../network/index';
import { countNativeObjects, describeMachine, loadNative } from './native';
import { TrainingSession, type TrainingData } from './session';
import type { TrainingPlan } from './graph-plan';

const MEGABYTE = 1e6;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
function residentMegabytes(): number {
  collectGarbage();
  return process.memoryUsage().rss / MEGABYTE;
}

/**
 * The most memory the process holds while `work` runs, beyond what it held before, in MB. The kernel is asked to forget
 * the peaks of what ran earlier in this process.
 */
function peakMegabytes(work: () => void): number {
  const before = residentMegabytes();
  writeFileSync('/proc/self/clear_refs', '5');
  work();
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return (Number(peak) * 1024) / MEGABYTE - before;
}

function training(windows: number, window: number, inputs: number, hidden: number, batchSize: number) {
  const random = randomSource(3, 'memory');
  const draw = (size: number): Float32Array =>
    Float32Array.from({ length: size }, () => random.uniform(-1, 1));
  const rows = windows + window;
  const data: TrainingData = {
    inputs: draw(rows * inputs),
    inputCount: inputs,
    targets: draw(rows),
    targetCount: 1,
  };
  const plan: TrainingPlan = {
    network: { inputs, hidden, layers: 1, outputs: 1 },
    window,
    horizon: 1,
    batchSize,
    loss: { kind: 'mse' },
    dropout: 0,
    clipNorm: null,
    learningRate: 0.001,
    seed: 3,
    trainingWindows: windows,
  };
  const theta = initialiseParameters(plan.network, { scheme: 'keras', seed: 3 });
  return { plan, data, theta };
}

describe('memory', () => {
  it('does not go on growing over epochs of the lesson’s shape: native tensors and resident size', () => {
    const { plan, data, theta } = training(579, 6, 4, 10, 32);
    const session = TrainingSession.open(plan, data, theta);
    const shuffle = randomSource(3, 'shuffle');
    const validation = Int32Array.from({ length: 100 }, (_, index) => index);
    const runEpochs = (count: number): void => {
      for (let epoch = 0; epoch < count; epoch++) {
        session.trainSteps(shuffle.permutation(579));
        session.sumLoss(validation);
        session.readState();
      }
    };
    // Pools of TensorFlow and of the allocator fill first.
    runEpochs(200);
    const native = countNativeObjects();
    // A pool fills and then stands still, when is the allocator's affair; a leak of 2 KB a step adds 40 MB each time.
    const growths: number[] = [];
    do {
      const before = residentMegabytes();
      runEpochs(1000);
      growths.push(residentMegabytes() - before);
    } while (growths.length < 6 && growths.every((megabytes) => megabytes >= 8));
    expect(countNativeObjects()).toEqual(native);
    expect(Math.min(...growths)).toBeLessThan(8);
    session.close();
    expect(countNativeObjects()).toEqual({ tensors: 0, sessions: 0 });
  });

  // BlockLSTMV2 holds all steps of a batch at once: its bound ends at windows of some 500.
  const windows = describeMachine().kernels === 'own' ? [120, 2000] : [120];
  it.runIf(process.platform === 'linux').each(windows)(
    'stays within 3 times the data + 200 MB, beyond TensorFlow’s own: a window of %s',
    (window) => {
      const { plan, data, theta } = training(60_000, window, 14, 32, 128);
      const dataMegabytes = (data.inputs.byteLength + data.targets.byteLength) / MEGABYTE;
      loadNative();
      const train = (): void => {
        const session = TrainingSession.open(plan, data, theta);
        const steps = window === 120 ? 10 : 2;
        session.trainSteps(randomSource(3, 'shuffle').permutation(128 * steps + 50));
        session.sumLoss(Int32Array.from({ length: 500 * steps }, (_, index) => index));
        session.readState();
        session.close();
      };
      // Once more where a pool of the allocator's happened to grow: what a session holds shows every time.
      const peaks = Array.from({ length: 4 }, () => peakMegabytes(train));
      expect(Math.min(...peaks)).toBeLessThan(2 * dataMegabytes + 200);
    },
    120_000,
  );
});
