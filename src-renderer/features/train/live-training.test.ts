import { expect, it } from 'vitest';
import type { EpochRecord } from '../../../src-main/contract/training';
import { growHistories } from './live-training';

const record = (epoch: number, loss: number): EpochRecord => ({ epoch, loss, valLoss: 2 * loss });

it('one network grows its curve', () => {
  const before = { history: [record(1, 4)], memberHistories: [] };
  expect(growHistories(before, { records: [record(2, 3)] })).toEqual({
    history: [record(1, 4), record(2, 3)],
    memberHistories: [],
  });
});

it('several networks grow theirs, and the mean is of those that have come as far', () => {
  let curves = growHistories(
    { history: [], memberHistories: [] },
    { records: [record(1, 4), record(2, 2)], member: 0 },
  );
  curves = growHistories(curves, { records: [record(1, 8)], member: 2 });
  expect(curves.memberHistories).toEqual([[record(1, 4), record(2, 2)], [], [record(1, 8)]]);
  expect(curves.history).toEqual([record(1, 6), record(2, 2)]);
  // A resumed network tells again what came after its last saved epoch.
  expect(growHistories(curves, { records: [record(2, 1)], member: 0 }).history[1]).toEqual(record(2, 1));
});
