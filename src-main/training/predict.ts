import { TrainingSession } from '../engine';
import { combine } from '../network';
import type { Preparation } from '../series';
import { dataOf, makePlan } from './plan';
import type { TrainedRun } from './trained-run';

/**
 * Forecasts of the whole model for many windows, by the compiled graph.
 * @param starts first rows of the windows
 * @returns [starts, outputs], scaled
 */
export function predictWindows(trained: TrainedRun, starts: Int32Array): Float32Array {
  const { composite, preparation } = trained;
  const windows = composite.linear === null ? new Float32Array() : cutWindows(preparation, starts);
  return Float32Array.from(combine(composite, predictMembers(trained, starts), windows));
}

/** Forecasts of each network alone: [starts, outputs], scaled. One session takes their weights in turn. */
function predictMembers({ record, preparation, composite }: TrainedRun, starts: Int32Array): Float32Array[] {
  const { members } = composite;
  const [first] = members;
  if (first === undefined) throw new RangeError('A model needs at least one network.');
  const session = TrainingSession.open(makePlan(record.settings, preparation), dataOf(preparation), first);
  try {
    const still = new Float32Array(first.length);
    return members.map((theta) => {
      session.writeState({ theta, firstMoment: still, secondMoment: still, step: 0 });
      return session.predict(starts);
    });
  } finally {
    session.close();
  }
}

/** [starts, window, inputs], scaled. */
export function cutWindows({ inputs, inputCount, window }: Preparation, starts: Int32Array): Float32Array {
  const size = window * inputCount;
  const windows = new Float32Array(starts.length * size);
  starts.forEach((start, index) => {
    windows.set(inputs.subarray(start * inputCount, start * inputCount + size), index * size);
  });
  return windows;
}
