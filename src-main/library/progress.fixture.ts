import type { EpochRecord } from '../contract/training';
import type { Checkpoint } from './checkpoint-file';

/** A checkpoint that no other epoch has. */
export function checkpointOf(epoch: number, parameters = 7): Checkpoint {
  const vector = (start: number) => Float32Array.from({ length: parameters }, (_, index) => start + index);
  return {
    epoch,
    step: epoch * 19,
    theta: vector(epoch),
    firstMoment: vector(epoch + 0.25),
    secondMoment: vector(epoch + 0.5),
    bestEpoch: Math.ceil(epoch / 2),
    bestLoss: 1 / epoch,
    bestTheta: vector(epoch - 0.5),
    seconds: epoch / 8,
  };
}

export const recordOf = (epoch: number): EpochRecord => ({
  epoch,
  loss: 1 / epoch,
  valLoss: 0.1 + 1 / epoch,
});
