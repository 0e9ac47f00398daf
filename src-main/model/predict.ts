import { TrainingSession } from '../engine';
import type { LinearShare } from '../library';
import { combine } from '../network';
import type { Preparation } from '../series';
import { partBeside } from './part-beside';
import { dataOf, makePlan } from '../training/plan';
import type { LearnedNetworks } from './trained-run';

/**
 * Forecasts of the whole model for many windows, by the compiled graph.
 * @param starts first rows of the windows
 * @param members what `predictMembers` gave for them, if it is known
 * @returns [starts, outputs], scaled
 */
export function predictWindows(
  trained: LearnedNetworks,
  starts: Int32Array,
  members = predictMembers(trained, starts),
): Float32Array {
  return joinForecasts(trained.composite, members, trained.preparation, starts);
}

/** What each network would forecast as a model of its own, without what others or ridge add: [starts, outputs], scaled. */
export function forecastsAlone(
  { record, series, preparation }: LearnedNetworks,
  starts: Int32Array,
  members: readonly Float32Array[],
): Float32Array[] {
  const beside = partBeside(record.settings, series, preparation);
  return members.map((member) => joinForecasts(beside, [member], preparation, starts));
}

/** The mean of the networks with what stands beside it, for windows that begin at `starts`. */
export function joinForecasts(
  beside: LinearShare,
  members: readonly Float32Array[],
  preparation: Preparation,
  starts: Int32Array,
): Float32Array {
  const windows = beside.linear === null ? new Float32Array() : cutWindows(preparation, starts);
  return Float32Array.from(combine(beside, members, windows));
}

/** Forecasts of each network alone: [starts, outputs], scaled. One session takes their weights in turn. */
export function predictMembers(
  { record, preparation, composite }: LearnedNetworks,
  starts: Int32Array,
): Float32Array[] {
  const { members } = composite;
  const [first] = members;
  if (first === undefined) throw new RangeError('A model needs at least one network.');
  const session = TrainingSession.open(makePlan(record.settings, preparation), dataOf(preparation), first);
  try {
    return members.map((theta) => {
      session.writeState(theta);
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
